// SPDX-License-Identifier: Apache-2.0
#include "ivr/reading/number_scan.h"

#include "ivr/reading/code_points.h"
#include "ivr/reading/units.h"

namespace ys::ivr {
namespace {

/// Of at most four digits; anything longer is beyond every limit here.
unsigned small_number(std::u32string_view digits) {
    if (digits.empty() || digits.size() > 4) return 10'000;
    unsigned n = 0;
    for (const char32_t c : digits) n = n * 10 + (c - U'0');
    return n;
}

bool is_between(std::u32string_view digits, unsigned low, unsigned high) {
    return low <= small_number(digits) && small_number(digits) <= high;
}

std::u32string_view run_at(std::u32string_view text, std::size_t at) {
    return text.substr(at, digits_end(text, at) - at);
}

bool is_colon(char32_t c) { return c == U':' || c == U'：'; }

}  // namespace

std::size_t digits_end(std::u32string_view text, std::size_t at) {
    while (is_digit(at_or_none(text, at))) ++at;
    return at;
}

std::optional<PlainNumber> number_at(std::u32string_view text, std::size_t at) {
    PlainNumber out;
    out.end = digits_end(text, at);
    out.whole = text.substr(at, out.end - at);
    if (out.whole.empty()) {
        if (at_or_none(text, at) != U'.' || !is_digit(at_or_none(text, at + 1)))
            return std::nullopt;
        out.whole = U"0";
    }
    // Commas divide thousands only when every group after them has three digits.
    if (out.whole.size() <= 3 && out.whole.front() != U'0') {
        while (at_or_none(text, out.end) == U',' && digits_end(text, out.end + 1) == out.end + 4) {
            out.whole += text.substr(out.end + 1, 3);
            out.end += 4;
        }
    }
    if (at_or_none(text, out.end) == U'.' && is_digit(at_or_none(text, out.end + 1))) {
        const auto fraction = run_at(text, out.end + 1);
        out.fraction = fraction;
        out.end += 1 + fraction.size();
    }
    return out;
}

std::optional<WrittenDate> date_at(std::u32string_view text, std::size_t at) {
    WrittenDate out;
    out.year = run_at(text, at);
    if (!is_year(out.year)) return std::nullopt;
    std::size_t next = at + out.year.size();
    const char32_t line = at_or_none(text, next);
    if (line != U'-' && line != U'/' && line != U'.') return std::nullopt;
    out.month = run_at(text, next + 1);
    if (out.month.size() > 2 || !is_between(out.month, 1, 12)) return std::nullopt;
    next += 1 + out.month.size();
    out.end = next;
    if (at_or_none(text, next) == line) {
        out.day = run_at(text, next + 1);
        if (out.day.size() > 2 || !is_between(out.day, 1, 31)) return std::nullopt;
        out.end = next + 1 + out.day.size();
        // 2026-10-01-003 is the number of something.
        const bool goes_on = at_or_none(text, out.end) == line;
        if (goes_on && is_digit(at_or_none(text, out.end + 1))) return std::nullopt;
        return out;
    }
    if (line == U'.' || out.month.size() != 2 || at_or_none(text, next) == U'.' ||
        unit_at(text, next))
        return std::nullopt;
    return out;
}

std::optional<WrittenTime> time_at(std::u32string_view text, std::size_t at) {
    WrittenTime out;
    out.hour = run_at(text, at);
    if (out.hour.size() > 2 || !is_between(out.hour, 0, 24)) return std::nullopt;
    std::size_t next = at + out.hour.size();
    if (!is_colon(at_or_none(text, next))) return std::nullopt;
    out.minute = run_at(text, next + 1);
    if (out.minute.size() != 2 || !is_between(out.minute, 0, 59)) return std::nullopt;
    next += 3;
    if (is_colon(at_or_none(text, next)) && is_digit(at_or_none(text, next + 1))) {
        out.second = run_at(text, next + 1);
        if (out.second.size() != 2 || !is_between(out.second, 0, 60)) return std::nullopt;
        next += 3;
    }
    const Unit unit = unit_at(text, next);
    const bool minutes = unit.length == 1 && at_or_none(text, next) == U'分';
    // 步骤1：30分钟内 is no half past one.
    if (unit && !minutes) return std::nullopt;
    out.end = minutes && out.second.empty() ? next + 1 : next;
    return out;
}

std::optional<NumberChain> chain_at(std::u32string_view text, std::size_t at) {
    constexpr std::size_t parts_max = 16;
    NumberChain out;
    for (;;) {
        out.parts.push_back(run_at(text, at));
        at += out.parts.back().size();
        const char32_t line = at_or_none(text, at);
        const bool goes_on = is_dash(line) && !is_wave(line) && is_digit(at_or_none(text, at + 1));
        if (!goes_on || out.parts.size() == parts_max) break;
        ++at;
    }
    out.end = at;
    const bool point = at_or_none(text, at) == U'.' || at_or_none(text, at) == U',';
    if (out.parts.size() < 2) return std::nullopt;
    // 1-2.5, 8-9:30: the last one is no plain number.
    if ((point && is_digit(at_or_none(text, at + 1))) ||
        time_at(text, at - out.parts.back().size()))
        return std::nullopt;
    return out;
}

std::optional<NumberChain> spaced_number_at(std::u32string_view text, std::size_t at) {
    NumberChain out;
    std::size_t all = 0;
    for (;;) {
        out.parts.push_back(run_at(text, at));
        all += out.parts.back().size();
        at += out.parts.back().size();
        if (out.parts.size() == 6 || at_or_none(text, at) != U' ' ||
            !is_digit(at_or_none(text, at + 1)))
            break;
        ++at;
    }
    out.end = at;
    const auto sizes_are = [&](std::initializer_list<std::size_t> sizes) {
        std::size_t i = 0;
        for (const std::size_t size : sizes)
            if (i >= out.parts.size() || out.parts[i++].size() != size) return false;
        return i == out.parts.size();
    };
    const auto first = out.parts.front();
    const bool mobile = sizes_are({3, 4, 4}) && first[0] == U'1' && first[1] >= U'3';
    const bool shared =
        (first == U"400" || first == U"800") && (sizes_are({3, 3, 4}) || sizes_are({3, 4, 3}));
    const bool area =
        first.size() > 2 && first[0] == U'0' && out.parts.size() <= 3 && all >= 10 && all <= 12;
    const bool card = sizes_are({4, 4, 4, 4}) || sizes_are({4, 4, 4, 4, 3});
    if (!mobile && !shared && !area && !card) return std::nullopt;
    return out;
}

bool is_year(std::u32string_view digits) {
    return digits.size() == 4 && is_between(digits, 1900, 2199);
}

int compare(std::u32string_view a, std::u32string_view b) {
    while (a.size() > 1 && a.front() == U'0') a.remove_prefix(1);
    while (b.size() > 1 && b.front() == U'0') b.remove_prefix(1);
    if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
    const int order = a.compare(b);
    return order < 0 ? -1 : order > 0 ? 1 : 0;
}

std::optional<std::size_t> past_stroke(std::u32string_view text, std::size_t at) {
    if (is_blank(at_or_none(text, at))) ++at;
    if (!is_dash(at_or_none(text, at))) return std::nullopt;
    ++at;
    if (is_blank(at_or_none(text, at))) ++at;
    std::size_t number = at;
    const char32_t sign = at_or_none(text, number);
    if (sign == U'-' || sign == 0x2212 || sign == U'+' || sign == U'¥') ++number;
    if (!is_digit(at_or_none(text, number))) return std::nullopt;
    return at;
}

}  // namespace ys::ivr
