// SPDX-License-Identifier: Apache-2.0
#include "app/ready_documents.h"

#include "app/message_writer.h"
#include "cases/io/case_store.h"
#include "centres/io/user_store.h"
#include "directory/io/directory_store.h"
#include "outreach/io/document_store.h"
#include "outreach/io/survey_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"
#include "platform/sql/testing/both_databases.h"

namespace ys::app {
namespace {

using sql::testing::must;
constexpr CentreId centre{1};

class ReadyDocumentsTest : public sql::testing::StoreTest {
protected:
    void SetUp() override {
        open({centres::schema(), journal::schema(), cases::schema(), outreach::schema(),
              outreach::survey_schema(), outreach::document_schema(),
              directory::directory_schema()});
        door.book = must(outreach::MessageBook::make(
            {{.reason = "document_ready",
              .text = "{name}：{words}{number}到{unit}取。{next}{hotline}",
              .next = "带身份证。"}}));
        door.hotline = "6300";
        door.name = "云汀政务";
        door.sms.url = "http://127.0.0.1:1/";
    }
    backoffice::DocumentReady paper(std::uint64_t seq, const char* phone, UtcTime at) {
        return {seq,
                Private("ZJ2026000" + std::to_string(seq)),
                Private(phone),
                {"身份证", ""},
                {"五号窗口", ""},
                at};
    }
    void told(const std::vector<backoffice::DocumentReady>& documents) {
        must(write([&](sql::Transaction& tx) {
            return take_documents(tx, door, centre, "hall", documents, now);
        }));
    }
    std::vector<OutgoingMessage> due() {
        return make<std::vector<OutgoingMessage>>(
            [&](sql::Transaction& tx) { return MessageWriter(*handbook, door).due(tx, now, 100); });
    }
    std::string outcomes() {
        std::string out;
        must(db().run_with("SELECT kind FROM facts ORDER BY seq", {}, [&](const sql::Row& row) {
            std::string kind;
            row.get(0, kind);
            if (kind == "DocumentReady") out += "+";
        }));
        return out;
    }

    std::shared_ptr<const cases::Handbook> handbook = must(cases::Handbook::make(Calendar{}));
    outreach::Door door;
    const UtcTime now = utc_now();
};
YS_ON_BOTH_DATABASES(ReadyDocumentsTest);

TEST_P(ReadyDocumentsTest, its_owner_is_written_to_once_however_often_the_system_says_so) {
    told({paper(1, "+86 139 0000 1001", now)});
    told({paper(1, "13900001001", now), paper(2, "13900001002", now)});
    const auto messages = due();
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].to, "13900001001");
    EXPECT_EQ(messages[0].body, "云汀政务：身份证ZJ20260001到五号窗口取。带身份证。6300");
    EXPECT_EQ(messages[1].to, "13900001002");
    EXPECT_EQ(must(outreach::DocumentStore::last_seq(db(), "hall")), 2U);
    EXPECT_EQ(must(outreach::DocumentStore::last_seq(db(), "another")), 0U);
    EXPECT_EQ(outcomes(), "++");
}

TEST_P(ReadyDocumentsTest, who_left_no_number_is_kept_and_nobody_is_written_to) {
    told({paper(1, "", now), paper(2, "not a number", now)});
    EXPECT_TRUE(due().empty());
    EXPECT_EQ(must(outreach::DocumentStore::last_seq(db(), "hall")), 2U);
    EXPECT_EQ(outcomes(), "++");
}

TEST_P(ReadyDocumentsTest, what_lies_ready_for_long_is_no_news) {
    const std::int64_t four_days = 4LL * 86'400 * 1'000'000;
    told({paper(1, "13900001001", UtcTime{now.us - four_days})});
    EXPECT_TRUE(due().empty());
}

TEST_P(ReadyDocumentsTest, who_wants_no_messages_gets_none) {
    must(write([&](sql::Transaction& tx) {
        return outreach::MessageStore::keep_person(tx,
                                                   {outreach::person_of("13900001001"), "", now});
    }));
    told({paper(1, "13900001001", now)});
    EXPECT_TRUE(due().empty());
}

}  // namespace
}  // namespace ys::app
