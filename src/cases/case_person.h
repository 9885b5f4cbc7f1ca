// SPDX-License-Identifier: Apache-2.0
// Who has a part in a case beside who rang or filed (子女代办): for whom it is, who applied, whom
// to go back to. Without any of them the one who rang is all three.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "cases/case_form.h"

namespace ys::cases {

inline constexpr std::array<std::string_view, 3> person_parts{"subject", "applicant", "contact"};
/// What this person is to the one who rang or filed.
inline constexpr std::array<std::string_view, 6> person_relations{"child",     "parent", "spouse",
                                                                  "neighbour", "carer",  "other"};
/// How they agreed that the case is theirs to hear of: on the telephone, by a tick on the page,
/// not.
inline constexpr std::array<std::string_view, 3> consent_words{"spoken", "page", "none"};

/// As filled in, already cleaned of control characters by the edge.
struct PersonForm {
    std::string part;
    std::string name;
    std::string phone;
    std::string relation;
    std::string consent;
};

/// Where a field of a person stands in a refusal: "people.subject.phone".
std::string person_field(std::string_view part, std::string_view field);

struct PersonFault {
    std::string field;
    std::string_view code;
    friend bool operator==(const PersonFault&, const PersonFault&) = default;
};
/// At most one fault a field; empty when they may be kept.
///
/// Codes: unknown_word (part, relation, consent), twice (a part), need_name, too_long,
/// need_number (a contact's), number_digits, mobile_length, number_length.
std::vector<PersonFault> faults(const std::vector<PersonForm>& people);

}  // namespace ys::cases
