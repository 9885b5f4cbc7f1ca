// SPDX-License-Identifier: Apache-2.0
#include "cases/case_person.h"

#include <algorithm>

#include "base/text.h"

namespace ys::cases {
namespace {

/// By the rules of the case's own number.
std::string_view number_fault(const std::string& phone) {
    CaseForm form;
    form.contact_number = phone;
    const auto all = faults(form);
    const auto it = std::ranges::find(all, "contact_number", &FieldFault::field);
    return it == all.end() ? std::string_view{} : it->code;
}

template <class Words>
bool is_one_of(const Words& words, std::string_view word) {
    return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::string person_field(std::string_view part, std::string_view field) {
    return "people." + std::string(part) + "." + std::string(field);
}

std::vector<PersonFault> faults(const std::vector<PersonForm>& people) {
    std::vector<PersonFault> out;
    std::vector<std::string> parts;
    for (const PersonForm& person : people) {
        const auto fault = [&](std::string_view field, std::string_view code) {
            out.push_back({person_field(person.part, field), code});
        };
        if (!is_one_of(person_parts, person.part)) {
            out.push_back({"people", "unknown_word"});
            continue;
        }
        if (is_one_of(parts, person.part)) {
            fault("part", "twice");
            continue;
        }
        parts.push_back(person.part);
        const bool has_number = !trimmed(person.phone).empty();
        if (trimmed(person.name).empty())
            fault("name", "need_name");
        else if (person.name.size() > line_bytes_max)
            fault("name", "too_long");
        if (has_number) {
            if (const auto code = number_fault(person.phone); !code.empty()) fault("phone", code);
        } else if (person.part == "contact") {
            fault("phone", "need_number");
        }
        if (!is_one_of(person_relations, person.relation)) fault("relation", "unknown_word");
        if (!is_one_of(consent_words, person.consent)) fault("consent", "unknown_word");
    }
    return out;
}

}  // namespace ys::cases
