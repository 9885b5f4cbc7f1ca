// SPDX-License-Identifier: Apache-2.0
// A citizen's two wishes, kept as words of one column of their case.
#pragma once

#include <string_view>

#include "cases/io/case_store.h"

namespace ys::api {

inline constexpr std::string_view elder_word = "elder";
inline constexpr std::string_view callback_word = "callback";

bool has_wish(const cases::CaseRow& row, std::string_view wish);
void set_wishes(cases::CaseRow& row, bool elder, bool callback);

}  // namespace ys::api
