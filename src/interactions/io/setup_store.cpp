// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/setup_store.h"

#include <map>

#include "base/text.h"
#include "centres/io/user_store.h"
#include "interactions/io/call_store.h"
#include "interactions/io/last_life.h"
#include "interactions/io/rules_store.h"
#include "interactions/io/waiting_store.h"
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

constexpr std::string_view strategies_and_territory = R"(
ALTER TABLE queues ADD COLUMN full_prompt TEXT NOT NULL DEFAULT 'queue-full';
ALTER TABLE queues ADD COLUMN strategy TEXT NOT NULL DEFAULT 'longest_idle';
ALTER TABLE queues ADD COLUMN skill_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE queues ADD COLUMN needs TEXT NOT NULL DEFAULT '';
ALTER TABLE queues ADD COLUMN overflow_id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE queues ADD COLUMN prefer_for_s BIGINT NOT NULL DEFAULT 0;
ALTER TABLE agent_queues ADD COLUMN weight BIGINT NOT NULL DEFAULT 0;
ALTER TABLE numbers ADD COLUMN locates BIGINT NOT NULL DEFAULT 0;
CREATE TABLE queue_rings (queue_id BIGINT NOT NULL, centre_id BIGINT NOT NULL,
  place BIGINT NOT NULL, after_ms BIGINT NOT NULL, level_min BIGINT NOT NULL,
  also_id BIGINT NOT NULL, PRIMARY KEY (queue_id, place));
CREATE TABLE skills (id ID_KEY, name TEXT NOT NULL, title TEXT NOT NULL);
CREATE UNIQUE INDEX skills_by_name ON skills (name);
CREATE TABLE agent_skills (agent_id BIGINT NOT NULL, skill_id BIGINT NOT NULL,
  centre_id BIGINT NOT NULL, level BIGINT NOT NULL, PRIMARY KEY (agent_id, skill_id));
CREATE TABLE places (id ID_KEY, centre_id BIGINT NOT NULL, name TEXT NOT NULL,
  codes TEXT NOT NULL, plates TEXT NOT NULL, accounts TEXT NOT NULL, said TEXT NOT NULL);
CREATE TABLE segments (prefix TEXT PRIMARY KEY, code TEXT NOT NULL);
)";

std::vector<std::string> words_of(const std::string& list) {
    std::vector<std::string> words;
    for (const std::string_view word : split(list, ','))
        if (!word.empty()) words.emplace_back(word);
    return words;
}

template <class T>
Result<std::vector<T>> all_of(sql::Database& db, const Scope& scope, std::string_view table,
                              std::string_view order) {
    const sql::Where where(scope, "centre_id");
    return sql::select_with<T>(
        db, "FROM " + std::string(table) + where.text() + " ORDER BY " + std::string(order),
        where.values());
}

Result<std::map<QueueId, std::vector<routing::Ring>>> rings_by_queue(sql::Database& db) {
    std::map<QueueId, std::vector<routing::Ring>> out;
    YS_TRY([[maybe_unused]] const auto read,
           db.each("SELECT queue_id, after_ms, level_min, also_id FROM queue_rings"
                   " ORDER BY queue_id, place",
                   [&](const sql::Row& row) {
                       QueueId queue;
                       std::int64_t after_ms = 0, level_min = 0;
                       row.get(0, queue);
                       row.get(1, after_ms);
                       row.get(2, level_min);
                       routing::Ring& ring = out[queue].emplace_back();
                       ring.after = Millis{after_ms};
                       ring.level_min = static_cast<int>(level_min);
                       row.get(3, ring.also);
                   }));
    return out;
}

