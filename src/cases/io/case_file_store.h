// SPDX-License-Identifier: Apache-2.0
// The file of a case: what the engine decides is kept with its history, notices and facts in one
// transaction.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "cases/case_outcome.h"
#include "cases/handbook.h"
#include "cases/io/unit_store.h"

namespace ys::cases {

struct StoredFile {
    CaseFile file;
    CentreId centre_id;
    std::int64_t version = 1;  ///< rises with everything done; of the file, not of the case's row
};

/// One line of the history, in the words of workflow.h and clock_preset.h.
struct CaseEventRow {
    CaseId case_id{};
    std::int64_t number = 0;  ///< from 1 within the case
    CentreId centre_id{};
    std::string kind{};  ///< "done" "clock_warned" "clock_broken"
    std::string verb{};  ///< "" when a clock spoke
    UtcTime at{};
    UserId user_id{};
    std::string role{};
    UnitId by_unit_id{};
    std::string from_state{}, to_state{};
    UnitId unit_id{};
    UnitId responsible{};
    std::string clock{};
    std::int32_t level = 0;
    Private why{};
};
BOOST_DESCRIBE_STRUCT(CaseEventRow, (),
                      (case_id, number, centre_id, kind, verb, at, user_id, role, by_unit_id,
                       from_state, to_state, unit_id, responsible, clock, level, why))

/// Somebody is to be told; who sends it reads this.
struct CaseNoticeRow {
    CaseId case_id{};
    CentreId centre_id{};
    UtcTime at{};
    std::string receiver{};  ///< "unit" "citizen"
    UnitId unit_id{};
    std::string reason{};
    std::string clock{};
    Private words{};
    std::optional<UtcTime> until_at{};
};
BOOST_DESCRIBE_STRUCT(CaseNoticeRow, (),
                      (case_id, centre_id, at, receiver, unit_id, reason, clock, words, until_at))

/// What somebody does to a file now.
struct CaseActing {
    UtcTime now{};
    CaseCommand command{};
    std::optional<std::int64_t> version{};  ///< the one their page showed; nothing: whatever it is
    bool is_quiet = false;                  ///< the citizen is told with another case of theirs
};

class CaseFileStore {
public:
    /// The file of a case that has none; `acting.command` is a FileCase.
    /// errors  cases::Errc
    static Result<StoredFile> file(sql::Transaction& tx, const Handbook& handbook,
                                   const CentreUnits& units, CentreId centre,
                                   const CaseActing& acting);
    /// Does it, with history, notices, facts, the links of duplicates and the status of the row.
    /// errors  not_found; stale; cases::Errc, and then nothing has changed
    static Result<StoredFile> act(sql::Transaction& tx, const Handbook& handbook,
                                  const Scope& scope, CaseId id, const CaseActing& acting);

    static Result<std::optional<StoredFile>> get(sql::Database& db, const Scope& scope, CaseId id);
    /// Those of them that there are.
    static Result<std::map<CaseId, StoredFile>> of(sql::Database& db, const Scope& scope,
                                                   const std::vector<CaseId>& ids);
    static Result<std::vector<CaseEventRow>> history(sql::Database& db, const Scope& scope,
                                                     CaseId id);
    static Result<std::vector<CaseNoticeRow>> notices(sql::Database& db, const Scope& scope,
                                                      CaseId id);

    /// Files of every centre whose clocks have something to say, the longest overdue first; for the
    /// program's own alarm, never for a screen.
    static Result<std::vector<CaseId>> due(sql::Database& db, UtcTime now, std::size_t limit);
    /// The clocks of one case speak. Nothing when its units are gone.
    static Result<Done> fire(sql::Transaction& tx, const Handbook& handbook, CaseId id,
                             UtcTime now);
};

}  // namespace ys::cases
