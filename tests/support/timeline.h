// SPDX-License-Identifier: Apache-2.0
// Virtual time: things happen in the order of their instants, then of their insertion, so that the
// same seed gives the same run.
#pragma once

#include <functional>
#include <map>
#include <utility>

#include "base/panic.h"
#include "base/time.h"

namespace ys::test {

class Timeline {
public:
    Instant now() const { return now_; }

    void at(Instant when, std::function<void()> what) {
        YS_ASSERT(when >= now_);
        due_.emplace(when, std::move(what));  // A multimap keeps insertion order among equals.
    }
    void in(Millis wait, std::function<void()> what) { at(now_ + wait, std::move(what)); }

    void run_until(Instant end) {
        while (!due_.empty() && due_.begin()->first <= end) {
            auto node = due_.extract(due_.begin());
            now_ = node.key();
            node.mapped()();
        }
        now_ = end;
    }
    /// Until nothing is left to happen, or `end`. false: something is still planned after `end`.
    bool run_out(Instant end) {
        while (!due_.empty()) {
            if (due_.begin()->first > end) return false;
            run_until(due_.begin()->first);
        }
        return true;
    }

private:
    Instant now_{};
    std::multimap<Instant, std::function<void()>> due_;
};

}  // namespace ys::test