Result<std::vector<QueueSetup>> queue_setups(sql::Database& db) {
    std::vector<QueueSetup> out;
    YS_TRY(const auto rows, sql::select<QueueRow>(db, "FROM queues ORDER BY id"));
    YS_TRY(auto rings, rings_by_queue(db));
    for (const QueueRow& row : rows) {
        QueueSetup& q = out.emplace_back();
        q.id = row.id;
        q.centre = row.centre_id;
        q.name = row.name;
        q.title = row.title;
        q.answer_within = Seconds(row.answer_within_s);
        q.waiting_max = static_cast<std::size_t>(row.waiting_max);
        q.priority = static_cast<int>(row.priority);
        q.full_prompt = row.full_prompt;
        const auto strategy = routing::strategy_of(row.strategy);
        if (!strategy)
            return Error{std::errc::invalid_argument,
                         "queue " + row.name + " has no strategy “" + row.strategy + "”"};
        q.strategy = *strategy;
        q.skill = row.skill_id;
        for (const std::string& skill : words_of(row.needs))
            q.needs.push_back(SkillId{parse_number(skill).value_or(0)});
        q.rings = std::move(rings[row.id]);
        q.overflow = row.overflow_id;
        q.prefer_for = Seconds(row.prefer_for_s);
    }
    return out;
}

Result<std::map<AgentId, std::vector<routing::Service>>> queues_by_agent(sql::Database& db) {
    std::map<AgentId, std::vector<routing::Service>> out;
    YS_TRY([[maybe_unused]] const auto read,
           db.each("SELECT agent_id, queue_id, weight FROM agent_queues ORDER BY agent_id, place",
                   [&](const sql::Row& row) {
                       AgentId agent;
                       std::int64_t weight = 0;
                       row.get(0, agent);
                       routing::Service& service = out[agent].emplace_back();
                       row.get(1, service.queue);
                       row.get(2, weight);
                       service.weight = static_cast<int>(weight);
                   }));
    return out;
}

Result<std::map<AgentId, std::vector<routing::Skill>>> skills_by_agent(sql::Database& db) {
    std::map<AgentId, std::vector<routing::Skill>> out;
    YS_TRY([[maybe_unused]] const auto read,
           db.each("SELECT agent_id, skill_id, level FROM agent_skills ORDER BY agent_id, skill_id",
                   [&](const sql::Row& row) {
                       AgentId agent;
                       std::int64_t level = 0;
                       row.get(0, agent);
                       routing::Skill& skill = out[agent].emplace_back();
                       row.get(1, skill.id);
                       row.get(2, level);
                       skill.level = static_cast<int>(level);
                   }));
    return out;
}

Result<Done> load_territory(sql::Database& db, Setup& setup) {
    YS_TRY(const auto places, sql::select<PlaceRow>(db, "FROM places ORDER BY id"));
    for (const PlaceRow& row : places)
        setup.places.push_back({row.centre_id, row.name, words_of(row.codes), words_of(row.plates),
                                words_of(row.accounts), words_of(row.said)});
    return db.each("SELECT prefix, code FROM segments ORDER BY prefix", [&](const sql::Row& row) {
        routing::Segment& segment = setup.segments.emplace_back();
        row.get(0, segment.prefix);
        row.get(1, segment.code);
    });
}

Result<std::vector<AgentSetup>> agent_setups(sql::Database& db) {
    YS_TRY(auto queues, queues_by_agent(db));
    YS_TRY(auto skills, skills_by_agent(db));
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
        a.skills = std::move(skills[id]);
        a.is_supervisor = is_supervisor;
        a.wrap_up_max = wrap_up_max[user.centre_id];
    }
    return out;
}

}  // namespace

