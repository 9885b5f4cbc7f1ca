// SPDX-License-Identifier: Apache-2.0
// Hearing recordings: parts of a file, a fact for each hearing, never a file from elsewhere.
#include <gtest/gtest.h>

#include <filesystem>

#include "api/recording_file.h"
#include "api/testing/hotline.h"
#include "interactions/io/call_store.h"

namespace ys::api {
namespace {

using testing::Answer;
using testing::Browser;
using testing::json_of;

class Recordings_ : public testing::Hotline {
protected:
    Browser supervisor_ = signed_in("supervisor");
    std::string path_ = "/api/v1/recordings/100";
};

TEST_F(Recordings_, a_recording_shows_its_marked_spans) {
    const auto view = json_of(supervisor_.get(path_));
    EXPECT_EQ(view.at("length_ms").as_int64(), 12'000);
    EXPECT_EQ(view.at("peaks").at("per_second").as_int64(), 10);
    const auto& marks = view.at("marks").as_array();
    ASSERT_EQ(marks.size(), 1U);
    EXPECT_EQ(marks[0].at("span").as_string(), "hold");
    EXPECT_EQ(marks[0].at("from_ms").as_int64(), 1000);
    EXPECT_EQ(marks[0].at("to_ms").as_int64(), 3000);
    EXPECT_EQ(facts_of_kind("RecordingHeard"), 0U) << "looking is not hearing";
}

TEST_F(Recordings_, hearing_is_a_fact_and_seeking_within_it_is_not_another) {
    const Answer whole = supervisor_.get(path_ + "/audio");
    EXPECT_EQ(whole.status, 200);
    EXPECT_EQ(whole.body.size(), 100'000U);
    EXPECT_EQ(whole.header("content-type"), "audio/wav");
    EXPECT_EQ(whole.header("accept-ranges"), "bytes");
    EXPECT_EQ(facts_of_kind("RecordingHeard"), 1U);
    const Answer part = supervisor_.get(path_ + "/audio", "Range: bytes=26-51\r\n");
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.body, "abcdefghijklmnopqrstuvwxyz");
    EXPECT_EQ(part.header("content-range"), "bytes 26-51/100000");
    EXPECT_EQ(facts_of_kind("RecordingHeard"), 1U);
    EXPECT_EQ(supervisor_.get(path_ + "/audio", "Range: bytes=100000-\r\n").status, 416);
    const Answer saved = supervisor_.get(path_ + "/audio?download=1");
    EXPECT_TRUE(saved.header("content-disposition").starts_with("attachment; filename="));
    EXPECT_NE(journal_text().find(R"("how":"download")"), std::string::npos);
    EXPECT_EQ(facts_of_kind("RecordingHeard"), 2U);
}

TEST_F(Recordings_, a_row_that_names_a_file_elsewhere_opens_nothing) {
    namespace fs = std::filesystem;
    fs::create_symlink("/etc/passwd", recordings_ / "link.wav");
    for (const std::string file :
         {"/etc/passwd", "../test.db", "a/../../test.db", "link.wav", "", ".", "no such file"}) {
        ASSERT_TRUE(write([&](sql::Transaction& tx) {
            return interactions::CallStore::set_recording_file(tx, testing::heating,
                                                               RecordingId{100}, file, "alaw");
        }));
        EXPECT_EQ(supervisor_.get(path_ + "/audio").status, 404) << file;
    }
    EXPECT_EQ(facts_of_kind("RecordingHeard"), 0U);
}

TEST_F(Recordings_, a_call_tells_its_story) {
    const auto facts = json_of(supervisor_.get("/api/v1/calls/100/facts")).at("items").as_array();
    ASSERT_EQ(facts.size(), 3U) << "what is kept for a restart is not told";
    EXPECT_EQ(facts[0].at("kind").as_string(), "CallArrived");
    const auto call = json_of(supervisor_.get("/api/v1/calls/100"));
    EXPECT_EQ(call.at("recordings").as_array().size(), 1U);
    EXPECT_EQ(call.at("cause").as_string(), "completed");
    const auto page = json_of(supervisor_.get("/api/v1/calls?limit=1"));
    const std::string next(page.at("next").as_string());
    ASSERT_FALSE(next.empty());
    EXPECT_TRUE(json_of(supervisor_.get("/api/v1/calls?limit=1&after=" + next))
                    .at("items")
                    .as_array()
                    .empty());
}

TEST_F(Recordings_, a_call_that_is_up_tells_its_story_so_far_to_its_agent_and_the_supervisor) {
    const InteractionId up{300};
    const UtcTime at{1'764'000'100'000'000};
    ASSERT_TRUE(write([&](sql::Transaction& tx) {
        const std::vector<facts::Fact> facts{
            {at, testing::heating, up, {}, facts::CallArrived{.direction = "in"}},
            {at, testing::heating, up, AgentId{user("li").value}, facts::Connected{.queue = 1}}};
        return journal::Journal::append(tx, facts);
    }));
    const std::string path = "/api/v1/calls/300/facts";
    EXPECT_EQ(json_of(supervisor_.get(path)).at("items").as_array().size(), 2U);
    EXPECT_EQ(signed_in("li").get(path).status, 200);
    EXPECT_EQ(signed_in("wang").get(path).status, 403) << "not their call";
    EXPECT_EQ(signed_in("driver").get(path).status, 404) << "another centre's";
    EXPECT_EQ(supervisor_.get("/api/v1/calls/301/facts").status, 404);
}

TEST_F(Recordings_, the_audit_names_who_heard_what) {
    supervisor_.get(path_ + "/audio");
    const auto items = json_of(signed_in("admin").get("/api/v1/audit?limit=5")).at("items");
    bool is_there = false;
    for (const auto& item : items.as_array())
        if (item.at("kind").as_string() == "RecordingHeard") {
            is_there = true;
            EXPECT_EQ(item.at("user_name").as_string(), "<b>supervisor</b>");
        }
    EXPECT_TRUE(is_there);
}

}  // namespace
}  // namespace ys::api
