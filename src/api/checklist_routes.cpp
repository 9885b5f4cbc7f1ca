// SPDX-License-Identifier: Apache-2.0
// Personal lists: a citizen keeps theirs and opens it by its link; whoever has them on the line
// keeps one for them, sends it to their number, and finds it when they call again.
#include <algorithm>

#include "api/answer.h"
#include "api/checklist_view.h"
#include "api/private_need.h"
#include "api/problem.h"
#include "api/route_lists.h"
#include "base/later.h"
#include "base/phone_number.h"
#include "base/text.h"
#include "knowledge/sms_checklist.h"
#include "outreach/io/door.h"
#include "outreach/io/message_store.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;
using knowledge::ChecklistId;
using knowledge::ChecklistRow;
using knowledge::ChecklistStore;

constexpr std::size_t shown_max = 5, codes_max = 40, number_bytes_max = 40;
constexpr std::string_view page = "/list.html#";
constexpr std::size_t pass_chars = 22;

struct KeepForm {
    std::string event;
    knowledge::LifeAnswers answers;
    std::vector<std::string> ready;
    std::string number;  ///< whom it is for; "" for none
    CaseId case_id;      ///< of the desk's only: what it is about
};
BOOST_DESCRIBE_STRUCT(KeepForm, (), (event, answers, ready, number, case_id))
struct KeptView {
    std::string pass;
    UtcTime expires_at;
};
BOOST_DESCRIBE_STRUCT(KeptView, (), (pass, expires_at))
struct CitizenListView {
    LifeTurnView list;
    std::vector<ChecklistFileView> files;
    UtcTime made_at;
    bool is_from_desk = false;
};
BOOST_DESCRIBE_STRUCT(CitizenListView, (), (list, files, made_at, is_from_desk))
struct ListMessageView {
    std::string state, why, text;
    UtcTime changed_at;
};
BOOST_DESCRIBE_STRUCT(ListMessageView, (), (state, why, text, changed_at))
struct ChecklistView {
    ChecklistId id;
    CaseId case_id;
    std::string number;            ///< masked
    bool is_from_citizen = false;  ///< nobody has checked whose number it is
    UtcTime made_at;
    std::optional<UtcTime> sent_at, opened_at;
    std::string pins;  ///< article and version of each matter when it was last put together
    LifeTurnView list;
    std::vector<ChecklistFileView> files;
    std::vector<ListMessageView> messages;
};
BOOST_DESCRIBE_STRUCT(ChecklistView, (),
                      (id, case_id, number, is_from_citizen, made_at, sent_at, opened_at, pins,
                       list, files, messages))

/// In the one form numbers are kept in; "" for none. errors  bad_number
Result<std::string> number_in(const std::string& text) {
    if (trimmed(text).empty()) return std::string{};
    if (text.size() > number_bytes_max) return refused("bad_number:number", RefusedAs::Unfit);
    auto number = normalise(trimmed(text), "");
    if (!number || number->withheld()) return refused("bad_number:number", RefusedAs::Unfit);
    return std::move(number->digits);
}

/// The row of a whole list, with what it stands on. errors  not_found, not_whole, bad_field
Task<ChecklistRow> row_in(Api& api, const KeepForm& form) {
    if (form.answers.size() > codes_max) co_return refused("bad_field:answers", RefusedAs::Unfit);
    if (form.ready.size() > codes_max) co_return refused("bad_field:ready", RefusedAs::Unfit);
    ChecklistRow row;
    YS_CO_TRY(row.number, number_in(form.number));
    LifeForm said{form.answers, form.ready};
    std::string event = cleaned(form.event, knowledge::life_code_bytes_max);
    YS_CO_TRY(const LifeTurn turn, co_await life_turn_now(api, std::move(event), std::move(said)));
    if (!turn.view.question.empty()) co_return refused("not_whole:answers", RefusedAs::Unfit);
    row.event = turn.event->code;
    knowledge::write_into(row, turn.state);
    row.pins = knowledge::text_of(turn.pins);
    co_return row;
}

