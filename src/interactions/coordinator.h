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
#include "interactions/setup.h"

namespace ys::interactions {

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
    CentreId centre_id;             ///< whose call it is
    std::string place;              ///< where the caller belongs, "" when not known
    std::string why, why_en;        ///< why this agent, in Chinese and in English
    std::vector<std::string> path;  ///< flow nodes and keys so far
    std::optional<UtcTime> arrived_at, ringing_until, connected_at;
    std::int64_t waited_ms = 0;
    LegId own_leg;
    bool is_recorded = false;
    bool is_secure = false;
    bool is_unhurried = false;  ///< a long talk is right: no clock is shown
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
    std::string why{}, why_en{};  ///< why they have this call; "" when nobody chose them for it
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

struct EmergencyView {
    std::uint64_t id = 0;
    CentreId centre;
    std::string kind;
    std::vector<std::string> areas;
    UtcTime until;
    AgentId asked_by;
    AgentId confirmed_by;  ///< none: not in force
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

    /// Whether these could be the rules now (ChangeRules): they fit together and with the numbers,
    /// and nobody is in a queue that would go.
    /// errors  invalid_argument: what does not fit, in words
    Result<Done> may_become(const Setup& rules) const;

    std::optional<DeskView> desk_view(AgentId agent) const;
    std::vector<SeatView> seats(CentreId centre) const;
    std::vector<WaitingView> waiting(CentreId centre) const;
    /// Asked for or in force in this centre, in one below it or for it in one above; by id.
    std::vector<EmergencyView> emergencies(CentreId centre) const;
    std::size_t interactions_open() const;
    /// Empty when every invariant of README.md holds; else the first broken one, in words.
    std::string broken_invariant() const;

private:
    struct Inside;
    explicit Coordinator(std::unique_ptr<Inside> inside);
    std::unique_ptr<Inside> in_;
};

}  // namespace ys::interactions
