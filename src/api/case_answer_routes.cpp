// SPDX-License-Identifier: Apache-2.0
// The form of one case: for staff as far as they may see it, for its citizen to look at and to
// complete.
#include "api/answer.h"
#include "api/api.h"
#include "api/case_answers.h"
#include "api/private_need.h"
#include "base/text.h"
#include "cases/io/case_correction.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using cases::CaseStore;
using cases::TypeStore;
using centres::Action;

struct AnswersForm {
    cases::Answers answers;
};
BOOST_DESCRIBE_STRUCT(AnswersForm, (), (answers))

/// Staff correct what was written down; the page has the version it was shown.
struct CorrectionForm {
    cases::Answers answers;
    std::string class_code;
    std::int64_t version = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CorrectionForm, (), (answers, class_code, version, reason))

constexpr std::size_t reason_bytes_max = 500, class_bytes_max = 60;

/// What staff see, and whether the case was told in confidence.
struct FormSeen {
    std::optional<CaseFormView> view;
    bool is_confidential = false;
};

http::Response answer_with_form(const std::optional<CaseFormView>& view) {
    if (!view) return nothing_to_say();
    return answer_with(*view).with("Cache-Control", "no-store");
}

ShownTo shown_to(const SeenRow& seen) { return seen.is_whole ? ShownTo::Whole : ShownTo::Others; }

/// may_change  the centres whose cases the user may change
Result<std::optional<CaseFormView>> staff_form(sql::Database& db, const SeenRow& seen,
                                               const Scope& may_change) {
    YS_TRY(auto view, form_of_case(db, Scope::of(seen.row.centre_id), seen.row.id, shown_to(seen)));
    if (!view) return view;
    view->may_change = seen.row.status == "open" && may_change.contains(seen.row.centre_id);
    view->case_version = seen.row.version;
    if (!view->may_change) view->classes.clear();
    return view;
}

Task<http::Response> form(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const CaseSeer seer = seer_of(api, call.user());
    const Scope may_change = api.scope_of(call.user(), Action::ChangeCases);
    auto query = [=](sql::Database& db) -> Result<FormSeen> {
        YS_TRY(const SeenRow seen, seen_row(db, seer, id));
        FormSeen out;
        out.is_confidential = seen.row.is_confidential;
        YS_TRY(out.view, staff_form(db, seen, may_change));
        return out;
    };
    YS_CO_TRY(const FormSeen seen, co_await api.stores().read(query));
    if (seen.is_confidential && seen.view) {
        YS_CO_TRY([[maybe_unused]] const Done noted,
                  co_await note_case_seen(api, call, id, "answers"));
    }
    co_return answer_with_form(seen.view);
}

Result<std::optional<CaseFormView>> own_form(sql::Database& db, const cases::CasePass& pass) {
    const Scope scope = Scope::of(pass.centre_id);
    YS_TRY(const auto row, CaseStore::get(db, scope, pass.case_id));
    if (!row) return refused("not_found", RefusedAs::NotFound);
    YS_TRY(auto view, form_of_case(db, scope, pass.case_id, ShownTo::Citizen));
    if (!view) return view;
    view->may_change = row->status == "open";
    view->classes.clear();  // The class is for who takes the case down.
    return view;
}

Task<http::Response> my_form(Api& api, Call& call) {
    const cases::CasePass pass = call.citizen();
    auto query = [pass](sql::Database& db) { return own_form(db, pass); };
    YS_CO_TRY(const std::optional<CaseFormView> view, co_await api.stores().read(query));
    co_return answer_with_form(view);
}

/// Answers were changed, or why not.
struct Completed {
    std::optional<CaseFormView> view;
    std::vector<Problem::Field> faults;
};

/// What the page was shown masked and sends back stays as it is stored.
cases::Answers unmasked(const cases::AnswerForm& form, cases::Answers sent,
                        const cases::Answers& stored, ShownTo to) {
    const cases::Answers masks = shown(form, stored, to);
    for (auto& [code, text] : sent) {
        const auto mask = masks.find(code);
        if (mask != masks.end() && text == mask->second) text = stored.at(code);
    }
    return sent;
}

/// Answers as they were sent, by whom, and in whose language they are told what is wrong.
struct Sent {
    cases::Answers answers;
    std::optional<std::string> class_code{};  ///< nothing: it stays
    UserId by{};                              ///< none: the citizen
    std::string language;
    UtcTime now;
};

/// Keeps them by the version the case was made with, as a new version of its row, so that a desk
/// that has it open sees that something was changed.
Result<std::vector<Problem::Field>> keep_answers(sql::Transaction& tx, const cases::CaseRow& row,
                                                 const Sent& sent, ShownTo to) {
    const Scope scope = Scope::of(row.centre_id);
    YS_TRY(auto stored, TypeStore::answers(tx.db(), scope, row.id));
    if (!stored) return refused("not_found", RefusedAs::NotFound);
    if (row.status != "open") return refused("not_now");
    YS_TRY(const auto known,
           TypeStore::find(tx.db(), {stored->type_centre_id}, stored->type, stored->type_version));
    if (!known) return refused("not_found", RefusedAs::NotFound);
    const cases::AnswerForm& form = known->type.form;
    const cases::Answers answers = unmasked(form, sent.answers, answers_of(*stored), to);
    const auto faults =
        sent.class_code ? check(known->type, *sent.class_code, answers) : check(form, answers);
    if (!faults.empty()) return faults_of(form, faults, sent.language);
    stored->answers = cases::sealed(kept(form, answers));
    stored->class_code = sent.class_code.value_or(stored->class_code);
    stored->changed_at = sent.now;
    stored->changed_by = sent.by;
    YS_TRY([[maybe_unused]] const Done put, TypeStore::put_answers(tx, *stored));
    YS_TRY([[maybe_unused]] const auto kept_row,
           CaseStore::change(tx, row.centre_id, row, {.user = sent.by, .now = sent.now}));
    return std::vector<Problem::Field>{};
}

