// SPDX-License-Identifier: Apache-2.0
#include "interactions/setup_check.h"

#include <algorithm>

namespace ys::interactions {
namespace {

Error bad(std::string note) { return Error{std::errc::invalid_argument, std::move(note)}; }

}  // namespace

Result<Done> check(const Setup& setup, const std::map<std::string, ivr::Flow>& flows) {
    const auto has_queue = [&](auto&& is_it) { return std::ranges::any_of(setup.queues, is_it); };
    for (const AgentSetup& a : setup.agents)
        for (const routing::Service& service : a.queues)
            if (!has_queue([&](const QueueSetup& s) {
                    return s.id == service.queue && s.centre == a.centre;
                }))
                return bad("agent " + a.work_number + " serves a queue their centre has not");
    for (const QueueSetup& q : setup.queues) {
        if (!std::ranges::is_sorted(q.rings, {}, &routing::Ring::after))
            return bad("queue " + q.name + ": a ring opens before the one above it");
        if (q.overflow && !has_queue([&](const QueueSetup& s) { return s.id == q.overflow; }))
            return bad("queue " + q.name + ": its overflow is not there");
        for (const routing::Ring& ring : q.rings)
            if (ring.also && !has_queue([&](const QueueSetup& s) { return s.id == ring.also; }))
                return bad("queue " + q.name + ": a ring asks a queue that is not there");
    }
    for (const NumberSetup& n : setup.numbers) {
        const auto flow = flows.find(n.flow);
        if (flow == flows.end()) return bad("number " + n.number + ": no flow " + n.flow);
        for (const ivr::Node& node : flow->second.nodes) {
            if (node.kind != ivr::NodeKind::Queue) continue;
            if (!has_queue([&](const QueueSetup& s) {
                    return s.name == node.queue && s.centre == n.centre;
                }))
                return bad("flow " + n.flow + ", line " + std::to_string(node.line) +
                           ": the centre has no queue " + node.queue);
            for (const std::string& skill : node.needs)
                if (std::ranges::count(setup.skills, skill, &SkillSetup::name) == 0)
                    return bad("flow " + n.flow + ", line " + std::to_string(node.line) +
                               ": there is no skill " + skill);
        }
    }
    return Done{};
}

Calendar state_calendar(const std::map<std::string, ivr::Flow>& flows,
                        const std::vector<DaySetup>& days) {
    Calendar all;
    for (const auto& [name, flow] : flows) {
        all.holidays.insert(flow.calendar.holidays.begin(), flow.calendar.holidays.end());
        all.workdays.insert(all.workdays.end(), flow.calendar.workdays.begin(),
                            flow.calendar.workdays.end());
    }
    return calendar_in_force(std::move(all), days);
}

Calendar calendar_in_force(Calendar of_flow, const std::vector<DaySetup>& days) {
    const auto is_of_those_years = [&](Day day) {
        return std::ranges::any_of(days, [&](const DaySetup& d) { return d.day.year == day.year; });
    };
    std::erase_if(of_flow.holidays, [&](const auto& h) { return is_of_those_years(h.first); });
    std::erase_if(of_flow.workdays, is_of_those_years);
    for (const DaySetup& d : days) {
        if (d.is_workday)
            of_flow.workdays.push_back(d.day);
        else
            of_flow.holidays[d.day] = d.name;
    }
    return of_flow;
}

}  // namespace ys::interactions
