// SPDX-License-Identifier: Apache-2.0
// The citizen's side of a case: the code that the desk reads out, the pass it gives, what the
// citizen sees and what they may do.
#include "api/answer.h"
#include "api/api.h"
#include "api/case_sight.h"
#include "api/citizen_view.h"
#include "api/private_need.h"
#include "api/problem.h"
#include "cases/case_form.h"
#include "cases/io/code_store.h"
#include "cases/io/pass_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

using centres::Action;

constexpr std::int64_t pass_us = 24LL * 3600 * 1'000'000;
constexpr std::size_t words_bytes_max = 3'000;

struct CaseCodeView {
    std::string number, code;
};
BOOST_DESCRIBE_STRUCT(CaseCodeView, (), (number, code))
struct PassForm {
    std::string number;
    Secret<std::string> code;
};
BOOST_DESCRIBE_STRUCT(PassForm, (), (number, code))
struct PassView {
    std::string pass;
    UtcTime expires_at;
};
BOOST_DESCRIBE_STRUCT(PassView, (), (pass, expires_at))
struct CitizenActForm {
    std::string verb;  ///< "urge" "confirm" "reopen" "withdraw" "add"
    std::string text;
    std::optional<bool> solved, satisfied;
};
BOOST_DESCRIBE_STRUCT(CitizenActForm, (), (verb, text, solved, satisfied))