Result<Completed> complete(sql::Transaction& tx, const cases::CasePass& pass, const Sent& sent) {
    YS_TRY(const auto row, CaseStore::get(tx.db(), Scope::of(pass.centre_id), pass.case_id));
    if (!row) return refused("not_found", RefusedAs::NotFound);
    YS_TRY(auto faults, keep_answers(tx, *row, sent, ShownTo::Citizen));
    if (!faults.empty()) return Completed{{}, std::move(faults)};
    YS_TRY(auto view, own_form(tx.db(), pass));
    return Completed{std::move(view), {}};
}

struct Correcting {
    CaseSeer seer;
    Scope may_change;
    CaseId id;
    std::int64_t version = 0;
    std::string reason;
    Sent sent;
};

Result<Completed> correct(sql::Transaction& tx, const Correcting& what) {
    YS_TRY(SeenRow seen, seen_row(tx.db(), what.seer, what.id));
    if (!what.may_change.contains(seen.row.centre_id))
        return refused("not_found", RefusedAs::NotFound);
    if (seen.row.version != what.version)
        return Error{sql::errc::stale, "correcting the answers of a case"};
    YS_TRY(auto faults, keep_answers(tx, seen.row, what.sent, shown_to(seen)));
    if (!faults.empty()) return Completed{{}, std::move(faults)};
    YS_TRY(const auto stored,
           cases::CaseFileStore::get(tx.db(), Scope::of(seen.row.centre_id), what.id));
    if (stored) {
        YS_TRY([[maybe_unused]] const Done noted,
               cases::note_correction(tx, *stored, what.sent.by, what.reason, what.sent.now));
    }
    ++seen.row.version;
    YS_TRY(auto view, staff_form(tx.db(), seen, what.may_change));
    return Completed{std::move(view), {}};
}

http::Response answer_with_completed(const Completed& done, std::string_view language) {
    if (done.faults.empty()) return answer_with_form(done.view);
    return problem_response(Problem{422, "bad_field", done.faults, {}}, language);
}

Task<http::Response> correct_form(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    YS_CO_TRY(const CorrectionForm form, body_of<CorrectionForm>(call));
    Correcting what{.seer = seer_of(api, call.user()),
                    .may_change = api.scope_of(call.user(), Action::ChangeCases),
                    .id = id,
                    .version = form.version,
                    .reason = {},
                    .sent = {}};
    YS_CO_TRY(what.reason, form_text(form.reason, reason_bytes_max, "reason"));
    YS_CO_TRY(what.sent.answers, clean_answers(form.answers));
    what.sent.class_code = cleaned(form.class_code, class_bytes_max);
    what.sent.by = call.user().user.id;
    what.sent.language = call.language;
    what.sent.now = utc_now();
    if (trimmed(what.reason).empty())
        co_return refused("bad_field:reason=reason_needed", RefusedAs::Unfit);
    auto work = [what](sql::Transaction& tx) { return correct(tx, what); };
    YS_CO_TRY(const Completed done, co_await api.stores().write(work));
    co_return answer_with_completed(done, call.language);
}

Task<http::Response> complete_my_form(Api& api, Call& call) {
    YS_CO_TRY(const AnswersForm form, body_of<AnswersForm>(call));
    YS_CO_TRY(const cases::Answers answers, clean_answers(form.answers));
    Sent sent{.answers = answers, .language = std::string(call.language), .now = utc_now()};
    auto work = [pass = call.citizen(), sent](sql::Transaction& tx) {
        return complete(tx, pass, sent);
    };
    YS_CO_TRY(const Completed done, co_await api.stores().write(work));
    co_return answer_with_completed(done, call.language);
}

}  // namespace

std::vector<Route> case_answer_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/cases/{id}/form",
         .summary = "The form of a case by the version it was made with, and what was answered.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = form,
         .gives = schema_for<CaseFormView>},
        {.method = "PUT",
         .pattern = "/api/v1/cases/{id}/form",
         .summary = "Staff correct the answers and the class of an open case, and say why.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = correct_form,
         .takes = schema_for<CorrectionForm>,
         .gives = schema_for<CaseFormView>},
        {.method = "GET",
         .pattern = "/api/v1/citizen/form",
         .summary = "The form of the case of this pass; 204 when it has none.",
         .access = Access::Citizen,
         .handler = my_form,
         .gives = schema_for<CaseFormView>},
        {.method = "PUT",
         .pattern = "/api/v1/citizen/answers",
         .summary = "The citizen completes the answers of their open case.",
         .access = Access::Citizen,
         .handler = complete_my_form,
         .takes = schema_for<AnswersForm>,
         .gives = schema_for<CaseFormView>},
    };
}

}  // namespace ys::api
