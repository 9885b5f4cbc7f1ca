// SPDX-License-Identifier: Apache-2.0
#include "directory/drift.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/hours_words.h"
#include "base/opening_hours.h"
#include "base/phone_number.h"
#include "base/text.h"

namespace ys::directory {
namespace {

constexpr std::size_t groups_max = 5, cue_bytes = 40, near_bytes = 60, beside_bytes = 240;

/// The state's; every text may name them.
constexpr std::array<std::string_view, 4> emergencies{"110", "119", "120", "122"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

struct Group {
    std::size_t begin = 0, end = 0;
    std::size_t size() const { return end - begin; }
};

/// Runs of digits.
std::vector<Group> groups_in(std::string_view text) {
    std::vector<Group> out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_digit(text[i])) continue;
        Group group{i, i};
        while (group.end < text.size() && is_digit(text[group.end])) ++group.end;
        out.push_back(group);
        i = group.end;
    }
    return out;
}

/// What people write between the parts of one number.
bool joins(std::string_view between) {
    constexpr std::array<std::string_view, 12> signs{"-",  " ",  "－", "—", ") ", ")",
                                                     ")-", "）", " (", "(", "– ", "–"};
    return std::ranges::find(signs, between) != signs.end();
}

bool is_mobile(std::string_view n) {
    return n.size() == 11 && n[0] == '1' && n[1] >= '3' && n[1] <= '9';
}
bool is_shared_cost(std::string_view n) {
    return n.size() == 10 && (n.starts_with("400") || n.starts_with("800"));
}
bool is_fixed(std::string_view n) {
    if (n.size() < 10 || n.size() > 12 || n[0] != '0' || n[1] == '0') return false;
    return n.starts_with("010") || n.starts_with("02") ? n.size() <= 11 : n[1] >= '3';
}

/// The last words before it on its line speak of a telephone.
bool has_cue(std::string_view text, std::size_t begin) {
    constexpr std::array<std::string_view, 14> cues{"电话", "热线",    "拨",   "致电",  "专线",
                                                    "来电", "客服",    "tel",  "phone", "call",
                                                    "dial", "hotline", "座机", "传真"};
    const std::size_t from = begin > cue_bytes ? begin - cue_bytes : 0;
    std::string before = lowered(text.substr(from, begin - from));
    if (const auto line = before.rfind('\n'); line != before.npos) before.erase(0, line);
    return std::ranges::any_of(
        cues, [&](std::string_view cue) { return before.find(cue) != before.npos; });
}

/// "12000件", "2026年", "300元": an amount, whatever stands before it.
bool is_amount(std::string_view text, std::size_t end) {
    constexpr std::array<std::string_view, 18> units{"件", "元", "人", "次", "个",   "年",
                                                     "月", "日", "分", "秒", "米",   "号",
                                                     "户", "万", "%",  "天", "小时", "项"};
    while (end < text.size() && text[end] == ' ') ++end;
    if (end < text.size() && (text[end] == ':' || text[end] == '.' || text[end] == ','))
        return end + 1 < text.size() && is_digit(text[end + 1]);
    return std::ranges::any_of(
        units, [&](std::string_view unit) { return text.substr(end).starts_with(unit); });
}

bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
    if (begin > 0 && (is_letter(text[begin - 1]) || text[begin - 1] == '.')) return false;
    // "&#36149;" and an address behind "/" are no numbers either.
    if (begin > 0 && (text[begin - 1] == '#' || text[begin - 1] == '/')) return false;
    return end >= text.size() || !is_letter(text[end]);
}

class Finder {
public:
    Finder(std::string_view text, const std::vector<Entry>& entries) : text_(text) {
        for (const Entry& each : entries) known_.insert(dialled(each));
    }

    std::vector<NumberInText> all() const {
        const std::vector<Group> groups = groups_in(text_);
        std::vector<NumberInText> out;
        std::size_t line = 1, counted = 0;
        for (std::size_t i = 0; i < groups.size();) {
            const std::size_t taken = longest(groups, i);
            if (taken == 0) {
                ++i;
                continue;
            }
            const std::size_t begin = begin_of(groups[i]), end = groups[i + taken - 1].end;
            line += static_cast<std::size_t>(
                std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted),
                           text_.begin() + static_cast<std::ptrdiff_t>(begin), '\n'));
            counted = begin;
            const std::string written(text_.substr(begin, end - begin));
            const auto number = normalise(plain(groups, i, taken), "");
            out.push_back({written, whole(number ? number->digits : written), line, begin, end});
            i += taken;
        }
        return out;
    }

