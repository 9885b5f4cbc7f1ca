// SPDX-License-Identifier: Apache-2.0
// How often one address may do what needs no session, in a minute. Told the time; keeps no clock.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>

#include "base/time.h"

namespace ys::api {

class SourcePace {
public:
    /// kept_max  of all addresses in a minute; what is beyond it is refused, whoever it is from
    SourcePace(int per_minute, std::size_t kept_max)
        : per_minute_(per_minute), kept_max_(kept_max) {}

    /// Counts this time, or says that it is one too many and counts nothing.
    bool take(Instant now, const std::string& source);

private:
    int per_minute_;
    std::size_t kept_max_;
    std::deque<std::pair<Instant, std::string>> recent_;
    std::unordered_map<std::string, int> times_;  ///< of each source among `recent_`
};

}  // namespace ys::api
