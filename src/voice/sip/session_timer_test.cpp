// SPDX-License-Identifier: Apache-2.0
// Session timers: who refreshes and when.
#include "voice/sip/session_timer.h"

#include <gtest/gtest.h>

namespace ys::sip {
namespace {

const Instant t0 = Instant{} + 1000h;

TEST(SessionTimer, a_caller_without_the_extension_and_without_a_wish_gets_none) {
    const auto timer = agree_as_answerer(0s, "", false, 1800s);
    EXPECT_EQ(timer.refresher, Refresher::None);
    EXPECT_FALSE(timer.due(t0));
}

TEST(SessionTimer, a_caller_with_the_extension_refreshes_unless_it_names_us) {
    EXPECT_EQ(agree_as_answerer(600s, "", true, 1800s).refresher, Refresher::Them);
    EXPECT_EQ(agree_as_answerer(600s, "uac", true, 1800s).refresher, Refresher::Them);
    EXPECT_EQ(agree_as_answerer(600s, "uas", true, 1800s).refresher, Refresher::Us);
    EXPECT_EQ(agree_as_answerer(600s, "", false, 1800s).refresher, Refresher::Us);
    EXPECT_EQ(agree_as_answerer(0s, "", true, 1800s).interval, 1800s);
}

TEST(SessionTimer, the_answer_to_our_call_says_who_refreshes) {
    EXPECT_EQ(agree_as_caller(0s, "").refresher, Refresher::None);
    EXPECT_EQ(agree_as_caller(1800s, "uac").refresher, Refresher::Us);
    EXPECT_EQ(agree_as_caller(1800s, "uas").refresher, Refresher::Them);
}

TEST(SessionTimer, we_refresh_at_half_time_and_give_up_just_before_the_end) {
    EXPECT_EQ((SessionTimer{1800s, Refresher::Us}.due(t0)), t0 + 900s);
    EXPECT_EQ((SessionTimer{1800s, Refresher::Them}.due(t0)), t0 + 1768s);
    EXPECT_EQ((SessionTimer{90s, Refresher::Them}.due(t0)), t0 + 60s);
}

TEST(SessionTimer, the_header_names_the_refresher_from_the_answerers_side) {
    EXPECT_EQ(to_answer_header({600s, Refresher::Us}), "600;refresher=uas");
    EXPECT_EQ(to_answer_header({600s, Refresher::Them}), "600;refresher=uac");
}

}  // namespace
}  // namespace ys::sip
