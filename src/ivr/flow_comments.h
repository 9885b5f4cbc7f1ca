// SPDX-License-Identifier: Apache-2.0
// What people wrote beside a flow's lines ("# …"): no caller hears of it, and no editor may lose
// it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ivr/flow.h"

namespace ys::ivr {

struct FlowComments {
    struct Comment {
        std::string text;   ///< without the "#" and the space after it
        std::string above;  ///< the line it stands above, one space between words; "": the node
    };
    std::map<std::string, std::vector<Comment>> of;  ///< by node; "" is the head of the flow
    std::vector<std::string> last;                   ///< below everything

    /// Those of a node or of the head, as lines.
    std::string text_of(const std::string& node) const;
};

/// Of any text, whether it reads or not.
FlowComments comments_of(std::string_view text);

/// The canonical text (flow_text.h) with its comments. One whose line is gone stands above its
/// node; one whose node is gone is gone.
std::string to_text(const Flow& flow, const FlowComments& comments);

}  // namespace ys::ivr
