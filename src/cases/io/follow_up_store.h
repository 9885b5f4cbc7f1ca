// SPDX-License-Identifier: Apache-2.0
// The list of 回访: every case whose citizen is still to be asked whether it is solved, who rings
// them now, and what those of cases that are closed already said.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "cases/handbook.h"
#include "cases/io/case_file_store.h"
#include "cases/io/case_store.h"

namespace ys::cases {

const sql::Schema& follow_up_schema();

/// Of our own; a case without a row was neither taken nor asked about after it was closed.
struct FollowUpRow {
    CaseId case_id{};
    CentreId centre_id{};
    UserId taken_by{};
    std::optional<UtcTime> taken_at{};
    std::int64_t attempts = 0;  ///< at a case that was closed before anybody asked
    std::optional<UtcTime> tried_at{};
    std::string outcome{};  ///< "answered" "unreached"; "" while they are to be asked
    std::optional<UtcTime> closed_at{};
};
BOOST_DESCRIBE_STRUCT(FollowUpRow, (),
                      (case_id, centre_id, taken_by, taken_at, attempts, tried_at, outcome,
                       closed_at))

struct FollowUp {
    CaseRow row;
    std::optional<StoredFile> stored;  ///< none: the centre had no units
    FollowUpRow own;
    std::optional<UtcTime> due_at;    ///< of the clock that runs; none for a case that is closed
    std::int64_t attempts = 0;        ///< since the citizen was told
    std::optional<UtcTime> tried_at;  ///< the last of them
    bool may_close = false;           ///< tried often enough to close without their word
    /// The citizen was never told, or is asked now; else the case was closed before they were
    /// asked.
    bool is_open() const;
};

/// What a citizen of a closed case said, or that they were not reached.
struct FollowUpAnswer {
    bool is_reached = false;
    bool is_solved = false;
    std::optional<bool> satisfied{};
    std::string channel = "voice";  ///< or "page"
};

/// Whether a closed case was closed on the citizen's own word. Who settles it on the line writes
/// down that it is solved; only with the second question it was an asking.
bool has_citizens_word(const CaseFile& file);

class FollowUpStore {
public:
    static constexpr std::int64_t attempts_max = 3;  ///< then a closed case is asked about no more
    static constexpr Seconds taken_for{600};

    /// Every case that is reviewed, waits for the citizen's word, or was closed without anybody
    /// asking: the oldest deadline first, then what was closed longest ago. Beyond `limit` those
    /// whose clocks speak last are left out.
    static Result<std::vector<FollowUp>> list(sql::Database& db, const Handbook& handbook,
                                              const Scope& scope, std::size_t limit);
    /// errors  not_found for a case nobody need be asked about
    static Result<FollowUp> one(sql::Database& db, const Handbook& handbook, const Scope& scope,
                                CaseId id);
    /// `user` rings them: nobody else's for ten minutes.
    /// errors  not_found; stale when it is somebody else's
    static Result<FollowUp> take(sql::Transaction& tx, const Handbook& handbook, const Scope& scope,
                                 CaseId id, UserId user, UtcTime now);
    /// It is nobody's again.
    static Result<Done> release(sql::Transaction& tx, CaseId id);
    /// About a case that is closed: row and fact (CaseConfirmed).
    static Result<Done> keep(sql::Transaction& tx, const FollowUp& about,
                             const FollowUpAnswer& answer, UtcTime now);
};

}  // namespace ys::cases
