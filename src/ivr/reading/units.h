// SPDX-License-Identifier: Apache-2.0
// The words beside a number that decide how it is said.
#pragma once

#include <string_view>

#include "ivr/reading/numerals.h"

namespace ys::ivr {

/// What stands behind a number.
struct Unit {
    std::size_t length = 0;    ///< characters of the text; 0: there is none
    std::u32string_view said;  ///< empty: as it is written
    Two two = Two::Er;         ///< 两公里, but 二号楼
    bool is_name = false;      ///< counts nothing: the number is a name (号楼, 单元, 月)
    bool is_sign = false;      ///< a sign such as ㎡ or km/h: it must be said for the caller
    explicit operator bool() const { return length > 0; }
};

/// km, ㎡, ℃ ... at this place; kilometres before metres.
Unit sign_at(std::u32string_view text, std::size_t at);
/// 个, 小时, 元 ... at this place. 12345人工 has none: 人工 is a word of its own.
Unit measure_at(std::u32string_view text, std::size_t at);
/// Either, a blank between number and unit passed over (and counted in its length).
Unit unit_at(std::u32string_view text, std::size_t at);

/// Whether what stands before wants a number digit by digit: 拨打, 编号：, 验证码为, 转.
bool wants_digits(std::u32string_view text, std::size_t at);

/// 110, 12345, 95598 ...: said digit by digit when nothing is counted.
bool is_service_number(std::u32string_view digits);

bool is_province(char32_t c);

}  // namespace ys::ivr
