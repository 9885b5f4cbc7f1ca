// SPDX-License-Identifier: Apache-2.0
// One caller's walk through a flow: inputs in, steps out; no clock, no I/O.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "ivr/flow.h"

namespace ys::ivr {

// ---- what happened -----------------------------------------------------------------------------

struct PromptsEnded {};
struct Key {
    char key = 0;
};
struct WaitOver {};
/// The answer to LookUpCase: where it stands, as prompts; none when no one case is meant.
struct CaseTold {
    std::vector<std::string> prompts;
};
/// The answer to LookUpLive: the sentence, as sounds. None: there is nothing that could be said.
struct LiveTold {
    std::vector<std::string> prompts;
    bool offers_person = false;  ///< it says that a person can help: they are next
};
/// The answer to AskKnowledge. No prompts: nothing was understood, or nothing is known.
struct AnswerTold {
    std::vector<std::string> prompts;
    int choices = 0;  ///< > 0: they ask which of so many matters is meant, by the keys from 1 on
    bool wants_person = false;  ///< the caller said so
};
/// The answer to AskGuesses: the likeliest first; none: nothing is known, or they want none.
struct GuessesTold {
    std::vector<std::string> kinds;  ///< words of guess_kinds
};
using Input =
    std::variant<PromptsEnded, Key, WaitOver, CaseTold, LiveTold, AnswerTold, GuessesTold>;

// ---- what to do next, in this order ------------------------------------------------------------

struct EnterNode {
    std::string node;  ///< for the journal
    friend bool operator==(const EnterNode&, const EnterNode&) = default;
};
struct TellKeys {
    std::string node;
    std::string keys;  ///< what was pressed at a node, masked when the node is secure
    friend bool operator==(const TellKeys&, const TellKeys&) = default;
};
/// Plays; PromptsEnded comes back unless the caller presses a key first (then the edge stops it).
struct Say {
    std::vector<std::string> prompts;
    bool interruptible = true;
    friend bool operator==(const Say&, const Say&) = default;
};
struct StopSaying {
    friend bool operator==(const StopSaying&, const StopSaying&) = default;
};
/// Asks for WaitOver after `limit`; replaces the wait before. Zero cancels it.
/// `echo` asks that the caller hears themselves from now on (a load test's number).
struct Wait {
    Millis limit{};
    bool echo = false;
    friend bool operator==(const Wait&, const Wait&) = default;
};
struct Secure {
    bool on = false;
    friend bool operator==(const Secure&, const Secure&) = default;
};
/// The caller belongs to the place of this code (routing/territory.h).
struct SetTerritory {
    std::string keyed;
    friend bool operator==(const SetTerritory&, const SetTerritory&) = default;
};
/// Where does the case stand? CaseTold comes back; WaitOver before it when that takes too long.
struct LookUpCase {
    std::string number, code;  ///< as keyed; both "": the one open case of the calling number
    friend bool operator==(const LookUpCase&, const LookUpCase&) = default;
};
/// What does a business system know? LiveTold comes back; WaitOver before it when that takes long.
struct LookUpLive {
    std::string about;   ///< a word of live_kinds
    std::string number;  ///< with its prefix, or a place's name
    std::string digits;  ///< of the identity check
    friend bool operator==(const LookUpLive&, const LookUpLive&) = default;
};
/// What is known of a matter? AnswerTold comes back; WaitOver before it when that takes long.
struct AskKnowledge {
    std::string matter;  ///< "": of what the caller says now, or of a choice
    int choice = 0;      ///< 1 is the first of those the caller was asked about; 0: none yet
    Millis within{};     ///< for listening and answering
    friend bool operator==(const AskKnowledge&, const AskKnowledge&) = default;
};
/// What is this caller likely to want? GuessesTold comes back; WaitOver before it when that takes
/// long.
struct AskGuesses {
    std::vector<std::string> kinds;  ///< that there is a way for, words of guess_kinds
    friend bool operator==(const AskGuesses&, const AskGuesses&) = default;
};
/// The caller wants to be offered no guesses, now and when they ring again.
struct StopGuessing {
    friend bool operator==(const StopGuessing&, const StopGuessing&) = default;
};
struct ToQueue {
    std::string queue;  ///< a queue's name of the caller's centre
    int priority = 0;
    std::vector<std::string> needs;
    bool announces = true;  ///< music, positions and 工号; off only for measuring
    friend bool operator==(const ToQueue&, const ToQueue&) = default;
};
struct ToVoicemail {
    friend bool operator==(const ToVoicemail&, const ToVoicemail&) = default;
};
struct Finish {
    friend bool operator==(const Finish&, const Finish&) = default;
};  ///< hang up politely; everything has been said
using Step =
    std::variant<EnterNode, TellKeys, Say, StopSaying, Wait, Secure, SetTerritory, LookUpCase,
                 LookUpLive, AskKnowledge, AskGuesses, StopGuessing, ToQueue, ToVoicemail, Finish>;

struct Caller {
    std::string number;
    std::vector<std::string> tags;
};

class Run {
public:
    /// `flow` must outlive the run. Steps to begin with come from start().
    Run(const Flow& flow, Caller caller);
    std::vector<Step> start(Now now);
    /// Inputs after ToQueue, ToVoicemail or Finish are ignored (late by nature).
    std::vector<Step> on(Now now, const Input& input);
    bool is_over() const;
    const std::string& node() const;

private:
    using Steps = std::vector<Step>;
    /// Enters `name` and every node after it that needs neither prompt nor key.
    void go(Now now, std::string name, Steps& out);
    /// Each returns the node to enter next, or "" when the caller stays where they are.
    std::string arrive(Now now, Steps& out);
    std::string after_saying(Steps& out);
    std::string take(char key, Steps& out);
    std::string take_digit(char key, Steps& out);
    std::string submit_digits(Steps& out);
    std::string take_kept(Steps& out);
    void look_up(Steps& out);
    std::string told(const std::vector<std::string>& prompts, Steps& out);
    std::string take_while_looking(char key, Steps& out);
    std::string answered(const AnswerTold& answer, Steps& out);
    std::string choose_matter(char key, Steps& out);
    std::string guessed(const GuessesTold& told, Steps& out);
    std::string choose_guess(char key, Steps& out);
    std::string not_understood(Steps& out);
    std::string nothing_came(Steps& out);
    std::string leave_by(const std::string& keys, const std::string& to, Steps& out);
    std::string person_or(const std::string& to) const;
    std::string say(Steps& out);
    std::string wait(Steps& out);
    void stop(Steps& out);
    void end_at_queue(const Node* queue, Steps& out);
    bool holds(const Rule& rule, Now now) const;

    const Flow* flow_;
    Caller caller_;
    std::string node_;
    const Node* at_ = nullptr;
    std::string digits_;  ///< typed at this Digits node
    std::string kept_;    ///< typed while a prompt must be heard, or ahead of a menu
    std::string case_number_, case_code_;  ///< for the next node that looks up
    int rounds_ = 0;                       ///< times this node has been said again
    int steps_ = 0;               ///< nodes entered; nodes_entered_max leads to the fallback queue
    bool offers_person_ = false;  ///< what is being told at a Live node
    bool is_answered_ = false;    ///< at an Answer node: its answer is being told
    int choices_ = 0;             ///< ... or so many matters, of which one is to be picked
    std::vector<std::string> offered_;  ///< at a Guess node: nodes, in the order of their keys
    bool saying_ = false;
    bool waiting_ = false;
    bool secure_ = false;
    bool over_ = false;
};

}  // namespace ys::ivr
