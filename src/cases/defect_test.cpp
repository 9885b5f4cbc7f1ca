// SPDX-License-Identifier: Apache-2.0
#include "cases/defect.h"

#include <gtest/gtest.h>

namespace ys::cases {
namespace {

constexpr std::int64_t day_us = 24LL * 3600 * 1'000'000;
constexpr UtcTime monday{20'000 * day_us};
constexpr UtcTime day(std::int64_t n) { return {monday.us + n * day_us}; }

Defect mended(std::int32_t percent = 50) {
    return {DefectState::Done, "信息科", "", "", day(0), percent};
}
DefectCommand say(DefectVerb verb, UtcTime now = day(0)) { return {.verb = verb, .now = now}; }
DefectCommand owned_by(const std::string& owner) {
    DefectCommand c = say(DefectVerb::Own);
    c.owner = owner;
    return c;
}

TEST(defect, goes_from_open_to_closed_by_the_table) {
    Defect defect;
    EXPECT_EQ(on(defect, say(DefectVerb::Schedule), {}), DefectRefusal::NotNow);
    EXPECT_EQ(on(defect, owned_by(""), {}), DefectRefusal::NeedsOwner);
    EXPECT_EQ(on(defect, owned_by("信息科"), {}), std::nullopt);
    DefectCommand when = say(DefectVerb::Schedule);
    when.due_on = "下周";
    EXPECT_EQ(on(defect, when, {}), DefectRefusal::NeedsDay);
    EXPECT_EQ(defect.state, DefectState::Owned) << "a refused command changes nothing";
    when.due_on = "2026-12-01";
    EXPECT_EQ(on(defect, when, {}), std::nullopt);
    EXPECT_EQ(defect.due_on, "2026-12-01");
    DefectCommand done = say(DefectVerb::Finish, day(3));
    done.done_at = day(4);
    EXPECT_EQ(on(defect, done, {}), DefectRefusal::BadDone);
    done.done_at = day(2);
    EXPECT_EQ(on(defect, done, {}), std::nullopt);
    EXPECT_EQ(defect.done_at, day(2));
    EXPECT_EQ(on(defect, say(DefectVerb::Close, day(9)), {10, 4}), std::nullopt);
    EXPECT_EQ(defect.state, DefectState::Closed);
}

TEST(defect, is_reopened_with_words_and_without_its_old_day) {
    Defect defect = mended();
    defect.state = DefectState::Closed;
    defect.due_on = "2026-12-01";
    DefectCommand again = say(DefectVerb::Reopen);
    EXPECT_EQ(on(defect, again, {}), DefectRefusal::NeedsWords);
    again.words = "又多了";
    EXPECT_EQ(on(defect, again, {}), std::nullopt);
    EXPECT_EQ(defect.state, DefectState::Reopened);
    EXPECT_EQ(defect.due_on, "");
    EXPECT_FALSE(defect.done_at);
    EXPECT_EQ(on(defect, say(DefectVerb::Finish), {}), std::nullopt) << "its owner is still there";
}

TEST(defect, dropped_before_anybody_had_it_needs_an_owner_when_taken_up_again) {
    Defect defect;
    DefectCommand drop = say(DefectVerb::Drop);
    drop.words = "不是缺陷";
    EXPECT_EQ(on(defect, drop, {}), std::nullopt);
    DefectCommand again = say(DefectVerb::Reopen);
    again.words = "是缺陷";
    EXPECT_EQ(on(defect, again, {}), std::nullopt);
    EXPECT_EQ(on(defect, say(DefectVerb::Finish), {}), DefectRefusal::NeedsOwner);
}

TEST(defect, is_closed_only_when_its_contacts_have_fallen) {
    const Defect defect = mended();
    EXPECT_EQ(held_open(defect, {20, std::nullopt}), DefectRefusal::WeekNotOver);
    EXPECT_EQ(held_open(defect, {20, 20}), DefectRefusal::NotFallen);
    EXPECT_EQ(held_open(defect, {20, 10}), DefectRefusal::NotFallen) << "half is not below half";
    EXPECT_EQ(held_open(defect, {20, 9}), std::nullopt);
    EXPECT_EQ(held_open(defect, {5, 2}), std::nullopt) << "2 of 5 are below half";
    EXPECT_EQ(held_open(defect, {5, 3}), DefectRefusal::NotFallen);
    EXPECT_EQ(held_open(defect, {0, 0}), std::nullopt) << "nobody rang about it";
    EXPECT_EQ(held_open(defect, {0, 1}), DefectRefusal::NotFallen);
    EXPECT_EQ(held_open(defect, {1, 0}), std::nullopt);
    EXPECT_EQ(held_open({}, {1, 0}), DefectRefusal::NotNow);
    EXPECT_EQ(held_open(mended(20), {20, 4}), DefectRefusal::NotFallen);
    EXPECT_EQ(held_open(mended(20), {20, 3}), std::nullopt);
    EXPECT_EQ(too_many_from(defect, {20, 0}), 10);
}

TEST(defect, weeks_are_counted_from_the_minute_it_was_mended) {
    const FixWeeks early = weeks_of_fix(day(0), day(6));
    EXPECT_EQ(early.before, (TimeSpan{day(-7), day(0)}));
    EXPECT_FALSE(early.since);
    EXPECT_EQ(early.ready_at, day(7));
    EXPECT_EQ(weeks_of_fix(day(0), day(7)).since, (TimeSpan{day(0), day(7)}));
    EXPECT_EQ(weeks_of_fix(day(0), day(13)).since, (TimeSpan{day(0), day(7)}));
    EXPECT_EQ(weeks_of_fix(day(0), day(22)).since, (TimeSpan{day(14), day(21)}));
    EXPECT_EQ(weeks_of_fix(day(0), day(-1)).since, std::nullopt) << "a clock that stepped back";
    const FixWeeks open = weeks_up_to(day(0));
    EXPECT_EQ(open.before, (TimeSpan{day(-14), day(-7)}));
    EXPECT_EQ(open.since, (TimeSpan{day(-7), day(0)}));
}

TEST(defect, words_read_back) {
    for (const DefectMove& move : defect_moves) {
        EXPECT_EQ(defect_state_from(word(move.from)), move.from);
        EXPECT_EQ(defect_state_from(word(move.to)), move.to);
        EXPECT_EQ(defect_verb_from(word(move.on)), move.on);
    }
    EXPECT_EQ(word(DefectRefusal::NotFallen), "contacts_stay");
    EXPECT_FALSE(defect_state_from("lost"));
    EXPECT_FALSE(defect_verb_from(""));
}

}  // namespace
}  // namespace ys::cases
