// SPDX-License-Identifier: Apache-2.0
#include "cases/io/evidence_store.h"

#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE case_evidence (id ID_KEY, centre_id BIGINT NOT NULL, case_id BIGINT NOT NULL,
  user_id BIGINT NOT NULL, idempotency_key TEXT NOT NULL, state TEXT NOT NULL,
  purpose TEXT NOT NULL, name TEXT NOT NULL, place TEXT NOT NULL, taken_at BIGINT,
  begun_at BIGINT NOT NULL, kept_at BIGINT, sent_bytes BIGINT NOT NULL, sent_sha256 TEXT NOT NULL,
  kind TEXT NOT NULL, bytes BIGINT NOT NULL, sha256 TEXT NOT NULL, width BIGINT NOT NULL,
  height BIGINT NOT NULL, UNIQUE (case_id, user_id, idempotency_key));
CREATE INDEX case_evidence_open ON case_evidence (begun_at) WHERE state = 'open';
)";

Result<std::optional<EvidenceRow>> of_key(sql::Database& db, const EvidenceRow& offered) {
    return sql::select_one<EvidenceRow>(db,
                                        "FROM case_evidence WHERE case_id = ? AND user_id = ?"
                                        " AND idempotency_key = ?",
                                        offered.case_id, offered.user_id, offered.idempotency_key);
}

Result<Done> check_room(sql::Database& db, const EvidenceRow& offered) {
    const CaseId id = offered.case_id;
    YS_TRY(const auto count,
           db.value<std::int64_t>(0, "SELECT COUNT(*) FROM case_evidence WHERE case_id = ?", id));
    YS_TRY(
        const auto bytes,
        db.value<std::int64_t>(
            0, "SELECT CAST(SUM(sent_bytes) AS BIGINT) FROM case_evidence WHERE case_id = ?", id));
    YS_TRY(const auto theirs,
           db.value<std::int64_t>(
               0, "SELECT COUNT(*) FROM case_evidence WHERE case_id = ? AND user_id = ?", id,
               offered.user_id));
    YS_TRY(const auto open,
           db.value<std::int64_t>(
               0,
               "SELECT COUNT(*) FROM case_evidence WHERE user_id = ? AND state = 'open'"
               " AND (user_id <> 0 OR case_id = ?)",
               offered.user_id, id));
    const bool fits = count < evidence_per_case_max && open < evidence_open_max &&
                      bytes + offered.sent_bytes <= evidence_case_bytes_max &&
                      (offered.user_id || theirs < evidence_of_citizen_max);
    if (!fits) return Error{EvidenceErrc::TooMany, "beginning an upload"};
    return Done{};
}

}  // namespace

const sql::Schema& evidence_schema() {
    static const sql::Schema it{"case_evidence", {sql::for_both(1, tables)}};
    return it;
}

Result<EvidenceRow> EvidenceStore::begin(sql::Transaction& tx, EvidenceRow offered) {
    YS_TRY(const auto there, of_key(tx.db(), offered));
    if (there) return *there;
    YS_TRY([[maybe_unused]] const auto fits, check_room(tx.db(), offered));
    YS_TRY(const std::uint64_t number, sql::next_number(tx, "case_evidence"));
    offered.id = EvidenceId{number};
    offered.state = "open";
    YS_TRY([[maybe_unused]] const auto put, sql::insert(tx, "case_evidence", offered));
    return offered;
}

Result<EvidenceRow> EvidenceStore::keep(sql::Transaction& tx, const EvidenceRow& row,
                                        const KeptBytes& kept, UtcTime now) {
    YS_TRY(const auto changed,
           tx.db().run("UPDATE case_evidence SET state = 'kept', kept_at = ?, kind = ?, bytes = ?,"
                       " sha256 = ?, width = ?, height = ? WHERE id = ? AND state = 'open'",
                       now, kept.kind, kept.bytes, kept.sha256, kept.width, kept.height, row.id));
    YS_TRY(auto there,
           sql::select_one<EvidenceRow>(tx.db(), "FROM case_evidence WHERE id = ? AND case_id = ?",
                                        row.id, row.case_id));
    if (!there) return Error{EvidenceErrc::Gone, "keeping"};
    if (changed == 0) return *std::move(there);
    const facts::Fact fact{now,
                           there->centre_id,
                           {},
                           {},
                           facts::EvidenceKept{.case_id = there->case_id.value,
                                               .attachment = there->id.value,
                                               .user = there->user_id.value,
                                               .purpose = there->purpose,
                                               .sha256 = there->sha256}};
    YS_TRY([[maybe_unused]] const auto told, journal::Journal::append(tx, {&fact, 1}));
    return *std::move(there);
}

Result<std::optional<EvidenceRow>> EvidenceStore::get(sql::Database& db, const Scope& scope,
                                                      CaseId of_case, EvidenceId id) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ?", of_case);
    where.also("id = ?", id);
    return sql::select_one_with<EvidenceRow>(db, "FROM case_evidence" + where.text(),
                                             where.values());
}

Result<std::vector<EvidenceRow>> EvidenceStore::of_case(sql::Database& db, const Scope& scope,
                                                        CaseId of_case) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ?", of_case);
    where.also("state = ?", std::string_view("kept"));
    return sql::select_with<EvidenceRow>(
        db, "FROM case_evidence" + where.text() + " ORDER BY kept_at, id", where.values());
}

Result<std::vector<EvidenceId>> EvidenceStore::abandoned(sql::Database& db, UtcTime now) {
    constexpr std::size_t at_once = 100;
    std::vector<EvidenceId> out;
    const UtcTime before{now.us - std::chrono::microseconds(evidence_open_for).count()};
    YS_TRY([[maybe_unused]] const auto done,
           db.each(
               "SELECT id FROM case_evidence WHERE state = 'open' AND begun_at < ?"
               " ORDER BY begun_at LIMIT ?",
               [&](const sql::Row& row) { row.get(0, out.emplace_back()); }, before, at_once));
    return out;
}

Result<bool> EvidenceStore::is_open(sql::Database& db, EvidenceId id) {
    YS_TRY(const auto count,
           db.value<std::int64_t>(
               0, "SELECT COUNT(*) FROM case_evidence WHERE id = ? AND state = 'open'", id));
    return count > 0;
}

Result<Done> EvidenceStore::drop(sql::Transaction& tx, const std::vector<EvidenceId>& ids) {
    for (const EvidenceId id : ids) {
        YS_TRY([[maybe_unused]] const auto gone,
               tx.db().run("DELETE FROM case_evidence WHERE id = ? AND state = 'open'", id));
    }
    return Done{};
}

}  // namespace ys::cases
