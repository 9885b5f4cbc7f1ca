// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_people.h"

#include <algorithm>

#include "base/phone_number.h"
#include "base/text.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

/// As a call shows it, so that who rings is found; what is no number of the plan stays as typed.
Private number_of(std::string_view typed) {
    const auto number = normalise(typed, "");
    return number ? Private(number->digits) : Private(trimmed(typed));
}

CasePersonRow row_of(const CaseRow& of, const PersonForm& form, const CasePersonRow* before,
                     const Saving& saving) {
    CasePersonRow out;
    out.case_id = of.id;
    out.centre_id = of.centre_id;
    out.part = form.part;
    out.name = Private(trimmed(form.name));
    out.phone = number_of(form.phone);
    out.relation = form.relation;
    out.consent = form.consent;
    out.changed_at = saving.now;
    out.changed_by = saving.user;
    const bool is_same =
        before != nullptr && before->name == out.name && before->phone == out.phone;
    if (is_same && before->consent == out.consent) {
        out.consent_at = before->consent_at;
        out.consent_by = before->consent_by;
    } else if (out.agreed() || (is_same && before->agreed())) {
        out.consent_at = saving.now;
        out.consent_by = saving.user;
    }
    return out;
}

bool says_the_same(const CasePersonRow& a, const CasePersonRow& b) {
    return a.name == b.name && a.phone == b.phone && a.relation == b.relation &&
           a.consent == b.consent;
}

const CasePersonRow* find(const std::vector<CasePersonRow>& rows, std::string_view part) {
    const auto it = std::ranges::find(rows, part, &CasePersonRow::part);
    return it == rows.end() ? nullptr : &*it;
}

facts::Fact named(const CaseRow& row, const std::string& part, const std::string& consent,
                  const Saving& saving) {
    return {saving.now,
            row.centre_id,
            {},
            AgentId{saving.user.value},
            facts::CasePersonNamed{row.id.value, part, consent, saving.user.value}};
}

/// The case is what was changed: a page that shows it as it was is told so.
Result<Done> raise_version(sql::Transaction& tx, CaseRow& row, const Saving& saving) {
    YS_TRY(const std::int64_t changed,
           tx.db().run("UPDATE cases SET version = version + 1, changed_at = ?, changed_by = ?"
                       " WHERE centre_id = ? AND id = ? AND version = ?",
                       saving.now, saving.user, row.centre_id, row.id, row.version));
    if (changed == 0) return Error{sql::errc::stale, "naming people of a case"};
    ++row.version;
    row.changed_at = saving.now;
    row.changed_by = saving.user;
    return Done{};
}

}  // namespace

PersonForm form_of(const CasePersonRow& row) {
    return {row.part, row.name, row.phone, row.relation, row.consent};
}

Result<std::vector<CasePersonRow>> CasePeople::of(sql::Database& db, const Scope& scope,
                                                  CaseId id) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ?", id);
    // "subject", "contact", "applicant": for whom it is comes first.
    return sql::select_with<CasePersonRow>(
        db, "FROM case_people" + where.text() + " ORDER BY part DESC", where.values());
}

Result<CaseRow> CasePeople::put(sql::Transaction& tx, const CaseRow& row,
                                const std::vector<PersonForm>& people, const Saving& saving) {
    YS_TRY(const auto stored,
           sql::select_one<CaseRow>(tx.db(), "FROM cases WHERE centre_id = ? AND id = ?",
                                    row.centre_id, row.id));
    if (!stored) return Error{sql::errc::not_found, "naming people of a case"};
    if (stored->version != row.version) return Error{sql::errc::stale, "naming people of a case"};
    YS_TRY(const auto before, of(tx.db(), Scope::of(row.centre_id), row.id));
    CaseRow out = row;
    std::vector<facts::Fact> told;
    std::vector<CasePersonRow> now;
    for (const PersonForm& form : people) {
        const CasePersonRow* was = find(before, form.part);
        now.push_back(row_of(row, form, was, saving));
        if (was != nullptr && says_the_same(*was, now.back())) continue;
        told.push_back(named(row, form.part, form.consent, saving));
        YS_TRY([[maybe_unused]] const auto kept,
               sql::put(tx, "case_people", now.back(), "case_id, part"));
    }
    for (const CasePersonRow& was : before) {
        if (find(now, was.part) != nullptr) continue;
        told.push_back(named(row, was.part, "none", saving));
        YS_TRY([[maybe_unused]] const auto gone,
               tx.db().run("DELETE FROM case_people WHERE case_id = ? AND part = ?", row.id,
                           was.part));
    }
    if (told.empty()) return out;
    YS_TRY([[maybe_unused]] const Done raised, raise_version(tx, out, saving));
    YS_TRY([[maybe_unused]] const Done noted, journal::Journal::append(tx, told));
    return out;
}

Result<std::vector<PersonFound>> CasePeople::found_by(sql::Database& db, const Scope& scope,
                                                      std::string_view number) {
    if (number.empty()) return std::vector<PersonFound>{};
    sql::Where where(scope, "centre_id");
    where.also("phone = ? AND phone <> ''", number_of(number));
    where.also("consent <> 'none' OR consent_at IS NULL");
    return sql::select_with<PersonFound>(
        db, "FROM case_people" + where.text() + " ORDER BY case_id DESC, part DESC LIMIT 200",
        where.values());
}

Result<CaseRow> CasePeople::as_told(sql::Database& db, CaseRow row) {
    std::map<CaseId, CaseRow> rows{{row.id, row}};
    YS_TRY([[maybe_unused]] const Done told, as_told(db, Scope::of(row.centre_id), rows));
    return rows.begin()->second;
}

Result<Done> CasePeople::as_told(sql::Database& db, const Scope& scope,
                                 std::map<CaseId, CaseRow>& rows) {
    std::vector<CaseId> ids;
    for (const auto& [id, row] : rows) ids.push_back(id);
    if (ids.empty()) return Done{};
    sql::Where where(scope, "+centre_id");
    where.among("case_id", ids).also("part = 'contact'");
    YS_TRY(const auto contacts,
           sql::select_with<CasePersonRow>(db, "FROM case_people" + where.text(), where.values()));
    for (const CasePersonRow& contact : contacts) {
        if (!contact.agreed() || contact.phone.empty()) continue;
        rows.at(contact.case_id).name = contact.name;
        rows.at(contact.case_id).phone = contact.phone;
    }
    return Done{};
}

}  // namespace ys::cases
