// SPDX-License-Identifier: Apache-2.0
// A flow is data: what the robot says, which keys it takes, and where the caller goes next.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"

namespace ys::ivr {

/// Limits of one flow; a text beyond them does not load.
inline constexpr std::size_t flow_bytes_max = 64 * 1024;
inline constexpr std::size_t flow_nodes_max = 200;
inline constexpr std::size_t node_prompts_max = 20;
/// Nodes one caller enters before they are taken to the fallback queue.
inline constexpr int nodes_entered_max = 50;

enum class NodeKind {
    Play,       ///< says something, goes on
    Choose,     ///< says something, takes one key
    Digits,     ///< says something, takes a number
    Branch,     ///< goes by caller, day or hour, unheard
    Progress,   ///< says where a case stands: the caller's own, or the one they keyed
    Live,       ///< says what a business system knows: of the number they keyed, or of a place
    Guess,      ///< offers what this caller is likely to want; nothing known: goes on unheard
    Answer,     ///< says what is known of a matter: the one named, or the one the caller speaks of
    Queue,      ///< to a person
    Voicemail,  ///< to the recorder
    HangUp,     ///< the end
    Wait,       ///< silence or echo for ever; only in a flow for measuring
};

/// The word of the text format, e.g. "choose".
std::string_view word_of(NodeKind kind);
inline constexpr std::array all_node_kinds{
    NodeKind::Play,     NodeKind::Choose,    NodeKind::Digits, NodeKind::Branch,
    NodeKind::Progress, NodeKind::Live,      NodeKind::Guess,  NodeKind::Answer,
    NodeKind::Queue,    NodeKind::Voicemail, NodeKind::HangUp, NodeKind::Wait,
};

/// The house looks something up while the caller waits.
constexpr bool looks_up(NodeKind kind) {
    return kind == NodeKind::Progress || kind == NodeKind::Live || kind == NodeKind::Guess ||
           kind == NodeKind::Answer;
}

/// What a Guess node may offer, by the word of the text; `prompt` says it, its key's digit follows.
struct GuessKind {
    std::string_view word;
    std::string_view prompt;
};
inline constexpr std::array guess_kinds{
    GuessKind{"case", "guess-case"},     ///< the one open case of the calling number
    GuessKind{"again", "guess-again"}};  ///< they rang in the last days, and it is not settled
inline constexpr std::size_t guesses_max = 2;
inline constexpr char no_guesses_key = '9';  ///< the caller wants none, now and later
inline constexpr std::string_view no_guesses_prompt = "guess-stop";
/// nullptr for a word that is none.
constexpr const GuessKind* guess_kind(std::string_view word) {
    for (const GuessKind& each : guess_kinds)
        if (each.word == word) return &each;
    return nullptr;
}

/// What a Live node asks about; the words are those of backoffice::SubjectKind.
struct LiveKind {
    std::string_view word;
    bool is_personal = false;  ///< nothing of it is told before its owner's digits were keyed
};
inline constexpr std::array live_kinds{LiveKind{"Application", true}, LiveKind{"Appointment", true},
                                       LiveKind{"Document", true}, LiveKind{"Hall"},
                                       LiveKind{"Stop"}};
/// nullptr for a word that is none.
constexpr const LiveKind* live_kind(std::string_view word) {
    for (const LiveKind& each : live_kinds)
        if (each.word == word) return &each;
    return nullptr;
}

/// What the digits of a node are of a case; the next Progress or Live node asks with them.
enum class CasePiece { None, Number, Code };

/// One line of a branch: the first that holds decides.
struct Rule {
    enum class On {
        Tag,       ///< the caller carries `word` as a tag
        Number,    ///< the caller's number begins with `word`
        Withheld,  ///< the caller showed no number
        Open,      ///< now lies in the hours named `word`, and no holiday
        Holiday,   ///< today is a holiday
        Time,      ///< now lies in `span`, holiday or not
    };
    On on = On::Tag;
    std::string word;
    Span span;
    std::string to;
};

inline constexpr int again_for_ever = -1;

/// What is said comes first for every kind but Branch and Wait. Fields of other kinds stay empty.
struct Node {
    std::string name;
    NodeKind kind = NodeKind::Play;
    int line = 0;  ///< in the text, for messages
    std::vector<std::string> say;
    bool interruptible = true;  ///< false: must be heard; keys pressed meanwhile are kept
    std::string next;           ///< Play, Digits, what looks up, and Branch when no rule holds
    int again = 0;              ///< Play, Choose, Digits, Answer: times it is said once more
    // Choose
    std::map<char, std::string> keys;
    std::string other;    ///< any other key; no such case; no answer. "": the person
    std::string nothing;  ///< no key, too few digits or no answer in `wait`; "": the flow's person
    Millis wait{5'000};   ///< after the prompts, between digits, for the answer of a look-up
    // Digits
    int digits_min = 1;
    int digits_max = 20;
    bool secure = false;          ///< the digits are nowhere: audio, logs, facts
    bool keys_territory = false;  ///< the digits are the code of the caller's place
    CasePiece piece = CasePiece::None;
    // Live
    std::string about;   ///< a word of live_kinds
    std::string prefix;  ///< put before the number: its letters are not on the keys
    std::string place;   ///< asked about when no number was keyed
    // Guess
    std::map<std::string, std::string> guesses;  ///< word of guess_kinds -> node
    // Answer
    std::string matter;  ///< its code; "": what the caller says is listened to
    // Branch
    std::vector<Rule> rules;
    // Queue
    std::string queue;
    std::string territory;  ///< code of the place whose call it is from here on; "" leaves it
    int priority = 0;
    std::vector<std::string> needs;  ///< skills the caller cannot do without, e.g. a language
    bool announces = true;           ///< music, positions and 工号; off only for measuring
    // Wait
    bool echo = false;
};

struct Flow {
    std::string name;
    Calendar calendar;
    std::string start;
    std::string person;                  ///< where `0` leads from every node
    std::string fallback;                ///< a Queue node, for callers who went round too long
    std::vector<std::string> must_hear;  ///< prompts nobody may miss, e.g. the recording notice
    bool recorded = true;
    bool measuring = false;  ///< a load test's flow: the rules about people are not checked
    std::vector<Node> nodes;

    /// nullptr when no node has this name.
    const Node* find(std::string_view node) const;
};

}  // namespace ys::ivr
