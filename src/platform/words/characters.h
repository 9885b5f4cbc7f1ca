// SPDX-License-Identifier: Apache-2.0
// Characters as search sees them.
#pragma once

#include <string>
#include <string_view>

namespace ys::words {

constexpr char32_t first_han = 0x4E00, last_han = 0x9FFF;

constexpr bool is_han(char32_t c) { return first_han <= c && c <= last_han; }
constexpr bool is_digit(char32_t c) { return '0' <= c && c <= '9'; }
constexpr bool is_letter(char32_t c) { return 'a' <= c && c <= 'z'; }

/// Full-width forms made narrow, letters small.
std::u32string characters(std::string_view text);

/// One Chinese character.
std::string utf8(char32_t han);

/// The text as `characters` has it: Chinese characters, small letters and digits; every other sign
/// is a space.
std::string plain_text(std::string_view text);

}  // namespace ys::words
