// SPDX-License-Identifier: Apache-2.0
// The classification of what citizens bring (诉求分类), as a tree with a search by words and by
// pinyin initials.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"

namespace ys::cases {

struct ClassNode {
    std::string code;      ///< as stored: "heat.no_heat"; a standard's code is as good
    std::string parent;    ///< "" for a top node
    std::string title;     ///< "室内不热"
    std::string initials;  ///< pinyin initials of the title, lower case: "snbr"; given by the data
    friend bool operator==(const ClassNode&, const ClassNode&) = default;
};

class ClassTree {
public:
    ClassTree() = default;
    /// errors   data_breaks_a_rule: no code or title, a code twice, an unknown parent, a circle, or
    ///          more than `depth_max` levels; the note names the node
    static Result<ClassTree> build(std::vector<ClassNode> nodes);

    /// nullptr for an unknown code.
    const ClassNode* find(std::string_view code) const;
    /// From the top to the node itself; empty for an unknown code.
    std::vector<const ClassNode*> path(std::string_view code) const;
    /// "供热 / 室内不热"
    std::string path_title(std::string_view code) const;
    std::vector<const ClassNode*> children(std::string_view code) const;  ///< "" for the top
    bool is_leaf(std::string_view code) const;
    /// Same node, or anywhere below.
    bool is_within(std::string_view code, std::string_view ancestor) const;

    /// What was typed: a piece of a title, or letters that begin or lie in the initials of a node.
    /// Several words separated by spaces must all fit somewhere on the node's path. Best first:
    /// title equal, title begins, initials equal, initials begin, contained; leaves before
    /// branches, then as in the data. Nothing typed finds nothing.
    std::vector<const ClassNode*> search(std::string_view typed, std::size_t limit) const;

    const std::vector<ClassNode>& nodes() const { return nodes_; }
    friend bool operator==(const ClassTree& a, const ClassTree& b) { return a.nodes_ == b.nodes_; }

    static constexpr std::size_t depth_max = 8;

private:
    std::vector<ClassNode> nodes_;
    std::unordered_map<std::string, std::size_t> by_code_;
    std::unordered_map<std::string, std::vector<std::size_t>> below_;
};

}  // namespace ys::cases