Task<http::Response> code_for_desk(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const CaseSeer seer = seer_of(api, call.user());
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    auto work = [seer, scope, id, now = utc_now()](sql::Transaction& tx) -> Result<CaseCodeView> {
        YS_TRY(const SeenRow seen, seen_row(tx.db(), seer, id));
        const cases::CaseRow& row = seen.row;
        YS_TRY(const std::string code, cases::CodeStore::code(tx, scope, id));
        const facts::Fact fact{
            now, row.centre_id, {}, {}, facts::CaseSeen{id.value, seer.user.value, "code"}};
        YS_TRY([[maybe_unused]] const Done noted, journal::Journal::append(tx, {&fact, 1}));
        return CaseCodeView{row.number, code};
    };
    YS_CO_TRY(const CaseCodeView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

/// One answer for a wrong number and a wrong code; too many tries wait before anything is looked
/// at.
Task<http::Response> pass_for_code(Api& api, Call& call) {
    if (!call.request.header("content-type").starts_with("application/json"))
        co_return refused("bad_request", RefusedAs::Unfit);
    YS_CO_TRY(const PassForm form, body_of<PassForm>(call));
    const UtcTime now = utc_now();
    const cases::CodeEntry entry{form.number, form.code.reveal(), call.request.remote_address};
    auto ask = [entry, now](sql::Database& db) {
        return cases::CodeStore::must_wait(db, entry, now);
    };
    YS_CO_TRY(const Seconds wait, co_await api.stores().read(ask));
    if (wait.count() > 0)
        co_return problem_response({429, "too_many_tries", {}, wait}, call.language);
    auto work = [entry, now](sql::Transaction& tx) -> Result<PassView> {
        const UtcTime until{now.us + pass_us};
        YS_TRY(const auto pass, cases::CodeStore::enter(tx, entry, until, now));
        if (!pass) return PassView{};  // The try is to be kept: not an error, which undoes it.
        YS_TRY(std::string token, cases::PassStore::issue(tx, *pass, now));
        return PassView{std::move(token), until};
    };
    YS_CO_TRY(const PassView view, co_await api.stores().write(work));
    if (view.pass.empty()) co_return refused("wrong_code", RefusedAs::NotSignedIn);
    co_return answer_with(view);
}

Task<http::Response> my_case(Api& api, Call& call) {
    const cases::CasePass pass = call.citizen();
    auto work = [&api, pass, now = utc_now()](sql::Transaction& tx) -> Result<CitizenCase> {
        YS_TRY([[maybe_unused]] const Done noted, note_visit(tx, pass, now));
        return citizen_case(tx.db(), api, pass, now);
    };
    YS_CO_TRY(const CitizenCase view, co_await api.stores().write(work));
    co_return answer_with(view).with("Cache-Control", "no-store");
}

/// errors  bad_field for what a citizen cannot ask
Result<cases::CaseAction> asked_by_citizen(const CitizenActForm& form, const std::string& text) {
    if (form.verb == "urge") return cases::CaseAction{cases::UrgeCase{text}};
    if (form.verb == "reopen") return cases::CaseAction{cases::ReopenCase{text}};
    if (form.verb == "withdraw") return cases::CaseAction{cases::WithdrawCase{text}};
    if (form.verb != "confirm") return refused("bad_field:verb", RefusedAs::Unfit);
    if (!form.solved) return refused("bad_field:solved", RefusedAs::Unfit);
    return cases::CaseAction{cases::ConfirmCase{*form.solved, form.satisfied, text}};
}

Result<Done> add_words(sql::Transaction& tx, const cases::CasePass& pass, const std::string& text,
                       UtcTime now) {
    if (text.empty()) return refused("bad_field:text", RefusedAs::Unfit);
    const Scope scope = Scope::of(pass.centre_id);
    YS_TRY(auto row, cases::CaseStore::get(tx.db(), scope, pass.case_id));
    if (!row) return refused("not_found", RefusedAs::NotFound);
    row->detail += (row->detail.empty() ? "" : "\n") + text;
    if (row->detail.size() > cases::detail_bytes_max)
        return refused("too_long:text", RefusedAs::Unfit);
    YS_TRY([[maybe_unused]] const auto kept,
           cases::CaseStore::change(tx, pass.centre_id, *row, {.now = now}));
    return Done{};
}

Task<http::Response> act(Api& api, Call& call) {
    YS_CO_TRY(const CitizenActForm form, body_of<CitizenActForm>(call));
    YS_CO_TRY(const std::string text, form_text(form.text, words_bytes_max, "text", Lines::Many));
    const bool adds = form.verb == "add";
    cases::CaseAction action;
    if (!adds) {
        YS_CO_TRY(action, asked_by_citizen(form, text));
    }
    auto work = [&api, pass = call.citizen(), adds, action, text,
                 now = utc_now()](sql::Transaction& tx) -> Result<CitizenCase> {
        if (adds) {
            YS_TRY([[maybe_unused]] const Done added, add_words(tx, pass, text, now));
        } else {
            YS_TRY(
                [[maybe_unused]] const auto done,
                cases::CaseFileStore::act(tx, *api.handbook(), Scope::of(pass.centre_id),
                                          pass.case_id, {now, {{{}, "citizen", {}}, action}, {}}));
        }
        return citizen_case(tx.db(), api, pass, now);
    };
    YS_CO_TRY(const CitizenCase view, co_await api.stores().write(work));
    co_return answer_with(view).with("Cache-Control", "no-store");
}

}  // namespace

std::vector<Route> citizen_routes() {
    return {
        {.method = "POST",
         .pattern = "/api/v1/cases/{id}/code",
         .summary = "The code that opens a case with its number, made when first asked for.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = code_for_desk,
         .gives = schema_for<CaseCodeView>},
        {.method = "POST",
         .pattern = "/api/v1/citizen/passes",
         .summary = "A pass for a case number and its code; wrong ones are slowed, then locked.",
         .access = Access::Public,
         .handler = pass_for_code,
         .takes = schema_for<PassForm>,
         .gives = schema_for<PassView>},
        {.method = "GET",
         .pattern = "/api/v1/citizen/case",
         .summary = "The case of this pass, as its citizen sees it.",
         .access = Access::Citizen,
         .handler = my_case,
         .gives = schema_for<CitizenCase>},
        {.method = "POST",
         .pattern = "/api/v1/citizen/acts",
         .summary = "The citizen urges, confirms, reopens, withdraws or adds words.",
         .access = Access::Citizen,
         .handler = act,
         .takes = schema_for<CitizenActForm>,
         .gives = schema_for<CitizenCase>},
    };
}

}  // namespace ys::api
