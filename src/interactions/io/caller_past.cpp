// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/caller_past.h"

#include <chrono>

#include "base/private_text.h"
#include "platform/sql/where.h"

namespace ys::interactions {
namespace {

constexpr std::int64_t day_us = std::chrono::microseconds{std::chrono::hours{24}}.count();

template <class T>
Result<T> one_value(sql::Database& db, const std::string& query, const sql::Where& where) {
    T found{};
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with(query, where.values(), [&](const sql::Row& row) { row.get(0, found); }));
    return found;
}

}  // namespace

Result<CallerPast> caller_past(sql::Database& db, const Scope& scope, std::string_view number,
                               UtcTime now) {
    CallerPast past;
    const Private caller{number};
    sql::Where cases(scope, "centre_id");
    cases.also("status = 'open' AND created_by > 0");
    // Theirs, or that of somebody they agreed to be spoken for by.
    cases.also(
        "id IN (SELECT own.id FROM cases own WHERE own.phone = ? AND own.phone <> ''"
        " UNION ALL SELECT p.case_id FROM case_people p WHERE p.phone = ? AND p.phone <> ''"
        " AND p.consent <> 'none')",
        caller, caller);
    YS_TRY(past.known_to,
           one_value<AgentId>(
               db, "SELECT created_by FROM cases" + cases.text() + " ORDER BY id DESC LIMIT 1",
               cases));
    if (!past.known_to) {
        sql::Where talks(scope, "centre_id");
        talks.also("caller = ? AND arrived_at > ? AND connected_at IS NOT NULL AND agent_id > 0",
                   caller, UtcTime{now.us - 30 * day_us});
        talks.also("direction <> 'out'");
        YS_TRY(past.known_to, one_value<AgentId>(db,
                                                 "SELECT agent_id FROM calls" + talks.text() +
                                                     " ORDER BY arrived_at DESC LIMIT 1",
                                                 talks));
    }
    sql::Where again(scope, "centre_id");
    again.also("caller = ? AND arrived_at > ? AND queued_at IS NOT NULL", caller,
               UtcTime{now.us - 3 * day_us});
    again.also("direction <> 'out' AND (connected_at IS NULL OR disposition <> 'answered')");
    YS_TRY(past.repeats,
           one_value<std::uint32_t>(db, "SELECT COUNT(*) FROM calls" + again.text(), again));
    return past;
}

}  // namespace ys::interactions
