// SPDX-License-Identifier: Apache-2.0
// A moment of record so much later or earlier: no calendar, a day is 24 hours.
#pragma once

#include "base/time.h"

namespace ys {

constexpr UtcTime later(UtcTime t, std::chrono::microseconds by) { return {t.us + by.count()}; }
constexpr UtcTime earlier(UtcTime t, std::chrono::microseconds by) { return {t.us - by.count()}; }

}  // namespace ys