// ---- the citizen -------------------------------------------------------------------------------

Task<http::Response> citizen_view(Api& api, const ChecklistRow& row) {
    CitizenListView out;
    YS_CO_TRY(out.list, co_await list_now(api, row));
    auto query = [id = row.id](sql::Database& db) { return ChecklistStore::files(db, id); };
    YS_CO_TRY(const auto files, co_await api.stores().read(query));
    out.files = views_of(files);
    out.made_at = row.made_at;
    out.is_from_desk = static_cast<bool>(row.made_by);
    co_return answer_with(out).with("Cache-Control", "no-store");
}

Task<http::Response> keep(Api& api, Call& call) {
    if (!call.request.header("content-type").starts_with("application/json"))
        co_return refused("bad_request", RefusedAs::Unfit);
    if (!api.question_pace().take(mono_now(), call.request.remote_address))
        co_return problem_response({429, "too_many_tries", {}, 60s}, call.language);
    YS_CO_TRY(const KeepForm form, body_of<KeepForm>(call));
    YS_CO_TRY(ChecklistRow row, co_await row_in(api, form));
    YS_CO_TRY(row.centre_id, co_await api.stores().read(head_centre));
    auto work = [row, now = utc_now()](sql::Transaction& tx) -> Result<KeptView> {
        YS_TRY(const auto kept,
               ChecklistStore::kept_by_citizens(tx.db(), earlier(now, std::chrono::hours{1})));
        if (kept >= knowledge::checklists_an_hour_max)
            return refused("too_many_tries", RefusedAs::TooMany);
        YS_TRY(const ChecklistRow made, ChecklistStore::make(tx, row, now));
        YS_TRY(std::string pass, ChecklistStore::issue(tx, made.id, now));
        return KeptView{std::move(pass), later(now, knowledge::checklist_pass_for)};
    };
    YS_CO_TRY(const KeptView kept, co_await api.stores().write(work));
    co_return answer_with(kept, 201).with("Cache-Control", "no-store");
}

Task<http::Response> open(Api& api, Call& call) {
    if (auto wait = slowed_by_strays(api, call)) co_return *std::move(wait);
    YS_CO_TRY(const ChecklistRow row, co_await list_of_pass(api, call));
    if (!row.opened_at) {
        auto work = [id = row.id, now = utc_now()](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(auto there, ChecklistStore::find(tx.db(), id));
            if (!there || there->opened_at) return Done{};
            there->opened_at = now;
            return ChecklistStore::put(tx, *there, "opened", {}, now);
        };
        YS_CO_TRY([[maybe_unused]] const Done noted, co_await api.stores().write(work));
    }
    co_return co_await citizen_view(api, row);
}

/// With these ticks, and answers when there are any: somebody may have changed their mind.
Result<Done> change(ChecklistRow& row, const knowledge::LifeEventBook* book, const LifeForm& form) {
    const auto* event = book == nullptr ? nullptr : book->find(row.event);
    if (event == nullptr) return refused("not_found", RefusedAs::NotFound);
    if (form.answers.size() > codes_max) return refused("bad_field:answers", RefusedAs::Unfit);
    if (form.ready.size() > codes_max) return refused("bad_field:ready", RefusedAs::Unfit);
    knowledge::LifeState state = knowledge::state_of(row);
    if (!form.answers.empty()) state.answers = knowledge::kept(*event, form.answers);
    if (knowledge::next_question(*event, state.answers) != nullptr)
        return refused("not_whole:answers", RefusedAs::Unfit);
    state.ready.clear();
    for (const std::string& code : form.ready)
        if (knowledge::find_evidence(*event, code) != nullptr) state.ready.insert(code);
    knowledge::write_into(row, state);
    return Done{};
}

