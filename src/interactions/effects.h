// SPDX-License-Identifier: Apache-2.0
// What the edges must do because the coordinator decided so, in the order given.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/seat.h"
#include "base/time.h"
#include "interactions/end_cause.h"

namespace ys::interactions {

/// Legs below this are numbered by the edge (calls that arrive), from here on by the coordinator.
inline constexpr std::uint64_t first_own_leg = std::uint64_t{1} << 40;

struct AnswerLeg {
    LegId leg;
    InteractionId interaction;  ///< the room it belongs to
    friend bool operator==(const AnswerLeg&, const AnswerLeg&) = default;
};
/// Refuses a leg that was never answered, or hangs up one that was; also stops one we are ringing.
struct EndLeg {
    LegId leg;
    EndCause cause = EndCause::Completed;
    friend bool operator==(const EndLeg&, const EndLeg&) = default;
};
/// AutoAnswer: the person asked for this call themselves.
enum class SeatCall { Ring, AutoAnswer };
/// Rings an agent's (or supervisor's) seat; answered by LegUp or LegDown.
struct RingSeat {
    LegId leg;
    InteractionId interaction;
    AgentId agent;
    Seat seat;
    SeatCall how = SeatCall::Ring;
    std::string shown_number;  ///< what a phone's display shows: the citizen's number
    friend bool operator==(const RingSeat&, const RingSeat&) = default;
};
/// Dials a number through a trunk.
struct DialNumber {
    LegId leg;
    InteractionId interaction;
    std::string number;
    std::string shown_number;
    friend bool operator==(const DialNumber&, const DialNumber&) = default;
};
/// Plays prompts (names without extension, see ivr/prompt.h) to one leg; ends with PlayEnded unless
/// repeated or stopped. A new Play replaces the one before it on that leg.
struct Play {
    LegId leg;
    PlayId play;
    std::vector<std::string> prompts;
    bool repeat = false;
    bool is_music = false;  ///< music is never recorded
    bool is_slow = false;   ///< for who is old: the slower set of prompts
    friend bool operator==(const Play&, const Play&) = default;
};
struct StopPlay {
    LegId leg;
    friend bool operator==(const StopPlay&, const StopPlay&) = default;
};
struct Hears {
    LegId ear;
    LegId mouth;
    friend bool operator==(const Hears&, const Hears&) = default;
};
/// The whole picture of who hears whom in one interaction; replaces the picture before.
struct Mix {
    InteractionId interaction;
    std::vector<Hears> who;
    friend bool operator==(const Mix&, const Mix&) = default;
};
/// Opens a recording, or changes whose voices go into an open one. Left is the citizen's own voice;
/// right the sum of our people's voices and of what the robot says to `left` (music excepted).
struct Record {
    RecordingId recording;
    InteractionId interaction;
    std::string purpose;  ///< "call" "consult" "voicemail"
    std::vector<LegId> left;
    std::vector<LegId> right;
    friend bool operator==(const Record&, const Record&) = default;
};
enum class Span { Hold, SecureInput };
struct MarkRecording {
    RecordingId recording;
    Span span = Span::Hold;
    bool begins = true;
    friend bool operator==(const MarkRecording&, const MarkRecording&) = default;
};
struct StopRecording {
    RecordingId recording;
    friend bool operator==(const StopRecording&, const StopRecording&) = default;
};
/// While on: digits of this interaction are kept out of audio, logs and facts, towards everyone.
struct SecureInput {
    InteractionId interaction;
    bool on = false;
    friend bool operator==(const SecureInput&, const SecureInput&) = default;
};
struct PlayDigits {
    LegId leg;
    std::string digits;
    friend bool operator==(const PlayDigits&, const PlayDigits&) = default;
};
/// Where does a case stand? The edge looks and answers with CaseFound.
struct LookUpCase {
    InteractionId interaction;
    CentreId centre;           ///< of the number that was dialled: its cases and those below
    std::string caller;        ///< normalised, "" when withheld
    std::string number, code;  ///< as keyed; both "": the one open case of `caller`
    friend bool operator==(const LookUpCase&, const LookUpCase&) = default;
};
/// What does a business system know? The edge asks, makes speech of it and answers with LiveFound.
struct LookUpLive {
    InteractionId interaction;
    CentreId centre;
    std::string about, number;  ///< as of ivr::LookUpLive
    std::string digits;
    bool is_slow = false;  ///< for who is old: a slower voice
    friend bool operator==(const LookUpLive&, const LookUpLive&) = default;
};
/// What is known of a matter? The edge looks, or listens to `leg` first, makes speech of the
/// answer and comes back with KnowledgeFound.
struct AskKnowledge {
    InteractionId interaction;
    LegId leg;
    CentreId centre;
    std::string matter;  ///< as of ivr::AskKnowledge
    int choice = 0;
    Millis within{};
    bool is_slow = false;  ///< for who is old: a slower voice
    friend bool operator==(const AskKnowledge&, const AskKnowledge&) = default;
};
/// What is a caller likely to want? The edge looks and answers with NeedGuessed.
struct GuessNeed {
    InteractionId interaction;
    CentreId centre;
    std::string caller;              ///< normalised, "" when withheld
    std::vector<std::string> kinds;  ///< as of ivr::AskGuesses
    friend bool operator==(const GuessNeed&, const GuessNeed&) = default;
};
/// This caller is offered no guesses any more.
struct NeverGuess {
    CentreId centre;
    std::string caller;
    friend bool operator==(const NeverGuess&, const NeverGuess&) = default;
};
struct SetTimer {
    TimerId timer;
    Instant at{};
    friend bool operator==(const SetTimer&, const SetTimer&) = default;
};
struct CancelTimer {
    TimerId timer;
    friend bool operator==(const CancelTimer&, const CancelTimer&) = default;
};
/// The interaction is over and all its legs are gone: release its room.
struct CloseInteraction {
    InteractionId interaction;
    friend bool operator==(const CloseInteraction&, const CloseInteraction&) = default;
};
/// What this agent's desk shows has changed; the edge sends the view (coordinator.h desk_view).
struct RefreshDesk {
    AgentId agent;
    friend bool operator==(const RefreshDesk&, const RefreshDesk&) = default;
};
/// A desk command could not be carried out; `code` is a key of the desk's message files.
struct RefuseDesk {
    AgentId agent;
    std::string code;
    friend bool operator==(const RefuseDesk&, const RefuseDesk&) = default;
};

using Effect = std::variant<AnswerLeg, EndLeg, RingSeat, DialNumber, Play, StopPlay, Mix, Record,
                            MarkRecording, StopRecording, SecureInput, PlayDigits, LookUpCase,
                            LookUpLive, AskKnowledge, GuessNeed, NeverGuess, SetTimer, CancelTimer,
                            CloseInteraction, RefreshDesk, RefuseDesk>;

}  // namespace ys::interactions
