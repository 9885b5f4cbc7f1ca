// SPDX-License-Identifier: Apache-2.0
// Builds the tree once and looks things up in it.
#include "cases/class_tree.h"

#include <algorithm>

#include "base/text.h"
#include "cases/errc.h"

namespace ys::cases {
namespace {

/// 0 best; nothing when it does not fit.
std::optional<int> fit(const ClassNode& node, const std::string& typed) {
    const std::string title = lowered(node.title);
    const std::string initials = lowered(node.initials);
    if (title == typed) return 0;
    if (title.starts_with(typed)) return 1;
    if (initials == typed) return 2;
    if (initials.starts_with(typed)) return 3;
    if (title.find(typed) != std::string::npos) return 4;
    if (initials.find(typed) != std::string::npos) return 5;
    return std::nullopt;
}

Error breaks(const ClassNode& node, const char* rule) {
    return Error(Errc::DataBreaksARule, "class \"" + node.code + "\": " + rule);
}

}  // namespace

Result<ClassTree> ClassTree::build(std::vector<ClassNode> nodes) {
    ClassTree tree;
    tree.nodes_ = std::move(nodes);
    for (std::size_t i = 0; i < tree.nodes_.size(); ++i) {
        const ClassNode& node = tree.nodes_[i];
        if (node.code.empty() || node.title.empty()) return breaks(node, "no code or title");
        if (!tree.by_code_.emplace(node.code, i).second)
            return breaks(node, "the code is there twice");
        tree.below_[node.parent].push_back(i);
    }
    for (const ClassNode& node : tree.nodes_) {
        const ClassNode* at = &node;
        std::size_t depth = 1;
        while (!at->parent.empty()) {
            at = tree.find(at->parent);
            if (!at) return breaks(node, "its parent is not there");
            if (++depth > depth_max) return breaks(node, "a circle, or too deep");
        }
    }
    return tree;
}

const ClassNode* ClassTree::find(std::string_view code) const {
    const auto it = by_code_.find(std::string(code));
    return it == by_code_.end() ? nullptr : &nodes_[it->second];
}

std::vector<const ClassNode*> ClassTree::path(std::string_view code) const {
    std::vector<const ClassNode*> out;
    for (const ClassNode* at = find(code); at; at = find(at->parent)) out.push_back(at);
    std::ranges::reverse(out);
    return out;
}

std::string ClassTree::path_title(std::string_view code) const {
    std::string out;
    for (const ClassNode* node : path(code)) out += (out.empty() ? "" : " / ") + node->title;
    return out;
}

std::vector<const ClassNode*> ClassTree::children(std::string_view code) const {
    std::vector<const ClassNode*> out;
    const auto it = below_.find(std::string(code));
    if (it == below_.end()) return out;
    for (const std::size_t i : it->second) out.push_back(&nodes_[i]);
    return out;
}

bool ClassTree::is_leaf(std::string_view code) const {
    return find(code) && !below_.contains(std::string(code));
}

bool ClassTree::is_within(std::string_view code, std::string_view ancestor) const {
    return std::ranges::any_of(path(code), [&](const ClassNode* n) { return n->code == ancestor; });
}

std::vector<const ClassNode*> ClassTree::search(std::string_view typed, std::size_t limit) const {
    std::vector<std::string> words;
    for (const auto piece : split(typed, ' '))
        if (!trimmed(piece).empty()) words.push_back(lowered(trimmed(piece)));
    if (words.empty()) return {};
    struct Found {
        int rank;
        const ClassNode* node;
    };
    std::vector<Found> found;
    for (const ClassNode& node : nodes_) {
        const auto way = path(node.code);
        // The node itself must fit a word: a branch's name does not bring in all its leaves.
        std::optional<int> best;
        bool all = true;
        for (const std::string& w : words) {
            const auto own = fit(node, w);
            if (own) best = std::min(best.value_or(*own), *own);
            all = all &&
                  std::ranges::any_of(way, [&](const auto* n) { return fit(*n, w).has_value(); });
        }
        if (all && best) found.push_back({*best * 2 + (is_leaf(node.code) ? 0 : 1), &node});
    }
    std::ranges::stable_sort(found, {}, &Found::rank);
    std::vector<const ClassNode*> out;
    for (std::size_t i = 0; i < std::min(limit, found.size()); ++i) out.push_back(found[i].node);
    return out;
}

}  // namespace ys::cases
