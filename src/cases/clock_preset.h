// SPDX-License-Identifier: Apache-2.0
// Which deadlines a case runs under, as a table that a centre may edit.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cases/promise.h"
#include "cases/work_clock.h"

namespace ys::cases {

/// The separate clocks of one case.
enum class ClockName {
    Accept,      ///< a unit takes it on (签收)
    FirstReply,  ///< the citizen hears for the first time (首次响应)
    Close,       ///< it is done (办结)
    FollowUp,    ///< the citizen was asked whether it is solved (回访)
};
inline constexpr std::array clock_names{ClockName::Accept, ClockName::FirstReply, ClockName::Close,
                                        ClockName::FollowUp};

/// "accept" "first_reply" "close" "follow_up"
std::string_view word(ClockName name);
std::optional<ClockName> clock_name_from(std::string_view word);

struct ClockPreset {
    std::string name;
    std::string hours = "office";                                     ///< row of the calendar
    std::array<std::optional<Promise>, clock_names.size()> promises;  ///< by ClockName
    std::vector<Warning> warnings;
    std::string row;  ///< as it was read, one blank between two words

    const std::optional<Promise>& promise(ClockName which) const {
        return promises[static_cast<std::size_t>(which)];
    }
    friend bool operator==(const ClockPreset&, const ClockPreset&) = default;
};

/// One preset a line, `#` begins a remark:
///
///   name        accept  first_reply  close  follow_up  warnings        hours
///   emergency   15m     1h           2h     24h        50%,80%,15m     office
///
/// "-" for a clock this preset does not run. A warning is a part of the time or what is left of it
/// (m h d; for a working clock it is counted in office hours).
///
/// errors   data_does_not_read with the line; data_breaks_a_rule for a name given twice, or a
/// preset
///          without a closing clock
Result<std::vector<ClockPreset>> parse_clock_presets(std::string_view text);

const ClockPreset* find_preset(const std::vector<ClockPreset>& presets, std::string_view name);

/// What the program comes with: closing in 2 hours, 24 hours, 7 and 15 days.
extern const std::string_view standard_clock_presets;

}  // namespace ys::cases
