// SPDX-License-Identifier: Apache-2.0
// Many cases of one kind, place and hour are one incident; each citizen still gets an own closing.
#include "cases/incident.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/dice.h"
#include "cases/errc.h"

namespace ys::cases {
namespace {

constexpr std::int64_t second = 1'000'000;

IncidentWatch watch(std::size_t people_min = 10) {
    return *IncidentWatch::build({{"成片停热", {"heat"}, 2, 600s, people_min, 12h},
                                  {"爆管", {"heat", "burst"}, 1, 600s, 3, 12h}});
}

IncidentCase filed(std::uint64_t id, std::int64_t at_s, std::string person = "",
                   DutyPath place = {"道里", "经纬街"}, DutyPath category = {"heat", "no_heat"}) {
    if (person == "") person = "p" + std::to_string(id);
    return {CaseId{id},          CentreId{1},      std::move(person),
            std::move(category), std::move(place), UtcTime{at_s * second}};
}

template <class T>
std::size_t count(const IncidentEffects& all) {
    return static_cast<std::size_t>(
        std::ranges::count_if(all, [](const auto& e) { return std::holds_alternative<T>(e); }));
}

TEST(incident, cases_of_two_centres_never_meet) {
    IncidentWatch w = watch();
    IncidentEffects all;
    for (std::uint64_t i = 1; i <= 18; ++i) {
        IncidentCase c = filed(i, 1);
        c.centre = CentreId{1 + i % 2};
        for (auto& e : w.saw(std::move(c))) all.push_back(std::move(e));
    }
    EXPECT_TRUE(all.empty()) << "nine here and nine there";
    w.number_from(41);
    IncidentCase tenth = filed(19, 2);
    tenth.centre = CentreId{2};
    EXPECT_EQ(w.saw(tenth), (IncidentEffects{IncidentProposed{IncidentId{41}}}));
    EXPECT_EQ(w.live().at(0)->centre, CentreId{2});
}

TEST(incident, two_hundred_in_ten_minutes_are_one_incident_with_two_hundred_people) {
    IncidentWatch w = watch();
    IncidentEffects all;
    for (std::uint64_t i = 1; i <= 200; ++i)
        for (auto& e : w.saw(filed(i, static_cast<std::int64_t>(i) * 3, "",
                                   {"道里", "经纬街", std::to_string(i) + "号"})))
            all.push_back(std::move(e));
    EXPECT_EQ(count<IncidentProposed>(all), 1u);
    EXPECT_EQ(count<IncidentGrew>(all), 190u);
    ASSERT_EQ(w.live().size(), 1u);
    const Incident& incident = *w.live()[0];
    EXPECT_EQ(incident.cases.size(), 200u);
    EXPECT_EQ(incident.people(), 200u);
    EXPECT_EQ(incident.places().size(), 200u);
    EXPECT_EQ(incident.since, UtcTime{3 * second});
    const auto joined = w.open(incident.id);
    ASSERT_TRUE(joined);
    EXPECT_EQ(count<CaseJoined>(*joined), 200u);
    const auto closed = w.close(incident.id, "管道已修复");
    ASSERT_TRUE(closed);
    EXPECT_EQ(count<PersonalClosing>(*closed), 200u);
    EXPECT_EQ((*closed)[0],
              (IncidentEffect{PersonalClosing{incident.id, "p1", {CaseId{1}}, "管道已修复"}}));
    EXPECT_TRUE(w.live().empty());
}

TEST(incident, late_ones_join_until_it_is_closed) {
    IncidentWatch w = watch(2);
    w.saw(filed(1, 0));
    w.saw(filed(2, 1));
    const IncidentId id = w.live().at(0)->id;
    ASSERT_TRUE(w.open(id));
    EXPECT_EQ(w.saw(filed(3, 40'000)), (IncidentEffects{CaseJoined{id, CaseId{3}}}));
    EXPECT_TRUE(w.find(id)->affects({"道里", "经纬街", "9号"}));
    EXPECT_FALSE(w.find(id)->affects({"道里", "友谊路"}));
    EXPECT_FALSE(w.find(id)->affects({"道里"}));
    ASSERT_TRUE(w.close(id, "好了"));
    EXPECT_FALSE(w.find(id)->affects({"道里", "经纬街"}));
    EXPECT_TRUE(w.saw(filed(4, 40'001)).empty());
}

TEST(incident, one_person_is_one_person_and_told_once) {
    IncidentWatch w = watch(3);
    for (std::uint64_t i = 1; i <= 9; ++i) EXPECT_TRUE(w.saw(filed(i, 1, "same")).empty());
    EXPECT_TRUE(w.saw(filed(10, 2, "other")).empty());
    EXPECT_EQ(count<IncidentProposed>(w.saw(filed(11, 3, "third"))), 1u);
    const IncidentId id = w.live().at(0)->id;
    EXPECT_EQ(w.find(id)->people(), 3u);
    ASSERT_TRUE(w.open(id));
    const auto closed = *w.close(id, "好了");
    ASSERT_EQ(closed.size(), 3u);
    EXPECT_EQ(std::get<PersonalClosing>(closed[0]).cases.size(), 9u);
}

TEST(incident, people_not_known_count_one_each) {
    IncidentWatch w = watch(3);
    for (std::uint64_t i = 1; i <= 3; ++i) {
        IncidentCase c = filed(i, 1);
        c.person.clear();
        EXPECT_EQ(w.saw(c).size(), i == 3 ? 1u : 0u);
    }
    const IncidentId id = w.live().at(0)->id;
    EXPECT_EQ(w.find(id)->people(), 3u);
    ASSERT_TRUE(w.open(id));
    EXPECT_EQ(w.close(id, "好了")->size(), 3u);
}

TEST(incident, the_same_case_again_changes_nothing) {
    IncidentWatch w = watch(2);
    w.saw(filed(1, 0));
    EXPECT_TRUE(w.saw(filed(1, 1)).empty());
    w.saw(filed(2, 2));
    EXPECT_TRUE(w.saw(filed(2, 3)).empty());
    EXPECT_EQ(w.live().at(0)->cases.size(), 2u);
}

TEST(incident, what_is_further_apart_in_time_place_or_kind_is_not_one) {
    IncidentWatch w = watch(2);
    EXPECT_TRUE(w.saw(filed(1, 0)).empty());
    EXPECT_TRUE(w.saw(filed(2, 601)).empty());
    EXPECT_TRUE(w.saw(filed(3, 601, "", {"道里", "友谊路"})).empty());
    EXPECT_TRUE(w.saw(filed(4, 601, "", {"道里"})).empty());  // the place is not known that well
    EXPECT_TRUE(w.saw(filed(5, 601, "", {"道里", "经纬街"}, {"water"})).empty());
    EXPECT_EQ(w.saw(filed(6, 1201)).size(), 1u);  // 600 s after the second
    EXPECT_EQ(w.live().at(0)->cases.size(), 2u);
}

TEST(incident, the_narrowest_rule_counts) {
    IncidentWatch w = watch(2);
    for (std::uint64_t i = 1; i <= 3; ++i) {
        const std::string street = "街" + std::to_string(i);
        const auto got = w.saw(filed(i, 1, "", {"道里", street}, {"heat", "burst"}));
        EXPECT_EQ(got.size(), i == 3 ? 1u : 0u);
    }
    EXPECT_EQ(w.live().at(0)->title, "爆管");
    EXPECT_EQ(w.live().at(0)->place, DutyPath{"道里"});
}

TEST(incident, a_dismissed_proposal_does_not_come_again_from_the_same_cases) {
    IncidentWatch w = watch(3);
    for (std::uint64_t i = 1; i <= 3; ++i) w.saw(filed(i, 1));
    const IncidentId id = w.live().at(0)->id;
    ASSERT_TRUE(w.dismiss(id));
    EXPECT_TRUE(w.saw(filed(4, 2)).empty());
    EXPECT_TRUE(w.saw(filed(5, 2)).empty());
    EXPECT_EQ(w.saw(filed(6, 2)).size(), 1u);
    EXPECT_EQ(w.live().at(0)->cases.size(), 3u);
    EXPECT_EQ(w.open(id).error().code, Errc::NotNow);
    EXPECT_EQ(w.dismiss(id).error().code, Errc::NotNow);
    EXPECT_EQ(w.close(id, "x").error().code, Errc::NotNow);
    EXPECT_EQ(w.close(IncidentId{99}, "x").error().code, Errc::NotNow);
}

TEST(incident, a_case_that_leaves_is_neither_counted_nor_told) {
    IncidentWatch w = watch(3);
    w.saw(filed(1, 1));
    w.saw(filed(2, 1));
    w.leave(CaseId{2});
    w.leave(CaseId{77});
    EXPECT_TRUE(w.saw(filed(3, 2)).empty());
    EXPECT_EQ(w.saw(filed(4, 3)).size(), 1u);
    const IncidentId id = w.live().at(0)->id;
    w.leave(CaseId{4});
    ASSERT_TRUE(w.open(id));
    EXPECT_EQ(w.close(id, "").error().code, Errc::NeedsWords);
    EXPECT_EQ(w.close(id, "好了")->size(), 2u);
}

TEST(incident, windows_and_proposals_nobody_looks_at_are_forgotten) {
    IncidentWatch w = watch(2);
    w.saw(filed(1, 0));
    w.saw(filed(2, 0, "", {"南岗", "a"}));
    w.saw(filed(3, 0, "", {"南岗", "a"}));
    EXPECT_EQ(w.windows(), 2u);
    EXPECT_TRUE(w.tick(UtcTime{601 * second}).empty());
    EXPECT_EQ(w.windows(), 1u);
    const auto lapsed = w.tick(UtcTime{43'201 * second});
    EXPECT_EQ(count<IncidentLapsed>(lapsed), 1u);
    EXPECT_EQ(w.windows(), 0u);
    EXPECT_TRUE(w.live().empty());
    // Time does not run back: this case is of now, not of the first second.
    EXPECT_TRUE(w.saw(filed(4, 5)).empty());
    EXPECT_TRUE(w.tick(UtcTime{43'500 * second}).empty());
    EXPECT_EQ(w.windows(), 1u);
}

TEST(incident, every_case_is_in_at_most_one_place_whatever_happens) {
    Dice dice(7);
    IncidentWatch w = watch(4);
    std::set<std::uint64_t> joined;
    std::int64_t now = 0;
    for (std::uint64_t i = 1; i <= 50'000; ++i) {
        now += static_cast<std::int64_t>(dice.below(3));
        const DutyPath place{"区", "街" + std::to_string(dice.below(300))};
        IncidentEffects got =
            w.saw(filed(1 + dice.below(i), now, "p" + std::to_string(dice.below(5'000)), place));
        const auto live = w.live();
        if (!live.empty() && dice.chance(0.02)) {
            const IncidentId id = live[dice.below(live.size())]->id;
            auto more = dice.chance(0.6)   ? w.open(id)
                        : dice.chance(0.5) ? w.dismiss(id)
                                           : w.close(id, "好了");
            if (more) got.insert(got.end(), more->begin(), more->end());
        }
        if (dice.chance(0.01)) w.tick(UtcTime{now * second});
        for (const IncidentEffect& e : got) {
            const auto* j = std::get_if<CaseJoined>(&e);
            ASSERT_TRUE(!j || joined.insert(j->id.value).second) << "joined twice: " << j->id.value;
        }
    }
    EXPECT_GT(joined.size(), 1'000u);
    std::set<std::uint64_t> inside;
    for (const Incident* i : w.live())
        for (const IncidentCase& c : i->cases) ASSERT_TRUE(inside.insert(c.id.value).second);
}

TEST(incident, a_watch_that_starts_again_goes_on_where_it_was) {
    IncidentWatch before = watch(2);
    before.saw(filed(1, 1));
    before.saw(filed(2, 1));
    const Incident stored = *before.live().at(0);
    IncidentWatch w = watch(2);
    ASSERT_TRUE(w.restore(stored));
    EXPECT_EQ(w.restore(stored).error().code, Errc::NotNow);
    EXPECT_TRUE(w.saw(filed(1, 1)).empty());
    EXPECT_EQ(w.saw(filed(3, 2)), (IncidentEffects{IncidentGrew{stored.id}}));
    EXPECT_EQ(w.open(stored.id)->size(), 3u);
    // Its number is not given again.
    w.saw(filed(8, 3, "", {"南岗", "a"}));
    w.saw(filed(9, 3, "", {"南岗", "a"}));
    EXPECT_EQ(w.live().at(1)->id, IncidentId{stored.id.value + 1});
    Incident foreign = stored;
    foreign.id = IncidentId{50};
    foreign.category = {"water"};
    EXPECT_EQ(w.restore(foreign).error().code, Errc::DataBreaksARule);
}

TEST(incident, what_is_over_for_long_is_forgotten) {
    IncidentWatch w = watch(2);
    w.saw(filed(1, 0));
    w.saw(filed(2, 0));
    const IncidentId id = w.live().at(0)->id;
    ASSERT_TRUE(w.dismiss(id));
    w.tick(UtcTime{6 * 86'400 * second});
    EXPECT_NE(w.find(id), nullptr);
    w.tick(UtcTime{8 * 86'400 * second});
    EXPECT_EQ(w.find(id), nullptr);
}

TEST(incident, wrong_rules_are_refused) {
    const auto note = [](std::vector<IncidentRule> rules) {
        const auto got = IncidentWatch::build(std::move(rules));
        return got ? std::string("fine") : got.error().note;
    };
    EXPECT_EQ(note({{"", {}, 1, 600s, 5, 12h}}), "incident \"\": no title");
    EXPECT_EQ(note({{"a", {}, 1, 0s, 5, 12h}}),
              "incident \"a\": a window of nothing, or one that lapses before its end");
    EXPECT_EQ(note({{"a", {}, 1, 600s, 1, 12h}}), "incident \"a\": one person is no crowd");
    EXPECT_EQ(note({{"a", {}, 1, 600s, 5, 12h}, {"b", {}, 2, 600s, 5, 12h}}),
              "incident \"b\": another rule has the same category");
}

}  // namespace
}  // namespace ys::cases
