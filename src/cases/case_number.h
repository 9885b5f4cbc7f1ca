// SPDX-License-Identifier: Apache-2.0
// The number of a case (工单号) as it is written, typed and told: "1124-0217".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace ys::cases {

/// Month and day of the centre's own day, and the serial of that day. Unique within a year of a
/// centre; the store keeps the full day beside it.
struct CaseNumber {
    unsigned month = 0;
    unsigned day = 0;
    std::uint32_t serial = 0;  ///< from 1
    friend auto operator<=>(const CaseNumber&, const CaseNumber&) = default;
};

/// "1124-0217"; the serial has at least four digits.
std::string to_text(const CaseNumber& number);

/// As people give it back: with or without the line, with spaces, "11240217".
/// errors  invalid_argument for what no case can be called
Result<CaseNumber> parse_case_number(std::string_view text);

}  // namespace ys::cases
