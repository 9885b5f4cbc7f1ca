// SPDX-License-Identifier: Apache-2.0
#include "ivr/reading/code_points.h"

#include <algorithm>
#include <cstdint>

namespace ys::ivr {
namespace {

constexpr char32_t unknown = 0xFFFD;

/// RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
char32_t next_of(std::string_view s, std::size_t& at) {
    const auto first = static_cast<unsigned char>(s[at++]);
    if (first < 0x80) return first;
    const std::size_t more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    if (first < 0xC2 || first > 0xF4 || s.size() - at < more) return unknown;
    char32_t code = first & (0x3Fu >> more);
    for (std::size_t i = 0; i < more; ++i) {
        const auto byte = static_cast<unsigned char>(s[at + i]);
        if ((byte & 0xC0) != 0x80) return unknown;
        code = (code << 6) | (byte & 0x3Fu);
    }
    const bool overlong = (more == 2 && code < 0x800) || (more == 3 && code < 0x10000);
    if (overlong || code > 0x10FFFF || (0xD800 <= code && code <= 0xDFFF)) return unknown;
    at += more;
    return code;
}

/// ，！：；？ and the brackets stay: they are pauses. ９ Ａ ％ ．／ and the like are parts of
/// numbers.
char32_t narrow(char32_t c) {
    if (c < 0xFF01 || c > 0xFF5E) return c == 0xFFE5 ? U'¥' : c == 0xFF65 ? U'·' : c;
    constexpr std::u32string_view pauses = U"！（），：；？［］｛｝＂＇";
    return pauses.find(c) == pauses.npos ? c - 0xFEE0 : c;
}

}  // namespace

std::u32string code_points(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) out.push_back(narrow(next_of(text, at)));
    return out;
}

std::string utf8(std::u32string_view text) {
    std::string out;
    out.reserve(text.size() * 3);
    const auto tail = [&](char32_t c, int shift) {
        out += static_cast<char>(0x80 | ((c >> shift) & 0x3F));
    };
    for (const char32_t c : text) {
        if (c < 0x80) {
            out += static_cast<char>(c);
        } else if (c < 0x800) {
            out += static_cast<char>(0xC0 | (c >> 6));
            tail(c, 0);
        } else if (c < 0x10000) {
            out += static_cast<char>(0xE0 | (c >> 12));
            tail(c, 6);
            tail(c, 0);
        } else {
            out += static_cast<char>(0xF0 | (c >> 18));
            tail(c, 12);
            tail(c, 6);
            tail(c, 0);
        }
    }
    return out;
}

}  // namespace ys::ivr
