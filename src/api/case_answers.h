// SPDX-License-Identifier: Apache-2.0
// The form of a case: looked at when it is sent, kept with the case, shown by the case's version.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/problem.h"
#include "cases/io/case_store.h"
#include "cases/io/case_type_json.h"
#include "cases/io/type_store.h"

namespace ys::api {

/// As a page sends it beside a new case.
struct FormSent {
    std::optional<std::int64_t> type_version;  ///< nothing: no page, so no form was filled in
    std::string class_code;
    cases::Answers answers;
};
/// The same, cleaned, with the type it is of.
struct FormTaken {
    std::optional<cases::KnownType> type;  ///< nothing: the centre has no such type
    bool is_whole = false;                 ///< a page filled it in, so that nothing may be missing
    std::string class_code;
    cases::Answers answers;
};
/// The version that the page had, or the newest when it is not known any more.
/// errors  too_long:answers
Result<FormTaken> form_for(sql::Database& db, const cases::Lineage& lineage, std::string_view kind,
                           const FormSent& sent);

/// Every fault as a field "answers.room_c" or "class_code" with its sentence. Where no page filled
/// the form in, what is missing is no fault.
std::vector<Problem::Field> faults_of(const FormTaken& form, std::string_view language);
/// The same of answers alone.
std::vector<Problem::Field> faults_of(const cases::AnswerForm& form,
                                      const std::vector<cases::AnswerFault>& faults,
                                      std::string_view language);

/// Once, when the case is saved; not for a case of a centre without types.
Result<Done> keep_form(sql::Transaction& tx, const cases::CaseRow& row, const FormTaken& form,
                       UserId user, UtcTime now);

/// The form of a case as a page draws it.
struct CaseFormView {
    std::string type, title;
    std::int64_t version = 0;
    std::vector<cases::TypeField> form;
    std::string class_code;
    std::string class_path;  ///< "供热 / 室内不热"
    cases::Answers answers;
    bool may_change = false;
    std::int64_t case_version = 0;          ///< of the case's row; to be sent with a correction
    bool needs_class = false;               ///< it is to be classified, and nobody has yet
    std::vector<cases::TypeClass> classes;  ///< to choose from, for who may change it
};
BOOST_DESCRIBE_STRUCT(CaseFormView, (),
                      (type, title, version, form, class_code, class_path, answers, may_change,
                       case_version, needs_class, classes))

/// Which answers go out in full.
enum class ShownTo {
    Whole,    ///< all of them
    Citizen,  ///< all but telephone numbers
    Others    ///< numbers, addresses and numbers inside text are masked
};
cases::Answers shown(const cases::AnswerForm& form, cases::Answers answers, ShownTo to);
/// By the version the case was made with; nothing for a case that has none.
Result<std::optional<CaseFormView>> form_of_case(sql::Database& db, const Scope& scope, CaseId id,
                                                 ShownTo to);

/// Every text of answers sent, cleaned. errors  too_long:answers
Result<cases::Answers> clean_answers(const cases::Answers& sent);

}  // namespace ys::api
