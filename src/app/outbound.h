// SPDX-License-Identifier: Apache-2.0
// Who may be called: denied unless a centre's rule allows the prefix at this hour.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/time.h"

namespace ys::app {

struct OutboundRule {
    CentreId centre;
    std::string prefix;  ///< of the normalised number; "" for every number
    int from_hour = 0;   ///< local hours [from_hour, to_hour)
    int to_hour = 24;
    bool allow = true;
};

class OutboundRules {
public:
    OutboundRules() = default;
    OutboundRules(std::vector<OutboundRule> rules, std::string shown_number, Seconds utc_offset);

    /// The longest matching prefix decides; a tie is decided by "no". Nothing matching is "no".
    bool allows(CentreId centre, std::string_view number, UtcTime at) const;
    const std::string& shown_number() const { return shown_number_; }

private:
    std::vector<OutboundRule> rules_;
    std::string shown_number_;
    Seconds utc_offset_{};
};

}  // namespace ys::app
