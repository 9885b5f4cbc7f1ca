// SPDX-License-Identifier: Apache-2.0
// Digits as Chinese says them.
#pragma once

#include <string>
#include <string_view>

namespace ys::ivr {

/// How a number that is just 2 is said: 二 in a name or a place, 两 before what is counted.
enum class Two { Er, Liang };
/// How 1 is said where digits are said one by one: 幺 in numbers that are dialled, 一 in years.
enum class One { Yi, Yao };

/// 12000 一万二千, 200 二百, 2000 两千. Zeros in front are not said. Beyond 16 digits one by one.
std::u32string cardinal(std::u32string_view digits, Two two = Two::Er);

/// 2016 二零一六. One digit alone is never 幺.
std::u32string digit_by_digit(std::u32string_view digits, One one);

/// With 幺, and a pause where people make one: 139，1234，5678; identity numbers 6-4-4-4, others
/// from eight digits on in fours.
std::u32string digits_in_groups(std::u32string_view digits);

}  // namespace ys::ivr
