// SPDX-License-Identifier: Apache-2.0
#include "app/recording_alarm.h"

#include <gtest/gtest.h>

namespace ys::app {
namespace {

const CentreId heating{2}, bus{3};

class Alarm : public ::testing::Test {
protected:
    Alarm() {
        EXPECT_TRUE(tree_.add(CentreId{1}, {}));
        EXPECT_TRUE(tree_.add(heating, CentreId{1}));
        EXPECT_TRUE(tree_.add(bus, CentreId{1}));
        const auto person = [](std::uint64_t id, CentreId centre, const char* roles) {
            centres::UserRow row;
            row.id = UserId{id};
            row.centre_id = centre;
            row.roles = roles;
            return row;
        };
        alarm_.name_people({person(1, heating, "agent"), person(2, heating, "supervisor,agent"),
                            person(3, bus, "supervisor"), person(4, CentreId{1}, "supervisor")},
                           tree_);
    }
    void close(const char* outcome) {
        alarm_.on(
            {UtcTime{}, heating, InteractionId{7}, {}, facts::RecordingClosed{5, 1'000, outcome}});
    }
    bool is_counted(const std::string& outcome, int times) {
        return metrics_.text().find("ys_recordings_damaged_total{outcome=\"" + outcome + "\"} " +
                                    std::to_string(times)) != std::string::npos;
    }

    metrics::Registry metrics_;
    centres::CentreTree tree_;
    std::vector<std::uint64_t> told_;
    boost::json::object last_;
    RecordingAlarm alarm_{{.metrics = metrics_, .send = [this](UserId user, const auto& notice) {
                               told_.push_back(user.value);
                               last_ = notice;
                           }}};
};

TEST_F(Alarm, a_gap_is_counted_and_told_to_those_who_watch_that_floor) {
    close("gap");
    EXPECT_EQ(told_, (std::vector<std::uint64_t>{2, 4}));
    EXPECT_EQ(last_.at("type").as_string(), "notice");
    EXPECT_EQ(last_.at("code").as_string(), "recording_gap");
    EXPECT_EQ(last_.at("interaction").as_uint64(), 7U);
    EXPECT_EQ(last_.at("recording").as_uint64(), 5U);
    EXPECT_NE(last_.at("text").as_string(), "recording_gap") << "it has a sentence";
    EXPECT_TRUE(is_counted("gap", 1)) << metrics_.text();
    EXPECT_TRUE(is_counted("empty", 0));
}

TEST_F(Alarm, an_empty_and_a_failed_recording_are_alarms_and_a_complete_one_is_none) {
    close("complete");
    EXPECT_TRUE(told_.empty());
    close("empty");
    close("failed");
    EXPECT_EQ(told_.size(), 4U);
    alarm_.found_at_start("gap");
    EXPECT_EQ(told_.size(), 4U) << "nobody is at a desk before the start";
    EXPECT_TRUE(is_counted("gap", 1));
    EXPECT_TRUE(is_counted("empty", 1));
    EXPECT_TRUE(is_counted("failed", 1));
}

}  // namespace
}  // namespace ys::app
