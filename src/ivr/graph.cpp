// SPDX-License-Identifier: Apache-2.0
// The ways of graph.h: they must be those that run.cpp takes.
#include "ivr/graph.h"

#include <algorithm>

namespace ys::ivr {
namespace {

using How = Exit::How;
using Hour = Exit::Hour;

/// The rules of a branch are asked in order, so what stands below `open` holds when it is closed.
std::vector<Exit> ways_of_branch(const Node& node) {
    std::vector<Exit> out;
    Hour below = Hour::Untold;
    for (const Rule& r : node.rules) {
        const bool is_open = r.on == Rule::On::Open;
        const bool is_timed = r.on == Rule::On::Holiday || r.on == Rule::On::Time;
        out.push_back({r.to, nowhere, How::On,
                       is_open    ? Hour::Open
                       : is_timed ? Hour::Closed
                                  : below});
        if (is_open || r.on == Rule::On::Time) below = Hour::Closed;
    }
    out.push_back({node.next, nowhere, How::On, below});
    return out;
}

}  // namespace

Graph::Graph(const Flow& flow) : flow_(&flow) {
    int at = 0;
    for (const Node& node : flow.nodes) names_.emplace_back(node.name, at++);
    std::ranges::sort(names_);
    for (const Node& node : flow.nodes) {
        exits_.push_back(exits_of(node));
        for (Exit& e : exits_.back()) e.node = find(e.to);
    }
}

int Graph::find(const std::string& name) const {
    const auto it = std::ranges::lower_bound(names_, name, {}, &std::pair<std::string, int>::first);
    return it == names_.end() || it->first != name ? nowhere : it->second;
}

const std::string& Graph::zero_of(const Node& node) const {
    const auto it = node.keys.find('0');
    return it == node.keys.end() ? flow_->person : it->second;
}

std::vector<Exit> Graph::exits_of(const Node& node) const {
    std::vector<Exit> out;
    const auto way = [&](const std::string& to, How how) {
        if (!to.empty()) out.push_back({to, nowhere, how, Hour::Untold});
    };
    switch (node.kind) {
        case NodeKind::Play:
            way(node.next, How::On);
            break;
        case NodeKind::Digits:
            way(node.next, How::Key);
            way(person_or(node.nothing), How::Silence);
            break;
        case NodeKind::Progress:
        case NodeKind::Live:
        case NodeKind::Answer:
            way(node.next, How::On);
            way(person_or(node.other), How::NoCase);
            way(person_or(node.nothing), How::Silence);
            break;
        case NodeKind::Guess:
            for (const auto& [kind, to] : node.guesses) way(to, How::Key);
            way(person_or(node.next), How::Silence);
            break;
        case NodeKind::Choose:
            for (const auto& [key, to] : node.keys) way(to, How::Key);
            way(person_or(node.other), How::WrongKey);
            way(person_or(node.nothing), How::Silence);
            break;
        case NodeKind::Branch:
            out = ways_of_branch(node);
            std::erase_if(out, [](const Exit& e) { return e.to.empty(); });
            return out;
        case NodeKind::Queue:
        case NodeKind::Wait:
            return out;
        default:
            break;
    }
    const bool takes_zero = !node.say.empty() || looks_up(node.kind);
    if (takes_zero && !flow_->measuring) way(zero_of(node), How::Zero);
    return out;
}

Standing Graph::after(const Standing& at, const Exit& e) {
    return {e.node, e.hour == Hour::Closed || (e.hour == Hour::Untold && at.closed)};
}

std::set<Standing> Graph::standings() const {
    std::set<Standing> seen;
    std::vector<Standing> open{{find(flow_->start), false}};
    while (!open.empty()) {
        const Standing at = open.back();
        open.pop_back();
        if (at.node == nowhere || !seen.insert(at).second) continue;
        for (const Exit& e : exits(at.node)) open.push_back(after(at, e));
    }
    return seen;
}

}  // namespace ys::ivr
