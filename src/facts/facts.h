// SPDX-License-Identifier: Apache-2.0
// What became true: the words of the journal. Every KPI, timeline and audit row is computed from
// these and from nothing else (docs/decisions/0002-facts-are-a-language-of-their-own.md).
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "base/described.h"
#include "base/id.h"
#include "base/private_text.h"
#include "base/time.h"
#include "facts/case_facts.h"
#include "facts/knowledge_facts.h"

namespace ys::facts {

// ---- one call, in the order it usually happens -------------------------------------------------

struct CallArrived {
    /// "in" (trunk or phone), "web" (citizen's page), "out" (agent dialled), "callback"
    std::string direction;
    Private caller;   ///< normalised number, "" when withheld
    Private dialled;  ///< the hotline number, or for "out" the number dialled
    Private display_name;
    std::string call_id;  ///< SIP Call-ID, cleaned; "" for web calls
    std::string source;   ///< trunk name, registered phone, or "web"
    std::uint64_t customer = 0;
    std::uint64_t case_id = 0;  ///< "out" only: the case this call is about
};
struct CallAnswered {};  ///< 200 OK to the citizen (or from them, for "out"): charging starts here.
struct FlowNodeEntered {
    std::string flow;
    std::string node;
};
struct KeysPressed {
    std::string node;
    Private keys;  ///< "*" for each digit while secure input is on
};
/// Whose area this caller belongs to, and how that was found (routing/territory.h).
struct TerritoryFound {
    std::uint64_t centre = 0;  ///< 0: unknown
    std::string from;          ///< "key" "said" "account" "plate" "segment" "area_code" "none"
    std::string place;         ///< as people read it, e.g. "兰州"
};
/// With what the dispatcher was told, so that its decisions can be made again from the journal.
struct Queued {
    std::uint64_t queue = 0;
    std::string why;  ///< "flow" "transfer" "returned" "seat_lost" "callback" "overflow" "restart"
    UtcTime first_arrival_at;
    std::int32_t priority = 0;      ///< the caller's own steps (routing/policy.h)
    std::string needs;              ///< names of skills, "," between; never relaxed
    std::uint64_t preferred = 0;    ///< agent waited for first, or 0
    std::int64_t preferred_ms = 0;  ///< ... for so long
    bool is_limited = true;         ///< whether the waiting limit was asked
    bool is_away = false;           ///< keeps a place for somebody to be called back
};
/// The caller may now be served by more people than before.
struct Widened {
    std::uint64_t queue = 0;
    std::uint32_t ring = 0;  ///< 1 for the first widening; 0: waits for one agent no longer
};
struct Proposed {
    std::uint64_t queue = 0;
    UtcTime until;
    std::string why;                 ///< one sentence: why this agent
    std::string rule;                ///< "longest_idle" "fewest_calls" "least_talk" "preferred"
    std::uint32_t ring = 0;          ///< how far the caller's circle had widened
    std::uint32_t idle = 0;          ///< able agents there were to choose from
    std::uint32_t waiting = 0;       ///< callers standing in that queue, this one included
    std::int64_t score = 0;          ///< the agent's: idle ms, calls, or talk ms, by `rule`
    std::int64_t head_start_ms = 0;  ///< what urgency and weights gave the caller
};
/// How long the caller was told it may take: a wait between the two is a hit.
struct WaitEstimated {
    std::uint64_t queue = 0;
    std::uint32_t position = 0;
    std::int64_t low_ms = 0;   ///< p20
    std::int64_t high_ms = 0;  ///< p80
};
struct CallbackPromised {
    std::uint64_t queue = 0;
    Private number;
    UtcTime first_arrival_at;
    std::string why;  ///< "asked" "full" "abandoned" "restart"
};
struct CallbackTried {
    std::uint32_t attempt = 0;
    std::string outcome;  ///< "answered", or as DialEnded
};
struct CallbackEnded {
    std::string outcome;  ///< "connected" "given_up" "cancelled"
};
struct ProposalEnded {
    std::string outcome;  ///< "accepted" "no_answer" "declined" "caller_left" "seat_failed"
};
struct Connected {
    std::uint64_t queue = 0;     ///< 0 when no queue was involved
    std::int64_t waited_ms = 0;  ///< from first entering a queue
    bool is_unhurried = false;   ///< a long talk is right: no mean counts it
};
struct HoldBegan {};
struct HoldEnded {
    std::int64_t held_ms = 0;
};
struct TransferBegan {
    std::string kind;       ///< "blind" "consult"
    Private target;         ///< "agent:12" "queue:3" "number:110"
    std::uint32_t hop = 0;  ///< 1 for the first transfer of this call
};
struct TransferEnded {
    std::string
        outcome;  ///< "taken" "returned" "requeued" "to_supervisor" "caller_left" "cancelled"
};
struct ConsultBegan {
    Private target;
};
struct ConsultEnded {
    std::string outcome;  ///< "completed" "cancelled" "joined" "failed"
};
struct PartyJoined {
    std::string role;  ///< "agent" "supervisor" "third_party"
    Private party;
};
struct PartyLeft {
    std::string role;
    Private party;
    std::int64_t talked_ms = 0;
};
struct DialEnded {
    std::string outcome;  ///< "connected" "no_answer" "busy" "declined" "no_such_number" "failed"
};
struct SurveyBegan {};
struct SurveyScored {
    std::int32_t score = 0;
};
struct CallEnded {
    std::string cause;  ///< one of interactions/end_cause.h
    std::string who;    ///< "citizen" "agent" "system" "supervisor"
    std::int64_t total_ms = 0;
    std::int64_t waited_ms = 0;  ///< in queues, all together
    std::int64_t talked_ms = 0;  ///< with a person, holds included
    std::int64_t held_ms = 0;
};

// ---- an agent ----------------------------------------------------------------------------------

struct AgentMoved {
    std::string from;
    std::string to;     ///< "LoggedOut" "Ready" "Alerted" "Busy" "WrapUp" "Break"
    std::string event;  ///< the row of the move table
    std::string reason;
};
/// Where an agent who signs in is rung.
struct SeatTaken {
    std::string kind;  ///< "browser" "sip_phone" "outside_number"
    Private address;   ///< extension or number, "" for a browser
};
struct WrapUpDone {
    std::string disposition;
};

// ---- supervision, recording, cases, people -----------------------------------------------------

struct SupervisorActed {
    std::uint64_t supervisor = 0;
    std::string action;  ///< "listen" "whisper" "barge" "take_over" "force_state" "stop"
    std::string reason;
};
/// A supervisor slid a queue's overflow: after how long others help, negative for never.
struct OverflowSet {
    std::uint64_t supervisor = 0;
    std::uint64_t queue = 0;
    std::int64_t after_ms = 0;
    std::string reason;
};
/// The routing rules in force from here on: written at every start and after every change, whole,
/// so that the journal alone can tell why anybody was routed.
struct PolicyInForce {
    std::uint64_t user = 0;  ///< who changed it; 0 at a start
    std::string what;        ///< "start", or what changed: "queue repair: waiting_max 200 -> 300"
    std::string policy;      ///< text as `yingsheng policy export` writes it
};
/// A caller who was abusive: one person asks, a second confirms, and it ends by itself.
struct CallerBarred {
    std::uint64_t user = 0;
    std::string what;  ///< "asked" "confirmed" "lifted"
    Private number;
    UtcTime until;
    Private reason;
};
/// An announcement to the callers of some addresses: one person asks, a second puts it in force.
struct EmergencyMoved {
    std::uint64_t emergency = 0;
    std::uint64_t user = 0;  ///< 0: its time was over
    std::string to;          ///< "asked" "in_force" "ended"
    std::string kind;        ///< what is said, a prompt's name: "emergency-heating"
    std::string areas;       ///< parts of addresses, one a line; "" is everybody
    UtcTime until;
    std::string reason;
};
/// The caller was told of it.
struct EmergencyHeard {
    std::uint64_t emergency = 0;
};
/// Nobody is at work: the mobile of who is on duty is rung; they hear who calls and take the call.
struct DutyRung {
    std::uint64_t queue = 0;
    Private number;
};
struct DutyEnded {
    /// "taken" "not_taken" "caller_left" "agent_came", or as DialEnded; "nobody": no more numbers,
    /// a message instead.
    std::string outcome;
};
/// All that is needed to end a dialog after a restart (RFC 3261 §12), or a ring (§9.1).
struct DialogKept {
    std::uint64_t leg = 0;
    std::string call_id, local_tag, remote_tag;
    Private local_uri, remote_uri, remote_target;
    std::string route, transport;
    std::uint64_t cseq = 0;
    std::string branch;  ///< of the INVITE while it rings; "" once it is up
};
struct RecordingOpened {
    std::uint64_t recording = 0;
    std::string purpose;  ///< "call" "consult" "voicemail"
    std::string file;
};
struct RecordingMarked {
    std::uint64_t recording = 0;
    std::string span;  ///< "hold" "secure_input"
    bool begins = true;
    std::int64_t at_ms = 0;  ///< place in the recording
};
struct RecordingClosed {
    std::uint64_t recording = 0;
    std::int64_t length_ms = 0;
    std::string outcome;  ///< "complete" "gap" "empty" "failed"
};
struct RecordingHeard {
    std::uint64_t recording = 0;
    std::uint64_t user = 0;
    std::string how;  ///< "play" "download"
};
struct SignedIn {
    std::uint64_t user = 0;
    std::string from_address;
};
struct SignedOut {
    std::uint64_t user = 0;
};
struct SignInRefused {
    std::string login;
    std::string why;  ///< "wrong" "throttled" "disabled"
    std::string from_address;
};
/// An INVITE that was answered without building a call.
struct CallRefused {
    std::string cause;  ///< "overload" "source_limit" "not_allowed" "no_such_number"
    std::string source;
    std::uint64_t count = 1;
};

using Body = std::variant<
    CallArrived, CallAnswered, FlowNodeEntered, KeysPressed, TerritoryFound, Queued, Widened,
    Proposed, WaitEstimated, CallbackPromised, CallbackTried, CallbackEnded, ProposalEnded,
    Connected, HoldBegan, HoldEnded, TransferBegan, TransferEnded, ConsultBegan, ConsultEnded,
    PartyJoined, PartyLeft, DialEnded, SurveyBegan, SurveyScored, CallEnded, AgentMoved, WrapUpDone,
    SupervisorActed, OverflowSet, PolicyInForce, CallerBarred, EmergencyMoved, EmergencyHeard,
    DutyRung, DutyEnded, DialogKept, SeatTaken, RecordingOpened, RecordingMarked, RecordingClosed,
    RecordingHeard, CaseSaved, CaseMoved, CaseClockTold, CaseConfirmed, CaseSeen, CrewMoved,
    EvidenceKept, IncidentMoved, MessageMoved, CasePersonNamed, PrivateSeen, ExportMade,
    ExchangeMoved, SurveyAsked, SurveyAnswered, ArticleMoved, QuestionAsked, FlowMoved,
    LiveLookedUp, ChecklistMoved, ChatMoved, ConversationLinked, FormShared, DocumentReady,
    MenuGuessed, PromptMoved, DirectoryMoved, CauseNamed, DefectMoved, SignedIn, SignedOut,
    SignInRefused, CallRefused>;

struct Fact {
    UtcTime at;
    CentreId centre;
    InteractionId interaction;  ///< none for facts that belong to no call
    AgentId agent;              ///< none for facts that belong to no agent
    Body body;
};

// Described once: the kind in the journal is the struct's name.
BOOST_DESCRIBE_STRUCT(CallArrived, (),
                      (direction, caller, dialled, display_name, call_id, source, customer,
                       case_id))
BOOST_DESCRIBE_STRUCT(CallAnswered, (), ())
BOOST_DESCRIBE_STRUCT(FlowNodeEntered, (), (flow, node))
BOOST_DESCRIBE_STRUCT(KeysPressed, (), (node, keys))
BOOST_DESCRIBE_STRUCT(TerritoryFound, (), (centre, from, place))
BOOST_DESCRIBE_STRUCT(Queued, (),
                      (queue, why, first_arrival_at, priority, needs, preferred, preferred_ms,
                       is_limited, is_away))
BOOST_DESCRIBE_STRUCT(Widened, (), (queue, ring))
BOOST_DESCRIBE_STRUCT(Proposed, (),
                      (queue, until, why, rule, ring, idle, waiting, score, head_start_ms))
BOOST_DESCRIBE_STRUCT(WaitEstimated, (), (queue, position, low_ms, high_ms))
BOOST_DESCRIBE_STRUCT(CallbackPromised, (), (queue, number, first_arrival_at, why))
BOOST_DESCRIBE_STRUCT(CallbackTried, (), (attempt, outcome))
BOOST_DESCRIBE_STRUCT(CallbackEnded, (), (outcome))
BOOST_DESCRIBE_STRUCT(ProposalEnded, (), (outcome))
BOOST_DESCRIBE_STRUCT(Connected, (), (queue, waited_ms, is_unhurried))
BOOST_DESCRIBE_STRUCT(HoldBegan, (), ())
BOOST_DESCRIBE_STRUCT(HoldEnded, (), (held_ms))
BOOST_DESCRIBE_STRUCT(TransferBegan, (), (kind, target, hop))
BOOST_DESCRIBE_STRUCT(TransferEnded, (), (outcome))
BOOST_DESCRIBE_STRUCT(ConsultBegan, (), (target))
BOOST_DESCRIBE_STRUCT(ConsultEnded, (), (outcome))
BOOST_DESCRIBE_STRUCT(PartyJoined, (), (role, party))
BOOST_DESCRIBE_STRUCT(PartyLeft, (), (role, party, talked_ms))
BOOST_DESCRIBE_STRUCT(DialEnded, (), (outcome))
BOOST_DESCRIBE_STRUCT(SurveyBegan, (), ())
BOOST_DESCRIBE_STRUCT(SurveyScored, (), (score))
BOOST_DESCRIBE_STRUCT(CallEnded, (), (cause, who, total_ms, waited_ms, talked_ms, held_ms))
BOOST_DESCRIBE_STRUCT(AgentMoved, (), (from, to, event, reason))
BOOST_DESCRIBE_STRUCT(WrapUpDone, (), (disposition))
BOOST_DESCRIBE_STRUCT(SupervisorActed, (), (supervisor, action, reason))
BOOST_DESCRIBE_STRUCT(OverflowSet, (), (supervisor, queue, after_ms, reason))
BOOST_DESCRIBE_STRUCT(PolicyInForce, (), (user, what, policy))
BOOST_DESCRIBE_STRUCT(CallerBarred, (), (user, what, number, until, reason))
BOOST_DESCRIBE_STRUCT(EmergencyMoved, (), (emergency, user, to, kind, areas, until, reason))
BOOST_DESCRIBE_STRUCT(EmergencyHeard, (), (emergency))
BOOST_DESCRIBE_STRUCT(DutyRung, (), (queue, number))
BOOST_DESCRIBE_STRUCT(DutyEnded, (), (outcome))
BOOST_DESCRIBE_STRUCT(DialogKept, (),
                      (leg, call_id, local_tag, remote_tag, local_uri, remote_uri, remote_target,
                       route, transport, cseq, branch))
BOOST_DESCRIBE_STRUCT(SeatTaken, (), (kind, address))
BOOST_DESCRIBE_STRUCT(RecordingOpened, (), (recording, purpose, file))
BOOST_DESCRIBE_STRUCT(RecordingMarked, (), (recording, span, begins, at_ms))
BOOST_DESCRIBE_STRUCT(RecordingClosed, (), (recording, length_ms, outcome))
BOOST_DESCRIBE_STRUCT(RecordingHeard, (), (recording, user, how))
BOOST_DESCRIBE_STRUCT(SignedIn, (), (user, from_address))
BOOST_DESCRIBE_STRUCT(SignedOut, (), (user))
BOOST_DESCRIBE_STRUCT(SignInRefused, (), (login, why, from_address))
BOOST_DESCRIBE_STRUCT(CallRefused, (), (cause, source, count))

}  // namespace ys::facts
