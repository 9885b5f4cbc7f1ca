// SPDX-License-Identifier: Apache-2.0
#include "backoffice/business_system.h"

#include <gtest/gtest.h>

namespace ys::backoffice {
namespace {

const UtcTime now{1'795'399'500'000'000};
const Subject quota{SubjectKind::Application, "QT20260217"};

struct Agreeing final : DigitMatcher {
    Result<bool> matches(const Subject&, std::string_view, Instant) override { return true; }
};

TEST(question, about_a_person_needs_a_check_that_still_counts) {
    IdentityGate gate;
    Agreeing agreeing;
    const auto tried = gate.try_digits(quota, "270512", agreeing, now);
    ASSERT_TRUE(tried.identity);
    const auto asked = Question::about_person(*tried.identity, now);
    ASSERT_TRUE(asked);
    EXPECT_EQ(asked->subject(), quota);
    const auto late = Question::about_person(*tried.identity, {now.us + 3'600'000'000});
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, std::errc::permission_denied);
}

TEST(question, about_a_place_is_about_no_person) {
    for (const SubjectKind kind : {SubjectKind::None, SubjectKind::Application,
                                   SubjectKind::Appointment, SubjectKind::Document})
        EXPECT_FALSE(Question::about_place(kind, "QT20260217"));
    const auto stop = Question::about_place(SubjectKind::Stop, " 文化路口 ", "12路\n");
    ASSERT_TRUE(stop);
    EXPECT_EQ(stop->subject().number, "文化路口");
    EXPECT_EQ(stop->route(), "12路");
    EXPECT_FALSE(Question::about_place(SubjectKind::Stop, ""));
}

}  // namespace
}  // namespace ys::backoffice
