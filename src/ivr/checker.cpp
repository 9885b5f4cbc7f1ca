// SPDX-License-Identifier: Apache-2.0
// Puts the proofs of proof.h together.
#include "ivr/checker.h"

#include <algorithm>

#include "ivr/errc.h"
#include "ivr/flow_text.h"
#include "ivr/proof.h"

namespace ys::ivr {
namespace {

constexpr int no_person = 1'000;

/// The keys needed at `at`, given what is known of the other nodes so far.
int keys_needed(const Graph& graph, const Standing& at, const std::map<Standing, int>& so_far) {
    const Node& node = graph.node(at.node);
    if (node.kind == NodeKind::Queue || (node.kind == NodeKind::Voicemail && at.closed)) return 0;
    int by_choice = no_person;  // the caller's best key
    int by_fate = 0;            // the worst of what happens to who presses nothing
    bool goes_on = false;
    for (const Exit& e : graph.exits(at.node)) {
        const auto it = so_far.find(Graph::after(at, e));
        const int keys = it == so_far.end() ? no_person : it->second;
        goes_on = goes_on || e.silent();
        if (e.silent()) by_fate = std::max(by_fate, keys);
        if (!e.silent()) by_choice = std::min(by_choice, keys + 1);
    }
    return std::min(no_person, goes_on ? std::min(by_choice, by_fate) : by_choice);
}

}  // namespace

std::vector<Fault> faults(const Flow& flow) {
    const Graph graph(flow);
    Findings found;
    prove_frame(graph, found);
    prove_calendar(graph, found);
    prove_nodes(graph, found);
    prove_names(graph, found);
    if (found.empty()) {
        prove_everything_is_reached(graph, found);
        prove_silence_ends(graph, found);
        if (!flow.measuring) {
            prove_menus_are_small(graph, found);
            prove_zero_is_a_person(graph, found);
            prove_nobody_is_turned_away(graph, found);
            prove_notices_are_heard(graph, found);
            prove_cases_are_asked_for_whole(graph, found);
        }
    }
    auto out = found.take();
    std::ranges::stable_sort(out, {}, &Fault::line);
    return out;
}

Result<Done> check(const Flow& flow) {
    std::string all;
    for (const Fault& f : faults(flow))
        all += (all.empty() ? "" : "\n") +
               (f.line == 0 ? std::string() : "line " + std::to_string(f.line) + ": ") + f.text;
    if (all.empty()) return Done{};
    return Error{make_error_code(Errc::FlowBreaksARule), std::move(all)};
}

Result<Flow> load_flow(std::string_view text) {
    YS_TRY(Flow flow, parse_flow(text));
    YS_TRY(const Done done, check(flow));
    static_cast<void>(done);
    return flow;
}

std::map<std::string, int> keys_to_person(const Flow& flow) {
    const Graph graph(flow);
    const auto standings = graph.standings();
    std::map<Standing, int> keys;
    for (const Standing& at : standings) keys[at] = no_person;
    // Figures only ever fall, so this ends; most flows need as many rounds as they are deep.
    for (bool changed = true; changed;) {
        changed = false;
        for (auto& [at, figure] : keys) {
            const int better = keys_needed(graph, at, keys);
            changed = changed || better < figure;
            figure = std::min(figure, better);
        }
    }
    std::map<std::string, int> out;
    for (const auto& [at, figure] : keys) {
        int& worst = out[graph.node(at.node).name];
        worst = std::max(worst, figure);
    }
    std::erase_if(out, [](const auto& each) { return each.second >= no_person; });
    return out;
}

}  // namespace ys::ivr
