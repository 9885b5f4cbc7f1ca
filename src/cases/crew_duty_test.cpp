// SPDX-License-Identifier: Apache-2.0
// Who gets a repair, and who gets it next.
#include "cases/crew_duty.h"

#include <gtest/gtest.h>

#include "cases/case_desk_test.h"

namespace ys::cases {
namespace {

using namespace testing;

constexpr UserId li{31}, wang{32}, zhao{33}, night_owl{34}, boss{40};

CrewShift by_day() { return {{*parse_weekdays("mon-fri"), 480, 1080}, false}; }

CrewRoster roster() {
    CrewRoster r;
    r.repairers = {{li, "李", north, {{"道里"}}, {"heat"}, {by_day()}, 3},
                   {wang, "王", north, {{"道里", "经纬街"}}, {"heat"}, {by_day()}, 3},
                   {zhao, "赵", north, {{"道里", "经纬街"}}, {"heat", "electric"}, {by_day()}, 3},
                   {night_owl, "夜", north, {{}}, {"heat"}, {{{0x7f, 1080, 480}, true}}, 3},
                   {UserId{35}, "南", south, {{}}, {"heat"}, {by_day()}, 3}};
    r.foremen = {{north, boss}};
    return r;
}

const CrewJob job{north, {"道里", "经纬街", "12号楼"}, "heat"};
const UtcTime noon = cst("11-23 12:00");

UserId chosen(const CrewJob& what, UtcTime now, std::vector<CrewLoad> loads = {},
              std::vector<UserId> tried = {}) {
    return choose_repairer(roster(), office(), now, what, loads, tried)->user;
}

TEST(crew_duty, the_narrowest_area_then_the_least_load_then_who_waited_longest) {
    EXPECT_EQ(chosen(job, noon), wang);
    EXPECT_EQ(chosen(job, noon, {{wang, 2, {}}, {zhao, 1, {}}}), zhao);
    EXPECT_EQ(chosen(job, noon, {{wang, 1, UtcTime{9}}, {zhao, 1, UtcTime{5}}}), zhao);
    EXPECT_EQ(chosen({north, {"道里", "友谊路"}, "heat"}, noon), li);
    EXPECT_EQ(chosen({north, job.place, "electric"}, noon), zhao);
    const auto choice = *choose_repairer(roster(), office(), noon, job, {}, {li});
    EXPECT_EQ(choice.reasons,
              (std::vector<DutyReason>{
                  {"area", {"经纬街"}}, {"skill", {"heat"}}, {"load", {"0"}}, {"tried", {"1"}}}));
}

TEST(crew_duty, night_and_holiday_go_to_those_on_duty_then) {
    EXPECT_EQ(chosen(job, cst("11-23 23:00")), night_owl);
    EXPECT_EQ(chosen(job, cst("11-24 05:00")), night_owl);
    Calendar with_holiday = office();
    with_holiday.holidays[{2026, 11, 23}] = "节";
    const CrewRoster r = roster();
    EXPECT_FALSE(is_on_duty(r.repairers[0], with_holiday, noon));
    EXPECT_TRUE(is_on_duty(r.repairers[3], with_holiday, cst("11-23 20:00")));
    EXPECT_EQ(choose_repairer(r, with_holiday, noon, job, {}, {})->user, boss);
}

TEST(crew_duty, the_foreman_has_it_when_nobody_else_can_and_knows_why) {
    const auto why = [](UtcTime now, std::vector<CrewLoad> loads, std::vector<UserId> tried) {
        const auto c = *choose_repairer(roster(), office(), now, job, loads, tried);
        return c.is_foreman ? std::string(c.reasons[0].code) : "a repairer";
    };
    EXPECT_EQ(why(cst("11-22 12:00"), {}, {}), "nobody_on_duty");
    EXPECT_EQ(why(noon, {{li, 3, {}}, {wang, 3, {}}, {zhao, 4, {}}}, {}), "all_full");
    EXPECT_EQ(why(noon, {}, {li, wang, zhao}), "nobody_left");
    EXPECT_EQ(choose_repairer(roster(), office(), cst("11-22 12:00"), {south, {"南岗"}, ""}, {}, {})
                  .error()
                  .code,
              Errc::NeedsUnit);
}

TEST(crew_duty, a_job_not_taken_goes_to_the_next_and_at_last_to_the_foreman) {
    CrewCall call{job, {}, {}, {}, false};
    UtcTime now = noon;
    const auto does = [&](CrewDid did, UserId by = {}) {
        const auto got = crew_on(call, roster(), office(), now, {}, did, by, 600s);
        return got ? "" : std::string(word(static_cast<Errc>(got.error().code.value())));
    };
    EXPECT_EQ(does(CrewDid::TimeIsUp), "not_now");
    EXPECT_EQ(does(CrewDid::Offer), "");
    EXPECT_EQ(does(CrewDid::Offer), "not_now");
    EXPECT_EQ(call.with->user, wang);
    EXPECT_EQ(call.until, cst("11-23 12:10"));
    EXPECT_EQ(does(CrewDid::TimeIsUp), "");  // too early: nothing
    EXPECT_EQ(call.with->user, wang);
    now = call.until;
    EXPECT_EQ(does(CrewDid::TimeIsUp), "");
    EXPECT_EQ(call.with->user, zhao);
    EXPECT_EQ(does(CrewDid::Take, wang), "not_your_case");  // too late
    EXPECT_EQ(does(CrewDid::Refuse, zhao), "");
    EXPECT_EQ(call.with->user, li);
    now = call.until;
    EXPECT_EQ(does(CrewDid::TimeIsUp), "");
    EXPECT_TRUE(call.with->is_foreman);
    now.us += 3'600'000'000;
    EXPECT_EQ(does(CrewDid::TimeIsUp), "");
    EXPECT_EQ(does(CrewDid::Refuse, boss), "not_your_case");
    EXPECT_EQ(does(CrewDid::Take, boss), "");
    EXPECT_EQ(does(CrewDid::Take, boss), "not_now");
    EXPECT_EQ(call.tried, (std::vector<UserId>{wang, zhao, li}));
}

TEST(crew_duty, a_roster_without_a_foreman_is_refused) {
    EXPECT_EQ(check(roster()).error().note, "repairer \"南\" has no foreman");
    CrewRoster r = roster();
    r.foremen.emplace_back(south, UserId{41});
    EXPECT_TRUE(check(r));
    r.repairers.push_back(r.repairers[0]);
    EXPECT_EQ(check(r).error().note, "repairer \"李\" twice or without id");
    r.foremen.emplace_back(south, UserId{42});
    EXPECT_EQ(check(r).error().note, "one foreman for each unit");
}

TEST(crew_duty, the_foreman_gives_a_job_that_nobody_has_taken_to_one_of_their_own) {
    CrewCall call{.job = job};
    const auto gives = [&](UserId by, UserId to) {
        return crew_give(call, roster(), noon, by, to, 10min);
    };
    EXPECT_FALSE(gives(boss, wang)) << "not offered yet";
    ASSERT_TRUE(crew_on(call, roster(), office(), noon, {}, CrewDid::Offer, {}, 10min));
    EXPECT_FALSE(gives(wang, zhao)) << "not the foreman";
    EXPECT_FALSE(gives(boss, UserId{35})) << "of the south";
    ASSERT_TRUE(gives(boss, night_owl));
    EXPECT_EQ(call.with->user, night_owl);
    EXPECT_EQ(call.until, UtcTime{noon.us + 600'000'000});
    ASSERT_TRUE(crew_on(call, roster(), office(), noon, {}, CrewDid::Take, night_owl, 10min));
    EXPECT_FALSE(gives(boss, li)) << "taken";
}

TEST(crew_duty, what_is_broken_goes_to_people_and_what_is_asked_does_not) {
    CrewRoster lifts;
    lifts.repairers.push_back(Repairer{.id = UserId{1}, .unit = UnitId{4}, .skills = {"lift"}});
    EXPECT_EQ(skill_for("no_heat", {}, UnitId{4}), "no_heat");
    EXPECT_EQ(skill_for("repair", {}, UnitId{4}), "");
    EXPECT_EQ(skill_for("lift", lifts, UnitId{4}), "lift");
    EXPECT_EQ(skill_for("lift", lifts, UnitId{5}), "") << "nobody there is named for it";
}

}  // namespace
}  // namespace ys::cases