/// On the row as it is when the writer comes to it.
Task<ChecklistRow> changed(Api& api, ChecklistId id, LifeForm form, UserId by) {
    auto work = [id, form = std::move(form), by, book = api.ports().life_events,
                 now = utc_now()](sql::Transaction& tx) -> Result<ChecklistRow> {
        YS_TRY(auto row, ChecklistStore::find(tx.db(), id));
        if (!row || !row->is_open()) return refused("no_list", RefusedAs::NotFound);
        YS_TRY([[maybe_unused]] const Done done, change(*row, book, form));
        row->changed_at = now;
        YS_TRY([[maybe_unused]] const Done kept, ChecklistStore::put(tx, *row, "ticked", by, now));
        return *std::move(row);
    };
    co_return co_await api.stores().write(work);
}

Task<http::Response> tick(Api& api, Call& call) {
    if (auto wait = slowed_by_strays(api, call)) co_return *std::move(wait);
    YS_CO_TRY(const ChecklistRow row, co_await list_of_pass(api, call));
    YS_CO_TRY(LifeForm form, body_of<LifeForm>(call));
    YS_CO_TRY(const ChecklistRow now, co_await changed(api, row.id, std::move(form), {}));
    co_return co_await citizen_view(api, now);
}

Task<http::Response> put_away(Api& api, Call& call) {
    if (auto wait = slowed_by_strays(api, call)) co_return *std::move(wait);
    YS_CO_TRY(const ChecklistRow row, co_await list_of_pass(api, call));
    auto work = [row, now = utc_now()](sql::Transaction& tx) {
        return ChecklistStore::withdraw(tx, row, {}, now);
    };
    YS_CO_TRY([[maybe_unused]] const Done done, co_await api.stores().write(work));
    co_return nothing_to_say();
}

// ---- the desk ----------------------------------------------------------------------------------

Task<ChecklistView> desk_view(Api& api, const ChecklistRow& row) {
    ChecklistView out;
    out.id = row.id;
    out.case_id = row.case_id;
    out.number = masked(std::string_view(row.number));
    out.is_from_citizen = !row.made_by;
    out.made_at = row.made_at;
    out.sent_at = row.sent_at;
    out.opened_at = row.opened_at;
    out.pins = row.pins;
    YS_CO_TRY(out.list, co_await list_now(api, row));
    auto query = [&out, id = row.id, centre = row.centre_id](sql::Database& db) -> Result<Done> {
        YS_TRY(const auto files, ChecklistStore::files(db, id));
        out.files = views_of(files);
        YS_TRY(const auto messages,
               outreach::MessageStore::of_checklist(db, Scope::of(centre), id.value));
        for (const outreach::MessageRow& each : messages)
            out.messages.push_back({each.state, each.why, each.text, each.changed_at});
        return Done{};
    };
    YS_CO_TRY([[maybe_unused]] const Done read, co_await api.stores().read(query));
    co_return out;
}

/// An open one of the user's reach. errors  not_found
Task<ChecklistRow> row_in_path(Api& api, Call& call, Action action) {
    YS_CO_TRY(const ChecklistId id, id_in_path<ChecklistId>(call, "id"));
    auto query = [id, scope = api.scope_of(call.user(), action)](sql::Database& db) {
        return ChecklistStore::get(db, scope, id);
    };
    YS_CO_TRY(auto row, co_await api.stores().read(query));
    if (!row || !row->is_open()) co_return refused("not_found", RefusedAs::NotFound);
    co_return *std::move(row);
}

