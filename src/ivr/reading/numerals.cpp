// SPDX-License-Identifier: Apache-2.0
#include "ivr/reading/numerals.h"

#include <array>
#include <cstdint>

namespace ys::ivr {
namespace {

constexpr std::u32string_view names = U"零一二三四五六七八九";
constexpr std::size_t cardinal_max = 16;
constexpr std::uint64_t wan = 10'000, yi = 100'000'000;

/// 1 to 9999. `inside` when something came before: then 十 is 一十.
void add_section(std::uint64_t n, bool inside, std::u32string& out) {
    static constexpr std::array<std::uint64_t, 4> sizes{1000, 100, 10, 1};
    static constexpr std::array<char32_t, 4> units{U'千', U'百', U'十', 0};
    bool skipped = false;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        const auto digit = n / sizes[i];
        n %= sizes[i];
        if (digit == 0) {
            skipped = inside;
            continue;
        }
        if (skipped) out += U'零';
        skipped = false;
        if (units[i] == U'千' && digit == 2 && !inside)
            out += U'两';
        else if (units[i] != U'十' || digit != 1 || inside)
            out += names[digit];
        if (units[i] != 0) out += units[i];
        inside = true;
    }
}

/// 1 to 10^8 - 1.
void add_below_yi(std::uint64_t n, bool inside, std::u32string& out) {
    if (const auto high = n / wan; high > 0) {
        if (high == 2 && !inside)
            out += U'两';
        else
            add_section(high, inside, out);
        out += U'万';
        inside = true;
    }
    if (n % wan > 0) add_section(n % wan, inside, out);
}

}  // namespace

std::u32string cardinal(std::u32string_view digits, Two two) {
    while (digits.size() > 1 && digits.front() == U'0') digits.remove_prefix(1);
    if (digits.size() > cardinal_max) return digit_by_digit(digits, One::Yi);
    std::uint64_t n = 0;
    for (const char32_t c : digits) n = n * 10 + (c - U'0');
    if (n == 0) return U"零";
    if (n == 2 && two == Two::Liang) return U"两";
    std::u32string out;
    if (const auto high = n / yi; high > 0) {
        if (high == 2)
            out += U'两';
        else
            add_below_yi(high, false, out);
        out += U'亿';
        n %= yi;
        // 一亿零五千: what is below 万 does not see that 万 is missing.
        if (0 < n && n < wan) out += U'零';
    }
    if (n > 0) {
        std::u32string rest;
        add_below_yi(n, !out.empty(), rest);
        if (!out.empty() && out.back() == U'零' && rest.front() == U'零') rest.erase(0, 1);
        out += rest;
    }
    return out;
}

std::u32string digit_by_digit(std::u32string_view digits, One one) {
    std::u32string out;
    for (const char32_t c : digits)
        out += c == U'1' && one == One::Yao && digits.size() > 1 ? U'幺' : names[c - U'0'];
    return out;
}

std::u32string digits_in_groups(std::u32string_view digits) {
    const bool mobile = digits.size() == 11 && digits[0] == U'1' && digits[1] >= U'3';
    const bool area = (digits.size() == 11 || digits.size() == 12) && digits[0] == U'0';
    const bool short_area = area && (digits[1] == U'1' || digits[1] == U'2');
    std::size_t next = mobile || short_area                         ? 3
                       : digits.size() == 17 || digits.size() == 18 ? 6
                                                                    : 4;
    if (digits.size() < 8) next = digits.size();
    std::u32string out;
    while (!digits.empty()) {
        // A single digit at the end stays with those before it.
        if (digits.size() == next + 1) next = digits.size();
        const auto group = digits.substr(0, next);
        if (!out.empty()) out += U'，';
        out += digit_by_digit(group, One::Yao);
        digits.remove_prefix(group.size());
        next = 4;
    }
    return out;
}

}  // namespace ys::ivr
