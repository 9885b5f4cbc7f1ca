// SPDX-License-Identifier: Apache-2.0
// What people write at the head of a part of an article, and what they write in it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace ys::knowledge {

enum class ImportPart : std::uint8_t {
    Matter,
    Title,
    Statement,
    AgentText,
    CitizenText,
    VoiceText,
    Materials,
    Steps,
    Regions,
    Transfer,
    Source,
    ValidUntil,
    ReviewBy
};

/// "二、所需材料：" is Materials; nothing for what is no head of a part.
std::optional<ImportPart> part_named(std::string_view words);

/// "口径：本周恢复供热。" is Statement and the rest; also 【口径】.
struct NamedText {
    ImportPart part;
    std::string_view text;
};
std::optional<NamedText> part_and_text(std::string_view line);

/// Without what numbers an item: "1、" "（二）" "③" "•".
std::string_view without_marker(std::string_view item);

/// Lines, each without its marker; empty ones are none.
std::vector<std::string> items_in(std::string_view text);
/// Also between 、 and its kin; "全市" and "不限" are everywhere, which is none.
std::vector<std::string> regions_in(std::string_view text);

/// A day or a minute as people write it. `is_end`: a day is meant to its last minute.
std::optional<UtcTime> minute_in(std::string_view text, std::chrono::minutes utc_offset,
                                 bool is_end);
/// A minute as a sheet counts it, in days.
std::optional<UtcTime> minute_of(double days, bool counts_from_1904,
                                 std::chrono::minutes utc_offset, bool is_end);
/// "长期" "无": there is none, and that was said.
bool is_no_date(std::string_view text);

}  // namespace ys::knowledge
