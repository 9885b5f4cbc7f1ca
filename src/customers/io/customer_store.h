// SPDX-License-Identifier: Apache-2.0
// The people who call: their numbers, what is known of them, and what happened before.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::customers {

const sql::Schema& schema();

struct CustomerRow {
    CustomerId id{};
    CentreId centre_id{};
    Private name{};
    Private address{};
    Private account_number{};  ///< of the business behind the hotline: heating account, card
    std::string tags{};        ///< "elder,vip"
    Private note{};
    UtcTime created_at{};
    Private plate{};  ///< of their car, "甘A12345"; where they have none ""
};
BOOST_DESCRIBE_STRUCT(CustomerRow, (),
                      (id, centre_id, name, address, account_number, tags, note, created_at, plate))

/// One line of what happened before, newest first.
struct TimelineItem {
    std::string kind{};    ///< "call" "case"
    std::uint64_t id = 0;  ///< InteractionId or CaseId
    UtcTime at{};
    std::string number{};  ///< caller's number, or the case's number
    std::string title{};   ///< queue's or case's title
    std::string status{};  ///< end cause of a call, status of a case
    AgentId agent_id{};
    std::string agent_name{};
    std::int64_t talked_ms = 0;
    std::string direction{};     ///< of a call
    RecordingId recording_id{};  ///< the main one of a call, or none
};
BOOST_DESCRIBE_STRUCT(TimelineItem, (),
                      (kind, id, at, number, title, status, agent_id, agent_name, talked_ms,
                       direction, recording_id))

struct TimelineOf {
    CustomerId customer{};  ///< what is tied to this person,
    std::string number{};   ///< and what came from or concerns this number
    std::optional<UtcTime> before{};
    std::size_t limit = 50;
};

class CustomerStore {
public:
    /// id 0 gets a new one.
    static Result<CustomerId> add(sql::Transaction& tx, CustomerRow customer,
                                  const std::vector<std::string>& numbers);
    /// not_found when the customer is not of this centre; created_at stays.
    static Result<Done> update(sql::Transaction& tx, CentreId centre, const CustomerRow& customer);
    /// Replaces the numbers of one customer.
    static Result<Done> set_numbers(sql::Transaction& tx, CentreId centre, CustomerId id,
                                    const std::vector<std::string>& numbers);

    static Result<std::optional<CustomerRow>> get(sql::Database& db, const Scope& scope,
                                                  CustomerId id);
    static Result<std::vector<std::string>> numbers(sql::Database& db, const Scope& scope,
                                                    CustomerId id);
    /// Several people may share a number (a household): the newest first.
    static Result<std::vector<CustomerRow>> find_by_number(sql::Database& db, const Scope& scope,
                                                           std::string_view number);
    /// Part of an address (by its sound, too), three characters of an account or plate; all of a
    /// name or number.
    static Result<std::vector<CustomerRow>> search(sql::Database& db, const Scope& scope,
                                                   std::string_view text, std::size_t limit);
    /// The hashed words that a search goes by, made anew: there were none, or they are under an
    /// older key. After a stop half-way it is done again.
    static Result<Done> index_again(sql::Database& db);
    /// Calls and cases together; needs the tables of interactions/io and cases/io.
    static Result<std::vector<TimelineItem>> timeline(sql::Database& db, const Scope& scope,
                                                      const TimelineOf& of);
};

}  // namespace ys::customers
