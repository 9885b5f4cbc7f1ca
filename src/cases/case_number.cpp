// SPDX-License-Identifier: Apache-2.0
// Writes and reads the number of a case.
#include "cases/case_number.h"

#include <array>

namespace ys::cases {

std::string to_text(const CaseNumber& number) {
    const auto padded = [](std::uint32_t n, std::size_t digits) {
        std::string text = std::to_string(n);
        if (text.size() < digits) text.insert(0, digits - text.size(), '0');
        return text;
    };
    return padded(number.month, 2) + padded(number.day, 2) + "-" + padded(number.serial, 4);
}

Result<CaseNumber> parse_case_number(std::string_view text) {
    static constexpr std::array<unsigned, 12> days{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const Error no_number{std::errc::invalid_argument, "reading a case number"};
    std::uint64_t digits = 0;
    std::size_t count = 0;
    for (const char c : text) {
        if (c == ' ' || c == '-') continue;
        if (c < '0' || c > '9' || ++count > 13) return no_number;
        digits = digits * 10 + static_cast<unsigned>(c - '0');
    }
    if (count < 8) return no_number;
    std::uint64_t scale = 1;
    for (std::size_t i = 4; i < count; ++i) scale *= 10;
    const auto month_day = static_cast<unsigned>(digits / scale);
    const CaseNumber number{month_day / 100, month_day % 100,
                            static_cast<std::uint32_t>(digits % scale)};
    const bool is_day = number.month >= 1 && number.month <= 12 && number.day >= 1 &&
                        number.day <= days[number.month - 1];
    const bool is_padded = count == 8 || number.serial >= 10'000;
    if (!is_day || number.serial == 0 || !is_padded) return no_number;
    return number;
}

}  // namespace ys::cases
