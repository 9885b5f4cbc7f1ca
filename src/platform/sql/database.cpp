// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/database.h"

#include <algorithm>

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

Result<Done> Database::run_soon_with(std::string_view sql, std::span<const Value> values) {
    YS_ASSERT(!is_running_);  // As above.
    return driver_->run_soon(sql, values);
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
    [[maybe_unused]] const auto undone = undo("ROLLBACK");
}

Result<Done> Transaction::undo(const char* statement) {
    db_->forget();
    // What was sent and failed would be the error of this statement, which then would not be done.
    [[maybe_unused]] const auto sent = db_->settle();
    YS_TRY([[maybe_unused]] const auto undone, db_->run(statement));
    return Done{};
}

void Transaction::at_commit(std::string_view name, Work work) {
    if (std::ranges::find(at_commit_, name, [](const auto& each) -> std::string_view {
            return each.first;
        }) == at_commit_.end())
        at_commit_.emplace_back(name, std::move(work));
}

Result<Done> Transaction::do_what_waits() {
    for (const auto& [name, work] : std::exchange(at_commit_, {})) {
        YS_TRY([[maybe_unused]] const Done done, work(*this));
    }
    return write_series();
}

Result<Done> Transaction::write_series() {
    for (auto& [name, drawn] : series_) {
        if (drawn.last == drawn.on_disk) continue;
        YS_TRY([[maybe_unused]] const Done sent,
               db_->run_soon("INSERT INTO series (name, last) VALUES (?, ?) ON CONFLICT (name) DO"
                             " UPDATE SET last = CASE WHEN series.last < excluded.last"
                             " THEN excluded.last ELSE series.last END",
                             name, drawn.last));
        drawn.on_disk = drawn.last;
    }
    return Done{};
}

Result<Done> Transaction::commit() {
    Result<Done> done = do_what_waits();
    if (done) {
        const auto committed = db_->run("COMMIT");
        if (!committed) done = committed.error();
    }
    db_->forget();
    if (!done && db_->is_in_transaction()) [[maybe_unused]]
        const auto undone = undo("ROLLBACK");
    return done;
}

Result<Done> Transaction::attempt(const Work& work) {
    YS_TRY([[maybe_unused]] const auto saved, db_->run_soon("SAVEPOINT attempt"));
    auto done = work(*this);
    // Some errors (a full disk) end the whole transaction; then there is no savepoint to go back
    // to.
    if (!db_->is_in_transaction())
        return done ? Error{errc::io, "the transaction ended inside"} : done.error();
    if (done) {
        // What the work sent may fail only now.
        const auto released = db_->run("RELEASE SAVEPOINT attempt");
        if (released) return Done{};
        done = released.error();
        if (!db_->is_in_transaction()) return done;
    }
    YS_TRY([[maybe_unused]] const auto undone, undo("ROLLBACK TO SAVEPOINT attempt"));
    // The rows of the series are as before the attempt, and their locks may be gone with it; what
    // works before it have drawn is not given again.
    for (auto& [name, drawn] : series_) drawn.on_disk = 0;
    YS_TRY([[maybe_unused]] const auto kept, write_series());
    series_.clear();
    YS_TRY([[maybe_unused]] const auto released, db_->run("RELEASE SAVEPOINT attempt"));
    return done;
}

}  // namespace ys::sql
