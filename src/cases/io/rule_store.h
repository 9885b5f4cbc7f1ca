// SPDX-License-Identifier: Apache-2.0
// Every workflow and table of clocks that was ever in force, so that a case goes on by the one it
// was filed with whatever becomes of the scenario.
#pragma once

#include <string_view>

#include "base/calendar.h"
#include "cases/handbook.h"
#include "platform/sql/migration.h"

namespace ys::cases {

/// Part of type_schema().
inline constexpr std::string_view case_rules_tables = R"(
CREATE TABLE case_rules (what TEXT NOT NULL, name TEXT NOT NULL, version BIGINT NOT NULL,
  title TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (what, name, version));
)";

class RuleStore {
public:
    /// At the start: the program's rules, those of the scenario, and those of before that a case
    /// or a type still goes by. Contents that no case has used may be replaced.
    /// errors  version_is_taken, naming the rule, when one that cases go by has other contents now;
    ///         what Handbook::make says
    static Result<std::shared_ptr<const Handbook>> handbook(sql::Transaction& tx,
                                                            const Calendar& calendar,
                                                            const RuleTexts& scenario);
};

}  // namespace ys::cases
