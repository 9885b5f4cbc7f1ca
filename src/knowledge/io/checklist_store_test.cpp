// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/checklist_store.h"

#include "base/later.h"
#include "platform/journal/journal.h"
#include "platform/sql/errc.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::knowledge {
namespace {

using sql::testing::must;

const CentreId head{1}, other{2};
const Scope ours = Scope::of(head);
const UtcTime now{1'700'000'000'000'000};

class ChecklistStoreTest : public sql::testing::StoreTest {
protected:
    void SetUp() override { open({journal::schema(), checklist_schema()}); }
    template <class Work>
    auto in(Work work) {
        std::optional<decltype(work(std::declval<sql::Transaction&>()))> out;
        [[maybe_unused]] const auto done = write([&](sql::Transaction& tx) -> Result<Done> {
            out.emplace(work(tx));
            if (!*out) return out->error();
            return Done{};
        });
        return *std::move(out);
    }
    ChecklistRow made(CentreId centre = head) {
        ChecklistRow row{.centre_id = centre, .event = "newborn"};
        row.number = "13800003003";
        write_into(row, {{{"married", "yes"}}, {"id_card", "photo"}});
        row.pins = text_of({{"hukou", {ArticleId{12}, 3}}});
        return must(in([&](sql::Transaction& tx) { return ChecklistStore::make(tx, row, now); }));
    }
    std::string issued(ChecklistId id) {
        return must(in([&](sql::Transaction& tx) { return ChecklistStore::issue(tx, id, now); }));
    }
    std::int64_t facts(std::string_view verb) {
        return must(db().value<std::int64_t>(
            0, "SELECT COUNT(*) FROM facts WHERE kind = 'ChecklistMoved' AND body LIKE ?",
            "%\"verb\":\"" + std::string(verb) + "\"%"));
    }
    ChecklistFileRow offered(ChecklistId of, const std::string& key, std::int64_t bytes = 100) {
        ChecklistFileRow row{.checklist_id = of, .idempotency_key = key};
        row.begun_at = now;
        row.sent_bytes = bytes;
        return row;
    }
    Result<ChecklistFileRow> begin(const ChecklistFileRow& row) {
        return in([&](sql::Transaction& tx) { return ChecklistStore::begin_file(tx, row); });
    }
};
YS_ON_BOTH_DATABASES(ChecklistStoreTest);

TEST_P(ChecklistStoreTest, a_list_keeps_what_was_said_and_is_found_by_its_number) {
    const ChecklistRow row = made();
    made(other);
    const auto found = must(ChecklistStore::of_number(db(), ours, "13800003003", 5));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].id, row.id);
    EXPECT_EQ(found[0].pins, "hukou:12-3");
    const LifeState state = state_of(found[0]);
    EXPECT_EQ(state.answers, (LifeAnswers{{"married", "yes"}}));
    EXPECT_EQ(state.ready, (std::set<std::string>{"id_card", "photo"}));
    EXPECT_TRUE(must(ChecklistStore::of_number(db(), ours, "", 5)).empty());
    EXPECT_FALSE(must(ChecklistStore::get(db(), Scope::of(other), row.id)));
    EXPECT_EQ(must(ChecklistStore::kept_by_citizens(db(), now)), 2);
    EXPECT_EQ(must(ChecklistStore::kept_by_citizens(db(), later(now, Seconds{1}))), 0);
    EXPECT_EQ(facts("made"), 2);
}

TEST_P(ChecklistStoreTest, a_pass_opens_one_list_until_it_is_over_or_the_list_is_put_away) {
    const ChecklistRow row = made(), another = made();
    const std::string first = issued(row.id), second = issued(row.id), foreign = issued(another.id);
    const auto opened = [&](const std::string& pass, UtcTime at) {
        const auto list = must(ChecklistStore::by_pass(db(), pass, at));
        return list ? list->id : ChecklistId{};
    };
    EXPECT_EQ(opened(first, now), row.id);
    EXPECT_EQ(opened(second, now), row.id) << "the link sent before still works";
    EXPECT_EQ(opened(foreign, now), another.id);
    EXPECT_EQ(opened("", now), ChecklistId{});
    EXPECT_EQ(opened(std::string(22, 'x'), now), ChecklistId{});
    EXPECT_EQ(opened(first, later(now, checklist_pass_for)), ChecklistId{}) << "over";
    EXPECT_EQ(must(db().value<std::int64_t>(
                  0, "SELECT COUNT(*) FROM checklist_passes WHERE token_hash = ?", first)),
              0)
        << "only digests are kept";
    must(in([&](sql::Transaction& tx) { return ChecklistStore::withdraw(tx, row, {}, now); }));
    EXPECT_EQ(opened(first, now), ChecklistId{});
    EXPECT_EQ(opened(foreign, now), another.id);
    EXPECT_EQ(facts("withdrawn"), 1);
}

TEST_P(ChecklistStoreTest, what_is_to_be_sent_is_taken_once) {
    ChecklistRow row = made();
    row.parts = R"(["一","二"])";
    row.sent_at = now;
    must(in([&](sql::Transaction& tx) {
        return ChecklistStore::put(tx, row, "sent", UserId{7}, now);
    }));
    const auto take = [&] {
        return must(in([](sql::Transaction& tx) { return ChecklistStore::take_to_send(tx, 10); }));
    };
    const auto taken = take();
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken[0].parts, R"(["一","二"])");
    EXPECT_TRUE(take().empty());
    EXPECT_EQ(facts("sent"), 1);
}

TEST_P(ChecklistStoreTest, files_are_announced_kept_and_bounded) {
    const ChecklistRow row = made();
    ChecklistFileRow file = must(begin(offered(row.id, "a")));
    EXPECT_EQ(must(begin(offered(row.id, "a"))).id, file.id);
    EXPECT_TRUE(must(ChecklistStore::files(db(), row.id)).empty());
    file.kind = "jpg";
    file.bytes = 90;
    const auto keep = [&](const ChecklistRow& list) {
        return in(
            [&](sql::Transaction& tx) { return ChecklistStore::keep_file(tx, list, file, now); });
    };
    EXPECT_FALSE(keep(made())) << "of another list";
    EXPECT_TRUE(must(keep(row)).is_kept());
    EXPECT_TRUE(must(keep(row)).is_kept());
    EXPECT_EQ(facts("file"), 1);
    ASSERT_EQ(must(ChecklistStore::files(db(), row.id)).size(), 1U);
    EXPECT_EQ(begin(offered(row.id, "big", checklist_bytes_max)).error().code,
              make_error_code(sql::errc::full));
    const ChecklistFileRow left = must(begin(offered(row.id, "b")));
    EXPECT_TRUE(must(ChecklistStore::abandoned(db(), now)).empty());
    const auto abandoned =
        must(ChecklistStore::abandoned(db(), later(now, checklist_upload_for + Seconds{1})));
    ASSERT_EQ(abandoned, std::vector{left.id});
    must(in([&](sql::Transaction& tx) { return ChecklistStore::drop_files(tx, abandoned); }));
    EXPECT_FALSE(must(ChecklistStore::file(db(), row.id, left.id)));
}

TEST_P(ChecklistStoreTest, all_lists_together_take_only_so_much_in_an_hour) {
    int taken = 0;
    while (taken < 30 && begin(offered(made().id, "k", checklist_bytes_max))) ++taken;
    EXPECT_EQ(taken, 20);
    ChecklistFileRow later_on = offered(made().id, "k", checklist_bytes_max);
    later_on.begun_at = later(now, std::chrono::hours{2});
    EXPECT_TRUE(begin(later_on));
}

}  // namespace
}  // namespace ys::knowledge
