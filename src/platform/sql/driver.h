// SPDX-License-Identifier: Apache-2.0
// What the two databases have in common; only Database and the two drivers include this.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "platform/sql/row.h"

namespace ys::sql {

enum class Access { ReadWrite, ReadOnly };

class Driver {
public:
    using OnRow = std::function<void(const Row&)>;
    virtual ~Driver() = default;
    /// Runs one prepared statement; returns the number of rows changed (0 for a SELECT).
    virtual Result<std::int64_t> run(std::string_view sql, std::span<const Value> values,
                                     const OnRow& on_row) = 0;
    /// As run, for a statement whose answer nobody reads: it may travel with the next one, or with
    /// settle(), whose error is then its own. Only inside a transaction.
    virtual Result<Done> run_soon(std::string_view sql, std::span<const Value> values) = 0;
    /// Waits for what run_soon has sent; the first error among it.
    virtual Result<Done> settle() = 0;
    /// Several statements without parameters, separated by semicolons.
    virtual Result<Done> script(const std::string& sql) = 0;
    /// Connects again if the connection was lost.
    virtual Result<Done> revive() = 0;
    virtual bool is_in_transaction() const = 0;
};

/// path  of the file; created when missing and access is ReadWrite
Result<std::unique_ptr<Driver>> open_sqlite(const std::string& path, Access access);
/// url  "postgresql://user@host:port/name" or any libpq connection URI
Result<std::unique_ptr<Driver>> open_postgres(const std::string& url, Access access);

}  // namespace ys::sql
