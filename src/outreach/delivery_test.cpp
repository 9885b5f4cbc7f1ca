// SPDX-License-Identifier: Apache-2.0
#include "outreach/delivery.h"

#include <gtest/gtest.h>

#include "base/dice.h"
#include "base/later.h"

namespace ys::outreach {
namespace {

using enum Channel;
using Steps = std::vector<MessageStep>;

UtcTime at(std::string_view text) { return *parse_rfc3339(text); }
const UtcTime noon = at("2026-11-24T04:00:00Z");     // 12:00 in China
const UtcTime night = at("2026-11-24T14:30:00Z");    // 22:30
const UtcTime morning = at("2026-11-25T00:00:00Z");  // 08:00 of the next day

class MessageLife : public ::testing::Test {
protected:
    Steps tell(const MessageCommand& command, UtcTime now = noon) {
        return on(rules, message, now, command);
    }
    Begin both(UtcTime happened = noon) const {
        return {.ways = {Sms, Mail}, .must_reach = true, .happened_at = happened};
    }
    DeliveryRules rules{.quiet = {21 * 60, 8 * 60, 8 * 60}};
    Message message;
};

TEST_F(MessageLife, what_the_gateway_takes_and_the_telephone_has_is_delivered_once) {
    EXPECT_EQ(tell(both()), (Steps{{Sms, MessageState::Queued}}));
    EXPECT_EQ(message.next_at, noon);
    EXPECT_EQ(tell(HandedOver{}), (Steps{{Sms, MessageState::Sent}}));
    EXPECT_EQ(message.next_at, later(noon, 24h));
    EXPECT_EQ(tell(Arrived{}), (Steps{{Sms, MessageState::Delivered}}));
    EXPECT_FALSE(message.next_at);
    EXPECT_EQ(tell(Arrived{}), Steps{}) << "a receipt that comes twice";
    EXPECT_EQ(tell(RefusedBy{"late"}), Steps{}) << "a receipt that contradicts";
    EXPECT_EQ(message.state, MessageState::Delivered);
}

TEST_F(MessageLife, refused_goes_to_the_next_channel_and_then_to_the_call_list) {
    tell(both());
    tell(HandedOver{});
    EXPECT_EQ(tell(RefusedBy{"no_such_number"}),
              (Steps{{Sms, MessageState::Refused}, {Mail, MessageState::Queued}}));
    EXPECT_EQ(message.next_at, noon);
    EXPECT_EQ(tell(RefusedBy{"no_such_mailbox"}),
              (Steps{{Mail, MessageState::Refused}, {CallList, MessageState::Queued}}));
    EXPECT_FALSE(message.next_at) << "it waits for a person";
    EXPECT_EQ(message.why, "no_such_mailbox");
    EXPECT_EQ(tell(HandedOver{}), Steps{});
    EXPECT_EQ(tell(TryFailed{"x"}), Steps{});
    EXPECT_EQ(tell(Arrived{}), (Steps{{CallList, MessageState::Delivered}}));
}

TEST_F(MessageLife, a_try_that_fails_is_made_again_with_growing_waits_and_then_refused) {
    tell(both());
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(tell(TryFailed{"unreachable"}), Steps{});
        waits.push_back((message.next_at->us - noon.us) / 1'000'000);
    }
    EXPECT_EQ(waits, (std::vector<std::int64_t>{30, 120, 600, 3600, 14'400}));
    EXPECT_EQ(tell(TryFailed{"unreachable"}),
              (Steps{{Sms, MessageState::Refused}, {Mail, MessageState::Queued}}));
    EXPECT_EQ(message.tries, 0);
}

TEST_F(MessageLife, at_night_it_waits_for_the_morning_unless_it_is_urgent) {
    tell(both(night), night);
    EXPECT_EQ(message.next_at, morning);
    Begin urgent = both(night);
    urgent.is_urgent = true;
    tell(urgent, night);
    EXPECT_EQ(message.next_at, night);
    tell(both(), at("2026-11-24T12:59:50Z"));
    tell(TryFailed{"busy"}, at("2026-11-24T12:59:50Z"));
    EXPECT_EQ(message.next_at, morning) << "nor is it tried again at night";
}

TEST_F(MessageLife, without_a_way_it_says_why_and_what_must_be_told_is_called) {
    Begin none{.is_set_up = false, .happened_at = noon};
    EXPECT_EQ(tell(none), (Steps{{Sms, MessageState::Queued}, {Sms, MessageState::Refused}}));
    EXPECT_EQ(message.why, "not_configured");
    none.must_reach = true;
    EXPECT_EQ(tell(none), (Steps{{CallList, MessageState::Queued}}));
    none.is_set_up = true;
    tell(none);
    EXPECT_EQ(message.why, "no_address");
}

TEST_F(MessageLife, who_wants_no_messages_gets_none) {
    Begin stopped = both();
    stopped.has_stopped = true;
    EXPECT_EQ(tell(stopped), (Steps{{Sms, MessageState::Queued}, {Sms, MessageState::Stopped}}));
    EXPECT_FALSE(message.next_at);
    tell(both());
    EXPECT_EQ(tell(StopSaid{}), (Steps{{Sms, MessageState::Stopped}}));
    EXPECT_EQ(tell(HandedOver{}), Steps{});
}

TEST_F(MessageLife, what_happened_days_ago_is_not_written_any_more) {
    tell(both(later(noon, -71h)));
    EXPECT_EQ(message.state, MessageState::Queued);
    tell(both(later(noon, -73h)));
    EXPECT_EQ(message.state, MessageState::Stopped);
    EXPECT_EQ(message.why, "too_late");
}

TEST_F(MessageLife, silence_is_unknown_and_a_late_receipt_is_still_believed) {
    tell(both());
    tell(HandedOver{});
    EXPECT_EQ(tell(SilenceFell{}), (Steps{{Sms, MessageState::Unknown}}));
    EXPECT_FALSE(message.next_at);
    EXPECT_EQ(tell(Arrived{}), (Steps{{Sms, MessageState::Delivered}}));
}

TEST_F(MessageLife, no_order_of_commands_loses_it_or_leaves_it_without_a_hand) {
    const std::vector<MessageCommand> commands{HandedOver{}, TryFailed{"f"}, RefusedBy{"r"},
                                               Arrived{},    SilenceFell{},  StopSaid{}};
    Dice dice(17);
    for (int run = 0; run < 2'000; ++run) {
        UtcTime now = noon;
        Begin begin = both(now);
        begin.must_reach = dice.chance(0.5);
        tell(begin, now);
        for (int i = 0; i < 20; ++i) {
            now = later(now, Seconds(dice.between(1, 30'000)));
            const Message before = message;
            const Steps steps = tell(commands[dice.below(commands.size())], now);
            if (steps.empty() && message.tries == before.tries) {
                ASSERT_EQ(message, before);
            }
            const bool needs_time =
                message.channel != CallList &&
                (message.state == MessageState::Queued ||
                 (message.state == MessageState::Sent && message.channel == Sms));
            ASSERT_EQ(message.next_at.has_value(), needs_time) << word(message.state);
            if (message.state == MessageState::Refused) {
                ASSERT_TRUE(message.left.empty()) << "a channel was left";
            }
            if (before.state == MessageState::Delivered) {
                ASSERT_EQ(message, before);
            }
        }
    }
}

}  // namespace
}  // namespace ys::outreach
