// SPDX-License-Identifier: Apache-2.0
// The form of one case: for staff as far as they may see it, for its citizen to look at and to
// complete.
#include "api/answer.h"
#include "api/api.h"
#include "api/case_answers.h"
#include "api/private_need.h"
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

/// What staff see, and whether the case was told in confidence.
struct FormSeen {
    std::optional<CaseFormView> view;
    bool is_confidential = false;
};

http::Response answer_with_form(const std::optional<CaseFormView>& view) {
    if (!view) return nothing_to_say();
    return answer_with(*view).with("Cache-Control", "no-store");
}

Task<http::Response> form(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [=](sql::Database& db) -> Result<FormSeen> {
        YS_TRY(const SeenRow seen, seen_row(db, seer, id));
        FormSeen out;
        out.is_confidential = seen.row.is_confidential;
        YS_TRY(out.view,
               form_of_case(db, seer.scope, id, seen.is_whole ? ShownTo::Whole : ShownTo::Others));
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
    if (view) view->may_change = row->status == "open";
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
                        const cases::Answers& stored) {
    const cases::Answers masks = shown(form, stored, ShownTo::Citizen);
    for (auto& [code, text] : sent) {
        const auto mask = masks.find(code);
        if (mask != masks.end() && text == mask->second) text = stored.at(code);
    }
    return sent;
}

Result<Completed> complete(sql::Transaction& tx, const cases::CasePass& pass,
                           const cases::Answers& sent, std::string_view language, UtcTime now) {
    const Scope scope = Scope::of(pass.centre_id);
    YS_TRY(const auto row, CaseStore::get(tx.db(), scope, pass.case_id));
    YS_TRY(auto stored, TypeStore::answers(tx.db(), scope, pass.case_id));
    if (!row || !stored) return refused("not_found", RefusedAs::NotFound);
    if (row->status != "open") return refused("not_now");
    YS_TRY(const auto known,
           TypeStore::find(tx.db(), {stored->type_centre_id}, stored->type, stored->type_version));
    if (!known) return refused("not_found", RefusedAs::NotFound);
    const cases::AnswerForm& form = known->type.form;
    const cases::Answers answers = unmasked(form, sent, answers_of(*stored));
    const auto faults = check(form, answers);
    if (!faults.empty()) return Completed{{}, faults_of(form, faults, language)};
    stored->answers = cases::sealed(kept(form, answers));
    stored->changed_at = now;
    stored->changed_by = {};
    YS_TRY([[maybe_unused]] const Done put, TypeStore::put_answers(tx, *stored));
    // A new version of the case, so that a desk that has it open sees that something was changed.
    YS_TRY([[maybe_unused]] const auto kept_row,
           CaseStore::change(tx, pass.centre_id, *row, {.now = now}));
    YS_TRY(auto view, own_form(tx.db(), pass));
    return Completed{std::move(view), {}};
}

Task<http::Response> complete_my_form(Api& api, Call& call) {
    YS_CO_TRY(const AnswersForm form, body_of<AnswersForm>(call));
    YS_CO_TRY(const cases::Answers answers, clean_answers(form.answers));
    auto work = [pass = call.citizen(), answers, language = std::string(call.language),
                 now = utc_now()](sql::Transaction& tx) {
        return complete(tx, pass, answers, language, now);
    };
    YS_CO_TRY(const Completed done, co_await api.stores().write(work));
    if (!done.faults.empty()) {
        const Problem problem{422, "bad_field", done.faults, {}};
        co_return problem_response(problem, call.language);
    }
    co_return answer_with_form(done.view);
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
