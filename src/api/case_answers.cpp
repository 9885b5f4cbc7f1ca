// SPDX-License-Identifier: Apache-2.0
#include "api/case_answers.h"

#include <algorithm>
#include <array>

#include "api/answer.h"
#include "base/phone_number.h"
#include "base/private_text.h"
#include "base/text.h"

namespace ys::api {
namespace {

using cases::AnswerFault;
using cases::FieldKind;

constexpr std::size_t answers_max = 200, answer_bytes_max = 16 * 1024, code_bytes_max = 60;

struct Sentence {
    std::string_view code, zh, en;
};
// clang-format off
constexpr std::array sentences{
    Sentence{"need_answer",    "请填写{title}",                          "Fill in: {title}."},
    Sentence{"unknown_field",  "这张表里没有“{title}”这一项",            "This form has no field \"{title}\"."},
    Sentence{"too_long",       "{title}不能超过 {chars_max} 个字，现在 {chars} 个", "{title}: at most {chars_max} characters, now {chars}."},
    Sentence{"not_a_number",   "{title}要填数字",                        "{title} is a number."},
    Sentence{"too_small",      "{title}不能低于 {min}",                  "{title} is at least {min}."},
    Sentence{"too_large",      "{title}不能高于 {max}",                  "{title} is at most {max}."},
    Sentence{"unknown_choice", "{title}没有这个选项，请重新选择",        "{title}: choose one of the list."},
    Sentence{"not_a_date",     "{title}要填日期，例如 2026-11-24",       "{title} is a date, such as 2026-11-24."},
    Sentence{"not_a_phone",    "{title}不是有效的电话号码",              "{title} is no telephone number."},
    Sentence{"not_yes_or_no",  "{title}请选择是或否",                    "{title}: choose yes or no."},
    Sentence{"need_class",     "请选择诉求类别",                         "Choose a class."},
    Sentence{"unknown_class",  "没有这个诉求类别，请重新选择",           "There is no such class; choose again."},
    Sentence{"class_too_wide", "这个类别下面还有细类，请选到最细一级",   "This class has narrower ones; choose one of them."},
};
// clang-format on

void replace(std::string& text, std::string_view what, std::string_view with) {
    const auto at = text.find(what);
    if (at != std::string::npos) text.replace(at, what.size(), with);
}

/// "−30 ℃" with the minus sign of numbers.
std::string measured(const AnswerFault& fault) {
    std::string out;
    for (const auto& [name, value] : fault.limits) {
        if (name == "min" || name == "max") out = value;
        if (name == "unit" && !value.empty()) out += " " + value;
    }
    if (out.starts_with('-')) out.replace(0, 1, "−");
    return out;
}

std::string sentence_of(const AnswerFault& fault, std::string_view title,
                        std::string_view language) {
    const auto found = std::ranges::find(sentences, fault.code, &Sentence::code);
    if (found == sentences.end()) return {};
    std::string text(language == "en" ? found->en : found->zh);
    replace(text, "{title}", title);
    for (const auto& [name, value] : fault.limits) {
        const bool is_measure = name == "min" || name == "max";
        replace(text, "{" + std::string(name) + "}", is_measure ? measured(fault) : value);
    }
    return text;
}

bool is_missing(const AnswerFault& fault) {
    return fault.code == "need_answer" || fault.code == "need_class";
}

}  // namespace

Result<cases::Answers> clean_answers(const cases::Answers& sent) {
    if (sent.size() > answers_max) return refused("too_long:answers", RefusedAs::Unfit);
    cases::Answers out;
    for (const auto& [code, text] : sent) {
        YS_TRY(out[cleaned(code, code_bytes_max)],
               form_text(text, answer_bytes_max, "answers", Lines::Many));
    }
    return out;
}

Result<FormTaken> form_for(sql::Database& db, const cases::Lineage& lineage, std::string_view kind,
                           const FormSent& sent) {
    FormTaken out;
    out.is_whole = sent.type_version.has_value();
    out.class_code = cleaned(sent.class_code, code_bytes_max);
    YS_TRY(out.answers, clean_answers(sent.answers));
    if (sent.type_version) {
        YS_TRY(out.type, cases::TypeStore::find(db, lineage, kind, *sent.type_version));
    }
    if (!out.type) {
        YS_TRY(out.type, cases::TypeStore::newest(db, lineage, kind));
    }
    return out;
}

std::vector<Problem::Field> faults_of(const cases::AnswerForm& form,
                                      const std::vector<AnswerFault>& faults,
                                      std::string_view language) {
    std::vector<Problem::Field> out;
    for (const AnswerFault& fault : faults) {
        const auto field = std::ranges::find(form, fault.field, &cases::FormField::code);
        const bool is_class = fault.field == "class_code";
        out.push_back(
            {is_class ? fault.field : "answers." + fault.field, std::string(fault.code),
             sentence_of(fault, field == form.end() ? fault.field : field->title, language)});
    }
    return out;
}

std::vector<Problem::Field> faults_of(const FormTaken& form, std::string_view language) {
    if (!form.type) return {};
    const cases::CaseType& type = form.type->type;
    auto faults = check(type, form.class_code, form.answers);
    if (!form.is_whole) std::erase_if(faults, is_missing);
    return faults_of(type.form, faults, language);
}

Result<Done> keep_form(sql::Transaction& tx, const cases::CaseRow& row, const FormTaken& form,
                       UserId user, UtcTime now) {
    if (!form.type) return Done{};
    const cases::CaseType& type = form.type->type;
    return cases::TypeStore::put_answers(tx,
                                         {.case_id = row.id,
                                          .centre_id = row.centre_id,
                                          .type_centre_id = form.type->centre,
                                          .type = type.code,
                                          .type_version = type.version,
                                          .class_code = form.class_code,
                                          .answers = cases::sealed(kept(type.form, form.answers)),
                                          .changed_at = now,
                                          .changed_by = user});
}

cases::Answers shown(const cases::AnswerForm& form, cases::Answers answers, ShownTo to) {
    if (to == ShownTo::Whole) return answers;
    for (const cases::FormField& field : form) {
        const auto it = answers.find(field.code);
        if (it == answers.end()) continue;
        if (field.kind == FieldKind::Phone) it->second = masked(std::string_view(it->second));
        if (to == ShownTo::Citizen) continue;
        if (field.kind == FieldKind::Address) it->second = masked_address(it->second);
        if (field.kind == FieldKind::Text) it->second = with_numbers_masked(it->second);
    }
    return answers;
}

Result<std::optional<CaseFormView>> form_of_case(sql::Database& db, const Scope& scope, CaseId id,
                                                 ShownTo to) {
    YS_TRY(const auto row, cases::TypeStore::answers(db, scope, id));
    if (!row) return std::optional<CaseFormView>{};
    YS_TRY(const auto known,
           cases::TypeStore::find(db, {row->type_centre_id}, row->type, row->type_version));
    if (!known) return std::optional<CaseFormView>{};
    const cases::CaseType& type = known->type;
    return std::optional(
        CaseFormView{.type = type.code,
                     .title = type.title,
                     .version = type.version,
                     .form = text_of(type).form,
                     .class_code = row->class_code,
                     .class_path = type.classes.path_title(row->class_code),
                     .answers = shown(type.form, answers_of(*row), to),
                     .needs_class = !type.classes.nodes().empty() && row->class_code.empty(),
                     .classes = text_of(type).classes});
}

}  // namespace ys::api
