// SPDX-License-Identifier: Apache-2.0
// incident_bench [cases]: how many new cases a second the watch for incidents takes in, from the
// tables of a SQLite file and back, while half of the city calls. A line of JSON on stdout.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "api/rooms.h"
#include "base/panic.h"
#include "cases/io/case_filing.h"
#include "cases/io/crew_store.h"
#include "cases/io/incident_keeper.h"
#include "platform/journal/journal.h"

namespace {

using namespace ys;
using namespace ys::cases;
using Clock = std::chrono::steady_clock;

const CentreId centre{1};
constexpr int districts = 20, in_one_commit = 250;

template <class T>
T must(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().note.c_str());
        std::exit(1);
    }
    return *std::move(result);
}

template <class Work>
double timed_s(sql::Database& db, Work work) {
    const auto begin = Clock::now();
    auto tx = must(sql::Transaction::begin(db));
    work(tx);
    must(tx.commit());
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

std::string district(int i) { return "第" + std::to_string(i) + "区"; }

void seed(sql::Transaction& tx) {
    for (std::uint64_t id : {1, 2, 3})
        must(UnitStore::put_unit(tx, {UnitId{id},
                                      centre,
                                      "单位" + std::to_string(id),
                                      {},
                                      id < 3 ? static_cast<std::int32_t>(id) : 0}));
    for (int i = 0; i < districts; ++i)
        must(UnitStore::put_duty(
            tx, {centre, district(i) + "报修", "repair", "市/" + district(i), UnitId{3}}));
}

void file(sql::Transaction& tx, const Handbook& handbook, int person, UtcTime now) {
    CaseRow row{.kind = "no_heat", .title = "家里不热"};
    row.phone = std::to_string(13'900'000'000LL + person);
    row.address = district(person % districts) + " 1 号楼";
    const CaseRow made = must(CaseStore::create(tx, centre, row, {.user = UserId{1}, .now = now}));
    must(file_case(tx, handbook, made, {}, now));
}

}  // namespace

int main(int argc, char** argv) {
    const int cases = argc > 1 ? std::atoi(argv[1]) : 10'000;
    const auto folder =
        std::filesystem::temp_directory_path() /
        ("ys-incident-bench-" + std::to_string(Clock::now().time_since_epoch().count()));
    std::filesystem::create_directories(folder);
    {
        auto db = must(sql::Database::open("sqlite:" + (folder / "bench.db").string()));
        must(sql::migrate(db, api::all_rooms()));
        const auto handbook = must(Handbook::make({}));
        const auto keeper = must(IncidentKeeper::make(
            {{{"成片不热", {"repair"}, 2, 600s, 10, 12h}, "emergency-heating"}}, handbook));
        UtcTime now{1'795'000'000'000'000};
        timed_s(db, seed);
        double watched_s = 0, longest_s = 0;
        for (int made = 0; made < cases;) {
            timed_s(db, [&](sql::Transaction& tx) {
                for (int i = 0; i < in_one_commit; ++i, ++made) {
                    now.us += 10'000;
                    file(tx, *handbook, made, now);
                }
            });
            const double took_s =
                timed_s(db, [&](sql::Transaction& tx) { must(keeper->look(tx, now)); });
            watched_s += took_s;
            longest_s = std::max(longest_s, took_s);
        }
        const auto rows = must(IncidentStore::list(db, Scope::of(centre), ""));
        std::int64_t members = 0;
        for (const IncidentRow& row : rows) members += row.cases;
        YS_ASSERT(members == cases);
        std::printf(
            "{\"cases\": %d, \"incidents\": %zu, \"cases_s\": %.0f, \"longest_look_ms\": %.1f}\n",
            cases, rows.size(), cases / watched_s, longest_s * 1000);
    }
    std::filesystem::remove_all(folder);
    return 0;
}
