// SPDX-License-Identifier: Apache-2.0
#include "base/hours_words.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>
#include <vector>

#include "base/opening_hours.h"

namespace ys {
namespace {

constexpr std::array<std::string_view, 7> weekday_names{"一", "二", "三", "四", "五", "六", "日"};

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string out;
    for (const std::string& part : parts) {
        if (!out.empty()) out += between;
        out += part;
    }
    return out;
}

/// "周一至周五、周日"
std::string weekdays_words(unsigned days) {
    if (days == 0x7F) return "每天";
    std::vector<std::string> runs;
    for (unsigned day = 0; day < 7; ++day) {
        if ((days >> day & 1U) == 0) continue;
        unsigned last = day;
        while (last < 6 && (days >> (last + 1) & 1U) != 0) ++last;
        std::string run = "周" + std::string(weekday_names[day]);
        if (last > day)
            run += (last > day + 1 ? "至周" : "、周") + std::string(weekday_names[last]);
        runs.push_back(std::move(run));
        day = last;
    }
    return joined(runs, "、");
}

std::string minute_words(int minute) {
    std::array<char, 16> out{};
    std::snprintf(out.data(), out.size(), "%02d:%02d", minute / 60, minute % 60);
    return out.data();
}

}  // namespace

std::string hours_words(std::string_view hours) {
    const auto spans = parse_opening_hours(hours);
    if (!spans) return {};
    std::vector<std::pair<unsigned, std::string>> by_days;
    for (const Span& span : *spans) {
        const std::string time = minute_words(span.from) + "到" + minute_words(span.until);
        const auto same = std::ranges::find(by_days, static_cast<unsigned>(span.weekdays),
                                            &std::pair<unsigned, std::string>::first);
        if (same == by_days.end())
            by_days.emplace_back(span.weekdays, time);
        else
            same->second += "、" + time;
    }
    std::vector<std::string> out;
    for (const auto& [days, times] : by_days) out.push_back(weekdays_words(days) + times);
    return joined(out, "，");
}

}  // namespace ys
