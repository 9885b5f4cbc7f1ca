// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/valid_text.h"

#include <cstdint>

#include "base/text.h"

namespace ys::sql {
namespace {

/// Length of the UTF-8 character at the start of `s` (RFC 3629), 0 when it is not one.
std::size_t character(std::string_view s) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    const unsigned char first = at(0);
    if (first < 0x80) return first != 0;
    const std::size_t n = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || s.size() < n) return 0;
    for (std::size_t i = 1; i < n; ++i)
        if ((at(i) & 0xC0) != 0x80) return 0;
    // No overlong forms, no surrogates, nothing above U+10FFFF.
    if ((first == 0xE0 && at(1) < 0xA0) || (first == 0xED && at(1) >= 0xA0)) return 0;
    if ((first == 0xF0 && at(1) < 0x90) || (first == 0xF4 && at(1) >= 0x90)) return 0;
    return n;
}

}  // namespace

bool is_storable(std::string_view text) {
    while (!text.empty()) {
        const std::size_t n = character(text);
        if (n == 0) return false;
        text.remove_prefix(n);
    }
    return true;
}

std::string storable(std::string_view text) {
    return is_storable(text) ? std::string(text) : cleaned(text, text.size() * 3);
}

}  // namespace ys::sql
