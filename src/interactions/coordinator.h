// SPDX-License-Identifier: Apache-2.0
// The coordinator: an interaction from arrival to closing; the one place two domains meet.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "facts/facts.h"
#include "interactions/commands.h"
#include "interactions/effects.h"
#include "routing/policy.h"

namespace ys::interactions {

struct QueueSetup {
    QueueId id;
    CentreId centre;
    std::string name;
    std::string title{};           ///< as on screens
    Millis answer_within{15'000};  ///< how long one agent is rung
    std::size_t waiting_max = 500;
    int priority = 0;  ///< steps of head start (routing/policy.h)
    std::string full_prompt = "queue-full";
    routing::Strategy strategy = routing::Strategy::LongestIdle;
    SkillId skill{};  ///< what rings measure levels of
    std::vector<SkillId> needs{};
    std::vector<routing::Ring> rings{};
    QueueId overflow{};  ///< who takes new callers when this one is full
    /// A caller known to an agent (last call, case) waits for that agent so long; 0 never.
    Millis prefer_for{};
};
struct SkillSetup {
    SkillId id;
    std::string name;     ///< the word flows use
    std::string title{};  ///< as on screens
};
struct AgentSetup {
    AgentId id;
    CentreId centre;
    std::string work_number;  ///< 工号, spoken on connect
    std::string name;
    std::vector<routing::Service> queues;
    bool is_supervisor = false;
    Millis wrap_up_max{60'000};
    std::vector<routing::Skill> skills{};
};
struct NumberSetup {
    std::string number;  ///< hotline number
    CentreId centre;
    std::string flow;  ///< name of a flow in Setup::flows
};
struct Setup {
    std::vector<SkillSetup> skills{};
    std::vector<QueueSetup> queues;
    std::vector<AgentSetup> agents;
    std::vector<NumberSetup> numbers;
    std::map<std::string, std::string> flows;  ///< name -> flow file text
    Millis seat_back_within{20'000};           ///< a reloaded page must be back in this time
    Millis position_every{30'000};             ///< queue position announcements
    std::uint64_t first_interaction = 1;       ///< one above the highest in the journal
    std::uint64_t first_recording = 1;
};

/// What one agent's desk shows of their call; a plain projection.
struct PartyView {
    LegId leg;
    std::string role;   ///< "citizen" "agent" "supervisor" "third_party" "consulted"
    std::string name;   ///< number or agent's name
    std::string state;  ///< "ringing" "talking" "held"
};
struct DeskView {
    std::string state;  ///< AgentState name
    std::string reason;
    UtcTime since;
    std::string next_state;  ///< "Break" when queued behind the call
    std::optional<UtcTime> wrap_up_until;
    InteractionId interaction;  ///< none when no call is here
    std::string call_state;     ///< "" "ringing" "answering" "talking" "held" "consulting"
                                ///< "conference" "dialling" "monitoring"
    std::string direction;
    std::string caller;
    std::string display_name;
    CustomerId customer_id;
    CaseId case_id;
    QueueId queue;
    std::string queue_title;
    std::string why;                ///< why this agent
    std::vector<std::string> path;  ///< flow nodes and keys so far
    std::optional<UtcTime> arrived_at, ringing_until, connected_at;
    std::int64_t waited_ms = 0;
    LegId own_leg;
    bool is_recorded = false;
    bool is_secure = false;
    std::vector<PartyView> parties;
    std::string monitored_by;  ///< supervisor's name while listening is shown
};
struct SeatView {
    AgentId agent;
    CentreId centre;
    std::string state, reason, caller, call_state;
    UtcTime since;
    InteractionId interaction;
    QueueId queue;
};
struct WaitingView {
    InteractionId interaction;
    QueueId queue;
    CentreId centre;
    std::string caller;
    std::vector<std::string> tags;
    UtcTime since;
    std::size_t position = 0;
};

struct Outcome {
    std::vector<Effect> effects;
    std::vector<facts::Fact> facts;
};

class Coordinator {
public:
    /// Errors name the flow and line that does not parse or check.
    static Result<std::unique_ptr<Coordinator>> make(Setup setup);
    ~Coordinator();

    /// now   never earlier (monotonic) than in the call before (asserted)
    /// returns effects in the order they must happen and the facts that explain them
    Outcome on(Now now, const Command& command);

    std::optional<DeskView> desk_view(AgentId agent) const;
    std::vector<SeatView> seats(CentreId centre) const;
    std::vector<WaitingView> waiting(CentreId centre) const;
    std::size_t interactions_open() const;
    /// Empty when every invariant of README.md holds; else the first broken one, in words.
    std::string broken_invariant() const;

private:
    struct Inside;
    explicit Coordinator(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> in_;
};

}  // namespace ys::interactions
