// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/waiting_store.h"

#include "base/opening_hours.h"
#include "cases/io/case_store.h"
#include "centres/io/user_store.h"
#include "customers/io/customer_store.h"
#include "interactions/io/call_store.h"
#include "interactions/io/setup_store.h"
#include "platform/sql/errc.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::interactions {
namespace {

using sql::testing::must;

const CentreId here{1}, elsewhere{2};
const Scope ours = Scope::of(here), theirs = Scope::of(elsewhere);
const AgentId ann{7}, bob{8};
constexpr std::int64_t minute = 60'000'000;

class WaitingStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), setup_schema(), journal::schema(), customers::schema(),
              cases::schema(), schema(), waiting_schema()});
    }
    void ends(std::uint64_t id, const char* direction, const char* number, const char* cause,
              bool is_connected = false, CentreId centre = here) {
        CallRow row;
        row.id = InteractionId{id};
        row.centre_id = centre;
        row.direction = direction;
        (row.direction == "out" ? row.dialled : row.caller) = number;
        row.arrived_at = UtcTime{static_cast<std::int64_t>(id) * minute};
        row.queued_at = row.arrived_at;
        if (is_connected) row.connected_at = row.arrived_at;
        row.ended_at = UtcTime{row.arrived_at.us + minute};
        row.cause = cause;
        const std::vector<RowChange> changes{PutCall{row}};
        must(write([&](sql::Transaction& tx) { return CallStore::write(tx, changes); }));
    }
    /// "1 13800138001 abandoned" of each, "/" between.
    std::string list(bool is_open = true, const Scope& scope = ours) {
        std::string text;
        for (const auto& row : must(WaitingStore::lost(db(), scope, is_open, 10)))
            text += (text.empty() ? "" : "/") + std::to_string(row.id.value) + " " + row.number +
                    " " + (is_open ? row.cause : row.outcome);
        return text;
    }
    std::error_code take(std::uint64_t id, AgentId agent, std::int64_t at,
                         const Scope& scope = ours) {
        const auto done = write([&](sql::Transaction& tx) {
            return WaitingStore::take(tx, scope, InteractionId{id}, agent, UtcTime{at});
        });
        return done ? std::error_code{} : done.error().code;
    }
    std::error_code close(std::uint64_t id, const char* outcome, const Scope& scope = ours) {
        const auto done = write([&](sql::Transaction& tx) {
            return WaitingStore::close(tx, scope, InteractionId{id}, outcome, UtcTime{minute});
        });
        return done ? std::error_code{} : done.error().code;
    }
};
YS_ON_BOTH_DATABASES(WaitingStoreTest);

TEST_P(WaitingStoreTest, who_left_unserved_with_a_number_is_on_the_list_oldest_first) {
    ends(2, "in", "13800138002", "queue_full");
    ends(1, "in", "13800138001", "abandoned");
    ends(3, "in", "", "abandoned");
    ends(4, "in", "13800138004", "completed", true);
    ends(5, "in", "13800138005", "left_message");
    ends(6, "in", "13800138006", "callback_promised");
    ends(7, "callback", "13800138007", "no_answer");
    ends(8, "callback", "13800138008", "cancelled");
    ends(9, "in", "13800138009", "abandoned", false, elsewhere);
    EXPECT_EQ(list(), "1 13800138001 abandoned/2 13800138002 queue_full/7 13800138007 no_answer");
    EXPECT_EQ(list(true, theirs), "9 13800138009 abandoned");
    EXPECT_EQ(list(false), "3  withheld") << "missed, but there is no number to call";
}

TEST_P(WaitingStoreTest, who_was_served_or_reached_is_off_it) {
    ends(1, "in", "13800138001", "abandoned");
    ends(2, "in", "13800138001", "abandoned");
    ends(3, "in", "13800138003", "abandoned");
    ends(4, "in", "13800138003", "abandoned", false, elsewhere);
    ends(5, "out", "13800138001", "no_answer");
    EXPECT_EQ(must(WaitingStore::lost_one(db(), ours, InteractionId{2}))->attempts, 1);
    ends(6, "out", "13800138001", "completed", true);
    EXPECT_EQ(list(), "3 13800138003 abandoned");
    ends(7, "in", "13800138003", "completed", true);
    EXPECT_EQ(list(), "");
    EXPECT_EQ(list(false),
              "3 13800138003 served/2 13800138001 called_back/1 13800138001 called_back");
    EXPECT_EQ(list(true, theirs), "4 13800138003 abandoned") << "another centre's own list";
}

TEST_P(WaitingStoreTest, one_agent_at_a_time_calls_back) {
    ends(1, "in", "13800138001", "abandoned");
    EXPECT_FALSE(take(1, ann, minute));
    EXPECT_FALSE(take(1, ann, 2 * minute)) << "again, by the same";
    EXPECT_EQ(take(1, bob, 3 * minute), sql::errc::stale);
    EXPECT_FALSE(take(1, bob, 20 * minute)) << "nothing came of it";
    EXPECT_EQ(take(1, ann, minute, theirs), sql::errc::not_found);
    EXPECT_EQ(close(1, "done", theirs), sql::errc::not_found);
    EXPECT_FALSE(close(1, "unreachable"));
    EXPECT_EQ(list(false), "1 13800138001 unreachable");
    EXPECT_EQ(take(1, ann, 30 * minute), sql::errc::stale);
    EXPECT_EQ(close(1, "done"), sql::errc::stale);
}

TEST_P(WaitingStoreTest, what_a_queue_offers_goes_into_its_set_up) {
    std::vector<QueueSetup> queues(2);
    queues[0].id = QueueId{5};
    queues[1].id = QueueId{6};
    must(write([&](sql::Transaction& tx) {
        return WaitingStore::put_offer(
            tx, {QueueId{6}, here, 60, 120, "13900139000", true, "mon-fri 08:30-18:00"});
    }));
    must(WaitingStore::add_offers(db(), queues));
    EXPECT_EQ(queues[0].callback_after, 0s);
    EXPECT_EQ(queues[1].callback_after, 60s);
    EXPECT_EQ(queues[1].voicemail_after, 120s);
    EXPECT_TRUE(queues[0].hours.empty()) << "always";
    EXPECT_EQ(to_text(queues[1].hours), "mon-fri 08:30-18:00");
    EXPECT_EQ(queues[1].duty.at(0), "13900139000");
    EXPECT_TRUE(queues[1].is_unhurried);
    const QueueOfferRow row = offer_of(queues[1]);
    EXPECT_EQ(row.duty + " " + row.hours, "13900139000 mon-fri 08:30-18:00")
        << "nothing of it is lost when other rules of the queue are saved";
    EXPECT_TRUE(row.is_unhurried);
}

}  // namespace
}  // namespace ys::interactions
