// SPDX-License-Identifier: Apache-2.0
#include "app/seed.h"

#include <algorithm>
#include <array>
#include <set>

#include "api/rooms.h"
#include "app/embedded_text.h"
#include "app/seed_crew.h"
#include "base/opening_hours.h"
#include "cases/io/case_store.h"
#include "cases/io/unit_store.h"
#include "centres/io/user_store.h"
#include "channels/chat/io/chat_store.h"
#include "customers/io/barred_store.h"
#include "customers/io/customer_store.h"
#include "interactions/io/call_store.h"
#include "interactions/io/rules_store.h"
#include "interactions/io/setup_store.h"
#include "interactions/io/waiting_store.h"
#include "platform/journal/journal.h"
#include "reports/io/case_reading.h"
#include "routing/policy.h"

namespace ys::app {
namespace {

using CentreIds = std::map<std::string, CentreId>;
using QueueIds = std::map<std::string, QueueId>;  ///< by "centre/queue"
using SkillIds = std::map<std::string, SkillId>;
/// What was seeded so far, by name.
struct Seeded {
    CentreIds centres;
    SkillIds skills;
    QueueIds queues;
};
using Hashes = std::map<std::string, Secret<std::string>>;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ",") + word;
    return text;
}

/// A thing that names no centre belongs to the first.
CentreId centre_of(const CentreIds& ids, const Scenario& scenario, const std::string& name) {
    return ids.at(name.empty() ? scenario.centre.front().name : name);
}

std::string_view seat_kind_of(const ScenarioUser& user) {
    if (user.seat == "sip_phone") return "SipPhone";
    return user.seat == "outside_number" ? "OutsideNumber" : "Browser";
}

Result<CentreIds> seed_centres(sql::Transaction& tx, const Scenario& scenario) {
    CentreIds ids;
    const std::int64_t wrap_up_s =
        scenario.crowd.count > 0 ? scenario.crowd.each.wrap_up_max_s : 60;
    for (const ScenarioCentre& centre : scenario.centre) {
        const auto parent = ids.find(centre.parent);
        YS_TRY(const CentreId id,
               centres::UserStore::put_centre(
                   tx, {.parent_id = parent == ids.end() ? CentreId{} : parent->second,
                        .name = centre.title,
                        .wrap_up_max_s = wrap_up_s}));
        ids[centre.name] = id;
        if (centre.customers_served == 0) continue;
        YS_TRY([[maybe_unused]] const Done served,
               reports::put_customers_served(tx, id, centre.customers_served));
    }
    return ids;
}

Result<SkillIds> seed_skills(sql::Transaction& tx, const Scenario& scenario) {
    SkillIds ids;
    for (const ScenarioSkill& skill : scenario.skill) {
        YS_TRY(ids[skill.name],
               interactions::SetupStore::put_skill(tx, {.name = skill.name, .title = skill.title}));
    }
    return ids;
}

interactions::QueueRow row_of(const ScenarioQueue& queue, CentreId centre, const SkillIds& skills) {
    std::string needs;
    for (const std::string& need : queue.needs)
        needs += (needs.empty() ? "" : ",") + std::to_string(skills.at(need).value);
    return {.centre_id = centre,
            .name = queue.name,
            .title = queue.title,
            .answer_within_s = queue.answer_within_s,
            .waiting_max = queue.waiting_max,
            .priority = queue.priority,
            .full_prompt = queue.full_prompt,
            .strategy = queue.strategy,
            .skill_id = queue.skill.empty() ? SkillId{} : skills.at(queue.skill),
            .needs = std::move(needs),
            .prefer_for_s = queue.prefer_for_s};
}

