// SPDX-License-Identifier: Apache-2.0
// One sentence about what is known, with its time on it: keys, chat, desk and page all take it from
// here, so the same status is the same sentence everywhere.
#pragma once

#include <string>

#include "backoffice/identity_check.h"
#include "backoffice/live_answer.h"

namespace ys::backoffice {

enum class Language : std::uint8_t { Chinese, English };

struct SaidAnswer {
    std::string text;
    bool is_person_offered = false;  ///< it says that a person can help: let them be reached now
    friend bool operator==(const SaidAnswer&, const SaidAnswer&) = default;
};

/// 您尾号0217的小客车指标申请现在到第2步复审，共3步，截至10:05。
/// Data of five minutes and more is never said to be of now, and its age stands in words beside its
/// time; a timetable is said to be one; departures that have left are not named. Trouble of any
/// kind is 现在查不到，可以请人工帮您。
SaidAnswer said_answer(const Looked& looked, UtcTime now, Language language);

/// What is said of a check that did not let somebody through; "" when it did. That nobody could be
/// asked is a trouble like any other.
SaidAnswer said_check(CheckOutcome outcome, Language language);

}  // namespace ys::backoffice
