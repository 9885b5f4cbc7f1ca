// SPDX-License-Identifier: Apache-2.0
// Keys as events: each press is heard once, whatever is lost.
#include "voice/media/rfc4733.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "voice/media/key_tones.h"

namespace ys::media {
namespace {

struct Wire {
    std::vector<KeySender::Payload> packets;
};

Wire press(std::string_view keys) {
    KeySender sender;
    for (const char key : keys) EXPECT_TRUE(sender.push(key));
    Wire wire;
    for (std::uint32_t t = 1000; sender.is_busy(); t += 160)
        if (const auto packet = sender.next(t, 160)) wire.packets.push_back(*packet);
    return wire;
}

std::string hear(const std::vector<KeySender::Payload>& packets) {
    KeyReceiver receiver;
    std::string keys;
    Instant now{1s};
    for (const auto& packet : packets) {
        if (const auto key = receiver.on_packet(packet.bytes, packet.timestamp, now)) keys += *key;
        now += 20ms;
    }
    return keys;
}

TEST(Keys, all_sixteen_arrive_once_and_in_order) {
    EXPECT_EQ(hear(press("0123456789*#ABCD").packets), "0123456789*#ABCD");
}

TEST(Keys, the_same_key_twice_is_two_presses) { EXPECT_EQ(hear(press("11").packets), "11"); }

TEST(Keys, a_press_is_heard_when_only_a_middle_packet_arrives) {
    const Wire wire = press("5");
    EXPECT_EQ(hear({wire.packets[3]}), "5");
}

TEST(Keys, a_press_is_heard_when_only_an_end_packet_arrives) {
    const Wire wire = press("5");
    EXPECT_EQ(hear({wire.packets.back()}), "5");
}

TEST(Keys, a_lost_end_does_not_swallow_the_next_press) {
    std::vector<KeySender::Payload> kept;
    for (const auto& packet : press("77").packets)
        if ((packet.bytes[1] & 0x80) == 0) kept.push_back(packet);
    EXPECT_EQ(hear(kept), "77");
}

TEST(Keys, a_straggler_of_an_earlier_press_is_no_press) {
    const Wire wire = press("12");
    std::vector<KeySender::Payload> mixed(wire.packets);
    mixed.push_back(wire.packets[0]);
    EXPECT_EQ(hear(mixed), "12");
}

TEST(Keys, the_wire_follows_the_rfc) {
    const Wire wire = press("9");
    ASSERT_EQ(wire.packets.size(), 8U);
    EXPECT_TRUE(wire.packets[0].marker);
    EXPECT_FALSE(wire.packets[1].marker);
    for (const auto& packet : wire.packets) EXPECT_EQ(packet.timestamp, 1000U);
    EXPECT_EQ(wire.packets[4].bytes[2] << 8 | wire.packets[4].bytes[3], 800);
    EXPECT_EQ(wire.packets[7].bytes[1] & 0x80, 0x80);
}

TEST(Keys, events_that_are_no_keys_and_short_payloads_are_ignored) {
    KeyReceiver receiver;
    const std::array<std::uint8_t, 4> flash{16, 10, 0, 160};
    const std::array<std::uint8_t, 3> brief{1, 10, 0};
    EXPECT_FALSE(receiver.on_packet(flash, 1, Instant{1s}));
    EXPECT_FALSE(receiver.on_packet(brief, 1, Instant{1s}));
}

TEST(Keys, the_queue_is_bounded) {
    KeySender sender;
    for (std::size_t i = 0; i < KeySender::queue_max; ++i) EXPECT_TRUE(sender.push('1'));
    EXPECT_FALSE(sender.push('1'));
    EXPECT_FALSE(sender.push('x'));
}

TEST(KeyTones, sixteen_keys_survive_the_air_as_alaw) {
    const auto tones = KeyTones::make();
    const auto detector = KeyToneDetector::make();
    const std::string keys = "0123456789*#ABCD";
    for (const char key : keys) ASSERT_TRUE(tones->push(key));
    std::string heard;
    Frame frame;
    while (tones->next(frame)) {
        for (std::int16_t& sample : frame) sample = from_alaw(to_alaw(sample));
        if (const auto key = detector->on_frame(frame)) heard += *key;
    }
    frame.fill(0);
    for (int i = 0; i < 5; ++i)
        if (const auto key = detector->on_frame(frame)) heard += *key;
    EXPECT_EQ(heard, keys);
}

}  // namespace
}  // namespace ys::media