/// Twice: queues name each other, and a name has no id before its queue is there.
Result<QueueIds> seed_queues(sql::Transaction& tx, const Scenario& scenario, const Seeded& so_far) {
    QueueIds ids;
    for (const ScenarioQueue& queue : scenario.queue) {
        const CentreId centre = centre_of(so_far.centres, scenario, queue.centre);
        YS_TRY(ids[queue_path(queue.name, queue.centre)],
               interactions::SetupStore::put_queue(tx, row_of(queue, centre, so_far.skills)));
        YS_TRY(const auto hours, parse_opening_hours(queue.hours));
        YS_TRY([[maybe_unused]] const auto offers,
               interactions::WaitingStore::put_offer(
                   tx, {.queue_id = ids[queue_path(queue.name, queue.centre)],
                        .centre_id = centre,
                        .callback_after_s = queue.callback_after_s,
                        .voicemail_after_s = queue.voicemail_after_s,
                        .duty = joined(queue.duty),
                        .is_unhurried = queue.unhurried,
                        .hours = to_text(hours)}));
    }
    for (const ScenarioQueue& queue : scenario.queue) {
        const CentreId centre = centre_of(so_far.centres, scenario, queue.centre);
        interactions::QueueRow row = row_of(queue, centre, so_far.skills);
        row.id = ids.at(queue_path(queue.name, queue.centre));
        if (!queue.overflow.empty()) {
            row.overflow_id = ids.at(queue.overflow);
            YS_TRY(row.id, interactions::SetupStore::put_queue(tx, row));
        }
        std::vector<routing::Ring> rings;
        for (const ScenarioRing& ring : queue.rings)
            rings.push_back({Seconds{ring.after_s}, static_cast<int>(ring.level_min),
                             ring.also.empty() ? QueueId{} : ids.at(ring.also)});
        if (rings.empty()) continue;
        YS_TRY([[maybe_unused]] const Done done,
               interactions::SetupStore::set_rings(tx, centre, row.id, rings));
    }
    return ids;
}

Result<Done> seed_user(sql::Transaction& tx, const ScenarioUser& user, CentreId centre,
                       const Seeded& so_far, Secret<std::string> password_hash) {
    YS_TRY(const UserId id,
           centres::UserStore::put_user(tx, {.centre_id = centre,
                                             .login = user.login,
                                             .work_number = user.work_number,
                                             .name = user.name,
                                             .password_hash = std::move(password_hash),
                                             .roles = joined(user.roles),
                                             .seat_kind = std::string{seat_kind_of(user)},
                                             .seat_address = user.seat_address}));
    const AgentId agent{id.value};
    std::vector<routing::Service> served;
    for (const std::string& text : user.queues) {
        YS_TRY(const Graded queue, graded(text, 0, 0, routing::priority_max));
        served.push_back({so_far.queues.at(queue_path(queue.name, user.centre)), queue.grade});
    }
    std::vector<routing::Skill> skills;
    for (const std::string& text : user.skills) {
        YS_TRY(const Graded skill, graded(text, 1, 1, routing::skill_level_max));
        skills.push_back({so_far.skills.at(skill.name), skill.grade});
    }
    YS_TRY(const Done done, interactions::SetupStore::set_agent_queues(tx, centre, agent, served));
    if (skills.empty()) return done;
    return interactions::SetupStore::set_agent_skills(tx, centre, agent, skills);
}

Result<Done> seed_users(sql::Transaction& tx, const Scenario& scenario, const Seeded& so_far,
                        const Hashes& hashes) {
    for (const ScenarioUser& user : scenario.user) {
        const auto hash = hashes.find(user.password.empty() ? scenario.password : user.password);
        YS_TRY([[maybe_unused]] const Done done,
               seed_user(tx, user, centre_of(so_far.centres, scenario, user.centre), so_far,
                         hash == hashes.end() ? Secret<std::string>{} : hash->second));
    }
    return Done{};
}

Result<Done> seed_places(sql::Transaction& tx, const Scenario& scenario, const CentreIds& centres) {
    for (const ScenarioPlace& place : scenario.place) {
        YS_TRY([[maybe_unused]] const auto id,
               interactions::SetupStore::put_place(
                   tx, {.centre_id = centre_of(centres, scenario, place.centre),
                        .name = place.name,
                        .codes = joined(place.codes),
                        .plates = joined(place.plates),
                        .accounts = joined(place.accounts),
                        .said = joined(place.said)}));
    }
    return interactions::SetupStore::put_segments(tx, scenario.segment);
}

Result<Done> seed_rest(sql::Transaction& tx, const Scenario& scenario, const CentreIds& centres,
                       UtcTime now) {
    for (const ScenarioNumber& number : scenario.number) {
        YS_TRY([[maybe_unused]] const Done done,
               interactions::SetupStore::put_number(
                   tx, {.number = number.number,
                        .centre_id = centre_of(centres, scenario, number.centre),
                        .flow = number.flow,
                        .locates = number.locates}));
    }
    for (const ScenarioOutbound& rule : scenario.outbound) {
        YS_TRY([[maybe_unused]] const auto id,
               interactions::SetupStore::put_outbound_rule(
                   tx, {.centre_id = centre_of(centres, scenario, rule.centre),
                        .prefix = rule.prefix,
                        .from_hour = rule.from_hour,
                        .to_hour = rule.to_hour,
                        .allow = rule.allow}));
    }
    for (const ScenarioCustomer& customer : scenario.customer) {
        YS_TRY([[maybe_unused]] const auto id,
               customers::CustomerStore::add(
                   tx,
                   {.centre_id = centre_of(centres, scenario, customer.centre),
                    .name = customer.name,
                    .address = customer.address,
                    .account_number = customer.account_number,
                    .tags = joined(customer.tags),
                    .note = customer.note,
                    .created_at = now,
                    .plate = customer.plate},
                   customer.numbers));
    }
    return Done{};
}

