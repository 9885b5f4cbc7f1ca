// SPDX-License-Identifier: Apache-2.0
// What comes in to the coordinator; that of supervisors is supervisor_commands.h.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/seat.h"
#include "facts/facts.h"
#include "interactions/end_cause.h"
#include "interactions/look_up_answers.h"
#include "interactions/supervisor_commands.h"

namespace ys::interactions {

// ---- from the network --------------------------------------------------------------------------

enum class Via { Trunk, Phone, Web };

/// A new call. The edge chose `leg` (below first_own_leg); the leg is ringing, not yet answered.
struct CallArrived {
    LegId leg;
    CentreId centre;
    Via via = Via::Trunk;
    std::string dialled;       ///< hotline number, normalised
    std::string caller;        ///< normalised, "" when withheld
    std::string display_name;  ///< cleaned
    std::string call_id;       ///< cleaned
    std::string source;
    CustomerId customer;                   ///< known by number, or none
    std::vector<std::string> caller_tags;  ///< e.g. "elder"
    std::string account{};                 ///< customer's, begins with their region
    std::string plate{};                   ///< number plate of the customer's car
    std::string area{};         ///< where the number was given out, e.g. "甘肃省张掖市"
    AgentId known_to;           ///< who served them last, or has their case
    std::string address{};      ///< customer's
    std::uint32_t repeats = 0;  ///< their calls of the last days that settled nothing
    bool is_barred = false;     ///< abusive, confirmed by two people, not yet over
    bool has_left = false;      ///< gone while the edge looked up who it is
};
struct LegRinging {
    LegId leg;
};
/// The far end answered and media can flow.
struct LegUp {
    LegId leg;
};
/// What is needed to end this leg's dialog after a restart; kept, not looked at.
struct DialogKnown {
    LegId leg;
    facts::DialogKept dialog;
};
struct LegDown {
    LegId leg;
    EndCause cause = EndCause::Completed;
};
struct PlayEnded {
    LegId leg;
    PlayId play;
};
struct KeyPressed {
    LegId leg;
    char key = 0;  ///< 0-9 * # A-D
};
/// The far end asked us (REFER) to pass its own leg's peer on; a desk phone's transfer key.
struct ReferAsked {
    LegId leg;
    std::string number;
    LegId replaces;  ///< set when Refer-To carried Replaces for one of our legs
};
struct TimerDue {
    TimerId timer;
};
struct RecordingDone {
    RecordingId recording;
    std::int64_t length_ms = 0;
    std::string outcome;  ///< "complete" "gap" "empty" "failed"
};

// ---- from the desk -----------------------------------------------------------------------------

enum class TargetKind { Agent, Queue, Number };
struct Target {
    TargetKind kind = TargetKind::Agent;
    AgentId agent;
    QueueId queue;
    std::string number;
};

struct SignIn {
    AgentId agent;
    Seat seat;
};
struct SignOut {
    AgentId agent;
};
struct BecomeReady {
    AgentId agent;
};
struct TakeBreak {
    AgentId agent;
    std::string reason;
};
/// The agent pressed answer; the media of a browser seat is still coming up.
struct AnswerPressed {
    AgentId agent;
};
struct DeclinePressed {
    AgentId agent;
};
struct HangUp {
    AgentId agent;
};
struct Hold {
    AgentId agent;
};
struct Retrieve {
    AgentId agent;
};
struct BlindTransfer {
    AgentId agent;
    Target to;
};
struct Consult {
    AgentId agent;
    Target to;
};
/// Ends a consult: hand the citizen over, make it a conference, or go back to the citizen.
struct EndConsult {
    AgentId agent;
    enum class How { Complete, Join, Cancel } how = How::Cancel;
};
/// Rings a third party and joins it as soon as it answers (110, 119, 120, 12345 by one key).
struct AddParty {
    AgentId agent;
    Target who;
};
struct DropParty {
    AgentId agent;
    LegId leg;
};
struct DialOut {
    AgentId agent;
    std::string number;  ///< normalised; the edge has checked the centre's outbound rule
    std::string shown_number;
    CustomerId customer;
    CaseId case_id;
};
struct ToSurvey {
    AgentId agent;
};
struct SendDigits {
    AgentId agent;
    std::string digits;
};
struct SecureInputByAgent {
    AgentId agent;
    bool on = false;
};
struct FinishWrapUp {
    AgentId agent;
    std::string disposition;
};
/// The browser's socket closed or the phone's registration ended.
struct SeatGone {
    AgentId agent;
};
struct SeatBack {
    AgentId agent;
};

using Command = std::variant<
    CallArrived, LegRinging, LegUp, DialogKnown, LegDown, PlayEnded, KeyPressed, ReferAsked,
    TimerDue, CaseFound, LiveFound, KnowledgeFound, NeedGuessed, RecordingDone, SignIn, SignOut,
    BecomeReady, TakeBreak, AnswerPressed, DeclinePressed, HangUp, Hold, Retrieve, BlindTransfer,
    Consult, EndConsult, AddParty, DropParty, DialOut, ToSurvey, SendDigits, SecureInputByAgent,
    FinishWrapUp, SeatGone, SeatBack, Monitor, StopMonitor, TakeOver, ForceState, Restore,
    OweCallback, SlideOverflow, ChangeRules, AskEmergency, ConfirmEmergency, EndEmergency, Drain>;

}  // namespace ys::interactions
