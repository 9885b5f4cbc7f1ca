// SPDX-License-Identifier: Apache-2.0
// A CaseFile as text, without loss: the body of its row.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "cases/case_file.h"

namespace ys::cases {

std::string to_json(const CaseFile& file);
/// errors  invalid_argument, naming the place
Result<CaseFile> case_file_from_json(std::string_view text);

}  // namespace ys::cases
