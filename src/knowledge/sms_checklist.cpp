// SPDX-License-Identifier: Apache-2.0
#include "knowledge/sms_checklist.h"

#include <algorithm>

#include "base/hours_words.h"
#include "knowledge/life_words.h"

namespace ys::knowledge {
namespace {

using Lines = std::vector<std::string>;

constexpr std::size_t marker_chars = 7;  ///< "(10/12)"

bool begins_character(char c) { return (c & 0xC0) != 0x80; }

std::size_t chars_of(std::string_view text, const SmsLimits& limits) {
    auto chars = static_cast<std::size_t>(std::ranges::count_if(text, begins_character));
    if (text.find(link_variable) != text.npos)
        chars += std::clamp(limits.link_chars, link_variable.size(), sms_link_chars_max) -
                 link_variable.size();
    return chars;
}

Lines lines_of(const PersonalList& list) {
    Lines out{list.title + "，要办" + std::to_string(list.services.size()) + "项"};
    for (std::size_t i = 0; i < list.services.size(); ++i) {
        const ListedService& each = list.services[i];
        std::string line = std::to_string(i + 1) + "." + each.title + "：" +
                           where_words(list, each) + "，" + money_words(each.cost_fen) + "，" +
                           period_words(each);
        if (each.pin.article) line += "，依据" + pin_words(each.pin);
        out.push_back(std::move(line));
    }
    if (!list.materials.empty()) out.emplace_back("材料");
    for (const ListedMaterial& each : list.materials) {
        const ListedService* giver = list.find(each.given_by);
        const std::string_view tick = giver != nullptr ? "○" : each.is_ready ? "☑" : "☐";
        out.push_back(std::string(tick) + each.title + "：" + count_words(each) +
                      (giver != nullptr ? "，办" + giver->title + "时拿到" : ""));
    }
    if (!list.places.empty()) out.emplace_back("地点");
    for (const ListedPlace& each : list.places)
        out.push_back(each.title + "：" + each.address + "，" + hours_words(each.hours));
    out.push_back("费用合计" + total_words(list.cost_fen));
    return out;
}

/// Takes what fits off the front of `line`: up to a comma, else up to a character.
std::string take_front(std::string& line, std::size_t chars) {
    std::size_t end = 0, good = 0, taken = 0;
    for (; end < line.size(); ++end) {
        if (begins_character(line[end]) && taken++ == chars) break;
        for (const std::string_view sign : {"，", "、"})
            if (std::string_view(line).substr(0, end + 1).ends_with(sign)) good = end + 1;
    }
    std::string front = line.substr(0, good == 0 ? end : good);
    line.erase(0, front.size());
    return front;
}

Lines packed(const Lines& lines, std::size_t room, const SmsLimits& limits) {
    Lines parts{""};
    const auto add = [&](const std::string& line) {
        std::string& last = parts.back();
        if (last.empty())
            last = line;
        else if (chars_of(last, limits) + 1 + chars_of(line, limits) <= room)
            last += "\n" + line;
        else
            parts.push_back(line);
    };
    for (std::string line : lines) {
        while (chars_of(line, limits) > room && line.find(link_variable) == line.npos)
            add(take_front(line, room));
        add(line);
    }
    return parts;
}

}  // namespace

SmsChecklist sms_checklist(const PersonalList& list, const SmsLimits& limits) {
    const std::size_t room = std::max(limits.chars_max, sms_chars_min) - marker_chars;
    const std::size_t parts_max = std::max<std::size_t>(limits.parts_max, 1);
    Lines lines = lines_of(list);
    lines.push_back("勾选材料、传照片 " + std::string(link_variable));
    SmsChecklist out{.parts = packed(lines, room, limits)};
    while (out.parts.size() > parts_max && lines.size() > 1) {
        out.is_whole = false;
        lines.pop_back();
        lines.back() = "没有写完，全部材料和地点看 " + std::string(link_variable);
        out.parts = packed(lines, room, limits);
    }
    if (out.parts.size() > 1)
        for (std::size_t i = 0; i < out.parts.size(); ++i)
            out.parts[i].insert(
                0, "(" + std::to_string(i + 1) + "/" + std::to_string(out.parts.size()) + ")");
    return out;
}

}  // namespace ys::knowledge
