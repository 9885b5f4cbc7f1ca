// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/rules_store.h"

#include <algorithm>

#include "interactions/io/setup_store.h"
#include "interactions/io/waiting_store.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/errc.h"

namespace ys::interactions {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE rules_versions (centre_id ID_KEY, version BIGINT NOT NULL);
CREATE TABLE queue_slides (queue_id ID_KEY, centre_id BIGINT NOT NULL, slid_to_s BIGINT NOT NULL);
CREATE TABLE special_days (day TEXT PRIMARY KEY, name TEXT NOT NULL, is_workday BIGINT NOT NULL);
)";

std::int64_t seconds(Millis t) { return std::chrono::duration_cast<Seconds>(t).count(); }

std::string ids_of(const std::vector<SkillId>& skills) {
    std::string out;
    for (const SkillId skill : skills)
        out += (out.empty() ? "" : ",") + std::to_string(skill.value);
    return out;
}

QueueRow row_of(const QueueSetup& q) {
    return {.id = q.id,
            .centre_id = q.centre,
            .name = q.name,
            .title = q.title,
            .answer_within_s = seconds(q.answer_within),
            .waiting_max = static_cast<std::int64_t>(q.waiting_max),
            .priority = q.priority,
            .full_prompt = q.full_prompt,
            .strategy = std::string{routing::word_of(q.strategy)},
            .skill_id = q.skill,
            .needs = ids_of(q.needs),
            .overflow_id = q.overflow,
            .prefer_for_s = seconds(q.prefer_for)};
}

Result<Done> drop_queue(sql::Transaction& tx, const QueueSetup& q) {
    for (const char* sql : {"DELETE FROM queues WHERE centre_id = ? AND id = ?",
                            "DELETE FROM queue_rings WHERE centre_id = ? AND queue_id = ?",
                            "DELETE FROM queue_offers WHERE centre_id = ? AND queue_id = ?",
                            "DELETE FROM queue_slides WHERE centre_id = ? AND queue_id = ?",
                            "DELETE FROM agent_queues WHERE centre_id = ? AND queue_id = ?"}) {
        YS_TRY([[maybe_unused]] const auto n, tx.db().run(sql, q.centre, q.id));
    }
    return Done{};
}

Result<Done> put_queue(sql::Transaction& tx, const QueueSetup& q) {
    // What only other pages change is kept: the row is updated in its columns, not replaced.
    const QueueRow row = row_of(q);
    YS_TRY(const auto changed,
           tx.db().run("UPDATE queues SET name = ?, title = ?, answer_within_s = ?,"
                       " waiting_max = ?, priority = ?, strategy = ?, skill_id = ?, needs = ?,"
                       " overflow_id = ?, prefer_for_s = ? WHERE centre_id = ? AND id = ?",
                       row.name, row.title, row.answer_within_s, row.waiting_max, row.priority,
                       row.strategy, row.skill_id, row.needs, row.overflow_id, row.prefer_for_s,
                       row.centre_id, row.id));
    if (changed == 0) {
        YS_TRY([[maybe_unused]] const auto id, SetupStore::put_queue(tx, row));
    }
    YS_TRY([[maybe_unused]] auto done, SetupStore::set_rings(tx, q.centre, q.id, q.rings));
    YS_TRY(done, WaitingStore::put_offer(tx, offer_of(q)));
    return RulesStore::put_slide(tx, q.centre, q.id, q.slid_to);
}

/// errors  stale
Result<Done> next_version(sql::Transaction& tx, CentreId centre, std::int64_t version) {
    YS_TRY(const std::int64_t now, RulesStore::version(tx.db(), centre));
    if (now != version) return Error{sql::errc::stale, "rules of a centre"};
    return sql::done(
        tx.db().run("INSERT INTO rules_versions (centre_id, version) VALUES (?, ?)"
                    " ON CONFLICT (centre_id) DO UPDATE SET version = excluded.version",
                    centre, version + 1));
}

template <class T>
const T* same(const std::vector<T>& list, const T& one) {
    const auto found = std::ranges::find(list, one.id, &T::id);
    return found == list.end() ? nullptr : &*found;
}

}  // namespace

const sql::Schema& rules_schema() {
    static const sql::Schema it{"rules", {sql::for_both(1, tables)}};
    return it;
}

