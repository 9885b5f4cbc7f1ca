// SPDX-License-Identifier: Apache-2.0
// One connection to SQLite or PostgreSQL: one dialect, typed parameters, statements prepared once.
#pragma once

#include <array>
#include <functional>
#include <map>
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
    /// As run, when nobody reads the number of rows: on PostgreSQL it travels with the next
    /// statement, which then has its error. Never for what may fail and is gone on after.
    template <class... Args>
    Result<Done> run_soon(std::string_view sql, const Args&... args) {
        const std::array<Value, sizeof...(Args)> values{to_sql(args)...};
        return run_soon_with(sql, values);
    }
    /// As run and each, with parameters gathered at run time.
    Result<std::int64_t> run_with(std::string_view sql, std::span<const Value> values,
                                  const Driver::OnRow& on_row);
    Result<Done> run_soon_with(std::string_view sql, std::span<const Value> values);
    Result<Done> settle() { return driver_->settle(); }

    /// What was read in this transaction and does not change but through it, so that the works of
    /// one group need not read it each. Gone with the transaction, with an attempt that is undone,
    /// and by forget(). Outside a transaction nothing is kept.
    /// returns  null when it must be read
    template <class T>
    std::shared_ptr<const T> kept(std::string_view name) const {
        const auto at = kept_.find(name);
        return at == kept_.end() ? nullptr : std::static_pointer_cast<const T>(at->second);
    }
    /// name  of one type of thing only
    template <class T>
    void keep(std::string name, std::shared_ptr<const T> what) {
        if (is_in_transaction()) kept_.insert_or_assign(std::move(name), std::move(what));
    }
    void forget() { kept_.clear(); }

    /// Several statements without parameters.
    Result<Done> script(const std::string& sql) { return driver_->script(sql); }
    Result<Done> revive() { return driver_->revive(); }
    bool is_in_transaction() const { return driver_->is_in_transaction(); }

private:
    Database(Engine engine, std::unique_ptr<Driver> driver)
        : engine_(engine), driver_(std::move(driver)) {}
    Engine engine_;
    std::unique_ptr<Driver> driver_;
    std::map<std::string, std::shared_ptr<const void>, std::less<>> kept_;
    bool is_running_ = false;
};

/// All or nothing. Undone by the destructor unless committed. Writing functions of stores take a
/// Transaction, reading ones a Database.
class Transaction {
public:
    static Result<Transaction> begin(Database& db);
    Transaction(Transaction&& other) noexcept
        : db_(std::exchange(other.db_, nullptr)),
          at_commit_(std::move(other.at_commit_)),
          series_(std::move(other.series_)) {}
    Transaction& operator=(Transaction&&) = delete;
    ~Transaction();

    /// On disk when it returns Done; undone when it returns an error.
    Result<Done> commit();
    Database& db() { return *db_; }
    using Work = std::function<Result<Done>(Transaction&)>;
    /// Part of this transaction that may fail without spoiling the rest.
    Result<Done> attempt(const Work& work);
    /// Done once before the commit, however many works ask for it by this name, and also when the
    /// work that asked was undone: for what costs less once a group than once a work. Its failure
    /// is that of the commit.
    void at_commit(std::string_view name, Work work);

    /// A numbered series (migration.h) whose row this transaction has locked: its next numbers are
    /// counted here, and written before the commit or when an attempt is undone.
    struct Drawn {
        std::uint64_t last = 0, on_disk = 0;
    };
    std::map<std::string, Drawn, std::less<>>& series() { return series_; }

private:
    explicit Transaction(Database& db) : db_(&db) {}
    Result<Done> do_what_waits();
    Result<Done> write_series();
    Result<Done> undo(const char* statement);
    Database* db_;
    std::vector<std::pair<std::string, Work>> at_commit_;
    std::map<std::string, Drawn, std::less<>> series_;
};

}  // namespace ys::sql
