// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/sealing.h"

#include "base/text.h"

namespace ys::sql {
namespace {

constexpr std::size_t batch = 500;
/// Its sealed form tells which key a table is under.
constexpr std::string_view witness = "under this key";

Error no_key(const std::string& table) {
    return Error{std::errc::permission_denied,
                 "the key that " + table + " is sealed with is not in the key file"};
}

struct Stored {
    std::string key, raw;
    Private plain;
};

/// after  the number of the last row seen, for tables whose rows have one
Result<std::vector<Stored>> not_under(Transaction& tx, const std::string& prefix,
                                      const SealedTable& table, const std::string& column,
                                      std::uint64_t after) {
    const std::string& key = table.key.empty() ? column : table.key;
    const std::string rest =
        table.key.empty() ? "" : " AND " + key + " > " + std::to_string(after) + " ORDER BY " + key;
    std::vector<Stored> out;
    const auto read = [&out](const Row& row) {
        Stored each;
        row.get(0, each.key);
        row.get(1, each.plain);  // opened by the database
        each.raw = row.text(2).substr(1);
        out.push_back(std::move(each));
    };
    YS_TRY([[maybe_unused]] const Done done,
           tx.db().each("SELECT " + key + ", " + column + ", ' ' || " + column + " FROM " +
                            table.name + " WHERE " + column + " <> '' AND " + column +
                            " NOT LIKE ?" + rest + " LIMIT ?",
                        read, prefix + "%", batch));
    return out;
}

/// returns  how many rows were not under the key; `after` goes on to the last of them
Result<std::size_t> seal_batch(Transaction& tx, const vault::Vault& vault, const SealedTable& table,
                               const std::string& column, std::uint64_t& after) {
    YS_TRY(const auto rows, not_under(tx, vault.prefix(), table, column, after));
    const std::string update = "UPDATE " + table.name + " SET " + column + " = ? WHERE ";
    for (const Stored& row : rows) {
        if (row.raw.starts_with(vault::sealed_mark) && row.plain == row.raw)
            return no_key(table.name);
        const auto id = table.key.empty() ? std::nullopt : parse_number(row.key);
        const auto done = id ? tx.db().run(update + table.key + " = ?", row.plain, *id)
                             : tx.db().run(update + column + " = ?", row.plain, row.raw);
        after = id.value_or(after);
        if (!done) return done.error();
    }
    return rows.size();
}

Result<Done> seal_column(Database& db, const vault::Vault& vault, const SealedTable& table,
                         const std::string& column) {
    std::uint64_t after = 0;
    for (std::size_t found = batch; found == batch;) {
        YS_TRY(Transaction tx, Transaction::begin(db));
        YS_TRY(found, seal_batch(tx, vault, table, column, after));
        YS_TRY([[maybe_unused]] const Done done, tx.commit());
    }
    return Done{};
}

/// A column that becomes private later is sealed at the next start: the columns are in the name.
std::string noted_as(const SealedTable& table) {
    std::string out = table.name;
    for (const std::string& column : table.columns) out += ' ' + column;
    return out;
}

Result<Done> seal_table(Database& db, const vault::Vault& vault, const SealedTable& table) {
    YS_TRY(const auto under,
           db.value<std::string>({}, "SELECT ' ' || witness FROM sealed_tables WHERE name = ?",
                                 noted_as(table)));
    if (under == ' ' + vault.seal(witness)) return Done{};
    if (!under.empty() && vault.open(under.substr(1)) != witness) return no_key(table.name);
    if (table.own) {
        YS_TRY([[maybe_unused]] const Done done, table.own(db));
    }
    for (const std::string& column : table.columns) {
        YS_TRY([[maybe_unused]] const Done done, seal_column(db, vault, table, column));
    }
    YS_TRY(Transaction tx, Transaction::begin(db));
    YS_TRY([[maybe_unused]] const auto noted,
           tx.db().run("INSERT INTO sealed_tables (name, witness) VALUES (?, ?)"
                       " ON CONFLICT (name) DO UPDATE SET witness = excluded.witness",
                       noted_as(table), vault.seal(witness)));
    return tx.commit();
}

}  // namespace

const Schema& sealing_schema() {
    static const Schema it{"vault",
                           {for_both(1,
                                     "CREATE TABLE sealed_tables (name TEXT PRIMARY KEY,"
                                     " witness TEXT NOT NULL)")}};
    return it;
}

Result<Done> seal_all(Database& db, const vault::Vault& vault,
                      std::span<const SealedTable> tables) {
    for (const SealedTable& table : tables) {
        YS_TRY([[maybe_unused]] const Done done, seal_table(db, vault, table));
    }
    return Done{};
}

}  // namespace ys::sql
