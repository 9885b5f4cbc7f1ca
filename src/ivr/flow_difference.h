// SPDX-License-Identifier: Apache-2.0
// What an edit of a flow changed, node by node, for who must approve it.
#pragma once

#include <string>
#include <vector>

#include "ivr/flow.h"

namespace ys::ivr {

/// One line of the canonical text (flow_text.h), so that spelling and comments make no difference.
struct LineChange {
    enum class Kind { Removed, Added };
    Kind kind = Kind::Removed;
    std::string text;  ///< without the margin, e.g. "key 1 -> desk"
    friend bool operator==(const LineChange&, const LineChange&) = default;
};

struct NodeChange {
    enum class Kind { Added, Removed, Changed };
    Kind kind = Kind::Changed;
    std::string node;
    int line_before = 0;  ///< of the node in the text it was read from; 0 when it is not there
    int line_after = 0;
    std::vector<LineChange> lines;  ///< in the order of the text; of a new node all its lines
    friend bool operator==(const NodeChange&, const NodeChange&) = default;
};

struct FlowDifference {
    std::vector<LineChange> head;   ///< name, calendar, person, must-hear …
    std::vector<NodeChange> nodes;  ///< in the order of `after`, what is gone comes last
    bool empty() const { return head.empty() && nodes.empty(); }
    friend bool operator==(const FlowDifference&, const FlowDifference&) = default;
};

/// Nodes are the same when they have the same name, wherever they stand: their order means nothing
/// but the first node's, which “start” tells.
FlowDifference flow_difference(const Flow& before, const Flow& after);

}  // namespace ys::ivr
