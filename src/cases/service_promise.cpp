// SPDX-License-Identifier: Apache-2.0
#include "cases/service_promise.h"

#include "base/text.h"

namespace ys::cases {

Service service_of(const CaseForm& form) {
    const Kind* kind = kind_for(form.kind, form.nature);
    if (kind != nullptr && kind->needs_address) return Service::Visit;
    if (form.wishes_callback) return Service::CallBack;
    return trimmed(form.contact_number).empty() ? Service::Handle : Service::Answer;
}

std::optional<UtcTime> served_by(const CaseForm& form, UtcTime now) {
    const Kind* kind = kind_for(form.kind, form.nature);
    if (kind == nullptr || form.status == "closed") return std::nullopt;
    constexpr std::int64_t half_hour_us = 1'800'000'000;
    const std::int64_t hours = form.urgency != "normal" ? kind->urgent_within_h : kind->within_h;
    const std::int64_t at_us = now.us + hours * 2 * half_hour_us;
    return UtcTime{(at_us + half_hour_us - 1) / half_hour_us * half_hour_us};
}

}  // namespace ys::cases
