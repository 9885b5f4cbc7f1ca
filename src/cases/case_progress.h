// SPDX-License-Identifier: Apache-2.0
// Where a case stands, for the citizen: who has it, what happens next and by when. One description
// for page, telephone and message, so that all say the same sentence.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cases/case_file.h"

namespace ys::cases {

struct CaseProgress {
    /// A key of the message files, for what is now: "being_sent" "waits_for_unit" "being_handled"
    /// "paused" "reply_in_review" "reply_comes" "asks_you" "being_decided" "handled_again" "closed"
    /// "out_of_scope" "withdrawn"
    std::string_view now;
    std::string unit;              ///< name of who is responsible; "" when it is over
    std::optional<UtcTime> until;  ///< by when it is done; nothing while the citizen is asked
    std::string cause;             ///< of a pause
    bool is_late = false;
    int supervised = 0;  ///< level of 督办
    bool may_urge = false;
    bool may_confirm = false;
    bool may_reopen = false;
    bool may_withdraw = false;
};

/// now   for is_late and may_urge
CaseProgress progress(const CaseRules& rules, const CaseFile& file, UtcTime now);

/// Whether the closing clock ran out before it was done or told.
bool is_late(const CaseRules& rules, const CaseFile& file, UtcTime now);

}  // namespace ys::cases
