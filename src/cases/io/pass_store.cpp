// SPDX-License-Identifier: Apache-2.0
#include "cases/io/pass_store.h"

#include "base/described.h"
#include "platform/password/token.h"
#include "platform/sql/described_rows.h"

namespace ys::cases {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE case_passes (token_hash TEXT PRIMARY KEY, case_id BIGINT NOT NULL,
  centre_id BIGINT NOT NULL, expires_at BIGINT NOT NULL);
CREATE INDEX case_passes_by_case ON case_passes (case_id);
CREATE INDEX case_passes_by_end ON case_passes (expires_at);
)";
constexpr std::size_t token_bytes = 16;
constexpr std::size_t token_chars = 22;

struct PassRow {
    std::string token_hash{};
    CaseId case_id{};
    CentreId centre_id{};
    UtcTime expires_at{};
};
BOOST_DESCRIBE_STRUCT(PassRow, (), (token_hash, case_id, centre_id, expires_at))

}  // namespace

const sql::Schema& pass_schema() {
    static const sql::Schema it{"case_passes", {sql::for_both(1, tables)}};
    return it;
}

Result<std::string> PassStore::issue(sql::Transaction& tx, const CasePass& pass, UtcTime now) {
    YS_TRY([[maybe_unused]] const auto swept,
           tx.db().run("DELETE FROM case_passes WHERE expires_at <= ?", now));
    std::string token = password::random_token(token_bytes);
    const PassRow row{password::sha256_hex(token), pass.case_id, pass.centre_id, pass.expires_at};
    YS_TRY([[maybe_unused]] const auto put, sql::put(tx, "case_passes", row, "token_hash"));
    return token;
}

Result<std::optional<CasePass>> PassStore::find(sql::Database& db, std::string_view token,
                                                UtcTime now) {
    if (token.size() != token_chars) return std::optional<CasePass>{};
    YS_TRY(const auto row,
           sql::select_one<PassRow>(db, "FROM case_passes WHERE token_hash = ? AND expires_at > ?",
                                    password::sha256_hex(token), now));
    if (!row) return std::optional<CasePass>{};
    return std::optional{CasePass{row->case_id, row->centre_id, row->expires_at}};
}

Result<Done> PassStore::take_back(sql::Transaction& tx, CaseId id) {
    return sql::done(tx.db().run("DELETE FROM case_passes WHERE case_id = ?", id));
}

}  // namespace ys::cases
