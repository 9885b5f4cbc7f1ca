// SPDX-License-Identifier: Apache-2.0
// SQLite behind Driver: WAL, every commit on disk before it returns.
#include <map>

#include <sqlite3.h>

#include "base/overloaded.h"
#include "platform/sql/driver.h"
#include "platform/sql/errc.h"
#include "platform/sql/valid_text.h"

namespace ys::sql {
namespace {

constexpr std::size_t statements_max = 256;

struct CloseDatabase {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
};
struct Finalize {
    void operator()(sqlite3_stmt* s) const { sqlite3_finalize(s); }
};
using Handle = std::unique_ptr<sqlite3, CloseDatabase>;
using Statement = std::unique_ptr<sqlite3_stmt, Finalize>;

errc meaning(int extended) {
    if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY ||
        extended == SQLITE_CONSTRAINT_ROWID)
        return errc::unique_violation;
    switch (extended & 0xFF) {
        case SQLITE_CONSTRAINT:
            return errc::constraint;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return errc::busy;
        case SQLITE_FULL:
            return errc::full;
        case SQLITE_ERROR:
        case SQLITE_MISUSE:
        case SQLITE_RANGE:
        case SQLITE_MISMATCH:
        case SQLITE_TOOBIG:
        case SQLITE_READONLY:
            return errc::bad_statement;
        default:
            return errc::io;
    }
}

class SqliteRow final : public Row {
public:
    explicit SqliteRow(sqlite3_stmt* s) : s_(s) {}
    std::size_t columns() const override {
        return static_cast<std::size_t>(sqlite3_column_count(s_));
    }
    bool is_null(std::size_t c) const override {
        return sqlite3_column_type(s_, static_cast<int>(c)) == SQLITE_NULL;
    }
    std::int64_t integer(std::size_t c) const override {
        return sqlite3_column_int64(s_, static_cast<int>(c));
    }
    double real(std::size_t c) const override {
        return sqlite3_column_double(s_, static_cast<int>(c));
    }
    std::string_view text(std::size_t c) const override {
        const auto* at = sqlite3_column_text(s_, static_cast<int>(c));
        if (!at) return {};
        return {reinterpret_cast<const char*>(at),
                static_cast<std::size_t>(sqlite3_column_bytes(s_, static_cast<int>(c)))};
    }
    Blob blob(std::size_t c) const override {
        const auto* at = static_cast<const char*>(sqlite3_column_blob(s_, static_cast<int>(c)));
        if (!at) return {};
        return {{at, static_cast<std::size_t>(sqlite3_column_bytes(s_, static_cast<int>(c)))}};
    }

private:
    sqlite3_stmt* s_;
};

class SqliteDriver final : public Driver {
public:
    explicit SqliteDriver(Handle db) : db_(std::move(db)) {}

    Result<std::int64_t> run(std::string_view sql, std::span<const Value> values,
                             const OnRow& on_row) override {
        YS_TRY(sqlite3_stmt* const s, prepared(sql));
        auto ran = step_all(s, sql, values, on_row);
        sqlite3_reset(s);
        sqlite3_clear_bindings(s);
        return ran;
    }

    Result<Done> run_soon(std::string_view sql, std::span<const Value> values) override {
        YS_TRY([[maybe_unused]] const auto changed, run(sql, values, nullptr));
        return Done{};
    }
    Result<Done> settle() override { return Done{}; }

    Result<Done> script(const std::string& sql) override {
        if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
            return failure(sql);
        return Done{};
    }

    Result<Done> revive() override { return Done{}; }
    bool is_in_transaction() const override { return !sqlite3_get_autocommit(db_.get()); }

private:
    Error failure(std::string_view doing) const {
        return Error{meaning(sqlite3_extended_errcode(db_.get())),
                     std::string(doing.substr(0, 200)) + ": " + sqlite3_errmsg(db_.get())};
    }

