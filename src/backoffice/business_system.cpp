// SPDX-License-Identifier: Apache-2.0
#include "backoffice/business_system.h"

#include "base/text.h"

namespace ys::backoffice {

Result<Question> Question::about_place(SubjectKind kind, std::string_view name,
                                       std::string_view route) {
    constexpr std::size_t route_max_bytes = 60;
    if (is_personal(kind)) return Error{std::errc::invalid_argument, "a question about no place"};
    YS_TRY(Subject subject, parse_subject(kind, name));
    return Question{std::move(subject), cleaned(trimmed(route), route_max_bytes)};
}

Result<Question> Question::about_person(const CheckedIdentity& identity, UtcTime now) {
    if (!identity.counts(now))
        return Error{std::errc::permission_denied, "a question after its identity check ended"};
    return Question{identity.subject(), {}};
}

}  // namespace ys::backoffice
