// SPDX-License-Identifier: Apache-2.0
// The call list, one call, and its story told by facts.
#include <map>
#include <variant>

#include "api/answer.h"
#include "api/api.h"
#include "api/call_sight.h"
#include "base/phone_number.h"
#include "base/private_text.h"
#include "base/text.h"
#include "interactions/io/call_store.h"
#include "platform/journal/fact_json.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

using centres::Action;
using interactions::CallListRow;
using interactions::CallStore;

struct CallRecordingView {
    RecordingId id;
    std::string purpose;
    std::int64_t length_ms = 0;
    std::string outcome;
};
BOOST_DESCRIBE_STRUCT(CallRecordingView, (), (id, purpose, length_ms, outcome))

struct CallView {
    InteractionId id;
    std::string direction, caller, dialled, display_name;
    CustomerId customer_id;
    std::string customer_name;
    QueueId queue_id;
    std::string queue_title;
    AgentId agent_id;
    std::string agent_name;
    UtcTime arrived_at;
    std::optional<UtcTime> answered_at, connected_at, ended_at;
    std::string cause, who;
    std::int64_t waited_ms = 0, talked_ms = 0, held_ms = 0;
    std::optional<std::int32_t> score;
    std::string disposition;
    std::int32_t hops = 0;
    std::vector<CallRecordingView> recordings;
    std::vector<std::string> case_numbers;
};
BOOST_DESCRIBE_STRUCT(CallView, (),
                      (id, direction, caller, dialled, display_name, customer_id, customer_name,
                       queue_id, queue_title, agent_id, agent_name, arrived_at, answered_at,
                       connected_at, ended_at, cause, who, waited_ms, talked_ms, held_ms, score,
                       disposition, hops, recordings, case_numbers))

struct FactView {
    UtcTime at;
    std::string kind;
    AgentId agent_id;
    std::string agent_name;
    json::object body;
};
BOOST_DESCRIBE_STRUCT(FactView, (), (at, kind, agent_id, agent_name, body))

CallView view_of(const CallListRow& row) {
    CallView view{.id = row.id,
                  .direction = row.direction,
                  .caller = row.caller,
                  .dialled = row.dialled,
                  .display_name = row.display_name,
                  .customer_id = row.customer_id,
                  .customer_name = row.customer_name,
                  .queue_id = row.queue_id,
                  .queue_title = row.queue_title,
                  .agent_id = row.agent_id,
                  .agent_name = row.agent_name,
                  .arrived_at = row.arrived_at,
                  .answered_at = row.answered_at,
                  .connected_at = row.connected_at,
                  .ended_at = {},
                  .cause = row.cause,
                  .who = row.who,
                  .waited_ms = row.waited_ms,
                  .talked_ms = row.talked_ms,
                  .held_ms = row.held_ms,
                  .score = row.score,
                  .disposition = row.disposition,
                  .hops = row.hops,
                  .recordings = {},
                  .case_numbers = {}};
    if (row.ended_at.us != 0) view.ended_at = row.ended_at;
    if (row.recording_id)
        view.recordings.push_back(
            {row.recording_id, "call", row.recording_ms, row.recording_outcome});
    if (!row.case_number.empty()) view.case_numbers.push_back(row.case_number);
    return view;
}

/// Who talked with them knows who they are; whoever else reads it sees a part, and the whole with a
/// reason (private_routes.cpp).
CallView shown_to(UserId user, const CallListRow& row) {
    CallView view = view_of(row);
    if (row.agent_id.value == user.value) return view;
    std::string& citizens = view.direction == "out" ? view.dialled : view.caller;
    citizens = masked(citizens);
    view.display_name = masked_name(view.display_name);
    view.customer_name = masked_name(view.customer_name);
    return view;
}

/// "<arrived in us>-<id>" of the last row.
std::string cursor_of(const CallView& last) {
    return std::to_string(last.arrived_at.us) + "-" + std::to_string(last.id.value);
}

Result<Done> read_cursor(const Call& call, interactions::CallSearch& search) {
    const std::string_view text = call.request.argument("after");
    if (text.empty()) return Done{};
    const auto dash = text.find('-');
    const auto at = parse_number(text.substr(0, dash));
    const auto id = dash == std::string_view::npos ? at : parse_number(text.substr(dash + 1));
    if (!at || !id || dash == std::string_view::npos)
        return refused("bad_field:after", RefusedAs::Unfit);
    search.before_arrived = UtcTime{static_cast<std::int64_t>(*at)};
    search.before_id = InteractionId{*id};
    return Done{};
}

