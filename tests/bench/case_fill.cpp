// SPDX-License-Identifier: Apache-2.0
// case_fill FOLDER KEY_FILE CASES: fills the database of a stopped server with cases of the last
// year, through the same code that files them. A line of JSON on stdout.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "base/panic.h"
#include "cases/io/case_filing.h"
#include "cases/io/crew_store.h"
#include "platform/clock.h"
#include "platform/sql/sealed_url.h"

namespace {

using namespace ys;
using namespace ys::cases;
using Clock = std::chrono::steady_clock;

constexpr int in_one_commit = 500;
/// Older ones were answered long ago, as in a hotline at work; else the server's first hours would
/// be a year of clocks that ran out.
constexpr std::int64_t open_for_us = 2 * 86'400'000'000LL;

template <class T>
T must(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "case_fill: %s\n", result.error().note.c_str());
        std::exit(1);
    }
    return *std::move(result);
}

template <class List, class Dice>
auto one_of(const List& list, Dice& dice) {
    return list[dice() % std::size(list)];
}

constexpr std::array<const char*, 5> kinds{"no_heat", "repair", "billing", "complaint", "question"};
constexpr std::array<const char*, 8> what{"家里不热",       "暖气片漏水",       "楼道管道有响声",
                                          "阀门拧不动",     "热费单与面积不符", "报停怎么办理",
                                          "维修没有按时来", "热计量表不显示"};
constexpr std::array<const char*, 6> more{"老人在家", "已经三天",   "楼上也一样",
                                          "修过一次", "晚上才有人", "请先打电话"};
constexpr std::array<const char*, 6> places{"北桥区", "南湖区", "东山区",
                                            "西关区", "河口区", "新城区"};
constexpr std::array<const char*, 8> streets{"春风路", "解放街", "滨河道", "工农巷",
                                             "中山路", "学府街", "青年里", "朝阳坊"};

CaseRow citizen(std::mt19937& dice, int person) {
    CaseRow row{.kind = one_of(kinds, dice), .title = one_of(what, dice)};
    row.detail = row.title + "," + one_of(more, dice) + "," + one_of(more, dice);
    row.name = "张" + std::to_string(person);
    row.phone = std::to_string(13'000'000'000LL + person);
    row.address = std::string("云汀市") + one_of(places, dice) + one_of(streets, dice) +
                  std::to_string(1 + dice() % 200) + "号" + std::to_string(1 + dice() % 30) +
                  "号楼";
    return row;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "usage: case_fill FOLDER KEY_FILE CASES\n");
        return 2;
    }
    const int cases = std::atoi(argv[3]);
    const std::string url = std::string("sqlite:") + argv[1] + "/yingsheng.db";
    auto db = must(sql::Database::open(sql::sealed_url(argv[2], url)));
    const auto handbook = must(Handbook::make({}));
    std::mt19937 dice(20261121);
    const std::int64_t year_us = 365LL * 86'400'000'000, step_us = year_us / (cases + 1);
    UtcTime now = utc_now();
    const UtcTime open_since{now.us - open_for_us};
    now.us -= year_us;
    const auto begin = Clock::now();
    for (int made = 0; made < cases;) {
        auto tx = must(sql::Transaction::begin(db));
        for (int i = 0; i < in_one_commit && made < cases; ++i, ++made) {
            now.us += step_us;
            CaseRow fields = citizen(dice, made);
            if (now < open_since) fields.status = "closed";
            const CaseRow row = must(CaseStore::create(tx, CentreId{1}, std::move(fields),
                                                       {.user = UserId{1}, .now = now}));
            must(file_and_promise(tx, *handbook, row, {}, now));
        }
        // Everybody was told long ago; else the server's first minutes would be a year of messages.
        must(tx.db().run("DELETE FROM case_notices"));
        must(tx.commit());
    }
    const double took_s = std::chrono::duration<double>(Clock::now() - begin).count();
    std::printf("{\"cases\": %d, \"took_s\": %.1f, \"cases_s\": %.0f}\n", cases, took_s,
                cases / took_s);
    return 0;
}
