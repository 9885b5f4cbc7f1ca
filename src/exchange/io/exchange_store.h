// SPDX-License-Identifier: Apache-2.0
// What other organisations are owed and what they gave us: the outbox, its cursor in the journal,
// and whose case is whose.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/id.h"
#include "base/private_text.h"
#include "exchange/delivery.h"
#include "platform/journal/journal.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::exchange {

const sql::Schema& schema();

using DeliveryId = Id<struct DeliveryTag>;

/// An organisation as the settings have it; its secrets stay in the program's memory.
struct PartnerRow {
    std::string name{};      ///< a short word, the key
    CentreId centre_id{};    ///< what they file lands here; they hear of it and the centres below
    std::string key_hash{};  ///< SHA-256 of the key they show us; "" when they may not ask
    bool has_hook = false;   ///< wants webhooks
    /// Cases dispatched to this unit are theirs to do, by Open311; 0 for none.
    std::uint64_t unit_id = 0;
};
BOOST_DESCRIBE_STRUCT(PartnerRow, (), (name, centre_id, key_hash, has_hook, unit_id))

struct DeliveryRow {
    DeliveryId id{};
    std::string partner{};
    CentreId centre_id{};
    std::uint64_t seq = 0;  ///< of the fact that caused it
    std::string kind{};     ///< "event" (webhook), "file" (their Open311)
    CaseId case_id{};
    Private body{};  ///< of an event; a "file" is made when it is sent
    std::string state{};
    std::int32_t tries = 0;
    UtcTime made_at{};
    UtcTime next_at{};
    std::int32_t last_status = 0;
    std::string note{};
    Delivery delivery() const;
    void set(const Delivery& delivery);
};
BOOST_DESCRIBE_STRUCT(DeliveryRow, (),
                      (id, partner, centre_id, seq, kind, case_id, body, state, tries, made_at,
                       next_at, last_status, note))

/// A case that two organisations know, each by a number of its own.
struct LinkRow {
    std::string partner{};
    std::string direction{};  ///< "in": they filed it here; "out": we filed it there
    CaseId case_id{};
    CentreId centre_id{};
    std::string their_id{};
    std::string their_status{};  ///< "out": as last seen
    UtcTime seen_at{};
};
BOOST_DESCRIBE_STRUCT(LinkRow, (),
                      (partner, direction, case_id, centre_id, their_id, their_status, seen_at))

class ExchangeStore {
public:
    /// Exactly these; a partner's cursor begins at the end of the journal.
    static Result<Done> set_partners(sql::Transaction& tx, const std::vector<PartnerRow>& partners);
    static Result<std::vector<PartnerRow>> partners(sql::Database& db);
    /// Nothing for a key nobody has.
    static Result<std::optional<PartnerRow>> by_key(sql::Database& db, std::string_view key_hash);

    /// Facts after the cursor become deliveries, and the cursor moves, in one transaction: what is
    /// in the journal is delivered once, whenever the program stops.
    /// made  what this fact is to this partner; nothing when it is none of theirs
    using Made = std::function<Result<std::optional<DeliveryRow>>(
        sql::Transaction& tx, const PartnerRow&, const journal::Entry&)>;
    static Result<std::size_t> collect(sql::Transaction& tx, const Made& made);

    /// To be sent to this partner now: of each case only the oldest, so that nobody hears the end
    /// before the beginning.
    static Result<std::vector<DeliveryRow>> due(sql::Database& db, std::string_view partner,
                                                UtcTime now, std::size_t limit);
    static Result<std::optional<UtcTime>> next_due(sql::Database& db, std::string_view partner);
    /// Writes what became of it, and the fact.
    static Result<Done> tried(sql::Transaction& tx, DeliveryId id, UtcTime now, const Tried& tried);

    /// Newest first. state  "" for any
    static Result<std::vector<DeliveryRow>> list(sql::Database& db, const Scope& scope,
                                                 std::string_view state, DeliveryId before,
                                                 std::size_t limit);
    /// errors  not_found; operation_not_permitted unless it is given up
    static Result<Done> send_again(sql::Transaction& tx, const Scope& scope, DeliveryId id,
                                   UtcTime now);
    static Result<Done> drop(sql::Transaction& tx, const Scope& scope, DeliveryId id);

    static Result<Done> put_link(sql::Transaction& tx, const LinkRow& link);
    static Result<std::vector<LinkRow>> links(sql::Database& db, std::string_view partner,
                                              std::string_view direction);
    static Result<std::optional<LinkRow>> link(sql::Database& db, std::string_view partner,
                                               std::string_view direction, CaseId id);
};

}  // namespace ys::exchange
