// SPDX-License-Identifier: Apache-2.0
// A flow as nodes and the ways between them, as the interpreter (run.h) would walk it.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "ivr/flow.h"

namespace ys::ivr {

inline constexpr int nowhere = -1;

/// One way out of a node.
struct Exit {
    enum class How {
        On,        ///< goes on by itself: a play's end, a branch's rule, a case that was told
        Key,       ///< a key of the menu, or a number keyed in full
        Zero,      ///< 0 where it is no key of the menu
        WrongKey,  ///< `other` of a menu
        Silence,   ///< `nothing`: no key, too few digits, no answer in time
        NoCase,    ///< `other` of a look-up
    };
    /// What the way says of the hour; a recorder is a person's stand-in only when it is closed.
    enum class Hour { Untold, Open, Closed };
    std::string to;
    int node = nowhere;  ///< index of `to`
    How how = How::On;
    Hour hour = Hour::Untold;

    /// Taken without pressing a key.
    bool silent() const { return how == How::On || how == How::Silence || how == How::NoCase; }
};

/// A node, and whether an hours or holiday rule on the way to it said that it is closed.
struct Standing {
    int node = nowhere;
    bool closed = false;
    friend auto operator<=>(const Standing&, const Standing&) = default;
};

class Graph {
public:
    /// `flow` must outlive the graph.
    explicit Graph(const Flow& flow);

    const Flow& flow() const { return *flow_; }
    int size() const { return static_cast<int>(flow_->nodes.size()); }
    const Node& node(int at) const { return flow_->nodes[static_cast<std::size_t>(at)]; }
    /// `nowhere` when no node has this name.
    int find(const std::string& name) const;
    /// Those whose name is no node's have `nowhere`; ways that are missing are left out.
    const std::vector<Exit>& exits(int at) const { return exits_[static_cast<std::size_t>(at)]; }
    /// Where 0 leads from a node that is not a branch: a menu may name its own.
    const std::string& zero_of(const Node& node) const;

    /// Every node a caller can come to from the start, with what the way said of the hour.
    std::set<Standing> standings() const;
    /// Where `e` leads from `at`.
    static Standing after(const Standing& at, const Exit& e);

    /// Nodes reached from `from` (themselves included) over the ways that `may(node, exit)` allows.
    template <class May>
    std::set<int> walk(std::vector<int> from, May may) const {
        std::set<int> seen(from.begin(), from.end());
        while (!from.empty()) {
            const int at = from.back();
            from.pop_back();
            if (at == nowhere) continue;
            for (const Exit& e : exits(at))
                if (may(at, e) && seen.insert(e.node).second) from.push_back(e.node);
        }
        seen.erase(nowhere);
        return seen;
    }

private:
    std::vector<Exit> exits_of(const Node& node) const;
    std::string person_or(const std::string& to) const { return to.empty() ? flow_->person : to; }

    const Flow* flow_;
    std::vector<std::pair<std::string, int>> names_;  ///< sorted
    std::vector<std::vector<Exit>> exits_;
};

}  // namespace ys::ivr
