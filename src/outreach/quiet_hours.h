// SPDX-License-Identifier: Apache-2.0
// When nobody is written to unless it is urgent: a stretch of every day of the hotline's place.
#pragma once

#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace ys::outreach {

struct QuietHours {
    int from = 0;   ///< minutes after local midnight, included
    int until = 0;  ///< not included; before `from` it runs past midnight; equal: never quiet
    int zone_minutes = 8 * 60;

    bool is_quiet(UtcTime now) const;
    /// Now, or the end of the quiet hours that now is in.
    UtcTime free_from(UtcTime now) const;
    friend constexpr bool operator==(const QuietHours&, const QuietHours&) = default;
};

/// "21:00-08:00"; "" is never.
/// errors  invalid_argument
Result<QuietHours> parse_quiet_hours(std::string_view text);

}  // namespace ys::outreach
