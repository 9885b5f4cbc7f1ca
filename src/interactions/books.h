// SPDX-License-Identifier: Apache-2.0
// What the coordinator knows: who is where, and what was promised to whom.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "agents/roster.h"
#include "interactions/alarm.h"
#include "interactions/call.h"
#include "interactions/coordinator.h"
#include "interactions/desk.h"
#include "routing/dispatcher.h"

namespace ys::interactions {

routing::QueueRule rule_of(const QueueSetup& queue);
routing::AgentRule rule_of(const AgentSetup& agent);

enum class Greet { No, Yes };
enum class LegIs { Up, Gone };  ///< Up: ended by us with EndLeg

/// What is counted of one queue.
struct Waits {
    routing::WaitEstimate estimate;
    std::size_t at_work = 0;  ///< agents who serve it, neither signed out nor on a break
    /// Whose turn it is to be called back, by first arrival; too many others are being dialled.
    std::set<std::pair<Instant, InteractionId>> due;
    std::size_t promises = 0;  ///< not yet kept
    std::size_t dialling = 0;  ///< citizens whose phone we ring
};

/// An announcement asked for, and its end.
struct Emergency {
    EmergencySetup is;
    TimerId over;
};

/// A flow that was replaced; who heard it then hears it to its end.
struct FlowBefore {
    std::map<std::string, ivr::Flow>::node_type flow;
    InteractionId last;  ///< the newest caller there was
};

struct Books {
    Books(Setup setup, std::map<std::string, ivr::Flow> flows, routing::Territory territory);

    Setup setup;
    std::map<std::string, ivr::Flow> flows;
    std::vector<FlowBefore> flows_before;
    Calendar calendar;  ///< of the state: opening hours of queues go by it
    std::map<std::string, NumberSetup> numbers;
    std::map<std::pair<CentreId, std::string>, QueueId> queue_names;
    std::unordered_map<QueueId, QueueSetup> queues;
    std::unordered_map<QueueId, std::vector<AgentId>> serving;
    routing::Territory territory;
    std::map<QueueId, Waits> waits;
    std::map<std::string, InteractionId> promised;  ///< number -> the call to be made
    agents::Roster roster;
    routing::Dispatcher dispatcher;
    std::map<AgentId, Desk> desks;
    std::map<InteractionId, Call> calls;
    std::unordered_map<LegId, InteractionId> legs;
    std::unordered_map<TimerId, Alarm> alarms;
    std::map<RecordingId, InteractionId> unfinished;  ///< recordings not yet reported done
    std::map<InteractionId, CentreId> centres_of;     ///< of unfinished recordings' calls
    std::uint64_t next_interaction, next_recording;
    std::map<std::uint64_t, Emergency> emergencies;
    std::uint64_t next_emergency;
    std::uint64_t next_leg = first_own_leg, next_timer = 1, next_play = 1;
    bool is_draining = false;

    // Of the command being carried out.
    Now now;
    Outcome out;
    std::set<InteractionId> touched;
    std::set<AgentId> touched_desks;
    std::set<QueueId> touched_queues;
    std::deque<AgentId> freed;  ///< became available; routed after the command itself
};

}  // namespace ys::interactions
