// SPDX-License-Identifier: Apache-2.0
// How long something may take (时限): "15m" "24h" "7d" by every clock on the wall, "30wm" "8wh" in
// office hours, "1wd" in working days.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ys::cases {

enum class Counting {
    Natural,      ///< every second; `amount` in seconds
    Working,      ///< seconds of office hours; `amount` in seconds
    WorkingDays,  ///< to the end of the office hours of the n-th working day after; `amount` in
                  ///< days
};

struct Promise {
    Counting counting = Counting::Natural;
    std::int64_t amount = 0;
    friend bool operator==(const Promise&, const Promise&) = default;
};

/// Letters m h d and wm wh wd after a number of at least 1; at most ten years.
/// errors   promise_does_not_read
Result<Promise> parse_promise(std::string_view text);

/// The shortest text that parse_promise reads back.
std::string to_text(const Promise& promise);

/// As people say it: "15分钟" "24小时" "7天" "30分钟工作时间" "1个工作日".
std::string title(const Promise& promise);

}  // namespace ys::cases
