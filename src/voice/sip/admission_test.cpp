// SPDX-License-Identifier: Apache-2.0
// Who is let in, and who waits outside.
#include "voice/sip/admission.h"

#include <gtest/gtest.h>

#include <set>

namespace ys::sip {
namespace {

const Instant t0 = Instant{} + 1000h;
using Door = Admission::Door;

int let_in(Admission& admission, int offered, const std::string& source, bool trunk,
           Instant now = t0) {
    int in = 0;
    for (int i = 0; i < offered; ++i) in += admission.decide(now, source, trunk, {}) == Door::Open;
    return in;
}

TEST(Admission, one_source_gets_its_own_rate_and_no_more) {
    Admission admission{{.source_invites_per_s_max = 50}};
    EXPECT_EQ(let_in(admission, 500, "10.0.0.1", false), 50);
    EXPECT_EQ(admission.decide(t0, "10.0.0.1", false, {}), Door::SourceLimit);
    EXPECT_EQ(let_in(admission, 500, "10.0.0.2", false), 50);
    EXPECT_EQ(let_in(admission, 500, "10.0.0.1", false, t0 + 100ms), 5);
}

TEST(Admission, a_trunk_is_not_held_to_the_rate_of_a_stranger) {
    Admission admission{{.source_invites_per_s_max = 50}};
    EXPECT_EQ(let_in(admission, 500, "10.0.0.1", true), 500);
}

TEST(Admission, a_flood_of_strangers_leaves_the_trunks_their_share) {
    Admission admission{{.invites_per_s_max = 100, .source_invites_per_s_max = 1000}};
    EXPECT_EQ(let_in(admission, 500, "10.0.0.1", false), 75);
    EXPECT_EQ(let_in(admission, 500, "10.9.9.9", true), 25);
}

TEST(Admission, calls_are_counted_per_source_and_in_all) {
    Admission admission{{.calls_max = 10, .source_invites_per_s_max = 1000, .source_calls_max = 2}};
    admission.call_began("10.0.0.1");
    admission.call_began("10.0.0.1");
    EXPECT_EQ(admission.decide(t0, "10.0.0.1", true, {}), Door::SourceLimit);
    EXPECT_EQ(admission.decide(t0, "10.0.0.2", true, {}), Door::Open);
    admission.call_ended("10.0.0.1");
    EXPECT_EQ(admission.decide(t0, "10.0.0.1", true, {}), Door::Open);
    EXPECT_EQ(admission.decide(t0, "10.0.0.2", true, {.calls = 10}), Door::Overload);
}

TEST(Admission, delay_refuses_strangers_first_and_trunks_later) {
    Admission admission{{}};
    EXPECT_EQ(admission.decide(t0, "a", false, {.network = 51ms}), Door::Overload);
    EXPECT_EQ(admission.decide(t0, "b", true, {.network = 51ms}), Door::Open);
    EXPECT_EQ(admission.decide(t0, "b", true, {.network = 71ms}), Door::Overload);
    EXPECT_EQ(admission.decide(t0, "a", false, {.unheeded = 101ms}), Door::Overload);
    EXPECT_EQ(admission.decide(t0, "b", true, {.unheeded = 101ms}), Door::Open);
    EXPECT_EQ(admission.decide(t0, "b", true, {.unheeded = 141ms}), Door::Overload);
}

TEST(Admission, after_drain_nobody_comes_in) {
    Admission admission{{}};
    admission.drain();
    EXPECT_EQ(admission.decide(t0, "b", true, {}), Door::Overload);
}

TEST(Admission, retry_after_is_spread_over_its_range) {
    Admission admission{{}};
    std::set<int> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(admission.retry_after_s());
    EXPECT_GE(*seen.begin(), 5);
    EXPECT_LE(*seen.rbegin(), 30);
    EXPECT_GT(seen.size(), 20u);
}

}  // namespace
}  // namespace ys::sip
