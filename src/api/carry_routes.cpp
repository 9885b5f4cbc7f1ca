// SPDX-License-Identifier: Apache-2.0
// A conversation that goes on as a call and becomes a case: the link a citizen's page asks for, and
// what the agent reads who has the call or the case.
#include "api/answer.h"
#include "api/api.h"
#include "api/call_sight.h"
#include "api/carry_port.h"
#include "api/case_progress_view.h"
#include "api/chat_tickets.h"
#include "api/private_need.h"
#include "api/problem.h"
#include "cases/handbook.h"
#include "cases/io/case_store.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;

constexpr std::size_t token_bytes_max = 100;

Task<http::Response> make(Api& api, Call& call) {
    ChatPort* chats = api.ports().chat;
    if (chats == nullptr) co_return refused("chat_not_offered", RefusedAs::NotFound);
    YS_CO_TRY(const CarryForm form, body_of<CarryForm>(call));
    if (form.token.size() > token_bytes_max) co_return refused("bad_request", RefusedAs::Unfit);
    if (!api.question_pace().take(mono_now(), call.request.remote_address))
        co_return problem_response({429, "too_many_tries", {}, 60s}, call.language);
    CarryPort* port = &chats->carries();
    auto begin = [port, form](auto give) { port->make(form, give); };
    YS_CO_TRY(const CarryCode made, co_await given_elsewhere<Result<CarryCode>>(begin));
    co_return answer_with(made, 201).with("Cache-Control", "no-store");
}

void mask(std::vector<CarriedView>& items, AgentId reader) {
    for (CarriedView& each : items)
        if (each.story && each.story->chat.agent_id.value != reader.value) mask(*each.story);
}

Task<http::Response> of_call(Api& api, Call& call) {
    YS_CO_TRY(const InteractionId id, id_in_path<InteractionId>(call, "id"));
    const Scope scope = api.scope_of(call.user(), Action::SeeCalls);
    const AgentId me{call.user().user.id.value};
    auto look = [=](sql::Database& db) { return thing_of_call(db, scope, id); };
    YS_CO_TRY(const std::optional<centres::Thing> thing, co_await api.stores().read(look));
    if (!thing) co_return refused("not_found", RefusedAs::NotFound);
    // It rings, and whose it becomes is not settled: they read before they answer.
    auto shown = [=](sql::Database& db) { return was_shown(db, id, me); };
    YS_CO_TRY(const bool is_mine, co_await api.stores().read(shown));
    if (!is_mine) {
        YS_CO_TRY([[maybe_unused]] const auto may,
                  api.authorise(call.user(), Action::SeeCalls, *thing));
    }
    std::vector<CarriedView> items;
    if (ChatPort* chats = api.ports().chat) {
        auto query = [port = &chats->carries(), scope, id](sql::Database& db) {
            return port->of_call(db, scope, id);
        };
        YS_CO_TRY(items, co_await api.stores().read(query));
    }
    if (!is_mine) mask(items, me);
    co_return answer_with_page(items);
}

Task<http::Response> of_case(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [chats = api.ports().chat, seer,
                  id](sql::Database& db) -> Result<std::pair<bool, std::vector<CarriedView>>> {
        YS_TRY([[maybe_unused]] const SeenCase seen, seen_case(db, seer, id));
        YS_TRY(const auto row, cases::CaseStore::get(db, seer.scope, id));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        std::pair<bool, std::vector<CarriedView>> out{
            cases::is_confidential(row->kind, row->nature), {}};
        if (chats == nullptr) return out;
        YS_TRY(out.second, chats->carries().of_case(db, seer.scope, id, row->interaction_id));
        return out;
    };
    YS_CO_TRY(auto found, co_await api.stores().read(query));
    if (found.first) {
        YS_CO_TRY([[maybe_unused]] const Done noted,
                  co_await note_case_seen(api, call, id, "chats"));
    }
    mask(found.second, AgentId{call.user().user.id.value});
    co_return answer_with_page(found.second);
}

}  // namespace

std::vector<Route> carry_routes() {
    return {
        {.method = "POST",
         .pattern = "/api/v1/citizen/call-links",
         .summary = "A code that carries a conversation or a form into one call.",
         .access = Access::Public,
         .handler = make,
         .takes = schema_for<CarryForm>,
         .gives = schema_for<CarryCode>},
        {.method = "GET",
         .pattern = "/api/v1/calls/{id}/chat",
         .summary = "What the caller wrote and filled in before this call.",
         .access = Access::Right,
         .action = Action::SeeCalls,
         .handler = of_call,
         .gives = page_schema_for<CarriedView>},
        {.method = "GET",
         .pattern = "/api/v1/cases/{id}/chats",
         .summary = "Conversations in writing that belong to a case.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = of_case,
         .gives = page_schema_for<CarriedView>},
    };
}

}  // namespace ys::api
