// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/setup_store.h"

#include <map>

#include "centres/io/user_store.h"
#include "interactions/io/call_store.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::interactions {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE queues (id ID_KEY, centre_id BIGINT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
  answer_within_s BIGINT NOT NULL, waiting_max BIGINT NOT NULL, priority BIGINT NOT NULL);
CREATE UNIQUE INDEX queues_by_name ON queues (centre_id, name);
CREATE TABLE agent_queues (agent_id BIGINT NOT NULL, queue_id BIGINT NOT NULL,
  centre_id BIGINT NOT NULL, place BIGINT NOT NULL, PRIMARY KEY (agent_id, queue_id));
CREATE TABLE numbers (number TEXT PRIMARY KEY, centre_id BIGINT NOT NULL, flow TEXT NOT NULL);
CREATE TABLE outbound_rules (id ID_KEY, centre_id BIGINT NOT NULL, prefix TEXT NOT NULL,
  from_hour BIGINT NOT NULL, to_hour BIGINT NOT NULL, allow BIGINT NOT NULL);
)";

template <class T>
Result<std::vector<T>> all_of(sql::Database& db, const Scope& scope, std::string_view table,
                              std::string_view order) {
    const sql::Where where(scope, "centre_id");
    return sql::select_with<T>(
        db, "FROM " + std::string(table) + where.text() + " ORDER BY " + std::string(order),
        where.values());
}

Result<std::vector<QueueSetup>> queue_setups(sql::Database& db) {
    std::vector<QueueSetup> out;
    YS_TRY(const auto rows, sql::select<QueueRow>(db, "FROM queues ORDER BY id"));
    for (const QueueRow& row : rows) {
        QueueSetup& q = out.emplace_back();
        q.id = row.id;
        q.centre = row.centre_id;
        q.name = row.name;
        q.title = row.title;
        q.answer_within = Seconds(row.answer_within_s);
        q.waiting_max = static_cast<std::size_t>(row.waiting_max);
        q.priority = static_cast<int>(row.priority);
    }
    return out;
}

Result<std::map<AgentId, std::vector<routing::Service>>> queues_by_agent(sql::Database& db) {
    std::map<AgentId, std::vector<routing::Service>> out;
    YS_TRY([[maybe_unused]] const auto read,
           db.each("SELECT agent_id, queue_id FROM agent_queues ORDER BY agent_id, place",
                   [&](const sql::Row& row) {
                       AgentId agent;
                       row.get(0, agent);
                       row.get(1, out[agent].emplace_back().queue);
                   }));
    return out;
}

Result<std::vector<AgentSetup>> agent_setups(sql::Database& db) {
    YS_TRY(auto queues, queues_by_agent(db));
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    Scope everywhere;
    std::map<CentreId, Millis> wrap_up_max;
    for (const auto& centre : centres) {
        everywhere.centres.push_back(centre.id);
        wrap_up_max[centre.id] = Seconds(centre.wrap_up_max_s);
    }
    YS_TRY(const auto users, centres::UserStore::users(db, everywhere));
    std::vector<AgentSetup> out;
    for (const auto& user : users) {
        const bool is_supervisor = centres::has_role(user.roles, "supervisor");
        if (!user.is_active || (!is_supervisor && !centres::has_role(user.roles, "agent")))
            continue;
        const AgentId id{user.id.value};
        AgentSetup& a = out.emplace_back();
        a.id = id;
        a.centre = user.centre_id;
        a.work_number = user.work_number;
        a.name = user.name;
        a.queues = std::move(queues[id]);
        a.is_supervisor = is_supervisor;
        a.wrap_up_max = wrap_up_max[user.centre_id];
    }
    return out;
}

}  // namespace

const sql::Schema& setup_schema() {
    static const sql::Schema it{"setup", {sql::for_both(1, tables)}};
    return it;
}

