// SPDX-License-Identifier: Apache-2.0
// What the facts of one case say, in the order they became true, and what it counts in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "facts/facts.h"
#include "reports/case_figures.h"

namespace ys::reports {

/// Facts may be told in any order: what comes first is worked out from their times, and within
/// one moment from the states they lead from and to.
class CaseStory {
public:
    void on(const facts::Fact& fact);
    /// When it was written down, or filed; nothing when neither was told.
    std::optional<UtcTime> began_at() const;
    /// Everything but `case_id`.
    CountedCase counted() const;

private:
    template <class Body>
    struct At {
        UtcTime at;
        CentreId centre;
        Body body;
    };
    std::vector<At<facts::CaseSaved>> saved_;
    std::vector<At<facts::CaseMoved>> moved_;
    std::vector<At<facts::CaseClockTold>> clocks_;
    std::vector<At<facts::CaseConfirmed>> words_;

    friend class CaseReading;
};

}  // namespace ys::reports
