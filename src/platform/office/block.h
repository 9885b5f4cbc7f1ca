// SPDX-License-Identifier: Apache-2.0
// A text as it was laid out by whoever wrote it: one block after the other, text only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ys::office {

enum class BlockKind : std::uint8_t { Heading, Paragraph, Item, Row };

struct Block {
    BlockKind kind = BlockKind::Paragraph;
    std::size_t place = 0;             ///< the paragraph it is, from 1
    int level = 0;                     ///< of a heading, from 1
    std::string text{};                ///< lines between \n; of a row, its cells with " | "
    std::vector<std::string> cells{};  ///< of a row
    bool operator==(const Block&) const = default;
};

/// What stood there and is in no block.
struct Unread {
    std::size_t place = 0;
    std::string what{};  ///< "picture" "drawing" "change" "script" "form" "frame" "media"
    bool operator==(const Unread&) const = default;
};

struct Blocks {
    std::vector<Block> items{};
    std::vector<Unread> unread{};
};

}  // namespace ys::office
