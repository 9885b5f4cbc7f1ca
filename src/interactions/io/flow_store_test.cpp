// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/flow_store.h"

#include "platform/journal/journal.h"
#include "platform/sql/errc.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::interactions {
namespace {

using sql::testing::must;

const CentreId here{1}, elsewhere{2};
const Scope ours = Scope::of(here), theirs = Scope::of(elsewhere);
const UserId admin{5};
constexpr std::int64_t minute = 60'000'000;

class FlowStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({journal::schema(), flow_schema()});
        take("one");
    }
    void take(const std::string& text) {
        must(write([&](sql::Transaction& tx) {
            return FlowStore::take_file(tx, here, "main", text, UtcTime{minute});
        }));
    }
    void force(const std::string& text, const FlowStep& step) {
        make<FlowVersionRow>(
            [&](sql::Transaction& tx) { return FlowStore::force(tx, "main", text, step); });
    }
    FlowStep step(std::string why = "because") const {
        return {.by = admin, .why = std::move(why), .now = UtcTime{2 * minute}};
    }
    std::uint32_t draft(const std::string& text, std::uint32_t based_on) {
        return make<FlowVersionRow>([&](sql::Transaction& tx) {
                   return FlowStore::write(tx, ours, "main", text, based_on, step());
               })
            .number;
    }
    std::error_code code(const std::function<Result<Done>(sql::Transaction&)>& work) {
        const auto done = write(work);
        return done ? std::error_code{} : done.error().code;
    }
    std::error_code publish(std::uint32_t number, std::int64_t at, const Scope& scope = ours) {
        return code([&](sql::Transaction& tx) {
            return FlowStore::publish(tx, scope, "main", number, UtcTime{at}, step());
        });
    }
    /// As the house does, each in its turn.
    void switch_all(std::int64_t now) {
        for (const auto& v : must(FlowStore::due(db(), UtcTime{now})))
            must(write([&](sql::Transaction& tx) {
                return FlowStore::put_in_force(tx, v, UtcTime{now});
            }));
    }
    /// "3 draft three/2 in_force two", the newest first.
    std::string versions() {
        std::string out;
        for (const auto& v : must(FlowStore::versions(db(), ours, "main")))
            out +=
                (out.empty() ? "" : "/") + std::to_string(v.number) + " " + v.state + " " + v.text;
        return out;
    }
    /// "write 2/publish 2".
    std::string told() {
        std::string out;
        must(journal::Journal::replay(db(), 0, [&](const journal::Entry& e) {
            const auto& moved = std::get<facts::FlowMoved>(e.fact.body);
            out += (out.empty() ? "" : "/") + moved.verb + " " + std::to_string(moved.version);
        }));
        return out;
    }
};
YS_ON_BOTH_DATABASES(FlowStoreTest);

TEST_P(FlowStoreTest, a_flow_that_came_with_the_hotline_is_its_first_version) {
    EXPECT_EQ(versions(), "1 in_force one");
    EXPECT_EQ(told(), "publish 1/in_force 1");
    EXPECT_EQ(must(FlowStore::flow(db(), ours, "main"))->in_force, 1u);
    EXPECT_EQ(must(FlowStore::texts_in_force(db())).at("main"), "one");
    take("one");
    EXPECT_EQ(versions(), "1 in_force one") << "the same file changes nothing";
    EXPECT_FALSE(must(FlowStore::flow(db(), theirs, "main")));
    EXPECT_EQ(FlowStore::versions(db(), theirs, "main").error().code, sql::errc::not_found);
}

TEST_P(FlowStoreTest, a_draft_comes_into_force_at_its_minute_and_the_one_before_is_past) {
    const auto two = draft("two", 1);
    EXPECT_EQ(versions(), "2 draft two/1 in_force one");
    EXPECT_EQ(publish(two, 10 * minute, theirs), sql::errc::not_found);
    EXPECT_FALSE(publish(two, 10 * minute));
    EXPECT_EQ(must(FlowStore::next_due(db())), UtcTime{10 * minute});
    switch_all(10 * minute - 1);
    EXPECT_EQ(versions(), "2 scheduled two/1 in_force one");
    // The process was down then.
    switch_all(25 * minute);
    EXPECT_EQ(versions(), "2 in_force two/1 past one");
    EXPECT_EQ(must(FlowStore::next_due(db())), std::nullopt);
    const auto v = must(FlowStore::version(db(), ours, "main", 2));
    EXPECT_EQ(v.published_by, admin);
    EXPECT_EQ(v.from_at, UtcTime{10 * minute});
    EXPECT_EQ(v.in_force_at, UtcTime{25 * minute});
    EXPECT_EQ(must(FlowStore::version(db(), ours, "main", 1)).until_at, UtcTime{25 * minute});
    EXPECT_EQ(told(), "publish 1/in_force 1/write 2/publish 2/in_force 2");
}