Task<http::Response> list(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeCalls);
    interactions::CallSearch search;
    const std::string text = cleaned(call.request.argument("q"), 64);
    // "1124-0217" is a case's number; anything else a telephone's, or its end.
    const bool is_case_number = text.size() >= 9 && text[4] == '-';
    (is_case_number ? search.case_number : search.number) = text;
    YS_CO_TRY(search.agent.value, number_argument(call, "agent"));
    YS_CO_TRY(search.queue.value, number_argument(call, "queue"));
    YS_CO_TRY(search.customer.value, number_argument(call, "customer"));
    search.cause = cleaned(call.request.argument("cause"), 32);
    search.direction = cleaned(call.request.argument("direction"), 8);
    YS_CO_TRY(search.from, time_argument(call, "from"));
    YS_CO_TRY(search.to, time_argument(call, "to"));
    YS_CO_TRY(search.limit, limit_of(call));
    YS_CO_TRY([[maybe_unused]] const auto read, read_cursor(call, search));
    // Who may see only their own calls gets only those, whatever is asked for.
    if (api.is_own_only(call.user(), Action::SeeCalls))
        search.agent = AgentId{call.user().user.id.value};
    auto query = [=](sql::Database& db) { return CallStore::search(db, scope, search); };
    YS_CO_TRY(const std::vector<CallListRow> rows, co_await api.stores().read(query));
    std::vector<CallView> items;
    for (const CallListRow& row : rows) items.push_back(shown_to(call.user().user.id, row));
    co_return answer_with_page(items, items.size() == search.limit ? cursor_of(items.back()) : "");
}

/// The call of {id}, if the user may see it.
Task<CallListRow> call_in_path(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeCalls);
    YS_CO_TRY(const InteractionId id, id_in_path<InteractionId>(call, "id"));
    auto query = [=](sql::Database& db) { return CallStore::get(db, scope, id); };
    YS_CO_TRY(const std::optional<CallListRow> row, co_await api.stores().read(query));
    if (!row) co_return refused("not_found", RefusedAs::NotFound);
    const centres::Thing thing{row->centre_id, UserId{row->agent_id.value}};
    YS_CO_TRY([[maybe_unused]] const auto may, api.authorise(call.user(), Action::SeeCalls, thing));
    co_return *row;
}

Task<http::Response> one(Api& api, Call& call) {
    YS_CO_TRY(const CallListRow row, co_await call_in_path(api, call));
    const Scope scope = Scope::of(row.centre_id);
    const InteractionId id = row.id;
    auto query = [=](sql::Database& db) { return CallStore::recordings_of(db, scope, id); };
    YS_CO_TRY(const std::vector<interactions::RecordingRow> recordings,
              co_await api.stores().read(query));
    CallView view = shown_to(call.user().user.id, row);
    view.recordings.clear();
    for (const interactions::RecordingRow& each : recordings)
        view.recordings.push_back({each.id, each.purpose, each.length_ms, each.outcome});
    co_return answer_with(view);
}

/// is_whole  with numbers as they were
Result<std::vector<FactView>> story_of(sql::Database& db, const Scope& scope, InteractionId id,
                                       bool is_whole) {
    YS_TRY(const std::vector<journal::Entry> story, journal::Journal::whole_story(db, id));
    YS_TRY(const std::vector<centres::UserRow> users, centres::UserStore::users(db, scope));
    std::map<std::uint64_t, std::string> names;
    for (const centres::UserRow& user : users) names[user.id.value] = user.name;
    std::vector<FactView> out;
    for (const journal::Entry& entry : story) {
        const facts::Fact& fact = entry.fact;
        // Kept for a restart; to who reads the story they say nothing.
        if (std::holds_alternative<facts::DialogKept>(fact.body)) continue;
        FactView view{fact.at,
                      std::string(journal::kind_of(fact.body)),
                      fact.agent,
                      names[fact.agent.value],
                      {}};
        facts::Body shown = fact.body;
        if (!is_whole) journal::mask_private(shown);
        json::value body = journal::body_value(shown);
        if (body.is_object()) view.body = std::move(body.get_object());
        out.push_back(std::move(view));
    }
    return out;
}

Task<http::Response> facts_of(Api& api, Call& call) {
    const Scope allowed = api.scope_of(call.user(), Action::SeeCalls);
    YS_CO_TRY(const InteractionId id, id_in_path<InteractionId>(call, "id"));
    auto look = [=](sql::Database& db) { return thing_of_call(db, allowed, id); };
    YS_CO_TRY(const std::optional<centres::Thing> thing, co_await api.stores().read(look));
    if (!thing) co_return refused("not_found", RefusedAs::NotFound);
    YS_CO_TRY([[maybe_unused]] const auto may,
              api.authorise(call.user(), Action::SeeCalls, *thing));
    const Scope scope = Scope::of(thing->centre);
    const bool is_whole = thing->owner == call.user().user.id;
    auto query = [=](sql::Database& db) { return story_of(db, scope, id, is_whole); };
    YS_CO_TRY(const std::vector<FactView> items, co_await api.stores().read(query));
    co_return answer_with_page(items);
}

}  // namespace

std::vector<Route> call_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/calls",
         .summary = "Calls, newest first; agents see their own.",
         .access = Access::Right,
         .action = Action::SeeCalls,
         .handler = list,
         .query = {"q", "agent", "queue", "customer", "cause", "direction", "from", "to", "limit",
                   "after"},
         .gives = page_schema_for<CallView>},
        {.method = "GET",
         .pattern = "/api/v1/calls/{id}",
         .summary = "One call.",
         .access = Access::Right,
         .action = Action::SeeCalls,
         .handler = one,
         .gives = schema_for<CallView>},
        {.method = "GET",
         .pattern = "/api/v1/calls/{id}/facts",
         .summary = "What became true in this call, in order; so far, while it is up.",
         .access = Access::Right,
         .action = Action::SeeCalls,
         .handler = facts_of,
         .gives = page_schema_for<FactView>},
    };
}

}  // namespace ys::api
