// SPDX-License-Identifier: Apache-2.0
// A saved case gets its file and goes at once to its unit, when the duty catalogue knows it, and to
// the repairer on duty, when it is broken things they are there for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cases/case_type.h"
#include "cases/io/case_file_store.h"
#include "cases/io/case_store.h"

namespace ys::cases {

struct Filing {
    std::vector<std::string> demands{};  ///< empty: title and detail are one demand
    std::vector<UnitId> about_units{};   ///< complained of
    /// The type it is saved with, where who saves it has read it already; else the version that
    /// its form was filled in by, else the newest.
    std::optional<CaseType> type{};
    /// The units of who saves it, where they have been read already.
    std::optional<std::vector<UnitMemberRow>> own_units{};
    bool is_new = false;  ///< made in this transaction: it has no file yet
};

/// In the transaction that made the row. What was answered at once is settled; what the catalogue
/// knows is dispatched by the system; the rest stays filed.
/// returns  nothing when the centre has no units; the file there is when it is filed already
/// errors   cases::Errc
Result<std::optional<StoredFile>> file_case(sql::Transaction& tx, const Handbook& handbook,
                                            const CaseRow& row, const Filing& filing, UtcTime now);

/// The same, and what the citizen is told is when the closing clock ends: one time, wherever it is
/// said. Without units it stays what the row came with.
/// returns  the row as it is kept now
Result<CaseRow> file_and_promise(sql::Transaction& tx, const Handbook& handbook, const CaseRow& row,
                                 const Filing& filing, UtcTime now);

/// Cases that were kept before their centre had units are filed, oldest first, at most `limit`.
/// returns  how many
Result<std::size_t> file_what_is_left(sql::Transaction& tx, const Handbook& handbook, UtcTime now,
                                      std::size_t limit);

/// Which unit the catalogue proposes for it now, and why.
DutyProposal proposal_for(const CaseFile& file, std::string_view address,
                          const DutyCatalogue& duties);

}  // namespace ys::cases
