// SPDX-License-Identifier: Apache-2.0
// The roster: which state every agent is in, and what follows them into the next one.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "agents/agent_state.h"
#include "agents/commands.h"
#include "agents/effects.h"
#include "base/time.h"
#include "facts/facts.h"

namespace ys::agents {

struct AgentRule {
    AgentId id;
    CentreId centre;
    Millis wrap_up_max{60'000};  ///< zero: ready again at once
};

class Roster {
public:
    struct Outcome {
        std::vector<Effect> effects;
        std::vector<facts::Fact> facts;  ///< one AgentMoved for each move
        bool taken = false;              ///< false: the command was untimely and nothing changed
    };
    struct View {
        AgentState state = AgentState::LoggedOut;
        std::string reason;
        Now since;
        std::optional<AgentState> next;  ///< queued behind the call
        std::optional<Instant> wrap_up_until;
    };

    explicit Roster(const std::vector<AgentRule>& agents);
    /// An agent's rule is another from now on, for wrap-ups that begin later; a new agent is added.
    void change(const AgentRule& rule) { agents_[rule.id].rule = rule; }

    /// Untimely commands (a late answer, ready while talking) change nothing and say so.
    Outcome on(Now now, const Command& command);

    /// `agent` must be of this roster (asserted), as in every command.
    const View& view(AgentId agent) const;
    AgentState state(AgentId agent) const { return view(agent).state; }
    /// When the present waiting for calls began, as in Available.
    Instant ready_since(AgentId agent) const;

private:
    struct Agent {
        AgentRule rule;
        View view;
        std::string next_reason;
        Instant ready_since{};
    };
    Agent& agent(AgentId id);
    void move(Now now, Agent& agent, AgentEvent event, std::string reason, Outcome& out);
    void pause(Now now, Agent& a, const std::string& reason, AgentEvent event, Outcome& out);
    void log_out(Now now, Agent& a, AgentEvent event, const std::string& reason, Outcome& out);
    void after_talk(Now now, Agent& a, Outcome& out);
    void come_free(Now now, Agent& a, Outcome& out);
    void leave_for(Now now, Agent& a, AgentEvent event, Outcome& out);
    void force(Now now, Agent& a, const Force& c, Outcome& out);

    std::unordered_map<AgentId, Agent> agents_;
};

}  // namespace ys::agents
