// SPDX-License-Identifier: Apache-2.0
// The coordinator's frame: checking the set-up, handing each command to its function, timers.
#include "interactions/coordinator.h"

#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "base/panic.h"
#include "interactions/inside.h"
#include "interactions/prompt_names.h"
#include "interactions/setup_check.h"
#include "ivr/checker.h"

namespace ys::interactions {
Result<std::unique_ptr<Coordinator>> Coordinator::make(Setup setup) {
    std::map<std::string, ivr::Flow> flows;
    for (const auto& [name, text] : setup.flows) {
        auto flow = ivr::load_flow(text);
        if (!flow) return Error{flow.error().code, "flow " + name + ": " + flow.error().note};
        flow->calendar = calendar_in_force(std::move(flow->calendar), setup.days);
        flows.emplace(name, *std::move(flow));
    }
    YS_TRY([[maybe_unused]] const Done checked, check(setup, flows));
    YS_TRY(routing::Territory territory, routing::Territory::make(setup.places, setup.segments));
    auto inside =
        std::make_unique<Inside>(std::move(setup), std::move(flows), std::move(territory));
    return std::unique_ptr<Coordinator>(new Coordinator(std::move(inside)));
}

Coordinator::Coordinator(std::unique_ptr<Inside> inside) : in_(std::move(inside)) {}
Coordinator::~Coordinator() = default;

Outcome Coordinator::on(Now now, const Command& command) { return in_->carry_out(now, command); }

Outcome Coordinator::Inside::carry_out(Now at, const Command& command) {
    YS_ASSERT(now.mono <= at.mono);
    now = at;
    std::visit(
        overloaded{
            [this](const CaseFound& c) { tell_flow(c.interaction, ivr::CaseTold{c.prompts}); },
            [this](const LiveFound& c) {
                tell_flow(c.interaction, ivr::LiveTold{c.prompts, c.offers_person});
            },
            [this](const KnowledgeFound& c) {
                tell_flow(c.interaction, ivr::AnswerTold{c.prompts, c.choices, c.wants_person});
            },
            [this](const NeedGuessed& c) {
                const auto whose = calls.find(c.interaction);
                if (whose == calls.end() || whose->second.state != CallState::InFlow) return;
                Call& call = touch(c.interaction);
                const auto steps = call.run->on(now, ivr::GuessesTold{c.kinds});
                std::string offered;
                for (const std::string& kind : c.kinds)
                    offered += (offered.empty() ? "" : ",") + kind;
                if (!steps.empty())  // Late ones change nothing.
                    state(call, {},
                          facts::MenuGuessed{c.kinds.empty() ? "nothing" : "offered", offered,
                                             c.why});
                take_steps(call, steps);
            },
            [this](const auto& c) {
                // A command for an agent who was never set up is refused here, once
                // for all.
                if constexpr (requires { c.agent; })
                    if (!desks.contains(c.agent)) return;
                if constexpr (requires { c.supervisor; })
                    if (!desks.contains(c.supervisor)) return;
                on(c);
            }},
        command);
    route_freed();
    settle();
    return std::exchange(out, {});
}

/// What follows from the new state of the calls and desks that were touched.
void Coordinator::Inside::settle() {
    for (const InteractionId id : std::exchange(touched, {})) {
        Call& call = calls.at(id);
        if (call.queue) touched_queues.insert(call.queue);
        for (const Party& p : call.parties)
            if (p.agent) touched_desks.insert(p.agent);
        if (call.state == CallState::Ended) {
            calls.erase(id);
            continue;
        }
        settle_picture(call);
        settle_recording(call);
    }
    for (const QueueId queue : std::exchange(touched_queues, {})) {
        Waits& w = waits[queue];
        w.estimate.watch(now.mono, dispatcher.waiting(queue), w.at_work);
    }
    watch_emergencies();
    for (const AgentId agent : std::exchange(touched_desks, {})) do_effect(RefreshDesk{agent});
}

void Coordinator::Inside::on(const TimerDue& c) {
    const auto found = alarms.find(c.timer);
    if (found == alarms.end()) return;  // Cancelled while it was on its way.
    const Alarm alarm = found->second;
    alarms.erase(found);
    switch (alarm.what) {
        case Wake::Ring: {
            Call& call = touch(alarm.call);
            if (alarm.leg == call.citizen) {
                call.wait = {};
                if (call.state == CallState::Away)
                    return callback_failed(call, EndCause::NoAnswer, LegIs::Up);
                return dial_failed(call, EndCause::NoAnswer, "system");
            }
            call.party(alarm.leg)->deadline = {};
            return ring_failed(call, alarm.leg, EndCause::NoAnswer, LegIs::Up);
        }
        case Wake::Wait: {
            Call& call = touch(alarm.call);
            call.wait = {};
            return wait_over(call);
        }
        case Wake::Position: {
            Call& call = touch(alarm.call);
            call.position = {};
            arm(call.position, alarm, next_announcement(call));
            return announce_position(call);
        }
        case Wake::Widen: {
            Call& call = touch(alarm.call);
            call.widen = {};
            return carry_out_routing(dispatcher.on(now.mono, routing::Widen{call.id}));
        }
        case Wake::CallBack: {
            Call& call = touch(alarm.call);
            call.wait = {};
            return keep_place(call);
        }
        case Wake::Emergency:
            return emergency_due(c.timer);
        case Wake::SecureOff: {
            Call& call = touch(alarm.call);
            call.secure_off = {};
            return set_secure(call, false);
        }
        case Wake::WrapUp:
            desks.at(alarm.agent).wrap_up = {};
            if (!desks.at(alarm.agent).is_present)
                tell(agents::SeatLost{alarm.agent});
            else
                tell(agents::WrapUpOver{alarm.agent});
            return;
        case Wake::SeatBack:
            desks.at(alarm.agent).seat_back = {};
            return seat_not_back(alarm.agent);
    }
}

void Coordinator::Inside::on(const RecordingDone& c) {
    const auto found = unfinished.find(c.recording);
    if (found == unfinished.end()) return;
    const InteractionId id = found->second;
    const auto centre = centres_of.find(id);
    out.facts.push_back({now.utc,
                         centre->second,
                         id,
                         {},
                         facts::RecordingClosed{c.recording.value, c.length_ms, c.outcome}});
    unfinished.erase(found);
    if (!std::ranges::any_of(unfinished, [&](const auto& u) { return u.second == id; }))
        centres_of.erase(centre);
}

}  // namespace ys::interactions
