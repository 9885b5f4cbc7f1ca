// SPDX-License-Identifier: Apache-2.0
// Passes to one case: the unguessable part of a citizen's link, kept as its digest only.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cases/case_pass.h"
#include "platform/sql/migration.h"

namespace ys::cases {

const sql::Schema& pass_schema();

class PassStore {
public:
    /// A new pass; what is given back is nowhere kept.
    static Result<std::string> issue(sql::Transaction& tx, const CasePass& pass, UtcTime now);
    /// Nothing when it is unknown, over or taken back.
    static Result<std::optional<CasePass>> find(sql::Database& db, std::string_view token,
                                                UtcTime now);
    /// Every pass to this case ends.
    static Result<Done> take_back(sql::Transaction& tx, CaseId id);
};

}  // namespace ys::cases
