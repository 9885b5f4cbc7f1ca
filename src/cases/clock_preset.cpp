// SPDX-License-Identifier: Apache-2.0
// Reads the table of deadlines.
#include "cases/clock_preset.h"

#include <algorithm>

#include "base/text.h"
#include "cases/errc.h"

namespace ys::cases {
namespace {

constexpr std::array<std::string_view, clock_names.size()> clock_words{"accept", "first_reply",
                                                                       "close", "follow_up"};
constexpr std::size_t columns = 1 + clock_names.size() + 2;

std::vector<std::string_view> words_of(std::string_view line) {
    std::vector<std::string_view> out;
    for (const std::string_view word : split(line.substr(0, line.find('#')), ' '))
        if (!trimmed(word).empty()) out.push_back(trimmed(word));
    return out;
}

Result<Warning> parse_warning(std::string_view text) {
    if (text.ends_with('%')) {
        const auto n = parse_number(text.substr(0, text.size() - 1));
        if (!n || *n < 1 || *n > 100) return Error(Errc::DataDoesNotRead, "a warning");
        return Warning{static_cast<int>(*n), Micros{0}};
    }
    YS_TRY(const Promise left, parse_promise(text));
    if (left.counting != Counting::Natural) return Error(Errc::DataDoesNotRead, "a warning");
    return Warning{0, Micros(Seconds(left.amount))};
}

Result<ClockPreset> parse_row(const std::vector<std::string_view>& row) {
    if (row.size() != columns) return Error(Errc::DataDoesNotRead, "seven words are expected");
    ClockPreset preset;
    preset.name = row[0];
    for (std::size_t i = 0; i < clock_names.size(); ++i) {
        if (row[1 + i] == "-") continue;
        YS_TRY(preset.promises[i], parse_promise(row[1 + i]));
    }
    if (row[5] != "-")
        for (const std::string_view text : split(row[5], ',')) {
            YS_TRY(const Warning warning, parse_warning(text));
            preset.warnings.push_back(warning);
        }
    preset.hours = row[6];
    for (const std::string_view word : row)
        preset.row += (preset.row.empty() ? "" : " ") + std::string(word);
    return preset;
}

}  // namespace

// 15 minutes, 30 minutes and one working day to accept; the law counts 15 days as days on the wall.
const std::string_view standard_clock_presets = R"(
# name      accept  first_reply  close  follow_up  warnings     hours
emergency   15m     1h           2h     24h        50%,80%,15m  office
urgent      30m     4h           24h    2d         50%,80%,1h   office
ordinary    1wd     1wd          7d     3wd        50%,80%,24h  office
difficult   1wd     2wd          15d    3wd        50%,80%,24h  office
inquiry     30wm    1wd          3wd    -          80%          office
)";

std::string_view word(ClockName name) { return clock_words[static_cast<std::size_t>(name)]; }

std::optional<ClockName> clock_name_from(std::string_view word) {
    const auto it = std::ranges::find(clock_words, word);
    if (it == clock_words.end()) return std::nullopt;
    return clock_names[static_cast<std::size_t>(it - clock_words.begin())];
}

Result<std::vector<ClockPreset>> parse_clock_presets(std::string_view text) {
    std::vector<ClockPreset> out;
    int number = 0;
    for (const std::string_view line : split(text, '\n')) {
        ++number;
        const auto row = words_of(line);
        if (row.empty()) continue;
        auto preset = parse_row(row);
        const std::string where = "clock presets, line " + std::to_string(number);
        if (!preset) return Error(Errc::DataDoesNotRead, where + ": " + preset.error().note);
        if (find_preset(out, preset->name))
            return Error(Errc::DataBreaksARule, where + ": the name is given twice");
        if (!preset->promise(ClockName::Close))
            return Error(Errc::DataBreaksARule, where + ": without a closing clock");
        out.push_back(*std::move(preset));
    }
    return out;
}

const ClockPreset* find_preset(const std::vector<ClockPreset>& presets, std::string_view name) {
    const auto it = std::ranges::find(presets, name, &ClockPreset::name);
    return it == presets.end() ? nullptr : &*it;
}

}  // namespace ys::cases
