// SPDX-License-Identifier: Apache-2.0
// What a book of answers learns from: the stores, read on a reader thread.
#pragma once

#include <functional>

#include "knowledge/io/answer_book.h"
#include "platform/sql/readers.h"

namespace ys::knowledge {

/// readers  outlives the book
AnswerBook::Sources sources_from(sql::Readers& readers, std::function<void(const Error&)> failed);

}  // namespace ys::knowledge
