// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/call_store.h"

#include <future>

#include "cases/io/case_store.h"
#include "centres/io/user_store.h"
#include "customers/io/customer_store.h"
#include "interactions/io/fact_keeper.h"
#include "interactions/io/rules_store.h"
#include "interactions/io/setup_store.h"
#include "interactions/io/waiting_store.h"
#include "platform/journal/fact_json.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::interactions {
namespace {

using facts::Fact;
using journal::Journal;
using sql::testing::must;

const CentreId here{1}, elsewhere{2};
const Scope ours = Scope::of(here);

class CallStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), setup_schema(), journal::schema(), customers::schema(),
              cases::schema(), schema(), waiting_schema(), rules_schema()});
    }
    /// As FactKeeper does it: facts and their rows in one transaction.
    void tell(const std::vector<Fact>& facts) {
        std::vector<RowChange> changes;
        for (const Fact& fact : facts)
            for (auto& change : projector_.on(fact)) changes.push_back(std::move(change));
        must(write([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto appended, Journal::append(tx, facts));
            return CallStore::write(tx, changes);
        }));
    }
    static Fact fact(std::int64_t at, std::uint64_t call, facts::Body body, std::uint64_t agent = 0,
                     CentreId centre = here) {
        return {UtcTime{at}, centre, InteractionId{call}, AgentId{agent}, std::move(body)};
    }
    void whole_call(std::uint64_t id, std::int64_t at, const std::string& caller,
                    std::uint64_t agent = 7, CentreId centre = here) {
        tell({fact(at, id,
                   facts::CallArrived{.direction = "in", .caller = caller, .dialled = "6000"}, 0,
                   centre),
              fact(at + 1, id, facts::Connected{.queue = 2}, agent, centre),
              fact(at + 5, id,
                   facts::CallEnded{
                       .cause = "completed", .who = "citizen", .total_ms = 5, .talked_ms = 4},
                   0, centre)});
    }
    std::vector<std::uint64_t> found(const CallSearch& search, const Scope& scope = ours) {
        std::vector<std::uint64_t> out;
        for (const auto& row : must(CallStore::search(db(), scope, search)))
            out.push_back(row.id.value);
        return out;
    }
    CallProjector projector_;
};
YS_ON_BOTH_DATABASES(CallStoreTest);

using Ids = std::vector<std::uint64_t>;

TEST_P(CallStoreTest, a_call_is_found_by_number_agent_time_and_cause) {
    whole_call(1, 100, "13800138000", 7);
    whole_call(2, 200, "02488886666", 8);
    whole_call(3, 300, "13800138000", 8, elsewhere);
    EXPECT_EQ(found({}), (Ids{2, 1}));
    EXPECT_EQ(found({.number = "13800138000"}), (Ids{1}));
    EXPECT_EQ(found({.number = "8000"}), (Ids{1})) << "the last four digits";
    EXPECT_EQ(found({.number = "1380"}), Ids{}) << "sealed numbers have no other parts";
    EXPECT_EQ(found({.number = "6000"}), (Ids{2, 1})) << "the number dialled counts too";
    EXPECT_EQ(found({.agent = AgentId{8}}), (Ids{2}));
    EXPECT_EQ(found({.queue = QueueId{2}}), (Ids{2, 1}));
    EXPECT_EQ(found({.cause = "abandoned"}), Ids{});
    EXPECT_EQ(found({.direction = "out"}), Ids{});
    EXPECT_EQ(found({.from = UtcTime{101}}), (Ids{2}));
    EXPECT_EQ(found({.to = UtcTime{200}}), (Ids{1}));
    EXPECT_EQ(found({}, Scope{{here, elsewhere}}), (Ids{3, 2, 1}));
    EXPECT_EQ(found({}, Scope{}), Ids{});
    EXPECT_EQ(found({.number = "%' OR 1=1 --"}), Ids{});
}

