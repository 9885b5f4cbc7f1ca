// SPDX-License-Identifier: Apache-2.0
// How long callers waited: exact, whatever order the waits come in.
#pragma once

#include <cstdint>
#include <map>

namespace ys::reports {

class Waits {
public:
    void add(std::int64_t ms) {
        ++times_[ms];
        ++count_;
        sum_ms_ += ms;
    }
    /// Takes back one that was added.
    void remove(std::int64_t ms);

    std::uint64_t count() const { return count_; }
    std::int64_t sum_ms() const { return sum_ms_; }
    std::int64_t max_ms() const { return times_.empty() ? 0 : times_.rbegin()->first; }
    /// Nearest rank: the smallest wait that at least `percent` of the callers did not exceed.
    std::int64_t percentile_ms(unsigned percent) const;

private:
    std::map<std::int64_t, std::uint64_t> times_;  ///< wait -> callers
    std::uint64_t count_ = 0;
    std::int64_t sum_ms_ = 0;
};

}  // namespace ys::reports
