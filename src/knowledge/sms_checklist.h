// SPDX-License-Identifier: Apache-2.0
// A personal list as short messages: bounded, cut between lines.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/personal_list.h"

namespace ys::knowledge {

/// Stands in the last part; whoever sends it puts the link there.
inline constexpr std::string_view link_variable = "{link}";

struct SmsLimits {
    std::size_t chars_max = 335;  ///< a part: five short messages of 67 characters
    std::size_t parts_max = 4;
    std::size_t link_chars = 60;  ///< what the link takes when it is there
};
// What is beyond these is taken as these: the line with the link always fits.
inline constexpr std::size_t sms_chars_min = 120;
inline constexpr std::size_t sms_link_chars_max = 90;

struct SmsChecklist {
    std::vector<std::string> parts;
    bool is_whole = true;  ///< else the last part says that the rest is behind the link
};

SmsChecklist sms_checklist(const PersonalList& list, const SmsLimits& limits = {});

}  // namespace ys::knowledge