const sql::Schema& setup_schema() {
    static const sql::Schema it{
        "setup", {sql::for_both(1, tables), sql::for_both(2, strategies_and_territory)}};
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

Result<SkillId> SetupStore::put_skill(sql::Transaction& tx, SkillRow skill) {
    YS_TRY(skill.id.value, sql::own_number(tx, "skills", skill.id.value));
    YS_TRY([[maybe_unused]] const auto n, sql::put(tx, "skills", skill));
    return skill.id;
}

Result<std::uint64_t> SetupStore::put_place(sql::Transaction& tx, PlaceRow place) {
    YS_TRY(place.id, sql::own_number(tx, "places", place.id));
    YS_TRY([[maybe_unused]] const auto n, sql::put(tx, "places", place));
    return place.id;
}

Result<Done> SetupStore::put_segments(sql::Transaction& tx,
                                      const std::vector<routing::Segment>& segments) {
    for (const routing::Segment& segment : segments) {
        YS_TRY([[maybe_unused]] const auto n,
               tx.db().run("INSERT INTO segments (prefix, code) VALUES (?, ?)"
                           " ON CONFLICT (prefix) DO UPDATE SET code = excluded.code",
                           segment.prefix, segment.code));
    }
    return Done{};
}

Result<Done> SetupStore::set_rings(sql::Transaction& tx, CentreId centre, QueueId queue,
                                   const std::vector<routing::Ring>& rings) {
    YS_TRY(
        [[maybe_unused]] const auto gone,
        tx.db().run("DELETE FROM queue_rings WHERE centre_id = ? AND queue_id = ?", centre, queue));
    std::int64_t place = 0;
    for (const routing::Ring& ring : rings) {
        YS_TRY([[maybe_unused]] const auto n,
               tx.db().run("INSERT INTO queue_rings (queue_id, centre_id, place, after_ms,"
                           " level_min, also_id) VALUES (?, ?, ?, ?, ?, ?)",
                           queue, centre, place++, ring.after.count(), std::int64_t{ring.level_min},
                           ring.also));
    }
    return Done{};
}

Result<Done> SetupStore::set_agent_queues(sql::Transaction& tx, CentreId centre, AgentId agent,
                                          const std::vector<routing::Service>& queues) {
    YS_TRY([[maybe_unused]] const auto gone,
           tx.db().run("DELETE FROM agent_queues WHERE centre_id = ? AND agent_id = ?", centre,
                       agent));
    std::int64_t place = 0;
    for (const routing::Service& service : queues) {
        YS_TRY([[maybe_unused]] const auto n,
               tx.db().run("INSERT INTO agent_queues (agent_id, queue_id, centre_id, place, weight)"
                           " VALUES (?, ?, ?, ?, ?)",
                           agent, service.queue, centre, place++, std::int64_t{service.weight}));
    }
    return Done{};
}

Result<Done> SetupStore::set_agent_skills(sql::Transaction& tx, CentreId centre, AgentId agent,
                                          const std::vector<routing::Skill>& skills) {
    YS_TRY([[maybe_unused]] const auto gone,
           tx.db().run("DELETE FROM agent_skills WHERE centre_id = ? AND agent_id = ?", centre,
                       agent));
    for (const routing::Skill& skill : skills) {
        YS_TRY([[maybe_unused]] const auto n,
               tx.db().run("INSERT INTO agent_skills (agent_id, skill_id, centre_id, level)"
                           " VALUES (?, ?, ?, ?)",
                           agent, skill.id, centre, std::int64_t{skill.level}));
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
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    YS_TRY(setup.tree, centres::tree_of(centres));
    YS_TRY(const auto skills, sql::select<SkillRow>(db, "FROM skills ORDER BY id"));
    for (const SkillRow& row : skills) setup.skills.push_back({row.id, row.name, row.title});
    YS_TRY(setup.queues, queue_setups(db));
    YS_TRY([[maybe_unused]] const Done done, load_territory(db, setup));
    YS_TRY([[maybe_unused]] const auto offers, WaitingStore::add_offers(db, setup.queues));
    YS_TRY([[maybe_unused]] const auto changed, RulesStore::add_to(db, setup));
    YS_TRY(setup.agents, agent_setups(db));
    YS_TRY(const auto numbers, sql::select<NumberRow>(db, "FROM numbers ORDER BY number"));
    for (const NumberRow& row : numbers)
        setup.numbers.push_back({row.number, row.centre_id, row.flow, row.locates});
    YS_TRY(const auto interaction, CallStore::highest_interaction(db));
    YS_TRY(const auto recording, CallStore::highest_recording(db));
    YS_TRY(OpenEmergencies emergencies, open_emergencies(db));
    setup.emergencies = std::move(emergencies.open);
    setup.first_emergency = emergencies.first_free;
    setup.first_interaction = interaction + 1;
    setup.first_recording = recording + 1;
    return setup;
}

}  // namespace ys::interactions
