// SPDX-License-Identifier: Apache-2.0
#include "interactions/flow_change.h"

#include <algorithm>
#include <utility>

#include "base/panic.h"
#include "interactions/setup_check.h"
#include "ivr/checker.h"

namespace ys::interactions {
namespace {

using Flows = std::map<std::string, ivr::Flow>;

Result<Flows> read_all(const Books& books, const std::map<std::string, std::string>& texts) {
    Flows out;
    for (const auto& [name, text] : texts) {
        if (!books.flows.contains(name))
            return Error{std::errc::invalid_argument, "no number uses a flow " + name};
        auto flow = ivr::load_flow(text);
        if (!flow) return Error{flow.error().code, "flow " + name + ": " + flow.error().note};
        flow->calendar = calendar_in_force(std::move(flow->calendar), books.setup.days);
        out.emplace(name, *std::move(flow));
    }
    return out;
}

/// Their run still leads somewhere; ids rise, so who came later is in a later flow.
bool hears(const Call& call, const FlowBefore& before) {
    return call.run && call.flow == before.flow.key() && call.id <= before.last;
}

}  // namespace

Result<Done> can_take_flows(const Books& books, const std::map<std::string, std::string>& texts) {
    YS_TRY(Flows changed, read_all(books, texts));
    Flows all = books.flows;
    for (auto& [name, flow] : changed) all.insert_or_assign(name, std::move(flow));
    return check(books.setup, all);
}

void take_flows(Books& books, const std::map<std::string, std::string>& texts) {
    std::erase_if(books.flows_before, [&](const FlowBefore& before) {
        return std::ranges::none_of(books.calls,
                                    [&](const auto& c) { return hears(c.second, before); });
    });
    auto changed = read_all(books, texts);
    YS_ASSERT(changed);
    for (auto& [name, flow] : *changed) {
        // Taken out whole: callers hold it where it is.
        books.flows_before.push_back(
            {books.flows.extract(name), InteractionId{books.next_interaction - 1}});
        books.flows.emplace(name, std::move(flow));
        books.setup.flows[name] = texts.at(name);
    }
    books.calendar = state_calendar(books.flows, books.setup.days);
}

Result<Done> fits_flows_before(const Books& books, const Setup& rules) {
    for (const FlowBefore& before : books.flows_before) {
        const bool is_heard = std::ranges::any_of(books.calls, [&](const auto& c) {
            return hears(c.second, before) && !c.second.run->is_over();
        });
        if (!is_heard) continue;
        Setup whole = rules;
        whole.numbers = books.setup.numbers;
        std::erase_if(whole.numbers,
                      [&](const NumberSetup& n) { return n.flow != before.flow.key(); });
        YS_TRY([[maybe_unused]] const Done done,
               check(whole, {{before.flow.key(), before.flow.mapped()}}));
    }
    return Done{};
}

}  // namespace ys::interactions
