// SPDX-License-Identifier: Apache-2.0
// Pasted HTML as blocks of text. What may come out is a list of what is known (headings,
// paragraphs, items, rows), and of those only the text: no element, attribute, address or style
// passes.
#pragma once

#include <string_view>

#include "base/result.h"
#include "platform/office/block.h"

namespace ys::office {

/// What nobody saw when it was copied (hidden elements, comments) is not read.
/// errors  invalid_argument: too deep; file_too_large
Result<Blocks> read_page(std::string_view html);

}  // namespace ys::office
