// SPDX-License-Identifier: Apache-2.0
// What comes out of the jitter buffer for what the network does to packets.
#include "voice/media/jitter_buffer.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ys::media {
namespace {

using Got = JitterBuffer::Got;
using Put = JitterBuffer::Put;

/// Packet number n carries the byte n in every sample.
class Jitter : public testing::Test {
protected:
    void put(int n, std::uint32_t base = 5000) {
        const std::vector<std::uint8_t> payload(160, static_cast<std::uint8_t>(n));
        last_put = buffer.put(base + 160U * static_cast<std::uint32_t>(n), payload);
    }
    int take() {
        std::array<std::uint8_t, JitterBuffer::slot_bytes> out{};
        std::size_t size = 0;
        const Got got = buffer.take(out, size);
        if (got == Got::Idle) return -2;
        if (got == Got::Missing) return -1;
        EXPECT_EQ(size, 160U);
        return out[0];
    }
    JitterBuffer buffer;
    Put last_put = Put::Kept;
};

TEST_F(Jitter, an_even_stream_comes_out_whole_and_40_ms_behind) {
    std::vector<int> out;
    for (int i = 0; i < 50; ++i) {
        put(i);
        out.push_back(take());
    }
    EXPECT_EQ(out[0], -2);
    EXPECT_EQ(out[1], -2);
    for (int i = 2; i < 50; ++i) EXPECT_EQ(out[static_cast<std::size_t>(i)], i - 2);
}

TEST_F(Jitter, reordered_packets_come_out_in_order_and_twins_once) {
    put(0);
    take();
    put(2);
    put(1);
    take();
    put(1);
    EXPECT_EQ(last_put, Put::Duplicate);
    EXPECT_EQ(take(), 0);
    EXPECT_EQ(take(), 1);
    EXPECT_EQ(take(), 2);
}

TEST_F(Jitter, a_lost_packet_is_one_missing_frame) {
    std::vector<int> out;
    for (int i = 0; i < 20; ++i) {
        if (i != 10) put(i);
        out.push_back(take());
    }
    EXPECT_EQ(out[12], -1);
    EXPECT_EQ(out[11], 9);
    EXPECT_EQ(out[13], 11);
}

TEST_F(Jitter, a_stall_makes_the_buffer_longer_instead_of_losing_speech) {
    for (int i = 0; i < 20; ++i) {
        put(i);
        take();
    }
    std::vector<int> out;
    for (int i = 0; i < 5; ++i) out.push_back(take());  // 100 ms of nothing, two were in hand.
    for (int i = 20; i < 25; ++i) put(i);
    put(25);
    for (int i = 26; i < 40; ++i) {
        out.push_back(take());
        put(i);
    }
    std::vector<int> heard;
    for (const int n : out)
        if (n >= 0) heard.push_back(n);
    ASSERT_FALSE(heard.empty());
    for (std::size_t i = 1; i < heard.size(); ++i) EXPECT_EQ(heard[i], heard[i - 1] + 1);
    EXPECT_GT(buffer.delay_ms(), 40);
    EXPECT_LE(buffer.delay_ms(), 120);
}

TEST_F(Jitter, it_shrinks_again_when_the_network_is_calm) {
    for (int i = 0; i < 4; ++i) put(i);
    int n = 4;
    for (int i = 0; i < 1500; ++i) {
        put(n % 250, 5000 + 160U * static_cast<std::uint32_t>(n - n % 250));
        ++n;
        take();
    }
    EXPECT_EQ(buffer.delay_ms(), 20);
}

TEST_F(Jitter, drifting_clocks_neither_overrun_nor_run_dry_for_long) {
    int missing = 0;
    double sent = 0;
    int n = 0;
    for (int i = 0; i < 20000; ++i) {  // The far end is 0.5 % fast.
        for (sent += 1.005; n < sent; ++n)
            put(n % 250, 5000 + 160U * static_cast<std::uint32_t>(n - n % 250));
        missing += i > 10 && take() < 0 ? 1 : 0;
    }
    EXPECT_EQ(missing, 0);
    EXPECT_EQ(buffer.late(), 0U);
    JitterBuffer slow;
    buffer = slow;
    sent = 0;
    n = 0;
    for (int i = 0; i < 20000; ++i) {  // And 0.5 % slow: 100 frames must be made up.
        for (sent += 0.995; n < sent; ++n)
            put(n % 250, 5000 + 160U * static_cast<std::uint32_t>(n - n % 250));
        missing += i > 10 && take() < 0 ? 1 : 0;
    }
    EXPECT_NEAR(missing, 100, 40);
}

TEST_F(Jitter, a_jump_of_the_timestamps_begins_anew) {
    for (int i = 0; i < 10; ++i) {
        put(i);
        take();
    }
    put(0, 3'000'000'000U);
    EXPECT_EQ(last_put, Put::Restarted);
    take();
    put(1, 3'000'000'000U);
    take();
    EXPECT_EQ(take(), 0);
}

TEST_F(Jitter, after_a_pause_in_talking_the_delay_is_not_longer) {
    int n = 0;
    for (; n < 20; ++n) {
        put(n);
        take();
    }
    for (; n < 40; ++n) take();
    for (; n < 60; ++n) {
        put(n);
        take();
    }
    EXPECT_EQ(take(), 58);
}

TEST_F(Jitter, long_and_short_packets_make_20_ms_frames) {
    const std::vector<std::uint8_t> thirty(240, 7);
    for (std::uint32_t i = 0; i < 4; ++i) buffer.put(5000 + 240 * i, thirty);
    take();
    take();
    for (int i = 0; i < 6; ++i) EXPECT_EQ(take(), 7);
    buffer.restart();
    const std::vector<std::uint8_t> ten(80, 9);
    for (std::uint32_t i = 0; i < 8; ++i) buffer.put(5000 + 80 * i, ten);
    take();
    take();
    for (int i = 0; i < 4; ++i) EXPECT_EQ(take(), 9);
}

TEST_F(Jitter, a_burst_keeps_the_newest_and_stays_bounded) {
    for (int i = 0; i < 200; ++i) put(i);
    int last = -2;
    for (int i = 0; i < 30; ++i) last = std::max(last, take());
    EXPECT_EQ(last, 199);
}

TEST_F(Jitter, packets_too_big_are_refused) {
    const std::vector<std::uint8_t> big(16 * 160 + 1, 1);
    EXPECT_EQ(buffer.put(0, big), Put::TooBig);
    EXPECT_EQ(buffer.put(0, {}), Put::TooBig);
    buffer.shape(960, false, 0);
    const std::vector<std::uint8_t> opus(321, 1);
    EXPECT_EQ(buffer.put(0, opus), Put::TooBig);
}

}  // namespace
}  // namespace ys::media
