// SPDX-License-Identifier: Apache-2.0
// The rules for signs: which are words, which are pauses, which are silent.
#include <algorithm>
#include <array>

#include "ivr/reading/code_points.h"
#include "ivr/reading/reader.h"

namespace ys::ivr {
namespace {

struct Named {
    char32_t sign;
    std::u32string_view said;
};
constexpr std::array named_signs{
    Named{U'%', U"百分号"},   Named{U'‰', U"千分号"},   Named{U'&', U"和"},
    Named{U'@', U"艾特"},     Named{U'+', U"加"},       Named{U'=', U"等于"},
    Named{U'<', U"小于"},     Named{U'>', U"大于"},     Named{U'≤', U"小于等于"},
    Named{U'≥', U"大于等于"}, Named{U'≠', U"不等于"},   Named{U'≈', U"约"},
    Named{U'±', U"正负"},     Named{U'×', U"乘"},       Named{U'÷', U"除以"},
    Named{U'→', U"到"},       Named{U'_', U"下划线"},   Named{U'\\', U"反斜杠"},
    Named{U'№', U"编号"},     Named{U'¥', U"元"},       Named{U'$', U"美元"},
    Named{U'€', U"欧元"},     Named{U'£', U"英镑"},     Named{U'½', U"二分之一"},
    Named{U'⅓', U"三分之一"}, Named{U'⅔', U"三分之二"}, Named{U'¼', U"四分之一"},
    Named{U'¾', U"四分之三"},
};

struct Pause {
    std::u32string_view signs;
    char32_t mark;
};
constexpr std::array pauses{
    Pause{U"。｡", U'。'},
    Pause{U"!！", U'！'},
    Pause{U"?？", U'？'},
    Pause{U";；", U'；'},
    Pause{U":：", U'：'},
    Pause{U"、､", U'、'},
    Pause{U",，()（）[]［］{}｛｝【】〔〕〖〗|｜…⋯^", U'，'},
};
constexpr std::u32string_view silent_signs = U"\"'`“”‘’「」『』《》〈〉＂＇·•‧・";

/// Labels stand side by side more often than they span: 3号楼-2单元.
bool is_calendar(std::u32string_view unit) {
    return unit == U"月" || unit == U"日" || unit == U"号" || unit == U"月份";
}

}  // namespace

bool Reader::sign() {
    const char32_t c = here();
    if (is_dash(c)) return stroke();
    if (c == U'/') return slash();
    if (c == U'*') return star();
    if (c == U'#') return hash();
    if (c == U'.') return point();
    if (list_number() || country()) return true;
    if (!is_word(c)) {
        if (const Unit unit = sign_at(text_, at_)) {
            out_.say(unit.said);
            at_ += unit.length;
            return true;
        }
    }
    if (const auto it = std::ranges::find(named_signs, c, &Named::sign); it != named_signs.end()) {
        out_.say(it->said);
        ++at_;
        return true;
    }
    for (const Pause& pause : pauses) {
        if (pause.signs.find(c) == pause.signs.npos) continue;
        out_.pause(pause.mark);
        ++at_;
        return true;
    }
    if (silent_signs.find(c) == silent_signs.npos) return false;
    ++at_;
    return true;
}

/// Whether the stroke here leads from what was counted to its other end: 9:00–17:00, 10元-20元.
bool Reader::is_span(std::size_t next) const {
    const bool is_behind = counted_end_ == at_ || (counted_end_ + 1 == at_ && is_blank(before()));
    if (!is_behind) return false;
    if (!counted_is_name_) return true;
    auto end = next;
    while (is_digit(at_or_none(text_, end))) ++end;
    const Unit unit = measure_at(text_, end);
    const auto other = text_.substr(end, unit.length);
    return other == counted_unit_ || (is_calendar(other) && is_calendar(counted_unit_));
}

bool Reader::stroke() {
    constexpr std::u32string_view weekdays = U"一二三四五六日天";
    std::size_t end = at_;
    while (is_dash(at_or_none(text_, end))) ++end;
    const bool is_long = end - at_ > 1;
    const char32_t last = word_before(), c = here();
    const auto next = past_stroke(text_, at_);
    if (next && is_span(*next)) {
        if (date_end_ == at_) short_date_at_ = *next;
        if (code_end_ != at_) range_at_ = *next;
        out_.say(U'到');
        at_ = *next;
        return true;
    }
    if (is_long && !(end == at_ + 2 && is_digit(at_or_none(text_, end)))) {
        out_.pause(U'，');
        at_ = end;
        return true;
    }
    if (!is_wave(c) && signed_number()) return true;
    const char32_t other = at_or_none(text_, at_ + 1);
    const bool days = weekdays.find(last) != weekdays.npos &&
                      (other == U'周' || other == U'星' || other == U'礼');
    if ((is_wave(c) && last != U'\0') || days)
        out_.say(U'到');
    else if (is_word(before()) && is_word(other))
        out_.say(U'杠');
    else
        out_.pause(U'，');
    ++at_;
    return true;
}

/// 元/㎡ is 元每平方米, 3次/天 three times a day; otherwise one or the other: 身份证/户口本.
bool Reader::slash() {
    const char32_t next = here(1);
    const bool is_price = before() == U'元' && before(2) != U'单';
    const bool is_rate = is_price || sign_end_ == at_ || (counted_end_ == at_ && !counted_is_name_);
    const Unit unit = sign_at(text_, at_ + 1);
    ++at_;
    if (!is_rate || is_digit(next) || (!unit && !is_han(next))) {
        out_.pause(U'、');
        return true;
    }
    out_.say(U'每');
    if (unit) {
        out_.say(unit.said);
        at_ += unit.length;
        sign_end_ = at_;
    }
    return true;
}

/// The key *, a product, or digits that are hidden: 138****1234.
bool Reader::star() {
    const std::size_t begin = at_;
    while (here() == U'*') ++at_;
    const std::size_t count = at_ - begin;
    const bool digit_before = begin > 0 && is_digit(text_[begin - 1]);
    const bool digit_behind = is_digit(here());
    if (count == 1 && digit_before && digit_behind) {
        out_.say(U'乘');
    } else if (count == 1) {
        // *号键 says 号 itself.
        out_.say(here() == U'号' ? U"星" : U"星号");
    } else if (digit_before || digit_behind) {
        std::u32string digits;
        for (const char c : std::to_string(count)) digits += static_cast<char32_t>(c);
        out_.pause(U'，');
        out_.say(cardinal(digits, Two::Liang));
        out_.say(U"个星号");
        out_.pause(U'，');
    } else {
        out_.pause(U'，');
    }
    return true;
}

/// 3#楼 is 三号楼; else the key #.
bool Reader::hash() {
    const bool is_number = is_digit(before()) && is_han(here(1)) && here(1) != U'键';
    ++at_;
    out_.say(is_number ? U"号" : here() == U'号' ? U"井" : U"井号");
    return true;
}

/// gov.cn; behind the number of a list a short pause; else the end of a sentence.
bool Reader::point() {
    const bool in_word = is_word(before()) && is_word(here(1));
    const bool in_list = is_digit(before());
    ++at_;
    if (in_word)
        out_.say(U'点');
    else if (before(2) == U'.' || here() == U'.' || in_list)
        out_.pause(U'，');
    else
        out_.pause(U'。');
    return true;
}

/// +86 before a telephone number.
bool Reader::country() {
    const char32_t next = here(3);
    if (here() != U'+' || is_word(before()) || here(1) != U'8' || here(2) != U'6') return false;
    const bool blank = is_blank(next) || next == U'-';
    if (!is_digit(here(blank ? 4 : 3))) return false;
    out_.say(U"加八六");
    out_.pause(U'，');
    at_ += blank ? 4 : 3;
    return true;
}

/// ① ⑴ ⒈ Ⅰ ㈠: the number, then a pause where it opens a line of a list.
bool Reader::list_number() {
    struct Block {
        char32_t first, last;
        bool is_list;
    };
    constexpr std::array blocks{Block{0x2460, 0x2473, true},  Block{0x2474, 0x2487, true},
                                Block{0x2488, 0x249B, true},  Block{0x2160, 0x216B, false},
                                Block{0x2170, 0x217B, false}, Block{0x3220, 0x3229, true}};
    for (const Block& block : blocks) {
        if (here() < block.first || block.last < here()) continue;
        std::u32string digits;
        for (const char c : std::to_string(here() - block.first + 1))
            digits += static_cast<char32_t>(c);
        out_.say(cardinal(digits));
        if (block.is_list) out_.pause(U'，');
        ++at_;
        return true;
    }
    return false;
}

}  // namespace ys::ivr
