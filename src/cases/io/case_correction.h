// SPDX-License-Identifier: Apache-2.0
// That somebody corrected the answers of a case stands in its history, with who, when and why.
#pragma once

#include "base/private_text.h"
#include "cases/io/case_file_store.h"

namespace ys::cases {

inline constexpr std::string_view correction_verb = "correct_answers";

/// In the transaction that keeps the answers. It changes no state and stops no clock.
Result<Done> note_correction(sql::Transaction& tx, const StoredFile& stored, UserId by,
                             const Private& why, UtcTime now);

}  // namespace ys::cases
