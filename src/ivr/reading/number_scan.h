// SPDX-License-Identifier: Apache-2.0
// Numbers as people write them, found in the text and not yet said.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ys::ivr {

/// The end of the digits that begin here.
std::size_t digits_end(std::u32string_view text, std::size_t at);

/// 12, 1,200, 0.5, .5: not yet what it counts.
struct PlainNumber {
    std::size_t end = 0;
    std::u32string whole;     ///< without commas
    std::u32string fraction;  ///< digits behind the point
};
std::optional<PlainNumber> number_at(std::u32string_view text, std::size_t at);

/// 2026-10-01, 2026/10/1, 2026.10.1, or 2026-10 and 2026/10 without a day.
struct WrittenDate {
    std::size_t end = 0;
    std::u32string_view year, month, day;  ///< the day may be empty
};
std::optional<WrittenDate> date_at(std::u32string_view text, std::size_t at);

/// 8:30, 08:30, 8：30, 8:30:05.
struct WrittenTime {
    std::size_t end = 0;
    std::u32string_view hour, minute, second;  ///< the second may be empty
};
std::optional<WrittenTime> time_at(std::u32string_view text, std::size_t at);

/// 12-34-56: two or more runs of digits with one stroke between them, at most sixteen.
struct NumberChain {
    std::size_t end = 0;
    std::vector<std::u32string_view> parts;
};
std::optional<NumberChain> chain_at(std::u32string_view text, std::size_t at);

/// 139 1234 5678, 400 800 1234, 6222 0212 3456 7890.
std::optional<NumberChain> spaced_number_at(std::u32string_view text, std::size_t at);

/// 1900 to 2199.
bool is_year(std::u32string_view digits);
/// -1, 0, 1 as the first is the smaller, equal, the greater.
int compare(std::u32string_view a, std::u32string_view b);

/// Past blanks and one stroke to where another number begins; nothing when none does.
std::optional<std::size_t> past_stroke(std::u32string_view text, std::size_t at);

}  // namespace ys::ivr
