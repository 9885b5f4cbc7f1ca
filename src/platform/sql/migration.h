// SPDX-License-Identifier: Apache-2.0
// The tables of each room, step by step; data of a newer program is refused, never guessed at.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "platform/sql/database.h"

namespace ys::sql {

struct Migration {
    int version = 0;  ///< 1, 2, 3 ... within its room; a released step is never edited
    std::string sqlite_sql;
    std::string postgres_sql;
};

/// One text for both. Written as for PostgreSQL with two words of our own:
///   ID_KEY      a number given by us, the primary key
///   SEQUENCE_KEY  a number given by the database, rising, never used twice
///   BYTES       a column of bytes
Migration for_both(int version, std::string_view sql);

struct Schema {
    std::string room;  ///< "cases"
    std::vector<Migration> steps;
};

/// Brings the database up to the newest step of every room, all in one transaction.
/// errors  newer_schema, when the database knows a room or a step that we do not
Result<Done> migrate(Database& db, std::span<const Schema> rooms);

/// The next number of a named series, durable and never given twice, also not by another node.
Result<std::uint64_t> next_number(Transaction& tx, std::string_view series);
/// The number of a row to be put: a new one for 0, else its own, which the series then goes above.
Result<std::uint64_t> own_number(Transaction& tx, std::string_view series, std::uint64_t number);
/// Makes sure the series goes on above `used` (rows brought in with numbers of their own).
Result<Done> number_used(Transaction& tx, std::string_view series, std::uint64_t used);

}  // namespace ys::sql