Task<http::Response> list(Api& api, Call& call) {
    YS_CO_TRY(const std::uint64_t case_id, number_argument(call, "case"));
    const auto number = normalise(call.request.argument("number"), "");
    using Rows = std::vector<ChecklistRow>;
    auto query = [digits = number ? number->digits : "", case_id = CaseId{case_id},
                  seer = seer_of(api, call.user()),
                  scope = api.scope_of(call.user(), Action::SeeCustomers)](
                     sql::Database& db) -> Result<Rows> {
        if (!case_id) return ChecklistStore::of_number(db, scope, digits, shown_max);
        YS_TRY([[maybe_unused]] const SeenRow seen, seen_row(db, seer, case_id));
        return ChecklistStore::of_case(db, scope, case_id, shown_max);
    };
    YS_CO_TRY(const std::vector<ChecklistRow> rows, co_await api.stores().read(query));
    std::vector<ChecklistView> out;
    for (const ChecklistRow& row : rows) {
        YS_CO_TRY(ChecklistView view, co_await desk_view(api, row));
        out.push_back(std::move(view));
    }
    co_return answer_with_page(out);
}

Task<http::Response> keep_for(Api& api, Call& call) {
    YS_CO_TRY(const KeepForm form, body_of<KeepForm>(call));
    YS_CO_TRY(ChecklistRow row, co_await row_in(api, form));
    row.centre_id = call.user().user.centre;
    row.made_by = call.user().user.id;
    row.case_id = form.case_id;
    const CaseSeer seer = seer_of(api, call.user());
    auto work = [row, seer, now = utc_now()](sql::Transaction& tx) -> Result<ChecklistRow> {
        if (row.case_id) {
            YS_TRY([[maybe_unused]] const SeenRow seen, seen_row(tx.db(), seer, row.case_id));
        }
        return ChecklistStore::make(tx, row, now);
    };
    YS_CO_TRY(const ChecklistRow made, co_await api.stores().write(work));
    YS_CO_TRY(const ChecklistView view, co_await desk_view(api, made));
    co_return answer_with(view, 201);
}

Task<http::Response> tick_for(Api& api, Call& call) {
    YS_CO_TRY(const ChecklistRow row, co_await row_in_path(api, call, Action::ChangeCases));
    YS_CO_TRY(LifeForm form, body_of<LifeForm>(call));
    YS_CO_TRY(const ChecklistRow now,
              co_await changed(api, row.id, std::move(form), call.user().user.id));
    YS_CO_TRY(const ChecklistView view, co_await desk_view(api, now));
    co_return answer_with(view);
}

Task<http::Response> put_away_for(Api& api, Call& call) {
    YS_CO_TRY(const ChecklistRow row, co_await row_in_path(api, call, Action::ChangeCases));
    auto work = [row, by = call.user().user.id, now = utc_now()](sql::Transaction& tx) {
        return ChecklistStore::withdraw(tx, row, by, now);
    };
    YS_CO_TRY([[maybe_unused]] const Done done, co_await api.stores().write(work));
    co_return nothing_to_say();
}

/// errors  no_sms_gateway, no_public_address, no_mobile
Result<Done> can_be_sent(const outreach::Door* door, const ChecklistRow& row) {
    if (door == nullptr || !door->has_sms()) return refused("no_sms_gateway");
    if (door->public_url.empty()) return refused("no_public_address");
    if (!outreach::takes_sms(row.number)) return refused("no_mobile");
    return Done{};
}