TEST_P(FlowStoreTest, two_editors_do_not_overwrite_each_other) {
    EXPECT_EQ(draft("two", 1), 2u);
    const auto late = code([&](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const auto v, FlowStore::write(tx, ours, "main", "other", 1, step()));
        static_cast<void>(v);
        return Done{};
    });
    EXPECT_EQ(late, sql::errc::stale);
    EXPECT_EQ(draft("three", 2), 3u);
    EXPECT_EQ(versions(), "3 draft three/2 dropped two/1 in_force one");
}

TEST_P(FlowStoreTest, what_is_in_no_state_for_it_is_not_done) {
    const auto no = std::make_error_code(std::errc::operation_not_permitted);
    EXPECT_EQ(publish(1, 0), no) << "it is in force";
    draft("two", 1);
    const auto act = [&](auto what, std::uint32_t number) {
        return code([&](sql::Transaction& tx) { return what(tx, ours, "main", number, step()); });
    };
    EXPECT_EQ(act(FlowStore::withdraw, 2), no);
    EXPECT_FALSE(publish(2, 10 * minute));
    EXPECT_EQ(act(FlowStore::drop, 2), no);
    EXPECT_FALSE(act(FlowStore::withdraw, 2));
    EXPECT_EQ(versions(), "2 draft two/1 in_force one");
    EXPECT_FALSE(act(FlowStore::drop, 2));
    EXPECT_EQ(act(FlowStore::drop, 2), no);
    EXPECT_EQ(act(FlowStore::drop, 9), sql::errc::not_found);
    EXPECT_EQ(publish(2, 0), no);
}

TEST_P(FlowStoreTest, an_old_text_comes_back_as_a_new_version) {
    EXPECT_FALSE(publish(draft("two", 1), minute));
    switch_all(3 * minute);
    const auto v = make<FlowVersionRow>([&](sql::Transaction& tx) {
        return FlowStore::roll_back(tx, ours, "main", 1, UtcTime{4 * minute}, step("wrong menu"));
    });
    EXPECT_EQ(v.based_on, 1u);
    switch_all(4 * minute);
    EXPECT_EQ(versions(), "3 in_force one/2 past two/1 past one");
    EXPECT_NE(told().find("roll_back 3/in_force 3"), std::string::npos) << told();
}

TEST_P(FlowStoreTest, a_second_publication_takes_the_place_of_the_first) {
    EXPECT_FALSE(publish(draft("two", 1), 10 * minute));
    EXPECT_FALSE(publish(draft("three", 2), 5 * minute));
    EXPECT_EQ(versions(), "3 scheduled three/2 dropped two/1 in_force one");
}

TEST_P(FlowStoreTest, one_whose_minute_cannot_be_kept_is_a_draft_again_and_says_why) {
    EXPECT_FALSE(publish(draft("two", 1), minute));
    for (const auto& v : must(FlowStore::due(db(), UtcTime{minute})))
        must(write([&](sql::Transaction& tx) {
            return FlowStore::refuse(tx, v, "queue-not-there", UtcTime{minute});
        }));
    EXPECT_EQ(versions(), "2 draft two/1 in_force one");
    EXPECT_EQ(must(FlowStore::version(db(), ours, "main", 2)).refused, "queue-not-there");
    EXPECT_FALSE(publish(2, minute));
    EXPECT_EQ(must(FlowStore::version(db(), ours, "main", 2)).refused, "");
}

TEST_P(FlowStoreTest, a_changed_file_overwrites_nobodys_work) {
    take("two");
    EXPECT_EQ(versions(), "2 in_force two/1 past one") << "nobody has changed it here";
    EXPECT_FALSE(publish(draft("mine", 2), minute));
    switch_all(3 * minute);
    take("three");
    EXPECT_EQ(versions().substr(0, 28), "4 draft three/3 in_force min");
    take("three");
    EXPECT_EQ(must(FlowStore::versions(db(), ours, "main")).size(), 4u);
    draft("mine again", 4);
    take("four");
    EXPECT_EQ(versions().substr(0, 33), "6 dropped four/5 draft mine again");
    force("four", {.now = UtcTime{9 * minute}});
    EXPECT_EQ(must(FlowStore::texts_in_force(db())).at("main"), "four");
}

TEST_P(FlowStoreTest, what_the_house_writes_for_a_reason_is_no_file) {
    take("one");
    force("one and more", {.why = "an article changed", .now = UtcTime{3 * minute}});
    EXPECT_EQ(versions(), "2 in_force one and more/1 past one");
    EXPECT_EQ(must(FlowStore::version(db(), ours, "main", 2)).publish_why, "an article changed");
    take("one");
    EXPECT_EQ(versions(), "2 in_force one and more/1 past one") << "the file is as it was";
    take("two");
    EXPECT_EQ(versions(), "3 in_force two/2 past one and more/1 past one");
}

}  // namespace
}  // namespace ys::interactions
