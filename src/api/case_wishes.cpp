// SPDX-License-Identifier: Apache-2.0
#include "api/case_wishes.h"

#include <algorithm>
#include <string>

#include "base/text.h"

namespace ys::api {

bool has_wish(const cases::CaseRow& row, std::string_view wish) {
    return std::ranges::any_of(split(row.wishes, ','),
                               [&](std::string_view word) { return trimmed(word) == wish; });
}

void set_wishes(cases::CaseRow& row, bool elder, bool callback) {
    row.wishes = elder ? std::string(elder_word) : "";
    if (callback) row.wishes += (row.wishes.empty() ? "" : ",") + std::string(callback_word);
}

}  // namespace ys::api
