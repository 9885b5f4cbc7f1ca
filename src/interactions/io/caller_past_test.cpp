// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/caller_past.h"

#include "cases/io/case_store.h"
#include "centres/io/user_store.h"
#include "interactions/io/call_store.h"
#include "interactions/io/waiting_store.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::interactions {
namespace {

using sql::testing::must;

const CentreId here{1};
const Scope ours = Scope::of(here);
constexpr std::int64_t day_us = 86'400'000'000;
const UtcTime now{100 * day_us};

class CallerPastTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), journal::schema(), cases::schema(), schema(), waiting_schema()});
    }
    /// agent 0: nobody was reached
    void call(std::uint64_t id, std::int64_t days_ago, std::uint64_t agent,
              const std::string& disposition, const std::string& direction = "in") {
        CallRow row;
        row.id = InteractionId{id};
        row.centre_id = here;
        row.direction = direction;
        row.caller = "13800138000";
        row.arrived_at = row.ended_at = UtcTime{now.us - days_ago * day_us - 1};
        row.queued_at = row.arrived_at;
        if (agent > 0) row.connected_at = row.arrived_at;
        row.agent_id = AgentId{agent};
        row.cause = agent > 0 ? "completed" : "abandoned";
        row.disposition = disposition;
        const RowChange change = PutCall{row};
        must(write([&](auto& tx) { return CallStore::write(tx, {&change, 1}); }));
    }
    void open_case(std::uint64_t by) {
        must(write([&](sql::Transaction& tx) -> Result<Done> {
            cases::CaseRow fields;
            fields.kind = "repair";
            fields.title = "不热";
            fields.phone = "13800138000";
            YS_TRY([[maybe_unused]] const auto saved,
                   cases::CaseStore::create(tx, here, fields, {.user = UserId{by}, .now = now}));
            return Done{};
        }));
    }
    CallerPast past(const Scope& scope = ours) {
        return must(caller_past(db(), scope, "13800138000", now));
    }
};
YS_ON_BOTH_DATABASES(CallerPastTest);

TEST_P(CallerPastTest, a_stranger_has_no_past) {
    EXPECT_FALSE(past().known_to);
    EXPECT_EQ(past().repeats, 0U);
}

TEST_P(CallerPastTest, who_talked_with_them_last_knows_them_for_a_month) {
    call(1, 40, 5, "answered");
    EXPECT_FALSE(past().known_to);
    call(2, 20, 6, "answered");
    call(3, 10, 7, "answered");
    call(4, 1, 8, "answered", "out");
    EXPECT_EQ(past().known_to, AgentId{7}) << "a call of ours made nobody known to them";
    EXPECT_FALSE(past(Scope::of(CentreId{2})).known_to);
}

TEST_P(CallerPastTest, who_has_their_open_case_comes_first) {
    call(1, 1, 7, "answered");
    open_case(9);
    EXPECT_EQ(past().known_to, AgentId{9});
}

TEST_P(CallerPastTest, only_calls_that_settled_nothing_count_as_repeats) {
    call(1, 0, 7, "answered");
    call(2, 0, 7, "call_back");
    call(3, 1, 0, "");
    call(4, 5, 0, "");
    EXPECT_EQ(past().repeats, 2U) << "promised and abandoned; not the settled, not the old one";
}

}  // namespace
}  // namespace ys::interactions
