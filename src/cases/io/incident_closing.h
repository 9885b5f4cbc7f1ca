// SPDX-License-Identifier: Apache-2.0
// What the closing of an incident does to one of its cases.
#pragma once

#include <string>

#include "cases/io/case_file_store.h"

namespace ys::cases {

/// Who closed it, with which words, and where a case goes that no unit has yet.
struct IncidentClosing {
    UserId closer;
    std::string words;
    CaseId parent;
    UtcTime now;
    bool is_quiet = false;  ///< this person is told with another case of theirs
};

/// A case that still waits for a reply and asks one thing gets the words as its reply, in the name
/// of its unit, reviewed by who closed the incident, and waits for the citizen's confirmation; of
/// any other the citizen is only told.
/// returns  "replied" "noted" "with_another", or "over" for one that was withdrawn
Result<std::string> close_member(sql::Transaction& tx, const Handbook& handbook, CentreId centre,
                                 CaseId id, const IncidentClosing& closing);

/// The parent has no citizen: who closes the incident says that it is solved. One that a unit is
/// still answering stays open.
Result<Done> close_parent(sql::Transaction& tx, const Handbook& handbook, CentreId centre,
                          const IncidentClosing& closing);

}  // namespace ys::cases