/// One press: the list as it is said now, in as many messages as it takes, the link in the last.
Task<http::Response> send(Api& api, Call& call) {
    YS_CO_TRY(ChecklistRow row, co_await row_in_path(api, call, Action::ChangeCases));
    const outreach::Door* door = api.ports().door.get();
    YS_CO_TRY([[maybe_unused]] const Done can, can_be_sent(door, row));
    const knowledge::LifeState state = knowledge::state_of(row);
    LifeForm said{state.answers, {state.ready.begin(), state.ready.end()}};
    YS_CO_TRY(const LifeTurn turn, co_await life_turn_now(api, row.event, std::move(said)));
    if (!turn.view.question.empty()) co_return refused("not_whole", RefusedAs::Unfit);
    const auto personal = knowledge::personal_list(*turn.event, turn.state, turn.pins);
    knowledge::SmsLimits limits;
    limits.link_chars = door->public_url.size() + page.size() + pass_chars;
    const auto sms = knowledge::sms_checklist(personal, limits);
    auto work = [id = row.id, parts = json::to_value(sms.parts),
                 pins = knowledge::text_of(turn.pins), by = call.user().user.id,
                 now = utc_now()](sql::Transaction& tx) -> Result<ChecklistRow> {
        YS_TRY(auto there, ChecklistStore::find(tx.db(), id));
        if (!there || !there->is_open()) return refused("not_found", RefusedAs::NotFound);
        there->parts = boost::json::serialize(parts);
        there->pins = pins;
        there->sent_at = now;
        YS_TRY([[maybe_unused]] const Done kept, ChecklistStore::put(tx, *there, "sent", by, now));
        return *std::move(there);
    };
    YS_CO_TRY(const ChecklistRow sent, co_await api.stores().write(work));
    YS_CO_TRY(const ChecklistView view, co_await desk_view(api, sent));
    co_return answer_with(view);
}

std::vector<Route> of_citizens() {
    return {
        {.method = "POST",
         .pattern = "/api/v1/citizen/checklists",
         .summary = "Keeps a personal list; the pass of its link is told once.",
         .access = Access::Public,
         .handler = keep,
         .takes = schema_for<KeepForm>,
         .gives = schema_for<KeptView>},
        {.method = "GET",
         .pattern = "/api/v1/citizen/checklist",
         .summary = "The list of this link (x-list-pass), as it is said now.",
         .access = Access::Public,
         .handler = open,
         .gives = schema_for<CitizenListView>},
        {.method = "PUT",
         .pattern = "/api/v1/citizen/checklist",
         .summary = "What is ready by now; answers, when somebody changed their mind.",
         .access = Access::Public,
         .handler = tick,
         .takes = schema_for<LifeForm>,
         .gives = schema_for<CitizenListView>},
        {.method = "DELETE",
         .pattern = "/api/v1/citizen/checklist",
         .summary = "Puts the list away: no link opens it any more.",
         .access = Access::Public,
         .handler = put_away},
    };
}

}  // namespace

std::vector<Route> checklist_routes() {
    std::vector<Route> out = of_citizens();
    out.push_back({.method = "GET",
                   .pattern = "/api/v1/checklists",
                   .summary = "Open lists of a number or a case, the newest first.",
                   .access = Access::Right,
                   .action = Action::SeeCustomers,
                   .handler = list,
                   .query = {"number", "case"},
                   .gives = page_schema_for<ChecklistView>});
    out.push_back({.method = "POST",
                   .pattern = "/api/v1/checklists",
                   .summary = "Keeps a list for who is on the line.",
                   .access = Access::Right,
                   .action = Action::ChangeCases,
                   .handler = keep_for,
                   .takes = schema_for<KeepForm>,
                   .gives = schema_for<ChecklistView>});
    out.push_back({.method = "PUT",
                   .pattern = "/api/v1/checklists/{id}",
                   .summary = "What they say is ready by now.",
                   .access = Access::Right,
                   .action = Action::ChangeCases,
                   .handler = tick_for,
                   .takes = schema_for<LifeForm>,
                   .gives = schema_for<ChecklistView>});
    out.push_back({.method = "POST",
                   .pattern = "/api/v1/checklists/{id}/send",
                   .summary = "Writes it to their number, with a link of its own.",
                   .access = Access::Right,
                   .action = Action::ChangeCases,
                   .handler = send,
                   .gives = schema_for<ChecklistView>});
    out.push_back({.method = "DELETE",
                   .pattern = "/api/v1/checklists/{id}",
                   .summary = "Puts it away.",
                   .access = Access::Right,
                   .action = Action::ChangeCases,
                   .handler = put_away_for});
    return out;
}

}  // namespace ys::api
