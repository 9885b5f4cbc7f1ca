// SPDX-License-Identifier: Apache-2.0
// Car quota applications: 材料初审, 复审, 公示; some move while one looks, some are refused,
// granted or about to expire. All of them are made up.
#pragma once

#include "backoffice/simulators/simulator.h"

namespace ys::backoffice {

class QuotaSimulator final : public Simulator {
public:
    explicit QuotaSimulator(SimulatedClock clock) : clock_(clock) {}
    /// Numbers QT20260001 to QT20260008; the digits of each are 10 and its last four.
    Result<LiveAnswer> look(const Subject& subject, std::string_view route,
                            UtcTime now) const override;
    bool matches(const Subject& subject, std::string_view digits) const override;

private:
    SimulatedClock clock_;
};

}  // namespace ys::backoffice