bool is_outbound_allowed(const std::vector<OutboundRuleRow>& rules, CentreId centre,
                         std::string_view number, int local_hour) {
    const OutboundRuleRow* best = nullptr;
    for (const OutboundRuleRow& rule : rules) {
        const bool fits = rule.centre_id == centre && number.starts_with(rule.prefix) &&
                          rule.from_hour <= local_hour && local_hour < rule.to_hour;
        if (!fits) continue;
        const bool is_closer = !best || rule.prefix.size() > best->prefix.size() ||
                               (rule.prefix.size() == best->prefix.size() && !rule.allow);
        if (is_closer) best = &rule;
    }
    return best && best->allow;
}

Result<QueueId> SetupStore::put_queue(sql::Transaction& tx, QueueRow queue) {
    YS_TRY(queue.id.value, sql::own_number(tx, "queues", queue.id.value));
    YS_TRY([[maybe_unused]] const auto n, sql::put(tx, "queues", queue));
    return queue.id;
}

Result<Done> SetupStore::put_number(sql::Transaction& tx, const NumberRow& number) {
    return sql::done(sql::put(tx, "numbers", number, "number"));
}

Result<std::uint64_t> SetupStore::put_outbound_rule(sql::Transaction& tx, OutboundRuleRow rule) {
    YS_TRY(rule.id, sql::own_number(tx, "outbound_rules", rule.id));
    YS_TRY([[maybe_unused]] const auto n, sql::put(tx, "outbound_rules", rule));
    return rule.id;
}

Result<Done> SetupStore::set_agent_queues(sql::Transaction& tx, CentreId centre, AgentId agent,
                                          const std::vector<QueueId>& queues) {
    YS_TRY([[maybe_unused]] const auto gone,
           tx.db().run("DELETE FROM agent_queues WHERE centre_id = ? AND agent_id = ?", centre,
                       agent));
    std::int64_t place = 0;
    for (const QueueId queue : queues) {
        YS_TRY([[maybe_unused]] const auto n,
               tx.db().run("INSERT INTO agent_queues (agent_id, queue_id, centre_id, place)"
                           " VALUES (?, ?, ?, ?)",
                           agent, queue, centre, place++));
    }
    return Done{};
}

Result<std::vector<QueueRow>> SetupStore::queues(sql::Database& db, const Scope& scope) {
    return all_of<QueueRow>(db, scope, "queues", "id");
}

Result<std::vector<NumberRow>> SetupStore::numbers(sql::Database& db, const Scope& scope) {
    return all_of<NumberRow>(db, scope, "numbers", "number");
}

Result<std::vector<OutboundRuleRow>> SetupStore::outbound_rules(sql::Database& db,
                                                                const Scope& scope) {
    return all_of<OutboundRuleRow>(db, scope, "outbound_rules", "id");
}

Result<std::vector<QueueId>> SetupStore::agent_queues(sql::Database& db, const Scope& scope,
                                                      AgentId agent) {
    sql::Where where(scope, "centre_id");
    where.also("agent_id = ?", agent);
    std::vector<QueueId> out;
    YS_TRY(
        [[maybe_unused]] const auto n,
        db.run_with("SELECT queue_id FROM agent_queues" + where.text() + " ORDER BY place",
                    where.values(), [&](const sql::Row& row) { row.get(0, out.emplace_back()); }));
    return out;
}

Result<Setup> SetupStore::load(sql::Database& db) {
    Setup setup;
    YS_TRY(setup.queues, queue_setups(db));
    YS_TRY(setup.agents, agent_setups(db));
    YS_TRY(const auto numbers, sql::select<NumberRow>(db, "FROM numbers ORDER BY number"));
    for (const NumberRow& row : numbers)
        setup.numbers.push_back({row.number, row.centre_id, row.flow});
    YS_TRY(const auto interaction, CallStore::highest_interaction(db));
    YS_TRY(const auto recording, CallStore::highest_recording(db));
    setup.first_interaction = interaction + 1;
    setup.first_recording = recording + 1;
    return setup;
}

}  // namespace ys::interactions
