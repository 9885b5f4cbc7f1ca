// SPDX-License-Identifier: Apache-2.0
// The walk, and the rules for words: plates, addresses, letters.
#include "ivr/reading/reader.h"

#include <algorithm>

#include "ivr/reading/code_points.h"

namespace ys::ivr {
namespace {

char32_t capital(char32_t c) { return is_letter(c) && !is_capital(c) ? c - U'a' + U'A' : c; }

bool is_visible_ascii(char32_t c) { return U' ' < c && c < 0x7F; }

/// Silent: control characters, marks without width, what was no UTF-8.
bool is_silent(char32_t c) {
    return c < 0x20 || (0x7F <= c && c < 0xA0) || c == 0xAD || (0x200B <= c && c <= 0x200F) ||
           (0x2028 <= c && c <= 0x202E) || (0x2060 <= c && c <= 0x206F) ||
           (0xFE00 <= c && c <= 0xFE0F) || c == 0xFEFF || c == 0xFFFD;
}

/// What a sign is called inside an address.
std::u32string_view name_in_address(char32_t c) {
    switch (c) {
        case U'.':
            return U"点";
        case U'/':
            return U"斜杠";
        case U':':
            return U"冒号";
        case U'-':
            return U"横杠";
        case U'_':
            return U"下划线";
        case U'@':
            return U"艾特";
        case U'?':
            return U"问号";
        case U'=':
            return U"等于";
        case U'&':
            return U"和";
        case U'%':
            return U"百分号";
        case U'#':
            return U"井号";
        case U'~':
            return U"波浪号";
        case U'+':
            return U"加";
        default:
            return {};
    }
}

}  // namespace

std::u32string Reader::all() && {
    while (at_ < text_.size()) step();
    return std::move(out_).whole();
}

char32_t Reader::here(std::size_t further) const { return at_or_none(text_, at_ + further); }

char32_t Reader::before(std::size_t back) const { return back > at_ ? U'\0' : text_[at_ - back]; }

char32_t Reader::word_before() const { return is_blank(before()) ? before(2) : before(); }

void Reader::step() {
    const char32_t c = here();
    if (address()) return;
    if (is_digit(c) || c == U'.' || c == U'．') {
        if (number()) return;
    }
    if (is_letter(c) && (stake() || word())) return;
    if (is_province(c) && plate()) return;
    if (year_in_brackets() || (!is_dash(c) && signed_number()) || sign()) return;
    ++at_;
    if (c == U'\n') return out_.pause(U'。');
    if (is_blank(c)) return out_.blank();
    if (!is_silent(c)) out_.say(c == U'〇' ? U'零' : c);
}

/// 甘A·12345, 甘AD12345: each sign by itself, 1 as 幺.
bool Reader::plate() {
    std::size_t at = at_ + 1;
    const auto skip_dot = [&] {
        const char32_t c = at_or_none(text_, at);
        if (c == U'·' || c == U'•' || c == U'.' || is_blank(c)) ++at;
    };
    skip_dot();
    const char32_t letter = at_or_none(text_, at);
    if (!is_letter(letter)) return false;
    ++at;
    skip_dot();
    const std::size_t begin = at;
    while (is_word(at_or_none(text_, at)) && at - begin < 7) ++at;
    const auto rest = text_.substr(begin, at - begin);
    if (rest.size() < 5 || rest.size() > 6 || std::ranges::count_if(rest, is_digit) < 2)
        return false;
    out_.say(here());
    out_.say(capital(letter));
    for (const char32_t c : rest) {
        if (c == U'1')
            out_.say(U'幺');
        else if (is_digit(c))
            out_.say(digit_by_digit({&c, 1}, One::Yi));
        else
            out_.say(capital(c));
    }
    at_ = at;
    return true;
}

/// www.12345.gov.cn, a@b.cn, https://...: letters, digits and every sign by name.
bool Reader::address() {
    constexpr std::size_t longest = 256;
    if (at_ >= address_end_ && is_word(here()) && !is_visible_ascii(before())) {
        std::size_t end = at_;
        while (end - at_ < longest && is_visible_ascii(at_or_none(text_, end))) ++end;
        while (end > at_ && !is_word(text_[end - 1]) && text_[end - 1] != U'/') --end;
        const auto token = text_.substr(at_, end - at_);
        const auto mail = token.find(U'@');
        const bool is_mail = mail != token.npos && mail > 0 && mail + 1 < token.size();
        if (is_mail || token.find(U"://") != token.npos || token.starts_with(U"www."))
            address_end_ = end;
    }
    if (at_ >= address_end_) return false;
    if (is_digit(here())) {
        const auto end = std::min(digits_end(text_, at_), address_end_);
        out_.say(digit_by_digit(text_.substr(at_, end - at_), One::Yao));
        at_ = end;
        return true;
    }
    if (is_letter(here()))
        out_.say(capital(here()));
    else
        out_.say(name_in_address(here()));
    ++at_;
    return true;
}

/// K1680+500, a place on a motorway: K一千六百八十加五百.
bool Reader::stake() {
    if (capital(here()) != U'K' || is_word(before())) return false;
    const auto plus = digits_end(text_, at_ + 1);
    const auto end = digits_end(text_, std::min(plus + 1, text_.size()));
    if (plus == at_ + 1 || plus > at_ + 5 || at_or_none(text_, plus) != U'+' || end != plus + 4)
        return false;
    out_.say(U'K');
    out_.say(cardinal(text_.substr(at_ + 1, plus - at_ - 1)));
    out_.say(U'加');
    // 005 is 零零五: metres of a stake have three places.
    const auto metres = text_.substr(plus + 1, 3);
    out_.say(metres.front() == U'0' ? digit_by_digit(metres, One::Yao) : cardinal(metres));
    at_ = end;
    return true;
}

/// ETC, G30, GD-20261027-0012, PM2.5, B12路: letters by name, digits one by one.
bool Reader::word() {
    while (is_word(here())) {
        if (is_letter(here())) {
            out_.say(capital(here()));
            ++at_;
        } else {
            const auto end = digits_end(text_, at_);
            word_digits(text_.substr(at_, end - at_));
            at_ = end;
            const auto more = digits_end(text_, std::min(end + 1, text_.size()));
            if (here() == U'.' && more > end + 1) {
                out_.say(U'点');
                out_.say(digit_by_digit(text_.substr(end + 1, more - end - 1), One::Yi));
                at_ = more;
            }
        }
        if (here() == U'-' && is_word(here(1))) word_stroke();
    }
    code_end_ = at_;
    return true;
}

/// GD-20261027 is a number in parts, Wi-Fi two words, of B-12 the stroke is said.
void Reader::word_stroke() {
    const auto digits = digits_end(text_, at_ + 1) - at_ - 1;
    if (digits >= 4 || is_digit(before()))
        out_.pause(U'，');
    else if (digits > 0)
        out_.say(U'杠');
    else
        out_.blank();
    ++at_;
}

void Reader::word_digits(std::u32string_view digits) {
    const char32_t next = here(digits.size());
    const bool is_counted =
        digits.size() <= 2 && digits.front() != U'0' && (next == U'路' || next == U'号');
    out_.say(is_counted ? cardinal(digits) : digits_in_groups(digits));
}

/// 甘政发〔2026〕12号: no pause around the year.
bool Reader::year_in_brackets() {
    constexpr std::u32string_view opening = U"〔[（(［", closing = U"〕]）)］";
    const auto kind = opening.find(here());
    if (kind == opening.npos || here(5) != closing[kind]) return false;
    const auto year = text_.substr(at_ + 1, 4);
    if (!std::ranges::all_of(year, is_digit) || !is_year(year)) return false;
    out_.say(digit_by_digit(year, One::Yi));
    at_ += 6;
    return true;
}

}  // namespace ys::ivr
