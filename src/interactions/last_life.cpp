// SPDX-License-Identifier: Apache-2.0
#include "interactions/last_life.h"

#include "base/overloaded.h"

namespace ys::interactions {

void LostCall::learn(const facts::Body& body) {
    std::visit(overloaded{
                   [&](const facts::CallArrived& f) {
                       const bool is_out = f.direction == "out";
                       caller = is_out ? f.dialled : f.caller;
                       dialled = is_out ? f.caller : f.dialled;
                   },
                   [&](const facts::Queued& f) {
                       queue = QueueId{f.queue};
                       first_arrival_at = f.first_arrival_at;
                       was_waiting = true;
                   },
                   [&](const facts::PartyJoined&) { was_waiting = false; },
                   [&](const facts::DialogKept& f) { dialogs.push_back(f); },
                   [](const auto&) {},
               },
               body);
}

void PeopleAtWork::on(AgentId agent, const facts::AgentMoved& moved) {
    // A seat that is not there, or that was just signed in, is no break of theirs.
    const bool is_own_break = moved.to == "Break" && moved.reason != "seat_gone";
    if (moved.to == "LoggedOut")
        last_.erase(agent);
    else
        last_[agent] = {agent, is_own_break ? moved.reason : ""};
}

std::vector<AtWork> PeopleAtWork::people() const {
    std::vector<AtWork> out;
    for (const auto& [id, at_work] : last_) out.push_back(at_work);
    return out;
}

}  // namespace ys::interactions
