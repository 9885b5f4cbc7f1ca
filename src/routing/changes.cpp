// SPDX-License-Identifier: Apache-2.0
#include "routing/changes.h"

#include <unordered_map>

namespace ys::routing {
namespace {

template <class Change, class Rule>
void add(const std::vector<Rule>& before, const std::vector<Rule>& after,
         std::vector<Command>& out) {
    std::unordered_map<decltype(Rule::id), const Rule*> was;
    for (const Rule& rule : before) was[rule.id] = &rule;
    for (const Rule& rule : after) {
        const auto found = was.find(rule.id);
        if (found == was.end() || *found->second != rule) out.push_back(Change{rule});
    }
}

}  // namespace

std::vector<Command> changes(const Rules& before, const Rules& after) {
    std::vector<Command> out;
    add<ChangeQueue>(before.queues, after.queues, out);
    add<ChangeAgent>(before.agents, after.agents, out);
    return out;
}

}  // namespace ys::routing
