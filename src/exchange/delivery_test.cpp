// SPDX-License-Identifier: Apache-2.0
#include "exchange/delivery.h"

#include <gtest/gtest.h>

namespace ys::exchange {
namespace {

constexpr UtcTime noon{1'764'000'000'000'000};

constexpr UtcTime after_noon(Seconds by) {
    return {noon.us + std::chrono::microseconds(by).count()};
}

TEST(delivery, an_answer_in_the_two_hundreds_delivers_it) {
    Delivery it{.next_at = noon};
    ASSERT_TRUE(on_tried(it, noon, {204, ""}));
    EXPECT_EQ(it.state, DeliveryState::Delivered);
    EXPECT_EQ(it.tries, 1);
    EXPECT_FALSE(on_tried(it, noon, {500, ""})) << "what is over is not tried";
}

TEST(delivery, it_is_tried_for_a_day_at_growing_pauses_and_then_put_aside) {
    Delivery it{.next_at = noon};
    Seconds before{0};
    while (it.state == DeliveryState::Waiting) {
        const UtcTime now = it.next_at;
        ASSERT_TRUE(on_tried(it, now, {0, "nobody answered"}));
        if (it.state != DeliveryState::Waiting) break;
        const Seconds pause{(it.next_at.us - now.us) / 1'000'000};
        EXPECT_GT(pause, before);
        before = pause;
    }
    EXPECT_EQ(it.state, DeliveryState::GivenUp);
    EXPECT_EQ(it.tries, tries_max);
    EXPECT_EQ(it.note, "nobody answered");
    EXPECT_GT(it.next_at, after_noon(22h));
}

TEST(delivery, what_will_be_refused_again_is_not_tried_again) {
    for (const int status : {400, 401, 403, 404, 410, 422}) {
        Delivery it{.next_at = noon};
        ASSERT_TRUE(on_tried(it, noon, {status, ""}));
        EXPECT_EQ(it.state, DeliveryState::GivenUp) << status;
    }
    for (const int status : {0, 302, 408, 409, 425, 429, 500, 503}) {
        Delivery it{.next_at = noon};
        ASSERT_TRUE(on_tried(it, noon, {status, ""}));
        EXPECT_EQ(it.state, DeliveryState::Waiting) << status;
        EXPECT_EQ(it.next_at, after_noon(10s)) << status;
    }
}

TEST(delivery, a_person_sends_a_dead_letter_again_or_drops_it) {
    Delivery it{.next_at = noon};
    EXPECT_FALSE(send_again(it, noon));
    EXPECT_FALSE(drop(it));
    ASSERT_TRUE(on_tried(it, noon, {404, "gone"}));
    ASSERT_TRUE(send_again(it, after_noon(1h)));
    EXPECT_EQ(it.state, DeliveryState::Waiting);
    EXPECT_EQ(it.next_at, after_noon(1h));
    EXPECT_EQ(it.tries, 0);
    ASSERT_TRUE(on_tried(it, after_noon(1h), {404, "gone"}));
    ASSERT_TRUE(drop(it));
    EXPECT_FALSE(send_again(it, after_noon(2h)));
}

TEST(delivery, states_are_words_and_back) {
    for (const auto state : {DeliveryState::Waiting, DeliveryState::Delivered,
                             DeliveryState::GivenUp, DeliveryState::Dropped})
        EXPECT_EQ(delivery_state_from(word(state)), state);
    EXPECT_FALSE(delivery_state_from("lost"));
}

}  // namespace
}  // namespace ys::exchange
