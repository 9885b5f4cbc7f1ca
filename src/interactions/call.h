// SPDX-License-Identifier: Apache-2.0
// One call: the citizen, the people with them, and what is being tried for them.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "interactions/call_state.h"
#include "interactions/commands.h"
#include "interactions/effects.h"
#include "ivr/run.h"
#include "routing/effects.h"
#include "routing/wait_estimate.h"

namespace ys::interactions {

enum class Role { Agent, Supervisor, ThirdParty };

enum class PartyState {
    Ringing,
    Answering,   ///< pressed answer; the media is still coming up
    Talking,     ///< with the citizen (who may be on hold)
    Consulting,  ///< asked by an agent while the citizen is on hold
    Monitoring,  ///< listens or whispers
    Lost,        ///< the seat went away and may come back
};

/// What a ring is for; decides what follows when it is answered, and when it is not.
enum class Errand {
    Proposal,
    Transfer,
    Return,
    Duty,
    ToSupervisor,
    Consult,
    AddParty,
    DialOut,
    SeatBack,
    Monitor,
    TakeOver
};

/// Somebody in a call who is not the citizen.
struct Party {
    LegId leg;  ///< none while Lost
    Role role = Role::Agent;
    AgentId agent;  ///< none for an outside number
    std::string number;
    PartyState state = PartyState::Ringing;
    Errand errand = Errand::Proposal;
    AgentId asked_by;  ///< AddParty: who asked; Monitor, TakeOver: who is watched
    MonitorMode mode = MonitorMode::Listen;
    TimerId deadline;
    UtcTime ringing_until;
    std::optional<Instant> joined;  ///< talking with the citizen since
    int seat_losses = 0;

    /// A supervisor's, not (yet) one of those who talk with the citizen.
    bool is_watching() const {
        return (errand == Errand::Monitor || errand == Errand::TakeOver) && !joined;
    }
    bool is_ringing() const {
        return state == PartyState::Ringing || state == PartyState::Answering;
    }
};

/// What the citizen hears that is not a person.
enum class Playing {
    Nothing,
    Flow,
    Music,
    Notice,    ///< position, transferring, seat lost: music follows
    Greeting,  ///< 工号…为您服务: the agent already hears the citizen
    Survey,
    Beep,
    Goodbye,
};

struct Transfer {
    std::string kind;
    AgentId sender;
};

struct Consulting {
    AgentId by;
    LegId own_leg;  ///< the agent's side: their leg, or a desk phone's second call
    LegId other;
    std::string target;
    RecordingId recording;
    bool has_second_leg = false;
};

/// Time that adds up over several spans.
struct Stopwatch {
    std::optional<Instant> since;
    Millis total{};
    void start(Instant now) {
        if (!since) since = now;
    }
    void stop(Instant now) {
        if (since) total += std::chrono::duration_cast<Millis>(now - *since);
        since.reset();
    }
    Millis at(Instant now) const {
        return since ? total + std::chrono::duration_cast<Millis>(now - *since) : total;
    }
};

/// A call that is to be made because it was promised.
struct Promise {
    std::uint32_t attempts = 0;
};

struct Call {
    InteractionId id;
    CentreId centre;         ///< whose call it is: the caller's home, else the number's
    CentreId number_centre;  ///< whose hotline number was dialled
    std::string place;       ///< of the territory, "" when not known
    std::string direction;   ///< as in facts::CallArrived
    CallState state = CallState::New;

    // Who calls.
    LegId citizen;  ///< none when that leg is gone
    bool is_up = false;
    std::string caller, dialled, display_name, address;
    std::vector<std::string> tags;
    CustomerId customer;
    CaseId case_id;

    // What they hear, where the robot led them.
    std::string flow;
    std::optional<ivr::Run> run;
    std::vector<std::string> path;
    Playing playing = Playing::Nothing;
    PlayId play;
    bool announces = true, echoes = false, is_secure = false;
    int survey_rounds = 0;
    EndCause goodbye_cause = EndCause::Completed;

    // Their place.
    QueueId queue;  ///< last one entered
    int priority = 0;
    std::vector<SkillId> needs;
    AgentId known_to;
    std::uint32_t repeats = 0;
    std::optional<Now> first_arrival;
    std::optional<routing::Propose> chosen;  ///< who was asked last, and why
    std::uint32_t hop = 0, duty_asked = 0;   ///< duty mobiles
    std::optional<Transfer> transfer;
    std::vector<AgentId> tried;  ///< supervisors already rung for this hop
    std::optional<Promise> promise;

    // Waiting.
    bool had_to_wait = false;                ///< nobody was free when they came
    std::optional<routing::WaitRange> told;  ///< the first estimate told in this queue
    Instant told_at{};
    bool is_offered_callback = false, is_offered_voicemail = false;
    std::optional<std::string> keyed;  ///< the number they are keying to be called back at

    std::vector<Party> parties;
    std::optional<Consulting> consult;

    // Time.
    Now arrived;
    std::optional<Now> connected;
    Stopwatch waited, talked, held;
    TimerId wait;        ///< the flow's wait, or a guard of a prompt, survey or voicemail
    TimerId position;    ///< next announcement
    TimerId widen;       ///< when more people may serve them
    TimerId secure_off;  ///< agent's secure input ends by itself

    // What was last told to the media plane.
    std::vector<Hears> heard;
    bool is_recorded = true;
    RecordingId recording, voicemail;
    Instant recording_began{};
    std::vector<LegId> recorded_right;
    bool marked_hold = false, marked_secure = false;

    Party* party(LegId leg) {
        const auto p = std::ranges::find(parties, leg, &Party::leg);
        return p == parties.end() || !leg ? nullptr : &*p;
    }
    Party* party(AgentId agent) {
        const auto p = std::ranges::find(parties, agent, &Party::agent);
        return p == parties.end() || !agent ? nullptr : &*p;
    }
    const Party* party(AgentId agent) const { return const_cast<Call*>(this)->party(agent); }
    std::size_t talkers() const {
        return static_cast<std::size_t>(
            std::ranges::count(parties, PartyState::Talking, &Party::state));
    }
};

}  // namespace ys::interactions
