// SPDX-License-Identifier: Apache-2.0
// The parts of the checker's proof; checker.cpp puts them together.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "ivr/fault.h"
#include "ivr/graph.h"

namespace ys::ivr {

/// Longer menus are forgotten before they end, deeper ones lose people (GB/T 33358 advises against
/// menus at all; row C09 of the requirements wants a person in every one).
inline constexpr std::size_t options_max = 5;  ///< besides 0
inline constexpr int menu_levels_max = 3;
/// A slow finger needs this much.
inline constexpr Millis wait_min{2'000};
/// What a caller who presses nothing waits in all before somebody is called, prompts apart.
inline constexpr Millis silence_max{30'000};

class Findings {
public:
    void add(FaultKind kind, std::string text) { add(Fault{kind, 0, std::move(text)}); }
    void add(FaultKind kind, const Node& node, const std::string& text) {
        add(Fault{kind, node.line, node.name + ": " + text});
    }
    bool empty() const { return faults_.empty(); }
    std::vector<Fault> take() { return std::move(faults_); }

private:
    /// Two ways to the same fault are one fault.
    void add(Fault fault) {
        if (std::ranges::find(faults_, fault) == faults_.end()) faults_.push_back(std::move(fault));
    }
    std::vector<Fault> faults_;
};

bool says(const Node& node, const std::string& prompt);

// What a line or a node says by itself; needs nothing of the rest.
void prove_frame(const Graph& graph, Findings& found);
void prove_calendar(const Graph& graph, Findings& found);
void prove_nodes(const Graph& graph, Findings& found);
void prove_names(const Graph& graph, Findings& found);

// Walks; they trust that every name leads to a node and every node has its lines.
void prove_everything_is_reached(const Graph& graph, Findings& found);
void prove_silence_ends(const Graph& graph, Findings& found);
void prove_menus_are_small(const Graph& graph, Findings& found);
void prove_zero_is_a_person(const Graph& graph, Findings& found);
void prove_nobody_is_turned_away(const Graph& graph, Findings& found);
void prove_notices_are_heard(const Graph& graph, Findings& found);
void prove_cases_are_asked_for_whole(const Graph& graph, Findings& found);

}  // namespace ys::ivr
