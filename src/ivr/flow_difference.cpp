// SPDX-License-Identifier: Apache-2.0
// Compares two flows by the lines of their canonical text.
#include "ivr/flow_difference.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "ivr/flow_text.h"

namespace ys::ivr {
namespace {

using Lines = std::vector<std::string>;

/// The text in pieces: "" is the head, then each node by its name, its own line first.
std::map<std::string, Lines> pieces_of(const Flow& flow) {
    std::map<std::string, Lines> out;
    std::string node;
    const std::string text = to_text(flow);
    for (const std::string_view line : split(text, '\n')) {
        if (line.empty()) continue;
        if (line.starts_with("node ")) node = split(line, ' ')[1];
        out[node].emplace_back(trimmed(line));
    }
    return out;
}

/// The longest common lines stay; the rest was removed and added. A piece is bounded by the limits
/// of a flow (the calendar's 1,000 lines), so the table of the middle stays small.
std::vector<LineChange> changes(const Lines& before, const Lines& after) {
    const auto ends = std::ranges::mismatch(before, after);
    const auto from = static_cast<std::size_t>(ends.in1 - before.begin());
    std::size_t b = before.size(), a = after.size();
    while (b > from && a > from && before[b - 1] == after[a - 1]) --b, --a;
    const std::size_t rows = b - from, columns = a - from;
    // common[i][j]: lines in common of before[from + i ..) and after[from + j ..)
    std::vector<std::vector<int>> common(rows + 1, std::vector<int>(columns + 1, 0));
    for (std::size_t i = rows; i-- > 0;)
        for (std::size_t j = columns; j-- > 0;)
            common[i][j] = before[from + i] == after[from + j]
                               ? common[i + 1][j + 1] + 1
                               : std::max(common[i + 1][j], common[i][j + 1]);
    std::vector<LineChange> out;
    std::size_t i = 0, j = 0;
    while (i < rows || j < columns) {
        if (i < rows && j < columns && before[from + i] == after[from + j]) {
            ++i, ++j;
        } else if (i < rows && (j == columns || common[i + 1][j] >= common[i][j + 1])) {
            out.push_back({LineChange::Kind::Removed, before[from + i++]});
        } else {
            out.push_back({LineChange::Kind::Added, after[from + j++]});
        }
    }
    return out;
}

int line_of(const Flow& flow, const std::string& name) {
    const Node* node = flow.find(name);
    return node == nullptr ? 0 : node->line;
}

}  // namespace

FlowDifference flow_difference(const Flow& before, const Flow& after) {
    const auto old_pieces = pieces_of(before);
    const auto new_pieces = pieces_of(after);
    const auto piece = [](const auto& pieces, const std::string& name) {
        const auto it = pieces.find(name);
        return it == pieces.end() ? Lines{} : it->second;
    };
    FlowDifference out;
    out.head = changes(piece(old_pieces, ""), piece(new_pieces, ""));
    const auto compare = [&](const std::string& name) {
        using Kind = NodeChange::Kind;
        auto lines = changes(piece(old_pieces, name), piece(new_pieces, name));
        if (lines.empty()) return;
        const Kind kind = !old_pieces.contains(name)   ? Kind::Added
                          : !new_pieces.contains(name) ? Kind::Removed
                                                       : Kind::Changed;
        out.nodes.push_back(
            {kind, name, line_of(before, name), line_of(after, name), std::move(lines)});
    };
    for (const Node& node : after.nodes) compare(node.name);
    for (const Node& node : before.nodes)
        if (!new_pieces.contains(node.name)) compare(node.name);
    return out;
}

}  // namespace ys::ivr
