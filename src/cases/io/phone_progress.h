// SPDX-License-Identifier: Apache-2.0
// Where a case stands, for somebody on the telephone: by the number they call from, or by number
// and code on the keys.
#pragma once

#include <optional>
#include <string>

#include "cases/handbook.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::cases {

struct PhoneQuestion {
    Scope served;        ///< the centre whose number was dialled and those below
    std::string caller;  ///< normalised; "" when withheld
    std::string number;  ///< of the case, as keyed; with the code both "" to go by `caller`
    std::string code;
};

/// What the citizen's page says first, in its words (cases::CaseProgress::now).
struct HeardCase {
    std::string number;
    std::string now;  ///< "open" for a case that no unit has
    std::optional<UtcTime> until;
    bool is_late = false;
    int supervised = 0;
};

/// Whether exactly one open case that may be told to the caller is theirs; tells nothing of it.
/// `asked` without number and code.
Result<bool> has_one_case(sql::Database& db, const PhoneQuestion& asked);

/// Nothing unless exactly one open case belongs to the caller, or number and code open one; said
/// alike for a wrong number, a wrong code and one that must wait (code_store.h counts the tries).
/// What is told in confidence (举报) needs the code: others may call from the same telephone.
/// Leaves a CaseSeen by "phone".
Result<std::optional<HeardCase>> hear_case(sql::Transaction& tx, const Handbook& handbook,
                                           const PhoneQuestion& asked, UtcTime now);

}  // namespace ys::cases
