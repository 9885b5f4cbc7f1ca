// SPDX-License-Identifier: Apache-2.0
// Prints what durability costs: raw SQLite with one row a commit beside our journal with group
// commit, in one run on one disk. Usage: ys_commit_bench FOLDER
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <semaphore>
#include <vector>

#include <sqlite3.h>

#include "platform/clock.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/postgres_server.h"
#include "platform/sql/writer.h"

namespace {

using namespace ys;

constexpr int raw_commits = 500;
constexpr int appends = 20'000;

double ms_since(Instant start) {
    return std::chrono::duration<double, std::milli>(mono_now() - start).count();
}

void print(const char* what, int n, double total_ms, std::vector<double>& each_ms) {
    std::ranges::sort(each_ms);
    const auto at = [&](double share) {
        return each_ms[static_cast<std::size_t>(share * static_cast<double>(each_ms.size() - 1))];
    };
    std::printf("%-44s %9.0f /s   p50 %7.2f ms   p99 %7.2f ms\n", what, n / total_ms * 1'000,
                at(0.5), at(0.99));
}

void raw(const std::string& file) {
    sqlite3* db = nullptr;
    sqlite3_open(file.c_str(), &db);
    sqlite3_exec(db,
                 "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                 "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)",
                 nullptr, nullptr, nullptr);
    std::vector<double> each;
    const Instant start = mono_now();
    for (int i = 0; i < raw_commits; ++i) {
        const Instant before = mono_now();
        sqlite3_exec(db, "INSERT INTO t (b) VALUES ('0123456789012345678901234567890123456789')",
                     nullptr, nullptr, nullptr);
        each.push_back(ms_since(before));
    }
    print("raw SQLite FULL, one row a commit", raw_commits, ms_since(start), each);
    sqlite3_close(db);
}

/// `in_flight` submitters, each waiting for its fact to be on disk before the next.
void grouped(const char* what, const std::string& url, int in_flight) {
    auto db = sql::Database::open(url);
    if (!db || !sql::migrate(*db, std::vector{journal::schema()})) {
        std::printf("%s: cannot open\n", what);
        return;
    }
    sql::Writer writer(*std::move(db), {}, nullptr);
    std::counting_semaphore<> free(in_flight);
    std::vector<double> each(appends);
    const Instant start = mono_now();
    for (std::size_t i = 0; i < appends; ++i) {
        free.acquire();
        writer.submit(
            [](sql::Transaction& tx) {
                const facts::Fact fact{utc_now(), CentreId{1}, InteractionId{1}, AgentId{},
                                       facts::KeysPressed{"node", "1"}};
                return journal::Journal::append(tx, {&fact, 1});
            },
            [&, i, before = mono_now()](const Result<Done>&) {
                each[i] = ms_since(before);
                free.release();
            });
    }
    writer.stop();
    const double total = ms_since(start);
    print(what, appends, total, each);
    std::printf("    %.1f works a commit\n", static_cast<double>(writer.counts().works) /
                                                 static_cast<double>(writer.counts().commits));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const std::string folder = argv[1];
    raw(folder + "/raw.db");
    grouped("journal on SQLite, 1 at once", "sqlite:" + folder + "/one.db", 1);
    grouped("journal on SQLite, 64 at once", "sqlite:" + folder + "/many.db", 64);
    grouped("journal on SQLite, 1000 at once", "sqlite:" + folder + "/thousand.db", 1'000);
    if (auto server = sql::testing::PostgresServer::start()) {
        grouped("journal on PostgreSQL, 64 at once", *server->new_database(), 64);
        grouped("journal on PostgreSQL, 1000 at once", *server->new_database(), 1'000);
    }
    return 0;
}