    Result<sqlite3_stmt*> prepared(std::string_view sql) {
        if (const auto at = statements_.find(sql); at != statements_.end()) return at->second.get();
        if (statements_.size() >= statements_max) statements_.clear();
        sqlite3_stmt* raw = nullptr;
        const int rc = sqlite3_prepare_v3(db_.get(), sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
        Statement statement(raw);
        if (rc != SQLITE_OK) return failure(sql);
        return statements_.emplace(sql, std::move(statement)).first->second.get();
    }

    static int bind(sqlite3_stmt* s, int at, const Value& value) {
        return std::visit(overloaded{
                              [&](std::monostate) { return sqlite3_bind_null(s, at); },
                              [&](std::int64_t n) { return sqlite3_bind_int64(s, at, n); },
                              [&](double d) { return sqlite3_bind_double(s, at, d); },
                              [&](const std::string& text) {
                                  // Kept by the caller until the statement is reset, so that
                                  // nothing is copied.
                                  if (is_storable(text))
                                      return sqlite3_bind_text64(s, at, text.data(), text.size(),
                                                                 SQLITE_STATIC, SQLITE_UTF8);
                                  const std::string fit = storable(text);
                                  return sqlite3_bind_text64(s, at, fit.data(), fit.size(),
                                                             SQLITE_TRANSIENT, SQLITE_UTF8);
                              },
                              [&](const Blob& b) {
                                  return sqlite3_bind_blob64(s, at, b.bytes.data(), b.bytes.size(),
                                                             SQLITE_STATIC);
                              },
                          },
                          value);
    }

    Result<std::int64_t> step_all(sqlite3_stmt* s, std::string_view sql,
                                  std::span<const Value> values, const OnRow& on_row) {
        if (sqlite3_bind_parameter_count(s) != static_cast<int>(values.size()))
            return Error{errc::bad_statement, std::string(sql.substr(0, 200)) +
                                                  ": the parameters are not as many as the ?"};
        for (std::size_t i = 0; i < values.size(); ++i)
            if (bind(s, static_cast<int>(i) + 1, values[i]) != SQLITE_OK) return failure(sql);
        const std::int64_t before = sqlite3_total_changes64(db_.get());
        const SqliteRow row(s);
        for (;;) {
            const int rc = sqlite3_step(s);
            if (rc == SQLITE_DONE) return sqlite3_total_changes64(db_.get()) - before;
            if (rc != SQLITE_ROW) return failure(sql);
            if (on_row) on_row(row);
        }
    }

    Handle db_;
    std::map<std::string, Statement, std::less<>> statements_;  // destroyed before db_
};

}  // namespace

Result<std::unique_ptr<Driver>> open_sqlite(const std::string& path, Access access) {
    sqlite3* raw = nullptr;
    const int create = access == Access::ReadWrite ? SQLITE_OPEN_CREATE : 0;
    const int rc = sqlite3_open_v2(path.c_str(), &raw,
                                   SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | create, nullptr);
    Handle db(raw);
    if (rc != SQLITE_OK) return Error{errc::io, "opening " + path + ": " + sqlite3_errstr(rc)};
    sqlite3_extended_result_codes(raw, 1);
    sqlite3_busy_timeout(raw, 5'000);
    auto driver = std::make_unique<SqliteDriver>(std::move(db));
    // FULL: the WAL is synced at each commit, so that what was said to be saved survives the plug.
    YS_TRY([[maybe_unused]] const auto set,
           driver->script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                          "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
                          "PRAGMA journal_size_limit=67108864;"));
    if (access == Access::ReadWrite) {
        // A checkpoint stops the one who writes, and writes each page once however often it was
        // changed: after 32 MiB rather than after 4. 64 MiB of pages stay in memory.
        YS_TRY([[maybe_unused]] const auto seldom,
               driver->script("PRAGMA wal_autocheckpoint=8192; PRAGMA cache_size=-65536;"));
    } else {
        // A read-only open could not create the shared index of the WAL; this is refused later.
        YS_TRY([[maybe_unused]] const auto only, driver->script("PRAGMA query_only=ON"));
    }
    return std::unique_ptr<Driver>(std::move(driver));
}

}  // namespace ys::sql
