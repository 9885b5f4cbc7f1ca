// SPDX-License-Identifier: Apache-2.0
#include "exchange/io/exchange_store.h"

#include <algorithm>
#include <array>
#include <limits>

#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::exchange {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE exchange_partners (name TEXT PRIMARY KEY, centre_id BIGINT NOT NULL,
  key_hash TEXT NOT NULL, has_hook BIGINT NOT NULL, unit_id BIGINT NOT NULL);
CREATE TABLE exchange_cursors (partner TEXT PRIMARY KEY, seq BIGINT NOT NULL);
CREATE TABLE exchange_deliveries (id ID_KEY, partner TEXT NOT NULL, centre_id BIGINT NOT NULL,
  seq BIGINT NOT NULL, kind TEXT NOT NULL, case_id BIGINT NOT NULL, body TEXT NOT NULL,
  state TEXT NOT NULL, tries BIGINT NOT NULL, made_at BIGINT NOT NULL, next_at BIGINT NOT NULL,
  last_status BIGINT NOT NULL, note TEXT NOT NULL);
CREATE UNIQUE INDEX exchange_deliveries_once ON exchange_deliveries (partner, seq, kind);
CREATE INDEX exchange_deliveries_due ON exchange_deliveries (partner, next_at)
  WHERE state = 'waiting';
CREATE INDEX exchange_deliveries_in_order ON exchange_deliveries (partner, case_id, id)
  WHERE state = 'waiting';
CREATE INDEX exchange_deliveries_by_centre ON exchange_deliveries (centre_id, id);
CREATE TABLE exchange_links (partner TEXT NOT NULL, direction TEXT NOT NULL,
  case_id BIGINT NOT NULL, centre_id BIGINT NOT NULL, their_id TEXT NOT NULL,
  their_status TEXT NOT NULL, seen_at BIGINT NOT NULL, PRIMARY KEY (partner, direction, case_id));
)";
constexpr std::size_t note_bytes_max = 500;

struct CursorRow {
    std::string partner{};
    std::uint64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(CursorRow, (), (partner, seq))

Result<DeliveryRow> row_in(sql::Transaction& tx, const Scope& scope, DeliveryId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    YS_TRY(auto row, sql::select_one_with<DeliveryRow>(
                         tx.db(), "FROM exchange_deliveries" + where.text(), where.values()));
    if (!row) return Error{sql::errc::not_found, "a delivery"};
    return *std::move(row);
}

Result<Done> keep(sql::Transaction& tx, const DeliveryRow& row) {
    return sql::done(sql::put(tx, "exchange_deliveries", row));
}

facts::Fact fact_of(const DeliveryRow& row, UtcTime now, std::string what) {
    return {now,
            row.centre_id,
            {},
            {},
            facts::ExchangeMoved{.partner = row.partner,
                                 .direction = "out",
                                 .case_id = row.case_id.value,
                                 .what = std::move(what),
                                 .note = row.note}};
}

/// Facts in the order of the journal after the lowest cursor; each partner takes those after its
/// own.
Result<std::size_t> take(sql::Transaction& tx, const ExchangeStore::Made& made,
                         const std::vector<PartnerRow>& partners, std::vector<CursorRow>& cursors) {
    std::uint64_t lowest = std::numeric_limits<std::uint64_t>::max();
    for (const CursorRow& cursor : cursors) lowest = std::min(lowest, cursor.seq);
    std::vector<journal::Entry> entries;
    YS_TRY([[maybe_unused]] const Done read,
           journal::Journal::replay(
               tx.db(), lowest, [&](const journal::Entry& entry) { entries.push_back(entry); }));
    std::size_t count = 0;
    for (const journal::Entry& entry : entries)
        for (const PartnerRow& partner : partners) {
            const auto cursor = std::ranges::find(cursors, partner.name, &CursorRow::partner);
            if (cursor == cursors.end() || entry.seq <= cursor->seq) continue;
            cursor->seq = entry.seq;
            YS_TRY(auto row, made(tx, partner, entry));
            if (!row) continue;
            row->partner = partner.name;
            row->seq = entry.seq;
            row->state = word(DeliveryState::Waiting);
            YS_TRY(row->id.value, sql::next_number(tx, "exchange_deliveries"));
            YS_TRY([[maybe_unused]] const Done kept, keep(tx, *row));
            ++count;
        }
    return count;
}

}  // namespace

const sql::Schema& schema() {
    static const sql::Schema it{"exchange", {sql::for_both(1, tables)}};
    return it;
}

Delivery DeliveryRow::delivery() const {
    return {delivery_state_from(state).value_or(DeliveryState::GivenUp), tries, next_at,
            last_status, note};
}

void DeliveryRow::set(const Delivery& delivery) {
    state = word(delivery.state);
    tries = delivery.tries;
    next_at = delivery.next_at;
    last_status = delivery.last_status;
    note = delivery.note.substr(0, note_bytes_max);
}

Result<Done> ExchangeStore::set_partners(sql::Transaction& tx,
                                         const std::vector<PartnerRow>& partners) {
    YS_TRY([[maybe_unused]] const auto gone, tx.db().run("DELETE FROM exchange_partners"));
    YS_TRY(const auto newest,
           tx.db().value<std::uint64_t>(0, "SELECT COALESCE(MAX(seq), 0) FROM facts"));
    for (const PartnerRow& partner : partners) {
        YS_TRY([[maybe_unused]] const auto put, sql::insert(tx, "exchange_partners", partner));
        YS_TRY([[maybe_unused]] const auto began,
               sql::insert(tx, "exchange_cursors", CursorRow{partner.name, newest},
                           "ON CONFLICT (partner) DO NOTHING"));
    }
    return Done{};
}

