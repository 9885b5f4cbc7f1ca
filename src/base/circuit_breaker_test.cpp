// SPDX-License-Identifier: Apache-2.0
#include "base/circuit_breaker.h"

#include <gtest/gtest.h>

namespace ys {
namespace {

using State = CircuitBreaker::State;

class Breaker : public ::testing::Test {
protected:
    void ask(bool has_worked) {
        const auto ticket = breaker_.may_ask(now_);
        ASSERT_TRUE(ticket);
        breaker_.settle(*ticket, has_worked, now_);
    }
    void open() {
        for (int i = 0; i < 3; ++i) ask(false);
        ASSERT_EQ(breaker_.state(now_), State::Open);
    }
    CircuitBreaker breaker_{{.failures_max = 3, .opens_for = 30s}};
    Instant now_{1000s};
};

TEST_F(Breaker, opens_after_failures_in_a_row_only) {
    ask(false);
    ask(false);
    ask(true);
    ask(false);
    ask(false);
    EXPECT_EQ(breaker_.state(now_), State::Closed);
    ask(false);
    EXPECT_EQ(breaker_.state(now_), State::Open);
    EXPECT_FALSE(breaker_.may_ask(now_ + 29s));
}

TEST_F(Breaker, one_probe_closes_it_again) {
    open();
    now_ += 30s;
    EXPECT_EQ(breaker_.state(now_), State::HalfOpen);
    const auto probe = breaker_.may_ask(now_);
    ASSERT_TRUE(probe);
    EXPECT_TRUE(probe->is_probe);
    EXPECT_FALSE(breaker_.may_ask(now_)) << "a second one beside it";
    breaker_.settle(*probe, true, now_);
    EXPECT_EQ(breaker_.state(now_), State::Closed);
    EXPECT_TRUE(breaker_.may_ask(now_));
}

TEST_F(Breaker, a_probe_that_fails_opens_it_anew) {
    open();
    now_ += 30s;
    ask(false);
    EXPECT_EQ(breaker_.state(now_ + 29s), State::Open);
    EXPECT_TRUE(breaker_.may_ask(now_ + 30s));
}

TEST_F(Breaker, a_probe_that_never_comes_back_does_not_stop_the_next) {
    open();
    const auto lost = breaker_.may_ask(now_ + 30s);
    ASSERT_TRUE(lost);
    EXPECT_EQ(breaker_.state(now_ + 59s), State::HalfOpen);
    EXPECT_FALSE(breaker_.may_ask(now_ + 59s));
    const auto next = breaker_.may_ask(now_ + 60s);
    ASSERT_TRUE(next);
    breaker_.settle(*lost, false, now_ + 61s);
    breaker_.settle(*next, true, now_ + 61s);
    EXPECT_EQ(breaker_.state(now_ + 61s), State::Closed);
}

TEST_F(Breaker, what_was_asked_before_it_opened_says_nothing_about_now) {
    const auto early = breaker_.may_ask(now_);
    ASSERT_TRUE(early);
    open();
    breaker_.settle(*early, true, now_);
    EXPECT_EQ(breaker_.state(now_), State::Open);
    now_ += 30s;
    ask(true);
    for (int i = 0; i < 5; ++i) breaker_.settle(*early, false, now_);
    EXPECT_EQ(breaker_.state(now_), State::Closed);
}

}  // namespace
}  // namespace ys