/// "login:unit+superior"
Result<Done> seed_member(sql::Transaction& tx, const std::string& text, cases::UnitId unit,
                         CentreId centre) {
    const auto colon = text.find(':');
    YS_TRY(const auto user, centres::UserStore::find_login(tx.db(), text.substr(0, colon)));
    if (!user) return Error{sql::errc::not_found, "seeding " + text};
    std::string roles = text.substr(colon + 1);
    std::ranges::replace(roles, '+', ',');
    return cases::UnitStore::put_member(tx, {user->id, unit, centre, roles});
}

Result<Done> seed_units(sql::Transaction& tx, const Scenario& scenario, const CentreIds& centres) {
    SeededUnits units;
    for (const ScenarioUnit& unit : scenario.unit) {
        const CentreId centre = centre_of(centres, scenario, unit.centre);
        const cases::UnitId above =
            unit.superior.empty() ? cases::UnitId{} : units.at(unit.superior).first;
        YS_TRY(const cases::UnitId id,
               cases::UnitStore::put_unit(
                   tx, {.centre_id = centre,
                        .name = unit.title,
                        .superior_id = above,
                        .fallback_rank = static_cast<std::int32_t>(unit.fallback)}));
        units[unit.name] = {id, centre};
        for (const std::string& member : unit.members) {
            YS_TRY([[maybe_unused]] const Done done, seed_member(tx, member, id, centre));
        }
    }
    for (const ScenarioDuty& duty : scenario.duty) {
        const auto& [unit, centre] = units.at(duty.unit);
        YS_TRY(
            [[maybe_unused]] const Done done,
            cases::UnitStore::put_duty(tx, {centre, duty.title, duty.category, duty.area, unit}));
    }
    // What cannot work is told at the start, not at the first case.
    for (const auto& [name, centre] : centres) {
        YS_TRY([[maybe_unused]] const auto read, cases::UnitStore::load(tx.db(), centre));
    }
    return seed_crew(tx, scenario, units);
}

Result<Done> seed_all(sql::Transaction& tx, const Scenario& scenario, const Hashes& hashes,
                      UtcTime now) {
    YS_TRY(const auto there, centres::UserStore::all_centres(tx.db()));
    if (!there.empty()) return Done{};
    Seeded so_far;
    YS_TRY(so_far.centres, seed_centres(tx, scenario));
    YS_TRY(so_far.skills, seed_skills(tx, scenario));
    YS_TRY(so_far.queues, seed_queues(tx, scenario, so_far));
    YS_TRY(Done done, seed_users(tx, scenario, so_far, hashes));
    YS_TRY(done, seed_places(tx, scenario, so_far.centres));
    YS_TRY(done, seed_units(tx, scenario, so_far.centres));
    return seed_rest(tx, scenario, so_far.centres, now);
}

}  // namespace

Result<Scenario> find_scenario(const std::string& name, std::uint32_t agents) {
    if (name.find('/') != std::string::npos) return load_scenario(name, agents);
    const auto read = [&](std::string_view file) -> Result<std::string> {
        const auto text = embedded_text(name + "/" + std::string{file});
        if (!text)
            return Error{std::errc::no_such_file_or_directory, name + "/" + std::string{file}};
        return std::string{*text};
    };
    YS_TRY(const std::string toml, read("scenario.toml"));
    return parse_scenario(toml, agents, read);
}

Result<Done> migrate_all(sql::Database& db) {
    auto rooms = api::all_rooms();
    rooms.push_back(chat::schema());
    return sql::migrate(db, rooms);
}

Result<Done> seed(sql::Writer& writer, const Scenario& scenario, const Hashes& hash_of_password,
                  UtcTime now) {
    return writer.submit_and_wait(
        [&](sql::Transaction& tx) { return seed_all(tx, scenario, hash_of_password, now); });
}

std::vector<std::string> passwords_of(const Scenario& scenario) {
    std::set<std::string> passwords{scenario.password};
    for (const ScenarioUser& user : scenario.user)
        if (!user.password.empty()) passwords.insert(user.password);
    return {passwords.begin(), passwords.end()};
}

}  // namespace ys::app