TEST_P(CallStoreTest, pages_follow_each_other_also_when_calls_arrive_at_one_instant) {
    for (std::uint64_t id = 1; id <= 5; ++id) whole_call(id, id < 4 ? 100 : 200, "1");
    Ids all;
    CallSearch search{.limit = 2};
    for (;;) {
        const auto page = must(CallStore::search(db(), ours, search));
        for (const auto& row : page) all.push_back(row.id.value);
        if (page.size() < search.limit) break;
        search.before_arrived = page.back().arrived_at;
        search.before_id = page.back().id;
    }
    EXPECT_EQ(all, (Ids{5, 4, 3, 2, 1}));
}

TEST_P(CallStoreTest, a_list_row_names_agent_queue_customer_case_and_recording) {
    const auto ids = make<std::pair<CustomerId, UserId>>(
        [](sql::Transaction& tx) -> Result<std::pair<CustomerId, UserId>> {
            YS_TRY([[maybe_unused]] const auto c,
                   centres::UserStore::put_centre(tx, {.id = here, .name = "热线"}));
            YS_TRY(const UserId user, centres::UserStore::put_user(
                                          tx, {.centre_id = here, .login = "a", .name = "王芳"}));
            YS_TRY(
                [[maybe_unused]] const auto q,
                SetupStore::put_queue(
                    tx, {.id = QueueId{2}, .centre_id = here, .name = "repair", .title = "报修"}));
            YS_TRY(const CustomerId customer,
                   customers::CustomerStore::add(tx, {.centre_id = here, .name = "李雷"}, {"138"}));
            YS_TRY([[maybe_unused]] const auto k,
                   cases::CaseStore::create(tx, here, {.interaction_id = InteractionId{1}},
                                            {.user = user, .now = UtcTime{0}}));
            return std::pair{customer, user};
        });
    const auto [customer, user] = ids;
    tell({fact(10, 1,
               facts::CallArrived{.direction = "in", .caller = "138", .customer = customer.value}),
          fact(11, 1, facts::Queued{.queue = 2}),
          fact(12, 1, facts::Connected{.queue = 2}, user.value),
          fact(12, 1, facts::RecordingOpened{4, "consult", "4.al"}),
          fact(12, 1, facts::RecordingOpened{5, "call", "5.al"}),
          fact(20, 1, facts::RecordingClosed{5, 8'000, "complete"}),
          fact(20, 1, facts::CallEnded{.cause = "completed"}),
          fact(30, 1, facts::WrapUpDone{"已解决"}, user.value)});
    const auto row = must(CallStore::get(db(), ours, InteractionId{1}));
    ASSERT_TRUE(row);
    EXPECT_EQ(row->agent_name, "王芳");
    EXPECT_EQ(row->queue_title, "报修");
    EXPECT_EQ(row->customer_name, "李雷");
    EXPECT_EQ(row->case_number, "0101-0001");
    EXPECT_EQ(row->recording_id, RecordingId{5});
    EXPECT_EQ(row->recording_ms, 8'000);
    EXPECT_EQ(row->recording_outcome, "complete");
    EXPECT_EQ(row->disposition, "已解决");
    EXPECT_FALSE(row->score);
    EXPECT_EQ(row->connected_at, UtcTime{12});
    EXPECT_EQ(found({.case_number = "0101-0001"}), (Ids{1}));
    EXPECT_EQ(found({.customer = customer}), (Ids{1}));
    EXPECT_FALSE(must(CallStore::get(db(), Scope::of(elsewhere), InteractionId{1})));
}

TEST_P(CallStoreTest, a_recording_goes_from_open_to_closed_to_encoded) {
    tell({fact(1, 1, facts::CallArrived{}),
          fact(2, 1, facts::RecordingOpened{5, "call", "5.al"}, 7)});
    EXPECT_TRUE(must(CallStore::to_encode(db(), {}, RecordingId{9}, 10)).empty());
    tell({fact(9, 1, facts::RecordingClosed{5, 7, "complete"})});
    const auto work = must(CallStore::to_encode(db(), {}, RecordingId{9}, 10));
    ASSERT_EQ(work.size(), 1u);
    EXPECT_EQ(work[0].agent_id, AgentId{7});
    must(write([](auto& tx) {
        return CallStore::set_recording_file(tx, here, RecordingId{5}, "5.opus", "opus");
    }));
    EXPECT_TRUE(must(CallStore::to_encode(db(), {}, RecordingId{9}, 10)).empty());
    const auto row = must(CallStore::recording(db(), ours, RecordingId{5}));
    EXPECT_EQ(row->file, "5.opus");
    EXPECT_EQ(row->outcome, "complete");
    EXPECT_EQ(must(CallStore::recordings_of(db(), ours, InteractionId{1})).size(), 1u);
    EXPECT_FALSE(must(CallStore::recording(db(), Scope::of(elsewhere), RecordingId{5})));
    EXPECT_EQ(must(CallStore::highest_recording(db())), 5u);
    EXPECT_EQ(write([](auto& tx) {
                  return CallStore::set_recording_file(tx, elsewhere, RecordingId{5}, "x", "opus");
              })
                  .error()
                  .code,
              sql::errc::not_found);
}

TEST_P(CallStoreTest, a_kill_leaves_no_call_without_an_end) {
    whole_call(1, 1'000'000, "1");
    tell({fact(10'000'000, 2, facts::CallArrived{.direction = "in", .caller = "138"}),
          fact(10'000'000, 2, facts::Queued{.queue = 2}),
          fact(12'000'000, 2, facts::Connected{.queue = 2, .waited_ms = 2'000}, 7),
          fact(12'000'000, 2, facts::RecordingOpened{5, "call", "5.al"}),
          fact(14'000'000, 3, facts::CallArrived{.direction = "in"}, 0, elsewhere),
          fact(15'000'000, 3, facts::Queued{.queue = 4}, 0, elsewhere)});
    const auto end = [&] {
        return make<std::vector<LostCall>>([](sql::Transaction& tx) {
            return CallStore::end_unfinished(tx, UtcTime{60'000'000}, [](const RecordingRow& row) {
                return row.id == RecordingId{5} ? 2'900ms : 0ms;
            });
        });
    };
    EXPECT_EQ(end().size(), 2u);
    const auto talked = must(CallStore::get(db(), ours, InteractionId{2}));
    ASSERT_TRUE(talked);
    EXPECT_EQ(talked->cause, "system_error");
    EXPECT_EQ(talked->waited_ms, 2'000);
    EXPECT_EQ(talked->talked_ms, 3'000) << "alive until the last fact of anybody";
    EXPECT_EQ(must(CallStore::get(db(), Scope::of(elsewhere), InteractionId{3}))->cause,
              "system_error");
    const auto cut = must(CallStore::recording(db(), ours, RecordingId{5}));
    EXPECT_EQ(cut->outcome, "gap");
    EXPECT_EQ(cut->length_ms, 2'900) << "what the file holds";
    EXPECT_EQ(must(CallStore::to_encode(db(), {}, RecordingId{5}, 10)).size(), 1u);
    EXPECT_TRUE(must(CallStore::to_encode(db(), RecordingId{5}, RecordingId{9}, 10)).empty());
    const auto story = must(Journal::story(db(), ours, InteractionId{2}));
    EXPECT_EQ(journal::kind_of(story.at(story.size() - 2).fact.body), "CallEnded");
    EXPECT_EQ(journal::kind_of(story.back().fact.body), "RecordingClosed");
    EXPECT_EQ(end().size(), 0u) << "a second restart finds nothing more to do";
}

TEST_P(CallStoreTest, the_keeper_puts_facts_and_row_on_disk_together) {
    sql::Writer writer(must(sql::Database::open(url())), {}, nullptr);
    FactKeeper keeper(writer);
    std::promise<bool> ended;
    keeper.keep({fact(1, 8, facts::CallArrived{.caller = "138"})}, [](const Result<Done>&) {});
    keeper.keep({}, [](const Result<Done>& r) { EXPECT_TRUE(r); });
    keeper.keep({fact(2, 8, facts::CallEnded{.cause = "completed"})},
                [&](const Result<Done>& r) { ended.set_value(static_cast<bool>(r)); });
    EXPECT_TRUE(ended.get_future().get());
    EXPECT_EQ(must(CallStore::get(db(), ours, InteractionId{8}))->caller, "138");
    EXPECT_EQ(must(Journal::story(db(), ours, InteractionId{8})).size(), 2u);
}

TEST_P(CallStoreTest, the_coordinator_starts_with_what_was_set_up) {
    must(write([](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(
            [[maybe_unused]] const auto c,
            centres::UserStore::put_centre(tx, {.id = here, .name = "热线", .wrap_up_max_s = 30}));
        for (const auto* name : {"repair", "bill"}) {
            YS_TRY([[maybe_unused]] const auto q,
                   SetupStore::put_queue(tx,
                                         {.centre_id = here, .name = name, .answer_within_s = 20}));
        }
        for (const auto& [login, roles, active] : {std::tuple{"ann", "agent", true},
                                                   {"sue", "supervisor", true},
                                                   {"gone", "agent", false},
                                                   {"adm", "admin", true}}) {
            YS_TRY([[maybe_unused]] const auto u,
                   centres::UserStore::put_user(tx, {.centre_id = here,
                                                     .login = login,
                                                     .work_number = login,
                                                     .name = login,
                                                     .roles = roles,
                                                     .is_active = active}));
        }
        YS_TRY([[maybe_unused]] const auto a,
               SetupStore::set_agent_queues(tx, here, AgentId{1}, {{QueueId{2}}, {QueueId{1}}}));
        return SetupStore::put_number(tx, {.number = "6000", .centre_id = here, .flow = "main"});
    }));
    whole_call(41, 1, "1");
    const auto setup = must(SetupStore::load(db()));
    ASSERT_EQ(setup.queues.size(), 2u);
    EXPECT_EQ(setup.queues[0].answer_within, Millis(20'000));
    ASSERT_EQ(setup.agents.size(), 2u) << "who is switched off or only administers takes no calls";
    EXPECT_EQ(setup.agents[0].name, "ann");
    EXPECT_EQ(setup.agents[0].queues, (std::vector<routing::Service>{{QueueId{2}}, {QueueId{1}}}));
    EXPECT_EQ(setup.agents[0].wrap_up_max, Millis(30'000));
    EXPECT_TRUE(setup.agents[1].is_supervisor);
    ASSERT_EQ(setup.numbers.size(), 1u);
    EXPECT_EQ(setup.numbers[0].flow, "main");
    EXPECT_EQ(setup.first_interaction, 42u);
    EXPECT_EQ(setup.first_recording, 1u);
    EXPECT_EQ(must(SetupStore::agent_queues(db(), ours, AgentId{1})).size(), 2u);
    EXPECT_TRUE(must(SetupStore::queues(db(), Scope::of(elsewhere))).empty());
}

TEST_P(CallStoreTest, outbound_rules_are_kept_by_centre) {
    must(write([](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(
            [[maybe_unused]] const auto r,
            SetupStore::put_outbound_rule(tx, {.centre_id = here, .prefix = "1", .allow = true}));
        return Done{};
    }));
    EXPECT_EQ(must(SetupStore::outbound_rules(db(), ours)).size(), 1u);
    EXPECT_TRUE(must(SetupStore::outbound_rules(db(), Scope::of(elsewhere))).empty());
}

TEST(OutboundRules, the_longest_prefix_in_its_hours_decides_and_nothing_is_no) {
    const std::vector<OutboundRuleRow> rules{
        {.id = 1, .centre_id = here, .prefix = "", .from_hour = 8, .to_hour = 20, .allow = true},
        {.id = 2, .centre_id = here, .prefix = "00", .allow = false},
        {.id = 3, .centre_id = here, .prefix = "110", .allow = true},
        {.id = 4, .centre_id = here, .prefix = "96", .allow = true},
        {.id = 5, .centre_id = here, .prefix = "96", .allow = false}};
    EXPECT_TRUE(is_outbound_allowed(rules, here, "13800138000", 8));
    EXPECT_FALSE(is_outbound_allowed(rules, here, "13800138000", 20));
    EXPECT_FALSE(is_outbound_allowed(rules, here, "0085212345678", 12));
    EXPECT_TRUE(is_outbound_allowed(rules, here, "110", 3));
    EXPECT_FALSE(is_outbound_allowed(rules, here, "96123", 12)) << "a refusal before a permission";
    EXPECT_FALSE(is_outbound_allowed(rules, elsewhere, "110", 12));
    EXPECT_FALSE(is_outbound_allowed({}, here, "110", 12));
}

}  // namespace
}  // namespace ys::interactions
