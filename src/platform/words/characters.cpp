// SPDX-License-Identifier: Apache-2.0
#include "platform/words/characters.h"

#include <cstdint>

#include <unicode/unistr.h>

namespace ys::words {

std::string utf8(char32_t han) {
    return {static_cast<char>(0xE0 | (han >> 12)), static_cast<char>(0x80 | ((han >> 6) & 0x3F)),
            static_cast<char>(0x80 | (han & 0x3F))};
}

std::u32string characters(std::string_view text) {
    const icu::UnicodeString wide = icu::UnicodeString::fromUTF8(
        icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
    std::u32string out;
    for (std::int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
        auto c = static_cast<char32_t>(wide.char32At(i));
        if (0xFF01 <= c && c <= 0xFF5E) c -= 0xFEE0;
        if (c == 0x3000) c = ' ';
        if ('A' <= c && c <= 'Z') c += 'a' - 'A';
        out.push_back(c);
    }
    return out;
}

std::string plain_text(std::string_view text) {
    std::string out;
    for (const char32_t c : characters(text)) {
        if (is_han(c))
            out += utf8(c);
        else
            out += is_letter(c) || is_digit(c) ? static_cast<char>(c) : ' ';
    }
    return out;
}

}  // namespace ys::words
