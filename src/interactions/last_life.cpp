// SPDX-License-Identifier: Apache-2.0
#include "interactions/last_life.h"

#include <algorithm>

#include "base/overloaded.h"
#include "base/text.h"

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
                   [&](const facts::DialogKept& f) {
                       // It rang; now it is up.
                       std::erase_if(dialogs, [&](const auto& d) { return d.leg == f.leg; });
                       dialogs.push_back(f);
                   },
                   [](const auto&) {},
               },
               body);
}

void OpenEmergencies::learn(CentreId centre, const facts::EmergencyMoved& fact) {
    first_free = std::max(first_free, fact.emergency + 1);
    const auto at = std::ranges::find(open, fact.emergency, &EmergencySetup::id);
    if (fact.to == "asked" && at == open.end()) {
        EmergencySetup& e = open.emplace_back();
        e.id = fact.emergency;
        e.centre = centre;
        e.kind = fact.kind;
        for (const std::string_view area : split(fact.areas, '\n'))
            if (!area.empty()) e.areas.emplace_back(area);
        e.until = fact.until;
        e.asked_by = AgentId{fact.user};
    } else if (at != open.end() && fact.to == "in_force") {
        at->confirmed_by = AgentId{fact.user};
    } else if (at != open.end() && fact.to == "ended") {
        open.erase(at);
    }
}

void PeopleAtWork::learn(AgentId agent, const facts::Body& body) {
    if (const auto* moved = std::get_if<facts::AgentMoved>(&body)) on(agent, *moved);
    const auto* taken = std::get_if<facts::SeatTaken>(&body);
    if (taken == nullptr) return;
    const auto kind = seat_kind_of(taken->kind);
    seats_[agent] = kind ? Seat{*kind, taken->address} : Seat{};
    if (const auto at_work = last_.find(agent); at_work != last_.end())
        at_work->second.seat = seats_[agent];
}

void PeopleAtWork::on(AgentId agent, const facts::AgentMoved& moved) {
    // A seat that is not there, or that was just signed in, is no break of theirs.
    const bool is_own_break = moved.to == "Break" && moved.reason != "seat_gone";
    if (moved.to == "LoggedOut")
        last_.erase(agent);
    else
        last_[agent] = {agent, is_own_break ? moved.reason : "", seats_[agent]};
}

std::vector<AtWork> PeopleAtWork::people() const {
    std::vector<AtWork> out;
    for (const auto& [id, at_work] : last_) out.push_back(at_work);
    return out;
}

}  // namespace ys::interactions
