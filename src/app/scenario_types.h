// SPDX-License-Identifier: Apache-2.0
// The case types a hotline begins with: scenarios/<name>/case_types.toml, else the ones for all.
#pragma once

#include <string>
#include <vector>

#include "cases/handbook.h"
#include "cases/io/case_type_json.h"
#include "platform/sql/writer.h"

namespace ys::app {

struct ScenarioTypes {
    cases::RuleTexts rules;  ///< workflows and clocks beside those of the program
    std::vector<cases::TypeText> types;
};

/// scenario  one of the scenarios in the program, or a folder (with a slash in it)
/// errors    invalid_argument with every fault and its place; io_error
Result<ScenarioTypes> case_types_of(const std::string& scenario);
/// Every type against the rules in force: those it names must be there.
/// errors    invalid_argument with every fault and its place
Result<Done> check_case_types(const std::vector<cases::TypeText>& types,
                              const cases::Handbook& handbook);

/// For head centres that have none yet; what was changed meanwhile stays.
Result<Done> seed_case_types(sql::Writer& writer, const std::vector<cases::TypeText>& types,
                             UtcTime now);

}  // namespace ys::app
