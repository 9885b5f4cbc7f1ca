// SPDX-License-Identifier: Apache-2.0
// The text of a Word document (.docx, ECMA-376 part 1, chapter 17) as blocks, in its order.
#pragma once

#include <string_view>

#include "base/result.h"
#include "platform/office/block.h"

namespace ys::office {

/// What is deleted under tracked changes is not read; pictures, drawings and text in boxes are
/// named as unread. errors  invalid_argument: no such document, or a broken one;
/// operation_not_permitted: markup with
///         a document type; file_too_large
Result<Blocks> read_word(std::string_view file);

}  // namespace ys::office
