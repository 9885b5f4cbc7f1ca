// SPDX-License-Identifier: Apache-2.0
// Incidents as they are kept: proposals, what people decided about them, and which cases belong.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "cases/handbook.h"
#include "cases/incident.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::cases {

const sql::Schema& incident_schema();

struct IncidentRow {
    IncidentId id{};
    CentreId centre_id{};
    std::string state = "proposed";   ///< "open" "closed" "dismissed" "lapsed"
    std::string title{};              ///< of its rule
    std::string category{}, place{};  ///< steps with "/" between
    UtcTime since_at{}, last_at{};
    std::int64_t people = 0, cases = 0;
    CaseId parent_id{};   ///< made when it was opened
    std::string areas{};  ///< whose callers hear it: parts of addresses, one a line
    std::string says{};   ///< what they hear, a prompt's name; "" nothing
    std::optional<UtcTime> until_at{};
    std::string announced{};      ///< "" "wanted" "in_force" "refused" "ended"
    std::uint64_t emergency = 0;  ///< the announcement, once in force
    UserId opened_by{};
    std::optional<UtcTime> opened_at{};
    UserId ended_by{};  ///< closed or dismissed it
    std::optional<UtcTime> ended_at{};
    std::string words{};      ///< of the closing, or why it is none
    bool is_telling = false;  ///< closed, and somebody is still to be told
};
BOOST_DESCRIBE_STRUCT(IncidentRow, (),
                      (id, centre_id, state, title, category, place, since_at, last_at, people,
                       cases, parent_id, areas, says, until_at, announced, emergency, opened_by,
                       opened_at, ended_by, ended_at, words, is_telling))

/// Whose case it is stands in the case, and nowhere else.
struct IncidentCaseRow {
    IncidentId incident_id{};
    CaseId case_id{};
    CentreId centre_id{};
    std::string category{}, place{};
    UtcTime at{};
    std::string told{};  ///< at closing: "" not yet, "replied" "noted" "with_another" "over"
};
BOOST_DESCRIBE_STRUCT(IncidentCaseRow, (),
                      (incident_id, case_id, centre_id, category, place, at, told))

/// One click.
struct IncidentOpening {
    UserId user{};
    UtcTime now{};
    std::vector<std::string> areas{};  ///< none: nobody's greeting changes
    std::string says{};
    std::optional<UtcTime> until{};
    std::chrono::minutes utc_offset{480};
};

class IncidentStore {
public:
    /// Newest first, at most 200; "live" for proposed and open ones, "" for all.
    static Result<std::vector<IncidentRow>> list(sql::Database& db, const Scope& scope,
                                                 std::string_view state);
    static Result<std::optional<IncidentRow>> get(sql::Database& db, const Scope& scope,
                                                  IncidentId id);
    static Result<std::vector<IncidentCaseRow>> cases(sql::Database& db, IncidentId id);
    /// The one this case belongs to, or is the parent of; none when it was dismissed or lapsed.
    static Result<std::optional<IncidentRow>> of_case(sql::Database& db, const Scope& scope,
                                                      CaseId id);

    /// Makes the parent; its cases are members from now on, and the announcement is wanted.
    /// errors  not_found; not_now unless it is proposed
    static Result<IncidentRow> open(sql::Transaction& tx, const Handbook& handbook,
                                    const Scope& scope, IncidentId id,
                                    const IncidentOpening& opening);
    /// errors  not_found; not_now unless it is proposed; needs_words
    static Result<IncidentRow> dismiss(sql::Transaction& tx, const Scope& scope, IncidentId id,
                                       UserId user, const std::string& why, UtcTime now);
    /// The personal closings follow, a few at a time (IncidentKeeper).
    /// errors  not_found; not_now unless it is open; needs_words
    static Result<IncidentRow> close(sql::Transaction& tx, const Scope& scope, IncidentId id,
                                     UserId user, const std::string& words, UtcTime now);
    /// The running centre took the announcement, refused it or ended it.
    static Result<Done> announced(sql::Transaction& tx, IncidentId id, const std::string& what,
                                  std::uint64_t emergency);
};

/// "市/北桥区" and back.
std::string path_text(const DutyPath& path);
DutyPath path_of(std::string_view text);
std::string_view word(IncidentState state);

}  // namespace ys::cases
