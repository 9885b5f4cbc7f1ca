// SPDX-License-Identifier: Apache-2.0
#include "base/private_text.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/phone_number.h"

namespace ys {
namespace {

constexpr std::string_view stars = "***";

bool is_digit(char c) { return '0' <= c && c <= '9'; }

/// Bytes of the first character of UTF-8 text.
std::size_t first_character(std::string_view text) {
    std::size_t n = text.empty() ? 0 : 1;
    while (n < text.size() && (static_cast<unsigned char>(text[n]) & 0xC0) == 0x80) ++n;
    return n;
}

/// How many bytes of a number of a person begin here; 0 when none does.
std::size_t number_at(std::string_view text) {
    constexpr std::size_t mobile = 11, identity = 18;  // GB 11643: 17 digits and a check
    const auto digits =
        static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
    const bool ends_in_x =
        digits == identity - 1 && text.size() > digits && (text[digits] | 0x20) == 'x';
    if (digits == identity || ends_in_x) return identity;
    return digits == mobile && text.front() == '1' ? mobile : 0;
}

}  // namespace

std::string hidden(std::string_view text, Hidden how) {
    std::string out{private_mark, static_cast<char>(how)};
    std::ranges::copy_if(text, std::back_inserter(out), [](char c) { return c != private_mark; });
    return out += private_mark;
}

std::string with_hidden(std::string_view text,
                        const std::function<std::string(std::string_view, Hidden)>& by) {
    std::string out;
    while (true) {
        const auto from = text.find(private_mark);
        const auto to = from == std::string_view::npos ? from : text.find(private_mark, from + 2);
        if (to == std::string_view::npos) return out += text;
        out += text.substr(0, from);
        out += by(text.substr(from + 2, to - from - 2), static_cast<Hidden>(text[from + 1]));
        text.remove_prefix(to + 1);
    }
}

std::string without_marks(std::string_view text) {
    return with_hidden(text, [](std::string_view inside, Hidden) { return std::string(inside); });
}

std::string masked_name(std::string_view name) {
    if (name.empty()) return {};
    return std::string(name.substr(0, first_character(name))) + "**";
}

std::string masked_address(std::string_view address) {
    if (address.empty()) return {};
    // What follows the last of these words says which door it is.
    constexpr std::array<std::string_view, 6> parts{"省", "市", "区", "县", "街道", "镇"};
    std::size_t end = 0;
    for (const std::string_view part : parts) {
        const auto at = address.rfind(part);
        if (at != std::string_view::npos) end = std::max(end, at + part.size());
    }
    // "小区" is where somebody lives, not the district.
    constexpr std::string_view estate = "小区";
    if (address.substr(0, end).ends_with(estate)) {
        end -= estate.size();
        const auto before = address.substr(0, end).rfind("区");
        end = before == std::string_view::npos ? 0 : before + std::string_view("区").size();
    }
    return std::string(address.substr(0, end)) + std::string(stars);
}

std::string with_numbers_masked(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_digit(text[i])) {
            out += text[i++];
            continue;
        }
        const std::string_view rest = text.substr(i);
        std::size_t length = number_at(rest);
        if (length > 0) {
            out += masked(rest.substr(0, length));
        } else {
            length =
                static_cast<std::size_t>(std::ranges::find_if_not(rest, is_digit) - rest.begin());
            out += rest.substr(0, length);
        }
        i += length;
    }
    return out;
}

}  // namespace ys
