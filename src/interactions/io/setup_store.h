// SPDX-License-Identifier: Apache-2.0
// What an administrator sets up: queues, who serves them, hotline numbers, where one may dial out.
#pragma once

#include <string>
#include <vector>

#include "base/described.h"
#include "interactions/coordinator.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::interactions {

const sql::Schema& setup_schema();

struct QueueRow {
    QueueId id{};
    CentreId centre_id{};
    std::string name{};   ///< as in flow files, unique within the centre
    std::string title{};  ///< as on screens
    std::int64_t answer_within_s = 15;
    std::int64_t waiting_max = 500;
    std::int64_t priority = 0;
    std::string full_prompt = "queue-full";
    std::string strategy = "longest_idle";  ///< routing::Strategy
    SkillId skill_id{};                     ///< what rings measure levels of
    std::string needs{};                    ///< ids of skills, "," between
    QueueId overflow_id{};
    std::int64_t prefer_for_s = 0;
};
BOOST_DESCRIBE_STRUCT(QueueRow, (),
                      (id, centre_id, name, title, answer_within_s, waiting_max, priority,
                       full_prompt, strategy, skill_id, needs, overflow_id, prefer_for_s))

struct SkillRow {
    SkillId id{};
    std::string name{};  ///< the word flows use, one in the whole hotline
    std::string title{};
};
BOOST_DESCRIBE_STRUCT(SkillRow, (), (id, name, title))

/// A place of the territory; lists have "," between. See routing::Place.
struct PlaceRow {
    std::uint64_t id = 0;
    CentreId centre_id{};
    std::string name{}, codes{}, plates{}, accounts{}, said{};
};
BOOST_DESCRIBE_STRUCT(PlaceRow, (), (id, centre_id, name, codes, plates, accounts, said))

struct NumberRow {
    std::string number{};  ///< hotline number, unique
    CentreId centre_id{};
    std::string flow{};
    bool locates = false;  ///< callers belong to the centre of their place
};
BOOST_DESCRIBE_STRUCT(NumberRow, (), (number, centre_id, flow, locates))

struct OutboundRuleRow {
    std::uint64_t id = 0;
    CentreId centre_id{};
    std::string prefix{};        ///< of the normalised number; "" for every number
    std::int64_t from_hour = 0;  ///< local hours: from <= h < to; 0 and 24 for always
    std::int64_t to_hour = 24;
    bool allow = true;
};
BOOST_DESCRIBE_STRUCT(OutboundRuleRow, (), (id, centre_id, prefix, from_hour, to_hour, allow))

/// The longest matching prefix decides, a refusal before a permission; no match: not allowed.
bool is_outbound_allowed(const std::vector<OutboundRuleRow>& rules, CentreId centre,
                         std::string_view number, int local_hour);

class SetupStore {
public:
    /// Each inserts or replaces; id 0 gets a new one.
    static Result<QueueId> put_queue(sql::Transaction& tx, QueueRow queue);
    static Result<Done> put_number(sql::Transaction& tx, const NumberRow& number);
    static Result<std::uint64_t> put_outbound_rule(sql::Transaction& tx, OutboundRuleRow rule);
    static Result<SkillId> put_skill(sql::Transaction& tx, SkillRow skill);
    static Result<std::uint64_t> put_place(sql::Transaction& tx, PlaceRow place);
    static Result<Done> put_segments(sql::Transaction& tx,
                                     const std::vector<routing::Segment>& segments);
    /// Each replaces all there were: rings by time, queues of an agent with the first choice first.
    static Result<Done> set_rings(sql::Transaction& tx, CentreId centre, QueueId queue,
                                  const std::vector<routing::Ring>& rings);
    static Result<Done> set_agent_queues(sql::Transaction& tx, CentreId centre, AgentId agent,
                                         const std::vector<routing::Service>& queues);
    static Result<Done> set_agent_skills(sql::Transaction& tx, CentreId centre, AgentId agent,
                                         const std::vector<routing::Skill>& skills);

    static Result<std::vector<QueueRow>> queues(sql::Database& db, const Scope& scope);
    static Result<std::vector<NumberRow>> numbers(sql::Database& db, const Scope& scope);
    static Result<std::vector<OutboundRuleRow>> outbound_rules(sql::Database& db,
                                                               const Scope& scope);
    static Result<std::vector<QueueId>> agent_queues(sql::Database& db, const Scope& scope,
                                                     AgentId agent);

    /// Everything the coordinator starts with but the flow texts: centres, skills, queues, active
    /// agents and supervisors, numbers, the territory, open emergencies, and the first
    /// free interaction, recording and emergency. Of all centres. errors  invalid_argument for a
    /// row that cannot be read
    static Result<Setup> load(sql::Database& db);
};

}  // namespace ys::interactions
