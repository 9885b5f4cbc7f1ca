// SPDX-License-Identifier: Apache-2.0
// Who is shown the whole of what says who somebody is, and who a part (the table of README.md).
#pragma once

#include <optional>
#include <string>

#include "api/case_sight.h"

namespace ys::api {

struct SeenRow {
    cases::CaseRow row;
    bool is_whole = false;  ///< who asks took the case, or is of the unit that has accepted it
    /// As they are shown it.
    cases::CaseRow shown() const;
};
/// A row of the scope; not one that is hidden from the user.
/// errors  not_found
Result<SeenRow> seen_row(sql::Database& db, const CaseSeer& seer, CaseId id);

/// Writes down that somebody opened a case told in confidence; on disk when it returns.
/// how  "open" "progress"
Task<Done> note_case_seen(Api& api, const Call& call, CaseId id, std::string_view how);

/// Numbers, names and doors in the row are masked, in its free text, too.
void mask(cases::CaseRow& row);

/// What a page sends back of what it was shown masked changes nothing: `sent`, with what is stored
/// in place of what was shown.
std::string unless_masked(std::string sent, const std::string& stored, const std::string& masked);

}  // namespace ys::api
