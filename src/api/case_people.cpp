// SPDX-License-Identifier: Apache-2.0
#include "api/case_people.h"

#include <algorithm>

#include "api/private_need.h"
#include "api/refusal.h"
#include "base/phone_number.h"
#include "base/text.h"

namespace ys::api {
namespace {

using cases::CasePersonRow;
using cases::PersonForm;

constexpr std::size_t field_bytes_max = 1024;  ///< above the rules, which name the field

PersonForm cleaned_form(const CasePersonForm& sent) {
    return {cleaned(sent.part, 32), cleaned(sent.name, field_bytes_max), cleaned(sent.phone, 64),
            cleaned(sent.relation, 32), cleaned(sent.consent, 32)};
}

std::string shown_name(const CasePersonRow& row, PeopleShown shown) {
    return shown == PeopleShown::Whole ? std::string(row.name) : masked_name(row.name);
}
std::string shown_phone(const CasePersonRow& row, PeopleShown shown) {
    return shown == PeopleShown::Whole ? std::string(row.phone)
                                       : masked(std::string_view(row.phone));
}

/// What was shown masked and comes back is what is stored; a consent that nobody gave here is none.
PersonForm meant(const CasePersonForm& sent, const std::vector<CasePersonRow>& stored,
                 const PeopleChange& change) {
    PersonForm out = cleaned_form(sent);
    const auto was = std::ranges::find(stored, out.part, &CasePersonRow::part);
    bool is_same = false;
    if (was != stored.end()) {
        out.name = unless_masked(out.name, was->name, shown_name(*was, change.shown));
        out.phone = unless_masked(out.phone, was->phone, shown_phone(*was, change.shown));
        is_same = out.name == was->name && out.phone == was->phone;
    }
    const bool is_kept = is_same && out.consent == was->consent;
    if (out.consent.empty()) out.consent = "none";
    const bool is_word =
        std::ranges::find(cases::consent_words, out.consent) != cases::consent_words.end();
    if (is_word && !is_kept && out.consent != change.given) out.consent = "none";
    return out;
}

}  // namespace

std::vector<CasePersonView> view_of(const std::vector<CasePersonRow>& people, PeopleShown shown) {
    std::vector<CasePersonView> out;
    for (const CasePersonRow& row : people)
        out.push_back({row.part, shown_name(row, shown), shown_phone(row, shown), row.relation,
                       row.consent, row.consent_at, row.has_withdrawn()});
    return out;
}

std::vector<Problem::Field> faults_of(const std::vector<CasePersonForm>& people) {
    std::vector<PersonForm> forms;
    for (const CasePersonForm& each : people) forms.push_back(meant(each, {}, {}));
    std::vector<Problem::Field> out;
    for (const cases::PersonFault& wrong : cases::faults(forms))
        out.push_back({wrong.field, std::string(wrong.code)});
    return out;
}

Result<WhyFound> why_found(sql::Database& db, const Scope& scope, std::string_view number) {
    YS_TRY(const auto found, cases::CasePeople::found_by(db, scope, number));
    WhyFound out;
    for (const cases::PersonFound& each : found) out.emplace(each.case_id, each);
    return out;
}

Result<cases::CaseRow> keep_people(sql::Transaction& tx, const cases::CaseRow& row,
                                   const PeopleChange& change, const cases::Saving& saving) {
    if (change.people.size() > cases::person_parts.size())
        return refused("bad_field:people", RefusedAs::Unfit);
    YS_TRY(const auto stored, cases::CasePeople::of(tx.db(), Scope::of(row.centre_id), row.id));
    std::vector<PersonForm> forms;
    for (const CasePersonForm& each : change.people) forms.push_back(meant(each, stored, change));
    std::string wrong;
    for (const cases::PersonFault& each : cases::faults(forms))
        wrong += (wrong.empty() ? "" : ",") + each.field + "=" + std::string(each.code);
    if (!wrong.empty()) return refused("bad_field:" + wrong, RefusedAs::Unfit);
    return cases::CasePeople::put(tx, row, forms, saving);
}

}  // namespace ys::api
