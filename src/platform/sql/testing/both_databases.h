// SPDX-License-Identifier: Apache-2.0
// The contract of a store: one test body, run on SQLite and on a real PostgreSQL.
//
//   class CaseStore : public StoreTest { ... };
//   YS_ON_BOTH_DATABASES(CaseStore)
//   TEST_P(CaseStore, a_case_is_found_by_its_number) { open({cases::schema()}); ... }
#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "platform/sql/migration.h"
#include "platform/sql/testing/postgres_server.h"

namespace ys::sql::testing {

class StoreTest : public ::testing::TestWithParam<Engine> {
protected:
    /// Makes an empty database with these tables; db() and url() are there afterwards.
    void open(const std::vector<Schema>& rooms);
    Database& db() { return *db_; }
    const std::string& url();

    /// Runs `work` in a transaction of its own and commits it.
    Result<Done> write(const std::function<Result<Done>(Transaction&)>& work);
    /// As write, where failing is a failure of the test; gives back what `work` made.
    template <class T>
    T make(const std::function<Result<T>(Transaction&)>& work) {
        std::optional<T> made;
        const auto done = write([&](Transaction& tx) -> Result<Done> {
            YS_TRY(T t, work(tx));
            made = std::move(t);
            return Done{};
        });
        EXPECT_TRUE(done) << done.error().note;
        return made ? *std::move(made) : T{};
    }

private:
    std::optional<TemporaryFolder> folder_;
    std::string url_;
    std::optional<Database> db_;
};

/// The value of a Result that must not be an error here. Throws, which fails the test and still
/// lets its servers and folders be taken away.
template <class T>
T must(Result<T> result) {
    if (!result)
        throw std::runtime_error(result.error().note + " (" + result.error().code.message() + ")");
    return *std::move(result);
}

std::string engine_name(const ::testing::TestParamInfo<Engine>& info);

}  // namespace ys::sql::testing

#define YS_ON_BOTH_DATABASES(suite)                                                       \
    INSTANTIATE_TEST_SUITE_P(                                                             \
        on, suite, ::testing::Values(ys::sql::Engine::Sqlite, ys::sql::Engine::Postgres), \
        ys::sql::testing::engine_name)