Result<Done> RulesStore::add_to(sql::Database& db, Setup& setup) {
    YS_TRY([[maybe_unused]] auto read,
           db.each("SELECT queue_id, slid_to_s FROM queue_slides", [&](const sql::Row& row) {
               QueueId queue;
               std::int64_t slid_to_s = 0;
               row.get(0, queue);
               row.get(1, slid_to_s);
               for (QueueSetup& q : setup.queues)
                   if (q.id == queue) q.slid_to = Seconds{slid_to_s};
           }));
    bool is_good = true;
    YS_TRY(read, db.each("SELECT day, name, is_workday FROM special_days ORDER BY day",
                         [&](const sql::Row& row) {
                             std::string day;
                             DaySetup& out = setup.days.emplace_back();
                             row.get(0, day);
                             row.get(1, out.name);
                             row.get(2, out.is_workday);
                             const auto parsed = parse_day(day);
                             is_good = is_good && parsed;
                             if (parsed) out.day = *parsed;
                         }));
    if (!is_good) return Error{std::errc::invalid_argument, "a special day that is none"};
    return Done{};
}

Result<std::int64_t> RulesStore::version(sql::Database& db, CentreId centre) {
    std::int64_t version = 1;
    YS_TRY([[maybe_unused]] const auto read,
           db.each(
               "SELECT version FROM rules_versions WHERE centre_id = ?",
               [&](const sql::Row& row) { row.get(0, version); }, centre));
    return version;
}

Result<Done> RulesStore::number_new(sql::Transaction& tx, CentreRules& form) {
    for (RuleQueue& q : form.queues) {
        if (q.id) continue;
        YS_TRY(q.id.value, sql::next_number(tx, "queues"));
    }
    for (RuleSkill& s : form.skills) {
        if (s.id) continue;
        YS_TRY(s.id.value, sql::next_number(tx, "skills"));
    }
    return Done{};
}

Result<Done> RulesStore::put(sql::Transaction& tx, CentreId centre, std::int64_t version,
                             const Setup& before, const Setup& after) {
    YS_TRY([[maybe_unused]] auto done, next_version(tx, centre, version));
    for (const SkillSetup& s : after.skills) {
        YS_TRY([[maybe_unused]] const auto id,
               SetupStore::put_skill(tx, {.id = s.id, .name = s.name, .title = s.title}));
    }
    for (const QueueSetup& q : before.queues) {
        if (q.centre != centre || same(after.queues, q)) continue;
        YS_TRY(done, drop_queue(tx, q));
    }
    for (const QueueSetup& q : after.queues) {
        if (q.centre != centre) continue;
        YS_TRY(done, put_queue(tx, q));
    }
    for (const AgentSetup& a : after.agents) {
        if (a.centre != centre) continue;
        const AgentSetup* was = same(before.agents, a);
        if (!was || was->queues != a.queues) {
            YS_TRY(done, SetupStore::set_agent_queues(tx, centre, a.id, a.queues));
        }
        if (!was || was->skills != a.skills) {
            YS_TRY(done, SetupStore::set_agent_skills(tx, centre, a.id, a.skills));
        }
        if (!was || was->wrap_up_max != a.wrap_up_max) {
            YS_TRY([[maybe_unused]] const auto n,
                   tx.db().run("UPDATE centres SET wrap_up_max_s = ? WHERE id = ?",
                               seconds(a.wrap_up_max), centre));
        }
    }
    return Done{};
}

Result<Done> RulesStore::put_slide(sql::Transaction& tx, CentreId centre, QueueId queue,
                                   std::optional<Millis> slid_to) {
    if (!slid_to)
        return sql::done(tx.db().run(
            "DELETE FROM queue_slides WHERE centre_id = ? AND queue_id = ?", centre, queue));
    const std::int64_t slid_to_s = *slid_to < Millis::zero() ? -1 : seconds(*slid_to);
    return sql::done(
        tx.db().run("INSERT INTO queue_slides (queue_id, centre_id, slid_to_s) VALUES (?, ?, ?)"
                    " ON CONFLICT (queue_id) DO UPDATE SET slid_to_s = excluded.slid_to_s",
                    queue, centre, slid_to_s));
}

Result<Done> RulesStore::slid(sql::Transaction& tx, CentreId centre, QueueId queue, Millis to) {
    YS_TRY(const std::int64_t now, version(tx.db(), centre));
    YS_TRY([[maybe_unused]] const Done counted, next_version(tx, centre, now));
    return put_slide(tx, centre, queue, to);
}

Result<Done> RulesStore::put_days(sql::Transaction& tx, int year,
                                  const std::vector<DaySetup>& days) {
    YS_TRY([[maybe_unused]] const auto gone,
           tx.db().run("DELETE FROM special_days WHERE day LIKE ?", std::to_string(year) + "-%"));
    for (const DaySetup& d : days) {
        YS_TRY([[maybe_unused]] const auto n,
               tx.db().run("INSERT INTO special_days (day, name, is_workday) VALUES (?, ?, ?)",
                           to_text(d.day), d.name, d.is_workday));
    }
    return Done{};
}

}  // namespace ys::interactions
