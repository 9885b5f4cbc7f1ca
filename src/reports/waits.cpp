// SPDX-License-Identifier: Apache-2.0
// Counts waits for waits.h.
#include "reports/waits.h"

#include "base/panic.h"

namespace ys::reports {

void Waits::remove(std::int64_t ms) {
    const auto it = times_.find(ms);
    YS_ASSERT(it != times_.end());
    if (--it->second == 0) times_.erase(it);
    --count_;
    sum_ms_ -= ms;
}

std::int64_t Waits::percentile_ms(unsigned percent) const {
    const std::uint64_t rank = (count_ * percent + 99) / 100;
    std::uint64_t passed = 0;
    for (const auto& [ms, callers] : times_) {
        passed += callers;
        if (passed >= rank) return ms;
    }
    return 0;
}

}  // namespace ys::reports
