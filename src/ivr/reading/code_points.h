// SPDX-License-Identifier: Apache-2.0
// Text as code points, so that one character is one step.
#pragma once

#include <string>
#include <string_view>

namespace ys::ivr {

/// Full-width digits, letters and signs of counting made narrow, Chinese punctuation kept. Bytes
/// that are no UTF-8 become U+FFFD.
std::u32string code_points(std::string_view text);
/// errors  none: what is no character is left out
std::string utf8(std::u32string_view text);

constexpr bool is_digit(char32_t c) { return U'0' <= c && c <= U'9'; }
constexpr bool is_capital(char32_t c) { return U'A' <= c && c <= U'Z'; }
constexpr bool is_letter(char32_t c) { return is_capital(c) || (U'a' <= c && c <= U'z'); }
constexpr bool is_word(char32_t c) { return is_digit(c) || is_letter(c); }
constexpr bool is_blank(char32_t c) {
    return c == U' ' || c == U'\t' || c == U'\r' || c == 0xA0 || c == 0x3000 ||
           (0x2000 <= c && c <= 0x200A);
}
constexpr bool is_han(char32_t c) {
    return (0x4E00 <= c && c <= 0x9FFF) || (0x3400 <= c && c <= 0x4DBF) ||
           (0x20000 <= c && c <= 0x323AF);
}
/// The many signs for a stroke between two words.
constexpr bool is_wave(char32_t c) { return c == U'~' || c == 0x223C || c == 0x301C; }
constexpr bool is_dash(char32_t c) {
    return c == U'-' || (0x2010 <= c && c <= 0x2015) || c == 0x2212 || is_wave(c);
}

/// The character there; 0 beyond both ends.
constexpr char32_t at_or_none(std::u32string_view text, std::size_t at) {
    return at < text.size() ? text[at] : U'\0';
}

}  // namespace ys::ivr
