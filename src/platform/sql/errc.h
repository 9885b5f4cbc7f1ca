// SPDX-License-Identifier: Apache-2.0
// Why a database said no, the same words for SQLite and PostgreSQL.
#pragma once

#include <system_error>

namespace ys::sql {

enum class errc {
    unique_violation = 1,  ///< A row with this key is there already.
    constraint,            ///< Another rule of the table is broken (NOT NULL, CHECK, foreign key).
    not_found,             ///< The row asked for is not there, or not in this centre.
    stale,                 ///< The row was changed by somebody else meanwhile.
    busy,                  ///< Another writer held the lock for too long, or too much is waiting.
    io,                    ///< The disk or the file failed; nothing was promised.
    full,                  ///< No space is left.
    connection_lost,       ///< The server went away; the next transaction connects again.
    newer_schema,          ///< The data was written by a newer program.
    bad_statement,         ///< The statement or a parameter does not fit: a bug of ours.
    stopped,               ///< The writer or the readers have been stopped.
};

const std::error_category& category();
inline std::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace ys::sql

template <>
struct std::is_error_code_enum<ys::sql::errc> : std::true_type {};
