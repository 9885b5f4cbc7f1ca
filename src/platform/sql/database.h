// SPDX-License-Identifier: Apache-2.0
// One connection to SQLite or PostgreSQL: one dialect, typed parameters, statements prepared once.
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "platform/sql/driver.h"
#include "platform/sql/errc.h"
#include "platform/sql/row.h"
#include "platform/sql/value.h"

namespace ys::sql {

enum class Engine { Sqlite, Postgres };

/// The dialect is what both understand: `?` for parameters (never inside quotes), BIGINT, DOUBLE
/// PRECISION, TEXT, INSERT ... ON CONFLICT ... RETURNING, partial indexes. Not for more than one
/// thread at a time.
class Database {
public:
    /// url  "sqlite:/path/to/file" or "postgresql://..."
    static Result<Database> open(const std::string& url, Access access = Access::ReadWrite);

    Engine engine() const { return engine_; }

    /// Runs a statement; the number of rows changed.
    /// errors  sql::errc
    template <class... Args>
    Result<std::int64_t> run(std::string_view sql, const Args&... args) {
        const std::array<Value, sizeof...(Args)> values{to_sql(args)...};
        return run_with(sql, values, nullptr);
    }
    /// Calls `on_row` for each row of the answer; it must not use this database.
    template <class... Args>
    Result<Done> each(std::string_view sql, const Driver::OnRow& on_row, const Args&... args) {
        const std::array<Value, sizeof...(Args)> values{to_sql(args)...};
        YS_TRY([[maybe_unused]] const auto changed, run_with(sql, values, on_row));
        return Done{};
    }
    /// The first column of the first row, or `otherwise` when there is no row or it is NULL.
    template <class T, class... Args>
    Result<T> value(T otherwise, std::string_view sql, const Args&... args) {
        bool is_first = true;
        YS_TRY([[maybe_unused]] const auto done, each(
                                                     sql,
                                                     [&](const Row& row) {
                                                         if (is_first && !row.is_null(0))
                                                             row.get(0, otherwise);
                                                         is_first = false;
                                                     },
                                                     args...));
        return otherwise;
    }
    /// As run and each, with parameters gathered at run time.
    Result<std::int64_t> run_with(std::string_view sql, std::span<const Value> values,
                                  const Driver::OnRow& on_row);
    /// Several statements without parameters.
    Result<Done> script(const std::string& sql) { return driver_->script(sql); }
    Result<Done> revive() { return driver_->revive(); }
    bool is_in_transaction() const { return driver_->is_in_transaction(); }

private:
    Database(Engine engine, std::unique_ptr<Driver> driver)
        : engine_(engine), driver_(std::move(driver)) {}
    Engine engine_;
    std::unique_ptr<Driver> driver_;
    bool is_running_ = false;
};

/// All or nothing. Undone by the destructor unless committed. Writing functions of stores take a
/// Transaction, reading ones a Database.
class Transaction {
public:
    static Result<Transaction> begin(Database& db);
    Transaction(Transaction&& other) noexcept : db_(std::exchange(other.db_, nullptr)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// On disk when it returns Done; undone when it returns an error.
    Result<Done> commit();
    Database& db() { return *db_; }
    /// Part of this transaction that may fail without spoiling the rest.
    Result<Done> attempt(const std::function<Result<Done>(Transaction&)>& work);

private:
    explicit Transaction(Database& db) : db_(&db) {}
    Database* db_;
};

}  // namespace ys::sql
