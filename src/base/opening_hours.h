// SPDX-License-Identifier: Apache-2.0
// Opening hours as one line of text, the way people write and tables keep them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/result.h"

namespace ys {

/// "mon-fri 08:30-18:00;sat 09:00-12:00", also with "；" between; "" is none: always open.
/// errors  invalid_argument: what is not understood, or more than fourteen spans
Result<std::vector<Span>> parse_opening_hours(std::string_view text);

/// The same with each span a text of its own.
Result<std::vector<Span>> parse_opening_hours(const std::vector<std::string>& spans);

/// What parse_opening_hours() reads.
std::string to_text(const std::vector<Span>& hours);

}  // namespace ys
