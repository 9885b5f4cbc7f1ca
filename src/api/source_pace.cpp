// SPDX-License-Identifier: Apache-2.0
#include "api/source_pace.h"

namespace ys::api {

bool SourcePace::take(Instant now, const std::string& source) {
    constexpr Seconds minute{60};
    while (!recent_.empty() && now - recent_.front().first > minute) {
        const auto times = times_.find(recent_.front().second);
        if (--times->second == 0) times_.erase(times);
        recent_.pop_front();
    }
    const auto times = times_.find(source);
    if (recent_.size() >= kept_max_ || (times != times_.end() && times->second >= per_minute_))
        return false;
    recent_.emplace_back(now, source);
    ++times_[source];
    return true;
}

}  // namespace ys::api
