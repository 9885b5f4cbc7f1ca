// SPDX-License-Identifier: Apache-2.0
// Numbers, times and waiting places aloud, put together from prompts of tools/prompts/prompts.tsv.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"

namespace ys::ivr {

/// Names of prompts, played one after another.
using Spoken = std::vector<std::string>;

/// Digit by digit, 1 as 幺, as telephone, work and case numbers are read. "1027" is 幺零二七.
/// Anything that is no digit (as in "1124-0217") is passed over.
Spoken spoken_digits(std::string_view digits);

/// A whole number as counted: 23 二十三, 105 一百零五, 12000 一万二千. From 10^8 on digit by digit.
Spoken spoken_number(unsigned long long n);

/// A number before what is counted: 2 is 两.
Spoken spoken_count(unsigned long long n);

/// 您前面还有 … 位市民，请稍候。 Nothing when nobody is in front.
Spoken spoken_place(unsigned long long people_in_front);

/// 预计等待三到五分钟，请稍候。 Rounded outwards to minutes; beyond an hour in words.
Spoken spoken_wait(std::chrono::seconds low, std::chrono::seconds high);

/// 两小时五分钟; below a minute in seconds. Seconds beside minutes are left out.
Spoken spoken_duration(std::chrono::seconds length);

/// 十五点三十分, 八点整, 两点零五分. Hours and minutes outside the clock give nothing.
Spoken spoken_clock(int hour, int minute);

/// What the citizen's page says of a case (cases::CaseProgress), as plain words.
struct CaseWords {
    std::string_view number;
    std::string_view now;  ///< "being_sent" "closed" ...; "open" for a case that no unit has
    std::optional<UtcTime> until;
    bool is_late = false;
    int supervised = 0;  ///< level of 督办
};

/// The same sentences in the same order as on the page: 您的工单…正在办理，明天八点整前办好.
/// The unit's name has no prompt and is left out. Nothing for a word the page does not have.
Spoken spoken_progress(const CaseWords& words, UtcTime now);

/// A moment to come as said now, on China's clock: 十五点三十分, 明天八点整, 十二月一日八点整.
Spoken spoken_moment(UtcTime when, UtcTime now);

}  // namespace ys::ivr
