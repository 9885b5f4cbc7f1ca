// SPDX-License-Identifier: Apache-2.0
#include "api/case_promise.h"

#include <array>

#include "api/case_wishes.h"
#include "base/text.h"
#include "cases/service_promise.h"

namespace ys::api {
namespace {

using cases::Service;

/// What follows "… 前" and stands before "by …", in the order of Service.
struct Words {
    std::string_view zh, en;
};
constexpr std::array words{
    Words{"工作人员会上门处理", "we will come to you"},
    Words{"我们会给您回电", "we will call you back"},
    Words{"我们会给您答复", "we will answer you"},
    Words{"我们会办理完毕", "it will be dealt with"},
};
static_assert(words.size() == static_cast<std::size_t>(Service::Handle) + 1);

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// "11月25日 16:30", "Nov 25, 16:30".
std::string clock_words(UtcTime at, std::string_view language, std::chrono::minutes utc_offset) {
    at.us += std::chrono::microseconds{utc_offset}.count();
    const std::string text = to_rfc3339(at);  // "2026-11-25T16:30:00…"
    const auto month = static_cast<std::size_t>(*parse_number(text.substr(5, 2)));
    const std::string day = std::to_string(*parse_number(text.substr(8, 2)));
    const std::string time = text.substr(11, 5);
    if (language == "en") return std::string(months[month - 1]) + " " + day + ", " + time;
    return std::to_string(month) + "月" + day + "日 " + time;
}

}  // namespace

cases::CaseForm form_of(const cases::CaseRow& row) {
    return {.kind = row.kind,
            .nature = row.nature,
            .title = row.title,
            .detail = row.detail,
            .contact_name = row.name,
            .contact_number = row.phone,
            .address = row.address,
            .urgency = row.urgency,
            .status = row.status,
            .wishes_callback = has_wish(row, callback_word)};
}

std::string promise_of(const cases::CaseRow& row, std::string_view language,
                       std::chrono::minutes utc_offset) {
    if (!row.promised_at) return {};
    const std::string until = clock_words(*row.promised_at, language, utc_offset);
    const Words& does = words[static_cast<std::size_t>(cases::service_of(form_of(row)))];
    if (language == "en")
        return "Your case number is " + row.number + "; " + std::string(does.en) + " by " + until +
               ".";
    return "您的工单号是 " + row.number + "，" + until + " 前" + std::string(does.zh) + "。";
}

}  // namespace ys::api
