// SPDX-License-Identifier: Apache-2.0
// The sentence a citizen is read out when their case is saved.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "cases/case_form.h"
#include "cases/io/case_store.h"

namespace ys::api {

/// A row in the words of the form's rules.
cases::CaseForm form_of(const cases::CaseRow& row);

/// "您的工单号是 1124-0217，11月25日 16:30 前工作人员会上门处理。"; "" when nothing was promised.
/// language  "zh" or "en"
std::string promise_of(const cases::CaseRow& row, std::string_view language,
                       std::chrono::minutes utc_offset);

}  // namespace ys::api
