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
};
BOOST_DESCRIBE_STRUCT(QueueRow, (),
                      (id, centre_id, name, title, answer_within_s, waiting_max, priority))

struct NumberRow {
    std::string number{};  ///< hotline number, unique
    CentreId centre_id{};
    std::string flow{};
};
BOOST_DESCRIBE_STRUCT(NumberRow, (), (number, centre_id, flow))

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
    /// Replaces the queues of one agent, first choice first.
    static Result<Done> set_agent_queues(sql::Transaction& tx, CentreId centre, AgentId agent,
                                         const std::vector<QueueId>& queues);

    static Result<std::vector<QueueRow>> queues(sql::Database& db, const Scope& scope);
    static Result<std::vector<NumberRow>> numbers(sql::Database& db, const Scope& scope);
    static Result<std::vector<OutboundRuleRow>> outbound_rules(sql::Database& db,
                                                               const Scope& scope);
    static Result<std::vector<QueueId>> agent_queues(sql::Database& db, const Scope& scope,
                                                     AgentId agent);

    /// Everything the coordinator starts with but the flow texts: queues, active agents and
    /// supervisors, numbers, and the first free interaction and recording. Of all centres.
    static Result<Setup> load(sql::Database& db);
};

}  // namespace ys::interactions
