// SPDX-License-Identifier: Apache-2.0
// Surveys by link: the citizen's page, which needs no account, and what became of each, for who
// runs the hotline.
#include <algorithm>

#include "api/answer.h"
#include "api/api.h"
#include "api/problem.h"
#include "api/survey_consequence.h"
#include "cases/io/case_store.h"
#include "centres/io/user_store.h"
#include "outreach/io/door.h"
#include "outreach/io/survey_store.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;
using outreach::SurveyRow;
using outreach::SurveyStore;

constexpr std::size_t words_bytes_max = 3'000;
constexpr std::size_t shown_max = 100;

/// As the citizen sees it.
struct SurveyPage {
    std::string state;        ///< "open" "answered" "over"
    std::string about;        ///< "call" "case"
    std::string case_number;  ///< of a case; "" for a call
    std::string centre, hotline;
    UtcTime at;  ///< when the call or case ended
    UtcTime expires_at;
    std::string solved;  ///< as SurveyAnswered; "" until then
    std::int32_t score = 0;
    std::string words;
    std::string task_number;  ///< the case somebody now works at because of it, or ""
};
BOOST_DESCRIBE_STRUCT(SurveyPage, (),
                      (state, about, case_number, centre, hotline, at, expires_at, solved, score,
                       words, task_number))
