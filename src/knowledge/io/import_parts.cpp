// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/import_parts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "platform/words/characters.h"

namespace ys::knowledge {
namespace {

using Part = ImportPart;
struct Name {
    std::string_view words;
    Part part;
};
// clang-format off
constexpr std::array names{
    Name{"事项", Part::Matter}, Name{"事项名称", Part::Matter}, Name{"事项编码", Part::Matter},
    Name{"所属事项", Part::Matter}, Name{"matter", Part::Matter},
    Name{"标题", Part::Title}, Name{"名称", Part::Title}, Name{"问题", Part::Title},
    Name{"知识标题", Part::Title}, Name{"问", Part::Title}, Name{"问题标题", Part::Title}, Name{"title", Part::Title},
    Name{"口径", Part::Statement}, Name{"统一口径", Part::Statement}, Name{"答复口径", Part::Statement},
    Name{"标准口径", Part::Statement}, Name{"statement", Part::Statement},
    Name{"坐席版", Part::AgentText}, Name{"坐席", Part::AgentText}, Name{"坐席说明", Part::AgentText},
    Name{"内部说明", Part::AgentText}, Name{"agenttext", Part::AgentText},
    Name{"市民版", Part::CitizenText}, Name{"市民", Part::CitizenText}, Name{"答复", Part::CitizenText},
    Name{"答案", Part::CitizenText}, Name{"答", Part::CitizenText}, Name{"市民答复", Part::CitizenText}, Name{"citizentext", Part::CitizenText},
    Name{"语音版", Part::VoiceText}, Name{"语音", Part::VoiceText}, Name{"语音播报", Part::VoiceText},
    Name{"voicetext", Part::VoiceText},
    Name{"材料清单", Part::Materials}, Name{"材料", Part::Materials}, Name{"所需材料", Part::Materials},
    Name{"申请材料", Part::Materials}, Name{"办理材料", Part::Materials}, Name{"申报材料", Part::Materials},
    Name{"materials", Part::Materials},
    Name{"步骤", Part::Steps}, Name{"办理步骤", Part::Steps}, Name{"办理流程", Part::Steps},
    Name{"流程", Part::Steps}, Name{"操作步骤", Part::Steps}, Name{"steps", Part::Steps},
    Name{"适用地区", Part::Regions}, Name{"适用范围", Part::Regions}, Name{"地区", Part::Regions},
    Name{"regions", Part::Regions},
    Name{"电话转接", Part::Transfer}, Name{"转接电话", Part::Transfer}, Name{"转接", Part::Transfer},
    Name{"咨询电话", Part::Transfer}, Name{"transfer", Part::Transfer},
    Name{"依据", Part::Source}, Name{"政策依据", Part::Source}, Name{"法律依据", Part::Source},
    Name{"来源", Part::Source}, Name{"依据条款", Part::Source}, Name{"source", Part::Source},
    Name{"有效期", Part::ValidUntil}, Name{"有效期至", Part::ValidUntil}, Name{"截止日期", Part::ValidUntil},
    Name{"validuntil", Part::ValidUntil},
    Name{"复核", Part::ReviewBy}, Name{"复核日期", Part::ReviewBy}, Name{"复核期限", Part::ReviewBy},
    Name{"复核时间", Part::ReviewBy}, Name{"reviewby", Part::ReviewBy},
};
constexpr std::array<std::string_view, 20> bullets{"·", "•", "●", "○", "■", "□", "◆", "◇", "★", "▪",
    "\xEF\x82\xB7", "\xEF\x81\xAC", "\xEF\x83\x98", "※", "➢", "►", "√", "—", "–", "-"};
constexpr std::array<std::string_view, 10> numerals{"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
constexpr std::array<std::string_view, 6> ends{"、", ".", "．", ")", "）", "，"};
constexpr std::array<std::string_view, 8> everywhere{"全市", "全国", "全省", "全区", "不限", "所有地区", "全部", "无"};
constexpr std::array<std::string_view, 7> no_dates{"长期", "长期有效", "永久", "永久有效", "无", "不限", "-"};
// clang-format on

template <std::size_t N>
std::string_view beginning(std::string_view text, const std::array<std::string_view, N>& any) {
    const auto found = std::ranges::find_if(any, [&](auto each) { return text.starts_with(each); });
    return found == any.end() ? std::string_view{} : *found;
}

bool is_digit(char c) { return '0' <= c && c <= '9'; }

/// Without the number at its beginning; the same text when there is none.
std::string_view behind_number(std::string_view text) {
    std::string_view rest = text;
    for (int signs = 0; signs < 3 && !rest.empty(); ++signs) {
        const std::string_view numeral = beginning(rest, numerals);
        if (!numeral.empty())
            rest.remove_prefix(numeral.size());
        else if (is_digit(rest[0]))
            rest.remove_prefix(1);
        else
            break;
    }
    return rest;
}

std::string squeezed(std::string_view text) {
    std::string out = words::plain_text(text);
    std::erase(out, ' ');
    return out;
}

/// Numbers of a date; nothing for more than five, or for one of a wrong length.
std::vector<int> numbers_in(std::string_view text) {
    std::vector<int> out;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = at;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (end == at) {
            ++at;
            continue;
        }
        const auto number = parse_number(text.substr(at, end - at));
        if (end - at > 4 || !number || out.size() == 6) return {};
        out.push_back(static_cast<int>(*number));
        at = end;
    }
    return out;
}

UtcTime utc(std::chrono::sys_days day, std::chrono::minutes of_day,
            std::chrono::minutes utc_offset) {
    return {std::chrono::microseconds(day.time_since_epoch() + of_day - utc_offset).count()};
}

constexpr std::chrono::minutes last_of_day{24 * 60 - 1};

}  // namespace

std::optional<Part> part_named(std::string_view words) {
    constexpr std::size_t name_max = 60;
    if (words.size() > name_max) return std::nullopt;
    const auto found = std::ranges::find(names, squeezed(without_marker(words)), &Name::words);
    return found == names.end() ? std::nullopt : std::optional(found->part);
}

std::optional<NamedText> part_and_text(std::string_view line) {
    for (const std::string_view sign : {"：", ":", "】"}) {
        const auto at = line.find(sign);
        if (at == std::string_view::npos) continue;
        if (const auto part = part_named(line.substr(0, at)))
            return NamedText{*part, trimmed(line.substr(at + sign.size()))};
    }
    return std::nullopt;
}

std::string_view without_marker(std::string_view item) {
    std::string_view text = trimmed(item);
    const std::string_view whole = text;
    if (const auto bullet = beginning(text, bullets); !bullet.empty())
        return trimmed(text.substr(bullet.size()));
    // ① to ⑳ are E2 91 A0 to E2 91 B3.
    if (text.size() > 3 && text.starts_with("\xE2\x91") &&
        static_cast<unsigned char>(text[2]) >= 0xA0 && static_cast<unsigned char>(text[2]) <= 0xB3)
        return trimmed(text.substr(3));
    bool is_bracketed = false;
    for (const std::string_view bracket : {"（", "("})
        if (text.starts_with(bracket)) {
            text.remove_prefix(bracket.size());
            is_bracketed = true;
            break;
        }
    const std::string_view rest = behind_number(text);
    const std::string_view end = beginning(rest, ends);
    if (rest.size() == text.size() || end.empty()) return whole;
    if (is_bracketed && end != ")" && end != "）") return whole;
    const std::string_view out = rest.substr(end.size());
    // "1.5 倍" is a number.
    if (end == "." && !out.empty() && is_digit(out[0])) return whole;
    return trimmed(out);
}

std::vector<std::string> items_in(std::string_view text) {
    std::vector<std::string> out;
    std::string lines(text);
    // All in one line: a sheet's cell in which nobody pressed Alt+Enter.
    constexpr std::string_view between = "；";
    if (lines.find('\n') == std::string::npos)
        for (auto at = lines.find(between); at != std::string::npos; at = lines.find(between, at))
            lines.replace(at, between.size(), "\n");
    for (const std::string_view line : split(lines, '\n'))
        if (const std::string_view item = without_marker(line); !item.empty())
            out.emplace_back(item);
    return out;
}

std::vector<std::string> regions_in(std::string_view text) {
    std::string lines(text);
    for (const std::string_view sign : {"、", "，", "；", ",", ";"})
        for (auto at = lines.find(sign); at != std::string::npos; at = lines.find(sign, at + 1))
            lines.replace(at, sign.size(), "\n");
    std::vector<std::string> out = items_in(lines);
    if (out.size() == 1 && std::ranges::find(everywhere, out.front()) != everywhere.end())
        out.clear();
    return out;
}

std::optional<UtcTime> minute_in(std::string_view text, std::chrono::minutes utc_offset,
                                 bool is_end) {
    const std::vector<int> n = numbers_in(text);
    if (n.size() < 3 || n[0] < 2000 || n[0] > 2199) return std::nullopt;
    const std::chrono::year_month_day day{std::chrono::year(n[0]),
                                          std::chrono::month(static_cast<unsigned>(n[1])),
                                          std::chrono::day(static_cast<unsigned>(n[2]))};
    if (!day.ok() || n.size() == 4) return std::nullopt;
    std::chrono::minutes of_day = is_end ? last_of_day : std::chrono::minutes{0};
    if (n.size() >= 5) {
        if (n[3] > 23 || n[4] > 59) return std::nullopt;
        of_day = std::chrono::minutes(n[3] * 60 + n[4]);
    }
    return utc(std::chrono::sys_days(day), of_day, utc_offset);
}

std::optional<UtcTime> minute_of(double days, bool counts_from_1904,
                                 std::chrono::minutes utc_offset, bool is_end) {
    using namespace std::chrono;
    constexpr sys_days first_1900 = year(1899) / 12 / 30, first_1904 = year(1904) / 1 / 1;
    const sys_days first = counts_from_1904 ? first_1904 : first_1900;
    const double whole = std::floor(days);
    // From 2000 on, as in words.
    const auto day = std::isfinite(days) && whole > 0 && whole < 200'000
                         ? first + std::chrono::days(static_cast<int>(whole))
                         : sys_days{};
    if (day < sys_days(year(2000) / 1 / 1) || day >= sys_days(year(2200) / 1 / 1))
        return std::nullopt;
    const auto of_day = minutes(std::lround((days - whole) * 24 * 60));
    return utc(day, of_day == 0min && is_end ? last_of_day : of_day, utc_offset);
}

bool is_no_date(std::string_view text) {
    return std::ranges::find(no_dates, trimmed(text)) != no_dates.end();
}

}  // namespace ys::knowledge
