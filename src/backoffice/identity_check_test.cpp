// SPDX-License-Identifier: Apache-2.0
#include "backoffice/identity_check.h"

#include <type_traits>

#include <gtest/gtest.h>

namespace ys::backoffice {
namespace {

static_assert(!std::is_default_constructible_v<CheckedIdentity>);
static_assert(!std::is_constructible_v<CheckedIdentity, Subject, UtcTime, UtcTime>,
              "only the gate makes one");

const UtcTime now{1'795'399'500'000'000};
const Subject quota{SubjectKind::Application, "QT20260217"};

UtcTime later(Seconds by) { return {now.us + std::chrono::microseconds(by).count()}; }

struct KnownDigits final : DigitMatcher {
    Result<bool> matches(const Subject& subject, std::string_view digits, Instant) override {
        ++asked;
        if (is_down) return Error{std::errc::timed_out, "asking"};
        return subject == quota && digits == "27051X";
    }
    int asked = 0;
    bool is_down = false;
};

TEST(identity_check, the_right_digits_make_an_identity_that_ends) {
    IdentityGate gate;
    KnownDigits known;
    const auto tried = gate.try_digits(quota, "27051X", known, now);
    EXPECT_EQ(tried.outcome, CheckOutcome::Passed);
    ASSERT_TRUE(tried.identity);
    EXPECT_EQ(tried.identity->subject(), quota);
    EXPECT_TRUE(tried.identity->counts(later(899s)));
    EXPECT_FALSE(tried.identity->counts(later(900s)));
    EXPECT_FALSE(tried.identity->counts(later(-1s)));
}

TEST(identity_check, three_wrong_tries_of_a_subject_end_it_for_half_an_hour) {
    IdentityGate gate;
    KnownDigits known;
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(gate.try_digits(quota, "000000", known, now).outcome, CheckOutcome::WrongDigits);
    const auto right = gate.try_digits(quota, "27051X", known, later(1799s));
    EXPECT_EQ(right.outcome, CheckOutcome::NoMoreTries);
    EXPECT_FALSE(right.identity);
    EXPECT_EQ(known.asked, 3);
    EXPECT_EQ(gate.try_digits(quota, "27051X", known, later(1800s)).outcome, CheckOutcome::Passed);
}

TEST(identity_check, a_right_try_forgets_the_wrong_ones) {
    IdentityGate gate;
    KnownDigits known;
    for (int round = 0; round < 3; ++round) {
        (void)gate.try_digits(quota, "000000", known, now);
        (void)gate.try_digits(quota, "000000", known, now);
        EXPECT_EQ(gate.try_digits(quota, "27051X", known, now).outcome, CheckOutcome::Passed);
    }
}

TEST(identity_check, nobody_to_ask_costs_no_try_and_lets_nobody_through) {
    IdentityGate gate;
    KnownDigits known;
    known.is_down = true;
    for (int i = 0; i < 10; ++i) {
        const auto tried = gate.try_digits(quota, "27051X", known, now);
        EXPECT_EQ(tried.outcome, CheckOutcome::CannotCheck);
        EXPECT_FALSE(tried.identity);
    }
    known.is_down = false;
    EXPECT_EQ(gate.try_digits(quota, "27051X", known, now).outcome, CheckOutcome::Passed);
}

TEST(identity_check, what_are_no_digits_is_asked_of_nobody) {
    IdentityGate gate;
    KnownDigits known;
    for (const char* digits : {"", "123", "123456789", "12a456", "' OR 1"})
        EXPECT_EQ(gate.try_digits(quota, digits, known, now).outcome, CheckOutcome::WrongDigits);
    const Subject hall{SubjectKind::Hall, "政务大厅"};
    EXPECT_EQ(gate.try_digits(hall, "27051X", known, now).outcome, CheckOutcome::CannotCheck);
    EXPECT_EQ(known.asked, 0);
}

TEST(identity_check, guessing_many_subjects_gives_no_tries_back) {
    IdentityGate gate({.subjects_max = 3});
    KnownDigits known;
    for (int i = 0; i < 3; ++i) (void)gate.try_digits(quota, "000000", known, now);
    for (const char* other : {"QT0001", "QT0002"})
        (void)gate.try_digits({SubjectKind::Application, other}, "000000", known, now);
    const Subject one_more{SubjectKind::Application, "QT0003"};
    EXPECT_EQ(gate.try_digits(one_more, "000000", known, now).outcome, CheckOutcome::CannotCheck);
    EXPECT_EQ(gate.try_digits(quota, "27051X", known, now).outcome, CheckOutcome::NoMoreTries);
    EXPECT_EQ(gate.try_digits(one_more, "000000", known, later(1800s)).outcome,
              CheckOutcome::WrongDigits);
}

}  // namespace
}  // namespace ys::backoffice
