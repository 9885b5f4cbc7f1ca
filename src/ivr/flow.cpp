// SPDX-License-Identifier: Apache-2.0
// Words and look-up of flow.h.
#include "ivr/flow.h"

#include <algorithm>

namespace ys::ivr {

std::string_view word_of(NodeKind kind) {
    switch (kind) {
        case NodeKind::Play:
            return "play";
        case NodeKind::Choose:
            return "choose";
        case NodeKind::Digits:
            return "digits";
        case NodeKind::Branch:
            return "branch";
        case NodeKind::Progress:
            return "progress";
        case NodeKind::Live:
            return "live";
        case NodeKind::Guess:
            return "guess";
        case NodeKind::Answer:
            return "answer";
        case NodeKind::Queue:
            return "queue";
        case NodeKind::Voicemail:
            return "voicemail";
        case NodeKind::HangUp:
            return "hang-up";
        case NodeKind::Wait:
            return "wait";
    }
    return "";
}

const Node* Flow::find(std::string_view node) const {
    const auto it = std::ranges::find(nodes, node, &Node::name);
    return it == nodes.end() ? nullptr : &*it;
}

}  // namespace ys::ivr
