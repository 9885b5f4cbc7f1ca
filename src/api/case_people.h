// SPDX-License-Identifier: Apache-2.0
// The people of a case (代办) as pages send and read them: masked as the case's own number is.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/problem.h"
#include "base/described.h"
#include "cases/io/case_people.h"

namespace ys::api {

struct CasePersonForm {
    std::string part;  ///< "subject" "applicant" "contact"
    std::string name, phone;
    std::string relation;  ///< what they are to who rang: "child" "parent" "spouse" ...
    std::string consent;   ///< "none", or what it was, or how it is given now
};
BOOST_DESCRIBE_STRUCT(CasePersonForm, (), (part, name, phone, relation, consent))
struct CasePersonView {
    std::string part, name, phone, relation, consent;
    std::optional<UtcTime> consent_at;
    bool has_withdrawn = false;
};
BOOST_DESCRIBE_STRUCT(CasePersonView, (),
                      (part, name, phone, relation, consent, consent_at, has_withdrawn))

/// Whether who asks is shown names and numbers in full (private_need.h).
enum class PeopleShown { Whole, Masked };

std::vector<CasePersonView> view_of(const std::vector<cases::CasePersonRow>& people,
                                    PeopleShown shown);

/// What is wrong with people of a case that is not there yet; empty when they may be kept.
std::vector<Problem::Field> faults_of(const std::vector<CasePersonForm>& people);

/// Which of its people a number found a case by.
using WhyFound = std::map<CaseId, cases::PersonFound>;
Result<WhyFound> why_found(sql::Database& db, const Scope& scope, std::string_view number);

struct PeopleChange {
    std::vector<CasePersonForm> people;  ///< these and nobody else
    PeopleShown shown = PeopleShown::Masked;
    /// How consent is given here: "spoken" "page". Another word stays only where it was already.
    std::string given = "spoken";
};
/// returns  the row with its new version
/// errors   bad_field with each fault; stale
Result<cases::CaseRow> keep_people(sql::Transaction& tx, const cases::CaseRow& row,
                                   const PeopleChange& change, const cases::Saving& saving);

}  // namespace ys::api
