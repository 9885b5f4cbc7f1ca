// SPDX-License-Identifier: Apache-2.0
// What other organisations are owed, for people: what waits, what went, and the dead letters.
#include "api/answer.h"
#include "api/api.h"
#include "base/text.h"
#include "cases/io/case_store.h"
#include "exchange/io/exchange_store.h"
#include "exchange/io/open311.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;
using exchange::DeliveryId;
using exchange::ExchangeStore;

struct DeliveryView {
    DeliveryId id;
    std::string partner, kind, state;
    CaseId case_id;
    std::string case_number;  ///< as the partner knows it
    int tries = 0, last_status = 0;
    UtcTime made_at;
    std::optional<UtcTime> next_at;  ///< while it waits
    std::string note;
};
BOOST_DESCRIBE_STRUCT(DeliveryView, (),
                      (id, partner, kind, state, case_id, case_number, tries, last_status, made_at,
                       next_at, note))
struct PartnerView {
    std::string name;
    bool may_ask = false, has_hook = false, takes_cases = false;
};
BOOST_DESCRIBE_STRUCT(PartnerView, (), (name, may_ask, has_hook, takes_cases))
struct DeliveriesView {
    std::vector<PartnerView> partners;
    std::vector<DeliveryView> items;
    std::string next;
};
BOOST_DESCRIBE_STRUCT(DeliveriesView, (), (partners, items, next))

Result<DeliveryView> view_of(sql::Database& db, const exchange::DeliveryRow& row) {
    DeliveryView out{.id = row.id,
                     .partner = row.partner,
                     .kind = row.kind,
                     .state = row.state,
                     .case_id = row.case_id,
                     .tries = row.tries,
                     .last_status = row.last_status,
                     .made_at = row.made_at,
                     .note = row.note};
    if (row.state == "waiting") out.next_at = row.next_at;
    YS_TRY(const auto found, cases::CaseStore::get(db, Scope::of(row.centre_id), row.case_id));
    if (found) out.case_number = exchange::request_id(*found);
    return out;
}

Task<http::Response> list(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ManageExchange);
    const std::string state = cleaned(call.request.argument("state"), 16);
    YS_CO_TRY(const std::uint64_t before, number_argument(call, "after"));
    YS_CO_TRY(const std::size_t limit, limit_of(call));
    auto query = [=](sql::Database& db) -> Result<DeliveriesView> {
        DeliveriesView out;
        YS_TRY(const auto partners, ExchangeStore::partners(db));
        for (const auto& each : partners)
            if (scope.contains(each.centre_id))
                out.partners.push_back(
                    {each.name, !each.key_hash.empty(), each.has_hook, each.unit_id != 0});
        YS_TRY(const auto rows, ExchangeStore::list(db, scope, state, DeliveryId{before}, limit));
        for (const auto& row : rows) {
            YS_TRY(out.items.emplace_back(), view_of(db, row));
        }
        if (rows.size() == limit) out.next = std::to_string(rows.back().id.value);
        return out;
    };
    YS_CO_TRY(const DeliveriesView view, co_await api.stores().read(query));
    co_return answer_with(view);
}

/// errors  not_now when it is no dead letter (any more)
Result<Done> as_refusal(const Result<Done>& done) {
    if (!done && done.error().code == std::errc::operation_not_permitted)
        return refused("not_now", RefusedAs::Conflict);
    return done;
}

Task<http::Response> send_again(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ManageExchange);
    YS_CO_TRY(const DeliveryId id, id_in_path<DeliveryId>(call, "id"));
    auto work = [=, now = utc_now()](sql::Transaction& tx) {
        return ExchangeStore::send_again(tx, scope, id, now);
    };
    YS_CO_TRY([[maybe_unused]] const Done done, as_refusal(co_await api.stores().write(work)));
    co_return nothing_to_say();
}

Task<http::Response> drop(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ManageExchange);
    YS_CO_TRY(const DeliveryId id, id_in_path<DeliveryId>(call, "id"));
    auto work = [=](sql::Transaction& tx) { return ExchangeStore::drop(tx, scope, id); };
    YS_CO_TRY([[maybe_unused]] const Done done, as_refusal(co_await api.stores().write(work)));
    co_return nothing_to_say();
}

}  // namespace

std::vector<Route> exchange_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/deliveries",
         .summary = "What other organisations are owed, newest first.",
         .access = Access::Right,
         .action = Action::ManageExchange,
         .handler = list,
         .query = {"state", "after", "limit"},
         .gives = schema_for<DeliveriesView>},
        {.method = "POST",
         .pattern = "/api/v1/deliveries/{id}/send-again",
         .summary = "A dead letter is tried anew.",
         .access = Access::Right,
         .action = Action::ManageExchange,
         .handler = send_again},
        {.method = "POST",
         .pattern = "/api/v1/deliveries/{id}/drop",
         .summary = "A dead letter that nobody needs any more.",
         .access = Access::Right,
         .action = Action::ManageExchange,
         .handler = drop},
    };
}

}  // namespace ys::api
