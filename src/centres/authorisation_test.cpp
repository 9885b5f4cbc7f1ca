// SPDX-License-Identifier: Apache-2.0
#include "centres/authorisation.h"

#include <sstream>

#include <gtest/gtest.h>

namespace ys::centres {
namespace {

constexpr CentreId head{1}, lanzhou{2}, chengguan{3}, tianshui{4};

CentreTree tree() {
    CentreTree t;
    EXPECT_TRUE(t.add(head, {}));
    EXPECT_TRUE(t.add(lanzhou, head));
    EXPECT_TRUE(t.add(chengguan, lanzhou));
    EXPECT_TRUE(t.add(tianshui, head));
    return t;
}

User user(Roles roles) { return {UserId{7}, lanzhou, roles, false}; }

// Each cell: what a user of Lanzhou may do with: own thing of Lanzhou, a colleague's there, one in
// Chengguan (below), one in Tianshui (beside). y allowed, n no right, o only own, - other centre.
constexpr std::string_view matrix = R"(
take_calls        yoo- yoo- nn-- nn-- nn-- nn-- nn-- nn--
dial_out          yoo- yoo- nn-- nn-- nn-- nn-- nn-- nn--
see_people        yyy- yyy- yyy- nn-- yyy- nn-- nn-- yyy-
see_queues        yyy- yyy- yyy- nn-- yyy- nn-- nn-- yyy-
see_customers     yyy- yyy- yyy- nn-- nn-- nn-- nn-- nn--
change_customers  yyy- yyy- nn-- nn-- nn-- nn-- nn-- nn--
see_cases         yyy- yyy- yyy- nn-- nn-- yoo- nn-- yyy-
change_cases      yyy- yyy- nn-- nn-- nn-- nn-- nn-- nn--
handle_cases      nn-- yyy- nn-- nn-- nn-- yy-- nn-- yyy-
dispatch_cases    yyy- yyy- nn-- nn-- nn-- nn-- nn-- yyy-
review_cases      nn-- yyy- yyy- nn-- nn-- nn-- nn-- yyy-
see_disclosures   yoo- nn-- nn-- nn-- nn-- nn-- nn-- yyy-
work_in_field     nn-- nn-- nn-- nn-- nn-- nn-- yoo- nn--
see_private       yyy- yyy- nn-- nn-- nn-- yoo- nn-- yyy-
declare_incidents nn-- yyy- nn-- nn-- nn-- nn-- nn-- nn--
export_cases      nn-- yyy- yyy- nn-- nn-- nn-- nn-- nn--
see_calls         yoo- yyy- yyy- nn-- nn-- nn-- nn-- nn--
hear_recordings   yoo- yyy- yyy- nn-- nn-- nn-- nn-- nn--
score_calls       nn-- nn-- yyy- nn-- nn-- nn-- nn-- nn--
see_kpi           yoo- yyy- yyy- nn-- yyy- nn-- nn-- nn--
watch_floor       nn-- yyy- nn-- nn-- nn-- nn-- nn-- nn--
monitor           nn-- yyy- nn-- nn-- nn-- nn-- nn-- nn--
force_state       nn-- yyy- nn-- nn-- nn-- nn-- nn-- nn--
slide_overflow    nn-- yyy- nn-- nn-- nn-- nn-- nn-- nn--
bar_callers       nn-- yyy- nn-- nn-- nn-- nn-- nn-- nn--
see_knowledge     yy-- yyy- yyy- yyy- yyy- nn-- nn-- nn--
change_knowledge  nn-- nn-- nn-- yyy- nn-- nn-- nn-- nn--
see_users         nn-- nn-- nn-- nn-- yyy- nn-- nn-- nn--
change_users      nn-- nn-- nn-- nn-- yyy- nn-- nn-- nn--
see_audit         nn-- nn-- nn-- nn-- yyy- nn-- nn-- nn--
manage_exchange   nn-- yyy- nn-- nn-- yyy- nn-- nn-- nn--
change_settings   nn-- nn-- nn-- nn-- yyy- nn-- nn-- nn--
)";

char letter(Verdict v) {
    switch (v) {
        case Verdict::Allowed:
            return 'y';
        case Verdict::NoRight:
            return 'n';
        case Verdict::NotOwn:
            return 'o';
        case Verdict::OtherCentre:
            return '-';
        case Verdict::Disabled:
            return 'x';
    }
    return '?';
}

TEST(authorisation, the_matrix_of_roles_actions_and_centres_holds) {
    const CentreTree t = tree();
    std::istringstream lines{std::string(matrix)};
    std::string name;
    std::size_t row = 0;
    while (lines >> name) {
        ASSERT_LT(row, rights.size());
        const Action action = rights[row++].action;
        EXPECT_EQ(name_of(action), name);
        for (const Role role : all_roles) {
            std::string expected, got;
            lines >> expected;
            const User u = user({role});
            for (const Thing& thing : {Thing{lanzhou, u.id}, Thing{lanzhou, UserId{8}},
                                       Thing{chengguan, UserId{9}}, Thing{tianshui, UserId{10}}})
                got += letter(may(u, action, thing, t));
            EXPECT_EQ(got, expected) << name << " " << name_of(role);
        }
    }
    EXPECT_EQ(row, rights.size());
}

TEST(authorisation, nobody_reaches_upwards_or_beside_their_centre) {
    const CentreTree t = tree();
    for (const Right& right : rights)
        for (const Role role : all_roles)
            for (const CentreId centre : {head, tianshui, CentreId{99}, CentreId{}})
                EXPECT_EQ(may(user({role}), right.action, {centre, UserId{7}}, t),
                          Verdict::OtherCentre)
                    << right.name;
}

TEST(authorisation, a_closed_account_and_one_of_no_centre_may_nothing) {
    const CentreTree t = tree();
    User closed = user({Role::Agent, Role::Supervisor, Role::Admin});
    closed.is_disabled = true;
    User lost = user({Role::Admin});
    lost.centre = CentreId{99};
    for (const Right& right : rights) {
        EXPECT_EQ(may(closed, right.action, {lanzhou, closed.id}, t), Verdict::Disabled);
        EXPECT_EQ(may(lost, right.action, {CentreId{99}, lost.id}, t), Verdict::Disabled);
        EXPECT_TRUE(scope_of(closed, right.action, t).empty());
    }
    EXPECT_EQ(may(User{}, Action::SeeQueues, {CentreId{}, UserId{}}, t), Verdict::Disabled);
}

TEST(authorisation, with_several_roles_the_furthest_right_decides) {
    const CentreTree t = tree();
    const User both = user({Role::Agent, Role::Quality});
    EXPECT_TRUE(is_allowed(both, Action::TakeCalls, {lanzhou, both.id}, t));
    EXPECT_TRUE(is_allowed(both, Action::HearRecordings, {chengguan, UserId{9}}, t));
    EXPECT_EQ(may(user({}), Action::SeeQueues, {lanzhou, {}}, t), Verdict::NoRight);
}

TEST(authorisation, lists_are_asked_for_the_scope_only) {
    const CentreTree t = tree();
    using Centres = std::vector<CentreId>;
    EXPECT_EQ(scope_of(user({Role::Supervisor}), Action::SeeCalls, t),
              (Centres{lanzhou, chengguan}));
    EXPECT_EQ(scope_of(user({Role::Agent}), Action::SeeCalls, t), (Centres{lanzhou, chengguan}));
    EXPECT_EQ(scope_of({UserId{9}, chengguan, {Role::Agent}}, Action::SeeCases, t),
              (Centres{chengguan}));
    EXPECT_EQ(reach_of({Role::Agent}, Action::SeeCalls), Reach::Own);
    EXPECT_EQ(scope_of(user({Role::Knowledge}), Action::SeeCalls, t), Centres{});
    const User boss{UserId{1}, head, {Role::Supervisor}, false};
    EXPECT_EQ(scope_of(boss, Action::WatchFloor, t), (Centres{head, lanzhou, chengguan, tianshui}));
}

TEST(centre_tree, a_centre_has_one_known_parent_and_never_moves) {
    CentreTree t = tree();
    EXPECT_FALSE(t.add({}, {}));
    EXPECT_FALSE(t.add(lanzhou, tianshui));
    EXPECT_FALSE(t.add(CentreId{8}, CentreId{9}));
    EXPECT_FALSE(t.add(CentreId{8}, CentreId{8}));
    EXPECT_TRUE(t.is_within(chengguan, head));
    EXPECT_FALSE(t.is_within(head, chengguan));
    EXPECT_FALSE(t.is_within(CentreId{99}, head));
}

TEST(role, names_are_read_back) {
    for (const Role r : all_roles) EXPECT_EQ(role_named(name_of(r)), r);
    EXPECT_FALSE(role_named("root"));
}

}  // namespace
}  // namespace ys::centres