private:
    /// With the "+" or "(" before it.
    std::size_t begin_of(const Group& first) const {
        return first.begin > 0 && (text_[first.begin - 1] == '+' || text_[first.begin - 1] == '(')
                   ? first.begin - 1
                   : first.begin;
    }

    std::string plain(const std::vector<Group>& groups, std::size_t first, std::size_t n) const {
        std::string out;
        if (groups[first].begin > 0 && text_[groups[first].begin - 1] == '+') out = "+";
        for (std::size_t i = first; i < first + n; ++i)
            out += text_.substr(groups[i].begin, groups[i].size());
        return out;
    }

    /// A local number of ours with the area code it belongs to.
    std::string whole(const std::string& digits) const {
        if (digits.size() != 7 && digits.size() != 8) return digits;
        const auto ours = std::ranges::find_if(known_, [&](const std::string& each) {
            return each.starts_with('0') && each.ends_with(digits);
        });
        return ours == known_.end() ? digits : *ours;
    }

    /// How many groups from `first` on are one number; 0 when they are none.
    std::size_t longest(const std::vector<Group>& groups, std::size_t first) const {
        std::size_t n = 1;
        while (n < groups_max && first + n < groups.size() &&
               joins(text_.substr(groups[first + n - 1].end,
                                  groups[first + n].begin - groups[first + n - 1].end)))
            ++n;
        for (; n > 0; --n)
            if (is_number(groups, first, n)) return n;
        return 0;
    }

    bool is_number(const std::vector<Group>& groups, std::size_t first, std::size_t n) const {
        const std::size_t begin = groups[first].begin, end = groups[first + n - 1].end;
        if (!stands_alone(text_, begin, end)) return false;
        std::string digits = plain(groups, first, n);
        if (known_.contains(digits) && !is_amount(text_, end)) return true;
        const auto number = normalise(digits, "");
        if (!number) return false;
        if (digits.starts_with("+") || digits.starts_with("86")) return number->digits != digits;
        if (is_mobile(digits) || is_fixed(digits) || is_shared_cost(digits)) return true;
        const bool is_local = digits.size() == 7 || digits.size() == 8;
        const bool is_service = n == 1 && digits.size() >= 3 && digits.size() <= 6;
        if (!is_service && !(is_local && digits[0] >= '2' && digits[0] <= '8')) return false;
        return digits[0] != '0' && has_cue(text_, begin) && !is_amount(text_, end);
    }

    std::string_view text_;
    std::set<std::string> known_;
};

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

/// The words around it, cut between characters.
std::string near_of(std::string_view text, std::size_t begin, std::size_t end) {
    std::size_t from = begin > near_bytes ? begin - near_bytes : 0;
    while (from < begin && !begins_character(text[from])) ++from;
    std::size_t to = std::min(text.size(), end + near_bytes);
    while (to < text.size() && !begins_character(text[to])) --to;
    std::string out(text.substr(from, to - from));
    std::ranges::replace(out, '\n', ' ');
    return cleaned(trimmed(out), 3 * near_bytes);
}

struct Times {
    int from = 0, until = 0;
    std::string written;
};

std::optional<int> minutes_at(std::string_view text, std::size_t& at) {
    std::size_t i = at;
    int hour = 0, minute = 0;
    std::size_t digits = 0;
    while (i < text.size() && is_digit(text[i]) && digits++ < 2)
        hour = hour * 10 + (text[i++] - '0');
    if (digits == 0 || hour > 24) return std::nullopt;
    if (text.substr(i).starts_with("："))
        i += std::string_view("：").size();
    else if (i < text.size() && text[i] == ':')
        ++i;
    else
        return std::nullopt;
    if (i + 1 >= text.size() || !is_digit(text[i]) || !is_digit(text[i + 1])) return std::nullopt;
    minute = (text[i] - '0') * 10 + (text[i + 1] - '0');
    at = i + 2;
    return hour * 60 + minute;
}

