// SPDX-License-Identifier: Apache-2.0
// Who works here and what waits: rows from the store, states from the running centre.
#include <map>

#include "api/answer.h"
#include "api/api.h"
#include "interactions/io/setup_store.h"

namespace ys::api {
namespace {

using centres::Action;

struct PersonView {
    UserId id;
    std::string name, work_number, state, reason;
    UtcTime since;
    std::vector<QueueId> queues;
    std::vector<std::string> roles;
};
BOOST_DESCRIBE_STRUCT(PersonView, (), (id, name, work_number, state, reason, since, queues, roles))

struct QueueView {
    QueueId id;
    std::string name, title;
    std::uint64_t waiting = 0;
    std::uint64_t ready = 0;
};
BOOST_DESCRIBE_STRUCT(QueueView, (), (id, name, title, waiting, ready))

struct UserEntry {
    UserId id;
    std::string login, name, work_number;
    std::vector<std::string> roles;
    CentreId centre_id;
    bool is_active = true;
    std::string seat_kind, seat_address;
};
BOOST_DESCRIBE_STRUCT(UserEntry, (),
                      (id, login, name, work_number, roles, centre_id, is_active, seat_kind,
                       seat_address))

Result<std::vector<PersonView>> people_in(sql::Database& db, const Scope& scope) {
    YS_TRY(const std::vector<centres::UserRow> users, centres::UserStore::users(db, scope));
    std::vector<PersonView> out;
    for (const centres::UserRow& user : users) {
        const centres::Roles roles = roles_of(user.roles);
        const bool is_at_a_seat =
            roles.has(centres::Role::Agent) || roles.has(centres::Role::Supervisor);
        if (!user.is_active || !is_at_a_seat) continue;
        YS_TRY(std::vector<QueueId> queues,
               interactions::SetupStore::agent_queues(db, scope, AgentId{user.id.value}));
        out.push_back({.id = user.id,
                       .name = user.name,
                       .work_number = user.work_number,
                       .state = "LoggedOut",
                       .reason = {},
                       .since = {},
                       .queues = std::move(queues),
                       .roles = role_names(roles)});
    }
    return out;
}

Task<http::Response> people(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeePeople);
    auto query = [scope](sql::Database& db) { return people_in(db, scope); };
    YS_CO_TRY(std::vector<PersonView> items, co_await api.stores().read(query));
    std::map<std::uint64_t, LiveSeat> seats;
    for (const CentreId centre : scope.centres)
        for (LiveSeat& seat : api.ports().live.seats(centre))
            seats[seat.agent.value] = std::move(seat);
    for (PersonView& person : items) {
        const auto seat = seats.find(person.id.value);
        if (seat == seats.end()) continue;
        person.state = seat->second.state;
        person.reason = seat->second.reason;
        person.since = seat->second.since;
    }
    co_return answer_with_page(items);
}

Task<http::Response> queues(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeQueues);
    auto query = [scope](sql::Database& db) { return interactions::SetupStore::queues(db, scope); };
    YS_CO_TRY(const std::vector<interactions::QueueRow> rows, co_await api.stores().read(query));
    std::map<QueueId, LiveQueue> live;
    for (const CentreId centre : scope.centres)
        for (const LiveQueue& queue : api.ports().live.queues(centre)) live[queue.queue] = queue;
    std::vector<QueueView> items;
    for (const interactions::QueueRow& row : rows) {
        const LiveQueue now = live.contains(row.id) ? live[row.id] : LiveQueue{};
        items.push_back({row.id, row.name, row.title, now.waiting, now.ready});
    }
    co_return answer_with_page(items);
}

Task<http::Response> users(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeUsers);
    auto query = [scope](sql::Database& db) { return centres::UserStore::users(db, scope); };
    YS_CO_TRY(const std::vector<centres::UserRow> rows, co_await api.stores().read(query));
    std::vector<UserEntry> items;
    for (const centres::UserRow& row : rows)
        items.push_back({.id = row.id,
                         .login = row.login,
                         .name = row.name,
                         .work_number = row.work_number,
                         .roles = role_names(roles_of(row.roles)),
                         .centre_id = row.centre_id,
                         .is_active = row.is_active,
                         .seat_kind = row.seat_kind,
                         .seat_address = row.seat_address});
    co_return answer_with_page(items);
}

}  // namespace

std::vector<Route> people_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/people",
         .summary = "Agents and supervisors with their state, to transfer to.",
         .access = Access::Right,
         .action = Action::SeePeople,
         .handler = people,
         .gives = page_schema_for<PersonView>},
        {.method = "GET",
         .pattern = "/api/v1/queues",
         .summary = "Queues with how many wait and how many are ready.",
         .access = Access::Right,
         .action = Action::SeeQueues,
         .handler = queues,
         .gives = page_schema_for<QueueView>},
        {.method = "GET",
         .pattern = "/api/v1/users",
         .summary = "Accounts of the centre, closed ones too.",
         .access = Access::Right,
         .action = Action::SeeUsers,
         .handler = users,
         .gives = page_schema_for<UserEntry>},
    };
}

}  // namespace ys::api
