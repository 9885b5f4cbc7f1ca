// SPDX-License-Identifier: Apache-2.0
#include "app/live_figures.h"

#include <gtest/gtest.h>

#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::app {
namespace {

using sql::testing::must;

const CentreId here{1};
/// Noon in China: the day is not over while the test counts.
constexpr UtcTime noon{1'795'320'000'000'000};

facts::Fact fact(std::uint64_t call, facts::Body body) {
    return {noon, here, InteractionId{call}, {}, std::move(body)};
}
std::vector<facts::Fact> abandoned(std::uint64_t call) {
    return {fact(call, facts::CallArrived{.direction = "in"}),
            fact(call, facts::Queued{.queue = 2, .why = "flow"}),
            fact(call, facts::CallEnded{.cause = "abandoned", .who = "citizen"})};
}

class LiveFiguresTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema()}); }

    void keep(const std::vector<facts::Fact>& facts) {
        must(write([&](sql::Transaction& tx) { return journal::Journal::append(tx, facts); }));
    }
    std::uint64_t last_seq() {
        return must(db().value<std::uint64_t>({}, "SELECT COALESCE(MAX(seq), 0) FROM facts"));
    }
    static std::int64_t arrived(const LiveFigures& figures) {
        return figures.today(here).at("arrived").to_number<std::int64_t>();
    }
};

YS_ON_BOTH_DATABASES(LiveFiguresTest);

TEST_P(LiveFiguresTest, what_happens_while_a_reader_counts_is_counted_once) {
    keep(abandoned(1));
    const auto last = last_seq();
    LiveFigures figures;
    figures.begin(noon);
    // In the journal before the reader comes to it, and told meanwhile.
    keep(abandoned(2));
    for (const auto& each : abandoned(2)) figures.on(each);
    EXPECT_EQ(arrived(figures), 0);
    figures.take(LiveFigures::counted(db(), Scope::of(here), noon, last));
    EXPECT_EQ(arrived(figures), 2);
    for (const auto& each : abandoned(3)) figures.on(each);
    EXPECT_EQ(arrived(figures), 3);
}

}  // namespace
}  // namespace ys::app