/// "08:30-17:30", "8:30至17:30": spans of time as people write them.
std::vector<Times> times_in(std::string_view text) {
    constexpr std::array<std::string_view, 9> signs{"-",  "－", "—",  "–", "~",
                                                    "～", "至", "到", "―"};
    std::vector<Times> out;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_digit(text[i]) || (i > 0 && is_digit(text[i - 1]))) {
            ++i;
            continue;
        }
        std::size_t at = i;
        const auto from = minutes_at(text, at);
        while (from && at < text.size() && text[at] == ' ') ++at;
        const auto sign = std::ranges::find_if(
            signs, [&](std::string_view each) { return text.substr(at).starts_with(each); });
        if (!from || sign == signs.end()) {
            ++i;
            continue;
        }
        at += sign->size();
        while (at < text.size() && text[at] == ' ') ++at;
        if (const auto until = minutes_at(text, at))
            out.push_back({*from, *until, std::string(text.substr(i, at - i))});
        i = std::max(at, i + 1);
    }
    return out;
}

/// Hours beside a number that are none of its entry's; "" when there are none.
std::string other_hours(const std::vector<Span>& hours, std::string_view beside) {
    std::string out;
    for (const Times& each : times_in(beside)) {
        const bool is_known = std::ranges::any_of(hours, [&](const Span& span) {
            return span.from == each.from && span.until == each.until;
        });
        if (!is_known) out += (out.empty() ? "" : "、") + each.written;
    }
    if (!hours.empty() && out.empty())
        for (const std::string_view always : {"24小时", "24 小时", "全天候"})
            if (beside.find(always) != beside.npos) out = always;
    return out;
}

std::string hours_said(const Entry& entry) {
    return entry.hours.empty() ? "24小时" : hours_words(entry.hours);
}

/// From a number to the next other one, on the same line.
std::string_view beside(std::string_view text, const std::vector<NumberInText>& all,
                        std::size_t i) {
    std::size_t end = std::min(text.size(), all[i].end + beside_bytes);
    for (std::size_t k = i + 1; k < all.size() && all[k].begin < end; ++k)
        if (all[k].dialled != all[i].dialled) end = all[k].begin;
    const auto out = text.substr(all[i].end, end - all[i].end);
    return out.substr(0, out.find('\n'));
}

}  // namespace

std::vector<NumberInText> numbers_in(std::string_view text, const std::vector<Entry>& entries) {
    return Finder(text, entries).all();
}

Drift drift_of(const std::vector<Entry>& entries, std::string_view text, Wants wants) {
    std::map<std::string, std::vector<const Entry*>> by_number;
    for (const Entry& each : entries) by_number[dialled(each)].push_back(&each);
    const auto found = numbers_in(text, entries);
    Drift out{found.size(), {}};
    std::set<std::pair<std::string, std::string>> told;
    const auto tell = [&](Difference each, const std::string& about) {
        if (out.differences.size() < differences_max && told.emplace(each.kind, about).second)
            out.differences.push_back(std::move(each));
    };
    for (std::size_t i = 0; i < found.size(); ++i) {
        const NumberInText& number = found[i];
        const std::string near = near_of(text, number.begin, number.end);
        if (std::ranges::find(emergencies, number.dialled) != emergencies.end()) continue;
        const auto known = by_number.find(number.dialled);
        if (known == by_number.end()) {
            tell({"foreign", "", number.written, "", near, number.line}, number.dialled);
            continue;
        }
        // Several offices may share a number: it is enough that one has these hours.
        std::string other;
        for (const Entry* entry : known->second) {
            const auto hours = parse_opening_hours(entry->hours);
            other = hours ? other_hours(*hours, beside(text, found, i)) : "";
            if (other.empty()) break;
        }
        const Entry& entry = *known->second.front();
        if (!other.empty())
            tell({"hours", entry.code, other, hours_said(entry), near, number.line}, other);
    }
    const Entry* hotline = hotline_of(entries);
    if (wants == Wants::Hotline && hotline != nullptr &&
        std::ranges::find(found, dialled(*hotline), &NumberInText::dialled) == found.end())
        tell({"missing", hotline->code, "", hotline->number, "", 0}, hotline->code);
    return out;
}

}  // namespace ys::directory
