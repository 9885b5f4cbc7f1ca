// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/guess_store.h"

#include "platform/sql/described_rows.h"

namespace ys::interactions {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE no_guesses (number TEXT PRIMARY KEY, at BIGINT NOT NULL);
)";

}  // namespace

const sql::Schema& guess_schema() {
    static const sql::Schema it{"guesses", {sql::for_both(1, tables)}};
    return it;
}

Result<bool> GuessStore::wants_none(sql::Database& db, const Private& number) {
    YS_TRY(const auto row,
           sql::select_one<NoGuessesRow>(db, "FROM no_guesses WHERE number = ?", number));
    return row.has_value();
}

Result<Done> GuessStore::want_none(sql::Transaction& tx, const NoGuessesRow& row) {
    return sql::done(sql::put(tx, "no_guesses", row, "number"));
}

}  // namespace ys::interactions
