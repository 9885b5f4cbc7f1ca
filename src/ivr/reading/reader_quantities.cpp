// SPDX-License-Identifier: Apache-2.0
// The rules for one number: what stands around it decides whether it counts or is a name.
#include <algorithm>

#include "ivr/reading/code_points.h"
#include "ivr/reading/reader.h"

namespace ys::ivr {
namespace {

bool is_round(std::u32string_view digits) { return digits.ends_with(U"00"); }

bool is_magnitude(char32_t c) { return c == U'万' || c == U'亿' || c == U'千' || c == U'百'; }

bool is_temperature(std::u32string_view text, std::size_t at) {
    const char32_t c = at_or_none(text, at);
    return c == U'℃' || c == U'°' || c == U'度' || c == U'℉' ||
           text.substr(std::min(at, text.size())).starts_with(U"摄氏度");
}

/// 100.01 is 一百点零一.
void add_fraction(const PlainNumber& number, std::u32string& out) {
    if (number.fraction.empty()) return;
    out += U'点';
    out += digit_by_digit(number.fraction, One::Yi);
}

/// 12.50 is 十二元五角, 0.05 五分, 12.05 十二元零五分.
std::u32string yuan_jiao_fen(const PlainNumber& number) {
    const auto part = [](char32_t digit, char32_t unit, Two two) {
        return cardinal({&digit, 1}, two) + unit;
    };
    const bool has_yuan = number.whole.find_first_not_of(U'0') != number.whole.npos;
    std::u32string out;
    if (has_yuan) out = cardinal(number.whole, Two::Liang) + U'元';
    const char32_t jiao = number.fraction[0];
    const char32_t fen = number.fraction.size() > 1 ? number.fraction[1] : U'0';
    if (jiao != U'0') out += part(jiao, U'角', out.empty() ? Two::Liang : Two::Er);
    if (fen != U'0') {
        if (has_yuan && jiao == U'0') out += U'零';
        out += part(fen, U'分', out.empty() ? Two::Liang : Two::Er);
    }
    return out.empty() ? U"零元" : out;
}

}  // namespace

/// -5℃, ¥12.50, +3度: the sign and the number behind it.
bool Reader::signed_number() {
    const char32_t c = here();
    const bool minus = c == U'-' || c == 0x2212 || c == 0x2013;
    const auto yuan = [&](std::size_t at) { return at_or_none(text_, at) == U'¥'; };
    std::size_t at = at_ + 1;
    Prefix prefix = Prefix::None;
    if (minus)
        prefix = yuan(at) ? Prefix::MinusYuan : Prefix::Minus;
    else if (c == U'¥')
        prefix = at_or_none(text_, at) == U'-' ? Prefix::MinusYuan : Prefix::Yuan;
    else if (c == U'$')
        prefix = Prefix::Dollar;
    else if (c == U'€')
        prefix = Prefix::Euro;
    else if (c == U'£')
        prefix = Prefix::Pound;
    else if (c == U'+')
        prefix = Prefix::Plus;
    if (prefix == Prefix::None) return false;
    const bool is_money = prefix != Prefix::Minus && prefix != Prefix::Plus;
    if (prefix == Prefix::MinusYuan) ++at;
    if (is_money && is_blank(at_or_none(text_, at))) ++at;
    const auto number = number_at(text_, at);
    if (!number || at_or_none(text_, at) == U'.') return false;
    if (!is_money) {
        const bool measured = is_temperature(text_, number->end);
        if (prefix == Prefix::Plus && (!measured || is_word(before()))) return false;
        // Behind a word a minus must be meant: 气温-5℃, 涨幅-3%, 负一层 -1层. 单元-501 is a stroke.
        const char32_t unit = at_or_none(text_, number->end);
        const bool meant = measured || unit == U'%' || unit == U'层' || unit == U'楼';
        const bool in_word = is_word(before()) || (is_han(before()) && counted_end_ == at_);
        if (prefix == Prefix::Minus && at_ != range_at_ &&
            (in_word || (is_han(before()) && !meant && before() != U'为' && before() != U'是')))
            return false;
    }
    at_ = at;
    quantity(prefix);
    return true;
}

void Reader::quantity(Prefix prefix) {
    const auto number = number_at(text_, at_);
    if (!number) return;
    if (percentage(*number, prefix) || money(*number, prefix)) return;
    const Unit unit = unit_at(text_, number->end);
    auto around = unit;
    std::size_t measured = number->end;
    if (const auto next = past_stroke(text_, number->end); !unit && next) {
        // 2-3天, -5~3℃: what is behind the second number is meant for both.
        const bool is_signed = !is_digit(at_or_none(text_, *next));
        if (const auto other = number_at(text_, *next + (is_signed ? 1 : 0))) {
            around = unit_at(text_, other->end);
            measured = other->end;
        }
    }
    const bool temperature = is_temperature(text_, measured);
    if (prefix == Prefix::Minus) out_.say(temperature ? U"零下" : U"负");
    if (prefix == Prefix::Plus) out_.say(temperature ? U"零上" : U"加");
    const std::u32string words = amount(*number, around);
    out_.say(words);
    at_ = number->end;
    if (number->whole.size() > 1 && words == digits_in_groups(number->whole)) code_end_ = at_;
    counted_until(at_ + unit.length, unit);
    if (unit.is_sign) {
        out_.say(unit.said);
        at_ += unit.length;
        sign_end_ = at_;
    }
}

void Reader::counted_until(std::size_t end, const Unit& unit) {
    counted_end_ = end;
    counted_is_name_ = unit.is_name;
    const std::size_t begin = end - std::min(end, unit.length);
    counted_unit_ = text_.substr(begin, unit.length);
    if (!counted_unit_.empty() && is_blank(counted_unit_.front())) counted_unit_.remove_prefix(1);
}

/// 12% 百分之十二, 10-20% 百分之十到二十.
bool Reader::percentage(const PlainNumber& number, Prefix prefix) {
    const auto is_percent = [&](std::size_t at) {
        return at_or_none(text_, at) == U'%' || at_or_none(text_, at) == U'‰';
    };
    std::size_t sign = number.end;
    if (!is_percent(sign)) {
        const auto next = past_stroke(text_, number.end);
        const auto other = next ? number_at(text_, *next) : std::nullopt;
        if (!other || !is_percent(other->end)) return false;
        sign = other->end;
        percent_at_ = *next;
    }
    if (prefix == Prefix::Minus) out_.say(U"负");
    if (prefix == Prefix::Plus) out_.say(U"加");
    if (percent_at_ != at_) out_.say(text_[sign] == U'%' ? U"百分之" : U"千分之");
    // One hundred of a hundred is 百分之百.
    std::u32string words = number.whole == U"100" ? U"百" : cardinal(number.whole);
    add_fraction(number, words);
    out_.say(words);
    at_ = number.end + (sign == number.end ? 1 : 0);
    counted_until(at_, {});
    return true;
}

bool Reader::money(const PlainNumber& number, Prefix prefix) {
    const auto foreign = prefix == Prefix::Dollar  ? U"美元"
                         : prefix == Prefix::Euro  ? U"欧元"
                         : prefix == Prefix::Pound ? U"英镑"
                                                   : U"";
    const bool is_yuan = prefix == Prefix::Yuan || prefix == Prefix::MinusYuan;
    const bool blank = is_blank(at_or_none(text_, number.end));
    const std::size_t behind = number.end + (blank ? 1 : 0);
    const bool says_yuan =
        at_or_none(text_, behind) == U'元' && at_or_none(text_, behind + 1) != U'旦';
    const bool has_coins = !number.fraction.empty() && number.fraction.size() <= 2;
    if (prefix == Prefix::MinusYuan || (prefix == Prefix::Minus && says_yuan)) out_.say(U'负');
    if ((is_yuan || says_yuan) && has_coins && !is_magnitude(at_or_none(text_, number.end))) {
        out_.say(yuan_jiao_fen(number));
        at_ = says_yuan ? behind + 1 : number.end;
        counted_until(at_, {});
        return true;
    }
    if (!is_yuan && *foreign == U'\0') {
        if (prefix != Prefix::Minus || !says_yuan) return false;
    }
    std::u32string words = cardinal(number.whole, Two::Liang);
    add_fraction(number, words);
    out_.say(words);
    at_ = number.end;
    while (is_magnitude(here())) out_.say(text_[at_++]);
    out_.say(*foreign != U'\0' ? foreign : U"元");
    if (*foreign == U'\0' && is_blank(here()) && here(1) == U'元') ++at_;
    if (*foreign == U'\0' && here() == U'元') ++at_;
    counted_until(at_, {});
    return true;
}

std::u32string Reader::amount(const PlainNumber& number, const Unit& unit) const {
    if (number.fraction.empty()) return integer(number, unit);
    std::u32string out = cardinal(number.whole);
    add_fraction(number, out);
    return out;
}

bool Reader::is_ordinal() const { return word_before() == U'第' || ordinal_at_ == at_; }

std::u32string Reader::integer(const PlainNumber& number, const Unit& unit) const {
    const std::u32string_view digits = number.whole;
    const std::size_t size = digits.size(), end = number.end;
    const auto behind = text_.substr(end);
    const bool identity = (size == 17 && (behind.starts_with(U"X") || behind.starts_with(U"x"))) ||
                          (size == 18 && !unit.is_sign && !behind.starts_with(U"元"));
    const bool mobile = size == 11 && digits[0] == U'1' && digits[1] >= U'3';
    if (identity || (mobile && !behind.starts_with(U"元"))) return digits_in_groups(digits);
    const auto counted = [&] { return cardinal(digits, is_ordinal() ? Two::Er : unit.two); };
    if (at_ == range_at_ && digits.front() != U'0') return counted();
    if (behind.starts_with(U"年")) {
        // 2026年, and 26年10月: a year is read, years are counted.
        const auto month = digits_end(text_, end + 1);
        const bool short_year = size == 2 && month > end + 1 && at_or_none(text_, month) == U'月';
        if ((size == 4 && U"1000" < digits && digits < U"3000") || short_year ||
            (size > 1 && digits.front() == U'0'))
            return digit_by_digit(digits, One::Yi);
        return counted();
    }
    if (size > 1 && digits.front() == U'0') {
        const char32_t c = at_or_none(text_, end);
        const bool in_date = size == 2 && (c == U'月' || c == U'日' || c == U'号');
        if (in_date) return cardinal(digits);
        const bool in_time = size == 2 && (c == U'分' || c == U'秒' || before() == U'点');
        if (in_time) return digits == U"00" ? U"零" : U"零" + cardinal(digits);
        return digits_in_groups(digits);
    }
    if (is_name_of_digits(digits, end)) return digits_in_groups(digits);
    if (unit || is_magnitude(at_or_none(text_, end))) return counted();
    if (is_ordinal()) return cardinal(digits);
    if (size > 1 && (wants_digits(text_, at_) || is_service_number(digits) || follows_code(size)))
        return digits_in_groups(digits);
    if (size > 2 && is_letter(at_or_none(text_, end)) && !is_round(digits))
        return digits_in_groups(digits);
    if (is_year(digits) && !is_round(digits)) return digit_by_digit(digits, One::Yi);
    return size >= 8 ? digits_in_groups(digits) : cardinal(digits);
}

/// 电话8888888、8999999; (0931)8888888: what was said of the first is meant for the second.
bool Reader::follows_code(std::size_t size) const {
    constexpr std::u32string_view between = U"、，,)）/或和及";
    return size >= 3 && code_end_ + 1 == at_ && between.find(before()) != between.npos;
}

/// 131路, 501室, 149号 and digits beside hidden ones are names; 300路 and 12路 are said as numbers.
bool Reader::is_name_of_digits(std::u32string_view digits, std::size_t end) const {
    const std::size_t blank = is_blank(at_or_none(text_, end)) ? 1 : 0;
    const char32_t next = at_or_none(text_, end + blank);
    const auto behind = text_.substr(end);
    const bool is_hidden = behind.starts_with(U"**") || (before() == U'*' && before(2) == U'*');
    if (is_hidden) return digits.size() > 1;
    if (digits.size() < 3 || is_ordinal()) return false;
    const Unit unit = measure_at(text_, end + blank);
    const bool is_line = next == U'路' && unit.is_name;
    const bool is_house = next == U'号' || next == U'#';
    if (is_line || is_house) return !is_round(digits);
    return next == U'室' || next == U'房';
}

}  // namespace ys::ivr