Result<std::vector<PartnerRow>> ExchangeStore::partners(sql::Database& db) {
    return sql::select<PartnerRow>(db, "FROM exchange_partners ORDER BY name");
}

Result<std::optional<PartnerRow>> ExchangeStore::by_key(sql::Database& db,
                                                        std::string_view key_hash) {
    return sql::select_one<PartnerRow>(
        db, "FROM exchange_partners WHERE key_hash = ? AND key_hash <> ''", key_hash);
}

Result<std::size_t> ExchangeStore::collect(sql::Transaction& tx, const Made& made) {
    YS_TRY(const auto all, partners(tx.db()));
    YS_TRY(auto cursors, sql::select<CursorRow>(tx.db(),
                                                "FROM exchange_cursors WHERE partner IN"
                                                " (SELECT name FROM exchange_partners)"));
    if (cursors.empty()) return std::size_t{0};
    const auto before = cursors;
    YS_TRY(const std::size_t count, take(tx, made, all, cursors));
    for (std::size_t i = 0; i < cursors.size(); ++i)
        if (cursors[i].seq != before[i].seq) {
            YS_TRY([[maybe_unused]] const auto moved,
                   sql::put(tx, "exchange_cursors", cursors[i], "partner"));
        }
    return count;
}

Result<std::vector<DeliveryRow>> ExchangeStore::due(sql::Database& db, std::string_view partner,
                                                    UtcTime now, std::size_t limit) {
    return sql::select<DeliveryRow>(
        db,
        "FROM exchange_deliveries WHERE state = 'waiting' AND partner = ? AND next_at <= ?"
        " AND NOT EXISTS"
        " (SELECT 1 FROM exchange_deliveries o WHERE o.state = 'waiting'"
        " AND o.partner = exchange_deliveries.partner"
        " AND o.case_id = exchange_deliveries.case_id AND o.id < exchange_deliveries.id)"
        " ORDER BY next_at, id LIMIT ?",
        partner, now, limit);
}

Result<std::optional<UtcTime>> ExchangeStore::next_due(sql::Database& db,
                                                       std::string_view partner) {
    YS_TRY(const auto first,
           db.value<std::int64_t>(0,
                                  "SELECT COALESCE(MIN(next_at), 0) FROM exchange_deliveries"
                                  " WHERE state = 'waiting' AND partner = ?",
                                  partner));
    if (first == 0) return std::optional<UtcTime>{};
    return std::optional{UtcTime{first}};
}

Result<Done> ExchangeStore::tried(sql::Transaction& tx, DeliveryId id, UtcTime now,
                                  const Tried& tried) {
    YS_TRY(auto row,
           sql::select_one<DeliveryRow>(tx.db(), "FROM exchange_deliveries WHERE id = ?", id));
    if (!row) return Error{sql::errc::not_found, "a delivery"};
    Delivery delivery = row->delivery();
    if (!on_tried(delivery, now, tried)) return Done{};  // dropped by a person meanwhile
    row->set(delivery);
    YS_TRY([[maybe_unused]] const Done kept, keep(tx, *row));
    const bool is_over = delivery.state != DeliveryState::Waiting;
    const facts::Fact fact = fact_of(*row, now, is_over ? row->state : "failed");
    return journal::Journal::append(tx, {&fact, 1});
}

Result<std::vector<DeliveryRow>> ExchangeStore::list(sql::Database& db, const Scope& scope,
                                                     std::string_view state, DeliveryId before,
                                                     std::size_t limit) {
    sql::Where where(scope, "centre_id");
    if (!state.empty()) where.also("state = ?", state);
    if (before) where.also("id < ?", before);
    where.value(limit);
    return sql::select_with<DeliveryRow>(
        db, "FROM exchange_deliveries" + where.text() + " ORDER BY id DESC LIMIT ?",
        where.values());
}

Result<Done> ExchangeStore::send_again(sql::Transaction& tx, const Scope& scope, DeliveryId id,
                                       UtcTime now) {
    YS_TRY(DeliveryRow row, row_in(tx, scope, id));
    Delivery delivery = row.delivery();
    YS_TRY([[maybe_unused]] const Done done, exchange::send_again(delivery, now));
    row.set(delivery);
    return keep(tx, row);
}

Result<Done> ExchangeStore::drop(sql::Transaction& tx, const Scope& scope, DeliveryId id) {
    YS_TRY(DeliveryRow row, row_in(tx, scope, id));
    Delivery delivery = row.delivery();
    YS_TRY([[maybe_unused]] const Done done, exchange::drop(delivery));
    row.set(delivery);
    return keep(tx, row);
}

Result<Done> ExchangeStore::put_link(sql::Transaction& tx, const LinkRow& link) {
    return sql::done(sql::put(tx, "exchange_links", link, "partner, direction, case_id"));
}

Result<std::vector<LinkRow>> ExchangeStore::links(sql::Database& db, std::string_view partner,
                                                  std::string_view direction) {
    return sql::select<LinkRow>(
        db, "FROM exchange_links WHERE partner = ? AND direction = ? ORDER BY case_id", partner,
        direction);
}

Result<std::optional<LinkRow>> ExchangeStore::link(sql::Database& db, std::string_view partner,
                                                   std::string_view direction, CaseId id) {
    return sql::select_one<LinkRow>(
        db, "FROM exchange_links WHERE partner = ? AND direction = ? AND case_id = ?", partner,
        direction, id);
}

}  // namespace ys::exchange
