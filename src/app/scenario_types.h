// SPDX-License-Identifier: Apache-2.0
// The case types a hotline begins with: scenarios/<name>/case_types.toml, else the ones for all.
#pragma once

#include <string>
#include <vector>

#include "cases/io/case_type_json.h"
#include "platform/sql/writer.h"

namespace ys::app {

/// scenario  one of the scenarios in the program, or a folder (with a slash in it)
/// errors    invalid_argument with every fault and its place; io_error
Result<std::vector<cases::TypeText>> case_types_of(const std::string& scenario);

/// For head centres that have none yet; what was changed meanwhile stays.
Result<Done> seed_case_types(sql::Writer& writer, const std::vector<cases::TypeText>& types,
                             UtcTime now);

}  // namespace ys::app
