// SPDX-License-Identifier: Apache-2.0
// Drift (不一致): what some other place says about our numbers and hours, against the directory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "directory/entry.h"

namespace ys::directory {

inline constexpr std::size_t differences_max = 200;

/// A telephone number as it stands in a text.
struct NumberInText {
    std::string written, dialled;
    std::size_t line = 0;            ///< from 1
    std::size_t begin = 0, end = 0;  ///< bytes of the text
    friend bool operator==(const NumberInText&, const NumberInText&) = default;
};
/// Mobiles, numbers with area code, 400 and 800 numbers wherever they stand; service codes and
/// local numbers only behind a word such as 电话 or 拨打, or when `entries` have them: four digits
/// may be anything. Numbers of documents, dates and amounts are none.
std::vector<NumberInText> numbers_in(std::string_view text, const std::vector<Entry>& entries);

struct Difference {
    std::string kind;      ///< "foreign": not in the directory; "hours": other hours than the
                           ///< directory's beside its number; "missing": the hotline is not named
    std::string code;      ///< of the entry; "" of a foreign number
    std::string written;   ///< there
    std::string expected;  ///< in the directory: hours or number; "" of a foreign number
    std::string near;      ///< the words around it
    std::size_t line = 0;  ///< 0 for what is missing
    friend bool operator==(const Difference&, const Difference&) = default;
};
BOOST_DESCRIBE_STRUCT(Difference, (), (kind, code, written, expected, near, line))

struct Drift {
    std::size_t numbers = 0;  ///< that were found
    std::vector<Difference> differences;
};
enum class Wants : std::uint8_t {
    Hotline,  ///< a place that must name it: a page, an announcement
    Nothing   ///< any text: what it names must be right
};
/// text  of a page, see page_text.h; the caller bounds it
Drift drift_of(const std::vector<Entry>& entries, std::string_view text, Wants wants);

}  // namespace ys::directory
