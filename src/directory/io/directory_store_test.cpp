// SPDX-License-Identifier: Apache-2.0
#include "directory/io/directory_store.h"

#include <filesystem>

#include "cases/io/case_store.h"
#include "centres/io/user_store.h"
#include "customers/io/customer_store.h"
#include "directory/io/document.h"
#include "interactions/io/call_store.h"
#include "interactions/io/rules_store.h"
#include "interactions/io/setup_store.h"
#include "interactions/io/waiting_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/errc.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::directory {
namespace {

using sql::testing::must;

const UserId zhang{7}, li{8};
const UtcTime now{1'700'000'000'000'000};

Entry hotline(std::string number = "6300") {
    return {.code = "hotline",
            .kind = "hotline",
            .name = "热线",
            .number = std::move(number),
            .purpose = "都能问"};
}
Entry of_queue() {
    Entry out = hotline("0931-8700100");
    out.code = "hall";
    out.kind = "office";
    out.queue = "repair";
    return out;
}

class DirectoryStoreTest : public sql::testing::StoreTest {
protected:
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
    void SetUp() override {
        open({journal::schema(), centres::schema(), interactions::setup_schema(),
              customers::schema(), cases::schema(), interactions::schema(),
              interactions::waiting_schema(), interactions::rules_schema(), directory_schema()});
        folder_ = std::filesystem::path(::testing::TempDir()) / "directory-store-test";
        std::filesystem::remove_all(folder_);
        key_.emplace(must(vault::SigningKey::open(folder_ / "a.key")));
        must(in([&](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(head_, centres::UserStore::put_centre(tx, {.name = "总中心"}));
            interactions::QueueRow queue;
            queue.centre_id = head_;
            queue.name = "repair";
            queue.title = "报修";
            YS_TRY(queue_, interactions::SetupStore::put_queue(tx, queue));
            return open_at(tx, "mon-fri 08:30-18:00");
        }));
    }
    void TearDown() override {
        std::filesystem::remove_all(folder_);
        sql::testing::StoreTest::TearDown();
    }
    Result<Done> open_at(sql::Transaction& tx, const char* hours) const {
        interactions::QueueOfferRow offer;
        offer.queue_id = queue_;
        offer.centre_id = head_;
        offer.hours = hours;
        return interactions::WaitingStore::put_offer(tx, offer);
    }
    Scope ours() const { return Scope::of(head_); }
    Press press() const { return {"热线", &*key_}; }
    Result<VersionRow> wrote(std::vector<Entry> entries, std::uint32_t based_on, UserId by) {
        return in([&](sql::Transaction& tx) {
            return DirectoryStore::write(tx, ours(), entries, based_on, {by, "why", now});
        });
    }
    Result<VersionRow> published(std::uint32_t number, UserId by) {
        return in([&](sql::Transaction& tx) {
            return DirectoryStore::publish(tx, ours(), number, press(), {by, "read", now});
        });
    }
    Result<Done> take(std::vector<Entry> entries) {
        return in([&](sql::Transaction& tx) {
            return DirectoryStore::take_file(tx, head_, entries, press(), now);
        });
    }
    std::int64_t facts(std::string_view verb) {
        return must(db().value<std::int64_t>(
            0, "SELECT COUNT(*) FROM facts WHERE kind = 'DirectoryMoved' AND body LIKE ?",
            "%\"verb\":\"" + std::string(verb) + "\"%"));
    }

    std::filesystem::path folder_;
    std::optional<vault::SigningKey> key_;
    CentreId head_;
    QueueId queue_;
};
YS_ON_BOTH_DATABASES(DirectoryStoreTest);

TEST_P(DirectoryStoreTest, what_came_with_the_hotline_holds_until_somebody_writes_another) {
    must(take({hotline()}));
    EXPECT_EQ(must(DirectoryStore::in_force(db()))->number, 1U);
    must(take({hotline()}));
    EXPECT_EQ(must(DirectoryStore::in_force(db()))->number, 1U) << "the same again";
    must(take({hotline("6301")}));
    EXPECT_EQ(must(DirectoryStore::in_force(db()))->number, 2U) << "a newer file";
    const VersionRow draft = must(wrote({hotline("6302")}, 2, zhang));
    must(published(draft.number, li));
    must(take({hotline("6303")}));
    EXPECT_EQ(must(DirectoryStore::entries_in_force(db())).front().number, "6302");
    EXPECT_EQ(facts("publish"), 3);
}

TEST_P(DirectoryStoreTest, one_writes_another_publishes_and_the_bytes_are_signed) {
    const VersionRow draft = must(wrote({hotline()}, 0, zhang));
    EXPECT_FALSE(must(DirectoryStore::in_force(db())));
    EXPECT_EQ(published(draft.number, zhang).error().code, std::errc::permission_denied);
    const VersionRow row = must(published(draft.number, li));
    EXPECT_TRUE(vault::is_signed(row.document, row.key, row.signature));
    EXPECT_EQ(must(entries_of_document(row.document)).front().number, "6300");
    EXPECT_EQ(published(draft.number, li).error().code, std::errc::operation_not_permitted);
    EXPECT_EQ(facts("write") + facts("publish"), 2);

    const VersionRow next = must(wrote({hotline("6301")}, draft.number, li));
    must(published(next.number, zhang));
    const auto all = must(DirectoryStore::versions(db(), ours()));
    EXPECT_EQ(all.at(0).state, "in_force");
    EXPECT_EQ(all.at(1).state, "past");
    EXPECT_EQ(all.at(1).document, row.document) << "kept for ever";
}

TEST_P(DirectoryStoreTest, who_did_not_see_the_last_version_is_told) {
    must(wrote({hotline()}, 0, zhang));
    EXPECT_EQ(wrote({hotline("6301")}, 0, li).error().code, sql::errc::stale);
    must(in([&](sql::Transaction& tx) {
        return DirectoryStore::drop(tx, ours(), 1, {zhang, "", now});
    }));
    EXPECT_TRUE(wrote({hotline("6301")}, 0, li));
}

TEST_P(DirectoryStoreTest, nobody_of_another_centre_writes_or_sees_it) {
    must(take({hotline()}));
    const Scope other = Scope::of(CentreId{head_.value + 1});
    const auto refused = in([&](sql::Transaction& tx) {
        return DirectoryStore::write(tx, other, {hotline()}, 1, {zhang, "", now});
    });
    EXPECT_EQ(refused.error().code, sql::errc::not_found);
    EXPECT_TRUE(must(DirectoryStore::versions(db(), other)).empty());
}

TEST_P(DirectoryStoreTest, hours_come_from_the_queue_and_it_is_told_when_they_moved) {
    const VersionRow draft = must(wrote({hotline(), of_queue()}, 0, zhang));
    const VersionRow row = must(published(draft.number, li));
    const auto entries = must(entries_of(row.entries));
    EXPECT_EQ(entries.at(1).hours, "mon-fri 08:30-18:00");
    EXPECT_TRUE(must(DirectoryStore::moved_hours(db(), head_, entries)).empty());
    must(in([&](sql::Transaction& tx) { return open_at(tx, "daily 08:00-20:00"); }));
    EXPECT_EQ(must(DirectoryStore::moved_hours(db(), head_, entries)),
              std::vector<std::string>{"hall"});
}

TEST_P(DirectoryStoreTest, every_fault_is_named_beside_its_field) {
    Entry bad = of_queue();
    bad.queue = "nowhere";
    bad.centre = "没有的中心";
    bad.number = "1";
    const auto refused = wrote({hotline(), bad}, 0, zhang);
    EXPECT_EQ(refused.error().note,
              "bad_field:entries.1.number=bad_number,entries.1.centre=unknown_centre,"
              "entries.1.queue=unknown_queue");
}

TEST(Document, what_is_none_is_refused) {
    EXPECT_FALSE(entries_of_document("{}"));
    EXPECT_FALSE(entries_of_document("no json"));
    EXPECT_FALSE(entries_of_document(R"({"format":"directory-1","entries":[]})"));
    const std::string text = document_text("热线", 3, now, {hotline()});
    EXPECT_NE(text.find("\"hours_said\":\"每天24小时\""), std::string::npos) << text;
}

}  // namespace
}  // namespace ys::directory
