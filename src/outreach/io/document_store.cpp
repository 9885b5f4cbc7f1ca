// SPDX-License-Identifier: Apache-2.0
#include "outreach/io/document_store.h"

#include "platform/sql/described_rows.h"

namespace ys::outreach {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE ready_documents (id ID_KEY, centre_id BIGINT NOT NULL, system TEXT NOT NULL,
  seq BIGINT NOT NULL, number TEXT NOT NULL, phone TEXT NOT NULL, name TEXT NOT NULL,
  place TEXT NOT NULL, ready_at BIGINT NOT NULL, kept_at BIGINT NOT NULL);
CREATE UNIQUE INDEX ready_documents_once ON ready_documents (system, seq);
)";

}  // namespace

const sql::Schema& document_schema() {
    static const sql::Schema it{"ready_documents", {sql::for_both(1, tables)}};
    return it;
}

Result<std::uint64_t> DocumentStore::last_seq(sql::Database& db, std::string_view system) {
    return db.value<std::uint64_t>(
        {}, "SELECT COALESCE(MAX(seq), 0) FROM ready_documents WHERE system = ?", system);
}

Result<std::optional<DocumentRow>> DocumentStore::keep(sql::Transaction& tx, DocumentRow row) {
    YS_TRY(const auto known,
           tx.db().value<std::uint64_t>({},
                                        "SELECT COUNT(*) FROM ready_documents WHERE system = ?"
                                        " AND seq = ?",
                                        row.system, row.seq));
    if (known > 0) return std::optional<DocumentRow>{};
    YS_TRY(row.id, sql::next_number(tx, "ready_documents"));
    YS_TRY([[maybe_unused]] const Done inserted, sql::insert_soon(tx, "ready_documents", row));
    return std::optional(std::move(row));
}

Result<std::optional<DocumentRow>> DocumentStore::get(sql::Database& db, std::uint64_t id) {
    return sql::select_one<DocumentRow>(db, "FROM ready_documents WHERE id = ?", id);
}

}  // namespace ys::outreach