struct SurveyForm {
    std::optional<bool> solved;
    std::int32_t score = 0;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(SurveyForm, (), (solved, score, words))

struct SurveyView {
    std::uint64_t id = 0;
    std::string about;
    InteractionId interaction_id;
    CaseId case_id;
    AgentId agent_id;
    UtcTime ended_at;
    std::string state, why, channel;
    std::optional<UtcTime> asked_at, answered_at;
    std::string solved;
    std::int32_t score = 0;
    std::string words;
    CaseId task_id;
};
BOOST_DESCRIBE_STRUCT(SurveyView, (),
                      (id, about, interaction_id, case_id, agent_id, ended_at, state, why, channel,
                       asked_at, answered_at, solved, score, words, task_id))
struct SurveysView {
    std::string off;  ///< why nobody is asked by link (outreach/survey.h), "" when they are
    std::vector<std::string> not_in;  ///< names of the user's centres that ask nobody
    std::int64_t after_s = 0, every_days = 0, valid_days = 0;
    std::vector<SurveyView> items;  ///< newest first
};
BOOST_DESCRIBE_STRUCT(SurveysView, (), (off, not_in, after_s, every_days, valid_days, items))

std::string about_of(const SurveyRow& row) { return row.case_id ? "case" : "call"; }

Result<SurveyPage> page_of(sql::Database& db, const SurveyRow& row, const std::string& hotline,
                           UtcTime now) {
    const Scope scope = Scope::of(row.centre_id);
    SurveyPage out{.state = row.answered_at ? "answered" : "open",
                   .about = about_of(row),
                   .hotline = hotline,
                   .at = row.ended_at,
                   .expires_at = row.expires_at.value_or(now),
                   .solved = row.solved,
                   .score = row.score,
                   .words = row.words};
    if (!row.answered_at && out.expires_at <= now) out.state = "over";
    YS_TRY(const auto centres, centres::UserStore::centres(db, scope));
    if (!centres.empty()) out.centre = centres.front().name;
    if (row.case_id) {
        YS_TRY(const auto found, cases::CaseStore::get(db, scope, row.case_id));
        if (found) out.case_number = found->number;
    }
    if (row.task_id) {
        YS_TRY(const auto task, cases::CaseStore::get(db, scope, row.task_id));
        if (task) out.task_number = task->number;
    }
    return out;
}

/// How long this source must wait: it tried too many links that are none.
std::optional<http::Response> slowed(Api& api, const Call& call) {
    const Seconds wait = api.stray_links().must_wait(mono_now(), "", call.request.remote_address);
    if (wait.count() == 0) return std::nullopt;
    return problem_response({429, "too_many_tries", {}, wait}, call.language);
}

/// One answer for every link that is none; a source that tries many is slowed.
template <class T>
Result<T> noted(Api& api, const Call& call, Result<T> result) {
    const bool is_stray = !result && refusal_code(result.error()) == "no_survey";
    if (is_stray) api.stray_links().failed(mono_now(), call.request.remote_address);
    return result;
}

Result<SurveyRow> row_of(sql::Database& db, const std::string& pass) {
    YS_TRY(auto row, SurveyStore::by_pass(db, pass));
    if (!row) return refused("no_survey", RefusedAs::NotFound);
    return *std::move(row);
}

Task<http::Response> see(Api& api, Call& call) {
    if (auto wait = slowed(api, call)) co_return *std::move(wait);
    auto query = [pass = std::string(call.request.header("x-survey-pass")),
                  hotline = api.settings().hotline,
                  now = utc_now()](sql::Database& db) -> Result<SurveyPage> {
        YS_TRY(const SurveyRow row, row_of(db, pass));
        return page_of(db, row, hotline, now);
    };
    auto found = co_await api.stores().read(query);
    YS_CO_TRY(const SurveyPage page, noted(api, call, std::move(found)));
    co_return answer_with(page).with("Cache-Control", "no-store");
}

/// errors  bad_field, too_long
Result<outreach::SurveyAnswer> answer_in(const Call& call) {
    YS_TRY(const SurveyForm form, body_of<SurveyForm>(call));
    if (!form.solved) return refused("bad_field:solved", RefusedAs::Unfit);
    if (form.score < outreach::score_min || form.score > outreach::score_max)
        return refused("bad_field:score", RefusedAs::Unfit);
    outreach::SurveyAnswer out{*form.solved, form.score, {}};
    YS_TRY(out.words, form_text(form.words, words_bytes_max, "words", Lines::Many));
    return out;
}

Task<http::Response> answer(Api& api, Call& call) {
    if (!call.request.header("content-type").starts_with("application/json"))
        co_return refused("bad_request", RefusedAs::Unfit);
    if (auto wait = slowed(api, call)) co_return *std::move(wait);
    YS_CO_TRY(const outreach::SurveyAnswer said, answer_in(call));
    auto work = [&api, said, pass = std::string(call.request.header("x-survey-pass")),
                 now = utc_now()](sql::Transaction& tx) -> Result<SurveyPage> {
        YS_TRY(SurveyRow row, row_of(tx.db(), pass));
        if (row.answered_at) return refused("survey_answered", RefusedAs::Conflict);
        if (!row.expires_at || *row.expires_at <= now)
            return refused("survey_over", RefusedAs::Conflict);
        YS_TRY(row, SurveyStore::answer(tx, row.id, said, now));
        YS_TRY(row.task_id, follow(tx, *api.handbook(), row, now));
        return page_of(tx.db(), row, api.settings().hotline, now);
    };
    auto kept = co_await api.stores().write(work);
    YS_CO_TRY(const SurveyPage page, noted(api, call, std::move(kept)));
    co_return answer_with(page).with("Cache-Control", "no-store");
}

SurveyView view_of(const SurveyRow& row) {
    return {.id = row.id.value,
            .about = about_of(row),
            .interaction_id = row.interaction_id,
            .case_id = row.case_id,
            .agent_id = row.agent_id,
            .ended_at = row.ended_at,
            .state = row.state,
            .why = row.why,
            .channel = row.channel,
            .asked_at = row.asked_at,
            .answered_at = row.answered_at,
            .solved = row.solved,
            .score = row.score,
            .words = with_numbers_masked(row.words),
            .task_id = row.task_id};
}

Task<http::Response> list(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeSettings);
    const outreach::Door none;
    const outreach::Door& door = api.ports().door ? *api.ports().door : none;
    using std::chrono::days;
    SurveysView out{.off = std::string(word(door.no_surveys())),
                    .after_s = door.survey.after.count(),
                    .every_days = std::chrono::floor<days>(door.survey.every).count(),
                    .valid_days = std::chrono::floor<days>(door.survey.valid_for).count()};
    auto query = [scope, out,
                  not_in = door.survey.not_in](sql::Database& db) mutable -> Result<SurveysView> {
        YS_TRY(const auto centres, centres::UserStore::centres(db, scope));
        for (const auto& each : centres)
            if (not_in.contains(each.id)) out.not_in.push_back(each.name);
        YS_TRY(const auto rows, SurveyStore::list(db, scope, shown_max));
        for (const SurveyRow& each : rows) out.items.push_back(view_of(each));
        return out;
    };
    YS_CO_TRY(const SurveysView view, co_await api.stores().read(query));
    co_return answer_with(view);
}

}  // namespace

std::vector<Route> survey_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/citizen/survey",
         .summary = "The survey of this link (x-survey-pass): open, answered or over.",
         .access = Access::Public,
         .handler = see,
         .gives = schema_for<SurveyPage>},
        {.method = "POST",
         .pattern = "/api/v1/citizen/survey",
         .summary = "Solved? Satisfied? Once; who is not helped gets somebody to go back to them.",
         .access = Access::Public,
         .handler = answer,
         .takes = schema_for<SurveyForm>,
         .gives = schema_for<SurveyPage>},
        {.method = "GET",
         .pattern = "/api/v1/surveys",
         .summary = "Who was asked by link, who not and why, what they said; why nobody is.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = list,
         .gives = schema_for<SurveysView>},
    };
}

}  // namespace ys::api
