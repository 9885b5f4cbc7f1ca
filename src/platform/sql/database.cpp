// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/database.h"

#include "platform/sql/sealed_url.h"
#include "platform/sql/sealing_driver.h"

namespace ys::sql {
namespace {

std::unique_ptr<Driver> sealing(std::unique_ptr<Driver> driver,
                                std::unique_ptr<const vault::Vault> vault) {
    return std::make_unique<SealingDriver>(std::move(driver), std::move(vault));
}

}  // namespace

Result<Database> Database::open(const std::string& whole, Access access) {
    constexpr std::string_view sqlite = "sqlite:";
    const auto [key_file, url] = parts_of_url(whole);
    std::unique_ptr<const vault::Vault> vault;
    if (!key_file.empty()) {
        YS_TRY(const vault::KeyRing ring, vault::key_ring(key_file));
        vault = std::make_unique<const vault::Vault>(ring);
    }
    if (url.starts_with(sqlite)) {
        YS_TRY(auto driver, open_sqlite(url.substr(sqlite.size()), access));
        return Database(Engine::Sqlite, sealing(std::move(driver), std::move(vault)));
    }
    if (url.starts_with("postgresql:") || url.starts_with("postgres:")) {
        YS_TRY(auto driver, open_postgres(url, access));
        return Database(Engine::Postgres, sealing(std::move(driver), std::move(vault)));
    }
    return Error{errc::bad_statement, "a database is sqlite:PATH or postgresql://..."};
}

Result<std::int64_t> Database::run_with(std::string_view sql, std::span<const Value> values,
                                        const Driver::OnRow& on_row) {
    YS_ASSERT(!is_running_);  // The callback of each() used the database: its rows would be lost.
    is_running_ = true;
    auto result = driver_->run(sql, values, on_row);
    is_running_ = false;
    return result;
}

Result<Transaction> Transaction::begin(Database& db) {
    YS_TRY([[maybe_unused]] const auto alive, db.revive());
    YS_ASSERT(!db.is_in_transaction());
    // IMMEDIATE: SQLite takes the write lock now, when it can still wait for it.
    const auto* sql = db.engine() == Engine::Sqlite ? "BEGIN IMMEDIATE" : "BEGIN";
    YS_TRY([[maybe_unused]] const auto begun, db.run(sql));
    return Transaction(db);
}

Transaction::~Transaction() {
    if (!db_ || !db_->is_in_transaction()) return;
    // A failing ROLLBACK means the connection is gone, and with it the transaction.
    [[maybe_unused]] const auto undone = db_->run("ROLLBACK");
}

Result<Done> Transaction::commit() {
    auto done = db_->run("COMMIT");
    if (done) return Done{};
    if (db_->is_in_transaction()) [[maybe_unused]]
        const auto undone = db_->run("ROLLBACK");
    return done.error();
}

Result<Done> Transaction::attempt(const std::function<Result<Done>(Transaction&)>& work) {
    YS_TRY([[maybe_unused]] const auto saved, db_->run("SAVEPOINT attempt"));
    auto done = work(*this);
    // Some errors (a full disk) end the whole transaction; then there is no savepoint to go back
    // to.
    if (!db_->is_in_transaction())
        return done ? Error{errc::io, "the transaction ended inside"} : done.error();
    if (!done) {
        YS_TRY([[maybe_unused]] const auto undone, db_->run("ROLLBACK TO SAVEPOINT attempt"));
    }
    YS_TRY([[maybe_unused]] const auto released, db_->run("RELEASE SAVEPOINT attempt"));
    return done;
}

}  // namespace ys::sql
