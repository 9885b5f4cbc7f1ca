// SPDX-License-Identifier: Apache-2.0
// The rules for numbers of more than one part: dates, times, fractions, strokes.
#include <algorithm>

#include "ivr/reading/code_points.h"
#include "ivr/reading/reader.h"

namespace ys::ivr {
namespace {

/// 05 is 零五; 30 is 三十.
std::u32string minutes(std::u32string_view digits) {
    if (digits.front() == U'0' && digits.back() != U'0') return U"零" + cardinal(digits);
    return cardinal(digits);
}

bool is_month_and_day(std::u32string_view digits) {
    if (digits.size() != 4) return false;
    const auto month = (digits[0] - U'0') * 10 + (digits[1] - U'0');
    const auto day = (digits[2] - U'0') * 10 + (digits[3] - U'0');
    return 1 <= month && month <= 12 && 1 <= day && day <= 31;
}

/// 比例1:20, 比分3:10 are no times.
bool is_ratio_behind(std::u32string_view text, std::size_t at) {
    std::u32string_view before = text.substr(0, at);
    while (!before.empty() && (before.back() == U'为' || before.back() == U'是' ||
                               before.back() == U'按' || before.back() == U'：'))
        before.remove_suffix(1);
    return before.ends_with(U"比例") || before.ends_with(U"比分") || before.ends_with(U"例尺") ||
           before.ends_with(U"配比") || before.ends_with(U"比");
}

}  // namespace

bool Reader::number() {
    if (here() == U'.') {
        if (is_word(before()) || is_han(before()) || !is_digit(here(1))) return false;
        quantity(Prefix::None);
        return true;
    }
    if (short_date() || date() || time() || spaced() || fraction() || ratio() || chain() ||
        dotted())
        return true;
    quantity(Prefix::None);
    return true;
}

bool Reader::date() {
    const auto date = date_at(text_, at_);
    if (!date) return false;
    out_.say(digit_by_digit(date->year, One::Yi));
    out_.say(U'年');
    out_.say(cardinal(date->month));
    out_.say(U'月');
    if (!date->day.empty()) {
        out_.say(cardinal(date->day));
        out_.say(U'日');
    }
    at_ = date->end;
    date_end_ = at_;
    counted_until(at_, {});
    if (here() == U'T' && is_digit(here(1))) ++at_;
    return true;
}

/// The second date of 2026.10.1-10.7.
bool Reader::short_date() {
    if (at_ != short_date_at_) return false;
    const auto month = digits_end(text_, at_);
    const char32_t line = at_or_none(text_, month);
    if (line != U'.' && line != U'-' && line != U'/') return false;
    const auto day = digits_end(text_, month + 1);
    const auto month_digits = text_.substr(at_, month - at_);
    const auto day_digits = text_.substr(month + 1, day - month - 1);
    if (month_digits.size() > 2 || day_digits.empty() || day_digits.size() > 2 ||
        at_or_none(text_, day) == line)
        return false;
    out_.say(cardinal(month_digits));
    out_.say(U'月');
    out_.say(cardinal(day_digits));
    out_.say(U'日');
    at_ = day;
    return true;
}

/// 8:30 八点三十分; 9:00 九点整, and in a span 九点.
bool Reader::time() {
    const auto time = time_at(text_, at_);
    if (!time || is_ratio_behind(text_, at_)) return false;
    const auto follows = [&](char32_t c) { return c == U'到' || c == U'至'; };
    const char32_t next = at_or_none(text_, time->end);
    const char32_t further = is_blank(next) ? at_or_none(text_, time->end + 1) : next;
    const bool in_span = at_ == range_at_ || past_stroke(text_, time->end) || follows(further) ||
                         (follows(word_before()) && before(2) != U'截');
    out_.say(cardinal(time->hour, Two::Liang));
    out_.say(U'点');
    if (time->minute != U"00" || !time->second.empty()) {
        out_.say(minutes(time->minute));
        out_.say(U'分');
    } else if (!in_span) {
        out_.say(U'整');
    }
    if (!time->second.empty()) {
        out_.say(minutes(time->second));
        out_.say(U'秒');
    }
    at_ = time->end;
    counted_until(at_, {});
    return true;
}

bool Reader::spaced() {
    const auto spaced = spaced_number_at(text_, at_);
    if (!spaced) return false;
    say_code(*spaced);
    return true;
}

/// 1/3 三分之一, when it is less than one and no label follows: 2/3号楼.
bool Reader::fraction() {
    const auto line = digits_end(text_, at_);
    if (at_or_none(text_, line) != U'/' || before() == U'/') return false;
    const auto end = digits_end(text_, line + 1);
    const auto part = text_.substr(at_, line - at_), whole = text_.substr(line + 1, end - line - 1);
    const char32_t next = at_or_none(text_, end);
    if (whole.empty() || whole.size() > 3 || compare(part, whole) >= 0 || part.front() == U'0')
        return false;
    if (next == U'/' || (next == U'.' && is_digit(at_or_none(text_, end + 1))) ||
        measure_at(text_, end).is_name)
        return false;
    out_.say(cardinal(whole));
    out_.say(U"分之");
    out_.say(cardinal(part));
    at_ = end;
    return true;
}

/// 16:9, 1:50000; not 步骤1：30分钟 nor 方式1:12345.
bool Reader::ratio() {
    const auto colon = digits_end(text_, at_);
    const char32_t sign = at_or_none(text_, colon);
    if (sign != U':' && sign != U'：') return false;
    const auto end = digits_end(text_, colon + 1);
    const auto left = text_.substr(at_, colon - at_);
    const auto right = text_.substr(colon + 1, end - colon - 1);
    const char32_t next = at_or_none(text_, end);
    if (right.empty() || left.size() > 7 || right.size() > 7 || is_service_number(right))
        return false;
    const bool goes_on = next == U':' || next == U'：' || next == U'.' || unit_at(text_, end);
    if (goes_on && !is_ratio_behind(text_, at_)) return false;
    out_.say(cardinal(left));
    out_.say(U'比');
    out_.say(cardinal(right));
    at_ = end;
    return true;
}

/// 192.168.1.1, version 2.0.1: neither a decimal nor a date.
bool Reader::dotted() {
    std::size_t end = digits_end(text_, at_), parts = 1;
    while (at_or_none(text_, end) == U'.' && is_digit(at_or_none(text_, end + 1))) {
        end = digits_end(text_, end + 1);
        ++parts;
    }
    if (parts < 3) return false;
    while (at_ < end) {
        const auto stop = digits_end(text_, at_);
        out_.say(digit_by_digit(text_.substr(at_, stop - at_), One::Yao));
        if (stop < end) out_.say(U'点');
        at_ = std::min(stop + 1, end);
    }
    return true;
}

/// Runs of digits with strokes between: a number in parts, a span, or a place (3-2-501).
bool Reader::chain() {
    const auto chain = chain_at(text_, at_);
    if (!chain) return false;
    const Unit unit = unit_at(text_, chain->end);
    const auto& parts = chain->parts;
    if (chain_is_range(*chain, unit)) {
        const bool years = is_year(parts[0]) && is_year(parts[1]) &&
                           (!unit || text_.substr(chain->end).starts_with(U"年") ||
                            text_.substr(chain->end).starts_with(U"学年"));
        if (years) {
            say_years(*chain);
            return true;
        }
        // The first number is said here, the second comes by itself.
        const std::size_t second = at_ + parts[0].size() + 1;
        if (at_or_none(text_, chain->end) == U'%' || at_or_none(text_, chain->end) == U'‰')
            return false;
        const Two two = is_ordinal() ? Two::Er : unit.two;
        if (is_ordinal()) ordinal_at_ = second;
        out_.say(cardinal(parts[0], two));
        out_.say(U'到');
        at_ = second;
        range_at_ = second;
        return true;
    }
    if (chain_is_code(*chain))
        say_code(*chain);
    else
        say_dashes(*chain);
    return true;
}

void Reader::say_years(const NumberChain& chain) {
    out_.say(digit_by_digit(chain.parts[0], One::Yi));
    out_.say(U'到');
    out_.say(digit_by_digit(chain.parts[1], One::Yi));
    at_ = chain.end;
    counted_until(at_, {});
}

bool Reader::chain_is_range(const NumberChain& chain, const Unit& unit) const {
    if (chain.parts.size() != 2 || wants_digits(text_, at_)) return false;
    const auto a = chain.parts[0], b = chain.parts[1];
    const auto is_padded = [](std::u32string_view digits) {
        return digits.size() > 1 && digits.front() == U'0';
    };
    if (compare(a, b) >= 0 || is_padded(a) || is_padded(b)) return false;
    if (unit || at_or_none(text_, chain.end) == U'%') return b.size() <= 9;
    // 1124-1130 alone is the number of a case: month and day, then four digits.
    const bool is_case = is_month_and_day(a) && b.size() == 4 && !(is_year(a) && is_year(b));
    return b.size() <= 4 && !is_case;
}

bool Reader::chain_is_code(const NumberChain& chain) const {
    if (wants_digits(text_, at_) || is_month_and_day(chain.parts[0])) return true;
    return std::ranges::any_of(chain.parts, [](std::u32string_view part) {
        return part.size() >= 4 || (part.size() > 1 && part.front() == U'0');
    });
}

void Reader::say_code(const NumberChain& chain) {
    for (const auto part : chain.parts) {
        out_.say(digits_in_groups(part));
        if (part.data() != chain.parts.back().data()) out_.pause(U'，');
    }
    at_ = chain.end;
    code_end_ = at_;
}

/// 3-2-501: 三杠二杠五零幺.
void Reader::say_dashes(const NumberChain& chain) {
    for (const auto part : chain.parts) {
        out_.say(part.size() < 3 ? cardinal(part) : digit_by_digit(part, One::Yao));
        if (part.data() != chain.parts.back().data()) out_.say(U'杠');
    }
    at_ = chain.end;
}

}  // namespace ys::ivr
