// SPDX-License-Identifier: Apache-2.0
// Callers who were abusive: asked for by one person, in force once a second confirms, and over by
// themselves. They are not put through to people; what they say is recorded as a message.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/id.h"
#include "base/private_text.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::customers {

const sql::Schema& barred_schema();

using BarredId = Id<struct BarredTag>;

struct BarredRow {
    BarredId id{};
    CentreId centre_id{};
    Private number{};  ///< in the house's one form (base/phone_number.h)
    Private reason{};
    UtcTime until_at{};
    UserId asked_by{};
    UtcTime asked_at{};
    UserId confirmed_by{};  ///< none: not in force
    std::optional<UtcTime> confirmed_at{};
    UserId lifted_by{};  ///< none: not lifted before its time
    std::optional<UtcTime> lifted_at{};

    /// "asked" "in_force" "ended" "lifted"
    std::string state(UtcTime now) const;
};
BOOST_DESCRIBE_STRUCT(BarredRow, (),
                      (id, centre_id, number, reason, until_at, asked_by, asked_at, confirmed_by,
                       confirmed_at, lifted_by, lifted_at))

struct BarredListRow : BarredRow {
    std::string asked_by_name{}, confirmed_by_name{}, lifted_by_name{};
};
BOOST_DESCRIBE_STRUCT(BarredListRow, (BarredRow),
                      (asked_by_name, confirmed_by_name, lifted_by_name))

class BarredStore {
public:
    /// Each of the three writes its fact (CallerBarred) with the row.
    /// fields  centre, number, reason, until, asked_by; the rest is ignored
    /// errors  unique_violation when the number is asked for or barred already
    static Result<BarredId> ask(sql::Transaction& tx, BarredRow fields, UtcTime now);
    /// errors  not_found; unique_violation when `user` is who asked; stale when it is not waiting
    /// for this
    static Result<Done> confirm(sql::Transaction& tx, const Scope& scope, BarredId id, UserId user,
                                UtcTime now);
    /// Also refuses what was only asked for.
    /// errors  not_found; stale when it is over
    static Result<Done> lift(sql::Transaction& tx, const Scope& scope, BarredId id, UserId user,
                             UtcTime now);

    /// Confirmed, not lifted, not over, by one of these centres.
    static Result<bool> is_barred(sql::Database& db, const Scope& scope, std::string_view number,
                                  UtcTime now);
    static Result<std::optional<BarredRow>> get(sql::Database& db, const Scope& scope, BarredId id);
    /// The newest first; bounded.
    static Result<std::vector<BarredListRow>> list(sql::Database& db, const Scope& scope);
};

}  // namespace ys::customers
