// SPDX-License-Identifier: Apache-2.0
// The people of a case beside who rang: rows, the facts about them, and which cases a telephone
// number finds through them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "cases/case_person.h"
#include "cases/io/case_store.h"

namespace ys::cases {

struct CasePersonRow {
    CaseId case_id{};
    CentreId centre_id{};
    std::string part{};  ///< words of case_person.h, as relation and consent
    Private name{};
    Private phone{};  ///< in the form that calls come from (base/phone_number.h)
    std::string relation{};
    std::string consent = "none";
    std::optional<UtcTime> consent_at{};  ///< given, or taken back; none: nobody asked them
    UserId consent_by{};                  ///< who heard it; none: the citizen's page
    UtcTime changed_at{};
    UserId changed_by{};

    bool agreed() const { return consent != "none"; }
    bool has_withdrawn() const { return !agreed() && consent_at.has_value(); }
};
BOOST_DESCRIBE_STRUCT(CasePersonRow, (),
                      (case_id, centre_id, part, name, phone, relation, consent, consent_at,
                       consent_by, changed_at, changed_by))

/// Why a case was found by a number that is not its own.
struct PersonFound {
    CaseId case_id{};
    std::string part{}, consent{};
};
BOOST_DESCRIBE_STRUCT(PersonFound, (), (case_id, part, consent))

class CasePeople {
public:
    static Result<std::vector<CasePersonRow>> of(sql::Database& db, const Scope& scope, CaseId id);
    /// These and nobody else: rows and a fact (CasePersonNamed) for each that is new, changed or
    /// gone. A consent that was there stays with its time while name and number stay; of anybody
    /// else it is new. What changes nothing writes nothing.
    /// row  as it was read; its version is the one the change is made from
    /// returns  the row with its new version
    /// errors  stale; refused fields are the caller's (faults() of case_person.h)
    static Result<CaseRow> put(sql::Transaction& tx, const CaseRow& row,
                               const std::vector<PersonForm>& people, const Saving& saving);

    /// Of the scope, through people of this number; not those who took their consent back.
    static Result<std::vector<PersonFound>> found_by(sql::Database& db, const Scope& scope,
                                                     std::string_view number);
    /// Name and number are those of the contact who agreed; else a row stays as it is.
    static Result<CaseRow> as_told(sql::Database& db, CaseRow row);
    static Result<Done> as_told(sql::Database& db, const Scope& scope,
                                std::map<CaseId, CaseRow>& rows);
};

/// The form of a row, to be sent back as it is.
PersonForm form_of(const CasePersonRow& row);

/// A condition on the id of a case with two values, both the number: it is the case's own, or that
/// of somebody of the case who agreed.
inline constexpr std::string_view told_to_number =
    "id IN (SELECT own.id FROM cases own WHERE own.phone = ? AND own.phone <> ''"
    " UNION ALL SELECT p.case_id FROM case_people p WHERE p.phone = ? AND p.phone <> ''"
    " AND p.consent <> 'none')";

}  // namespace ys::cases
