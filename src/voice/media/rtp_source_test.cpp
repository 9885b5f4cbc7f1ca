// SPDX-License-Identifier: Apache-2.0
// Rule T8: who may speak into a leg.
#include "voice/media/rtp_source.h"

#include <gtest/gtest.h>

namespace ys::media {
namespace {

using Verdict = RtpSource::Verdict;

SocketAddress at(const char* address, std::uint16_t port) {
    return *SocketAddress::parse(address, port);
}
const SocketAddress described = at("198.51.100.7", 4000);
const SocketAddress moved = at("198.51.100.7", 4444);
const SocketAddress neighbour = at("198.51.100.9", 4000);
const SocketAddress stranger = at("203.0.113.5", 4000);

class Source : public testing::Test {
protected:
    Source() { source.on_sdp(described, false); }
    bool accepts(const SocketAddress& from, std::uint32_t ssrc = 1) {
        return source.on_packet(from, ssrc, ++sequence[ssrc % 4], now) != Verdict::Drop;
    }
    void lock_to(const SocketAddress& from) {
        for (int i = 0; i < RtpSource::lock_after; ++i, now += 20ms) ASSERT_TRUE(accepts(from));
        ASSERT_TRUE(source.is_locked());
    }
    RtpSource source;
    Instant now{100s};
    std::uint16_t sequence[4] = {100, 200, 300, 400};
};

TEST_F(Source, a_stranger_is_never_believed) {
    for (int i = 0; i < 20; ++i, now += 1ms) EXPECT_FALSE(accepts(stranger));
    EXPECT_EQ(source.destination(), described);
    lock_to(described);
    EXPECT_FALSE(accepts(stranger));
    EXPECT_EQ(source.destination(), described);
}

TEST_F(Source, another_port_of_the_address_is_learned_in_the_window) {
    EXPECT_EQ(source.destination(), described);
    lock_to(moved);
    EXPECT_EQ(source.destination(), moved);
    EXPECT_FALSE(accepts(described, 2));
}

TEST_F(Source, after_the_window_only_the_described_port_is_believed) {
    EXPECT_TRUE(accepts(described));
    now += RtpSource::learn_for + 1ms;
    EXPECT_FALSE(accepts(moved));
    EXPECT_TRUE(accepts(described));
}

TEST_F(Source, the_described_port_outranks_a_learned_one) {
    EXPECT_TRUE(accepts(moved, 1));
    EXPECT_TRUE(accepts(described, 2));
    EXPECT_FALSE(accepts(moved, 1));
}

TEST_F(Source, a_second_stream_is_dropped_while_the_first_speaks) {
    lock_to(described);
    for (int i = 0; i < 50; ++i, now += 10ms) {
        EXPECT_TRUE(accepts(described, 1));
        EXPECT_FALSE(accepts(described, 2));
    }
}

TEST_F(Source, a_new_stream_of_the_locked_source_proves_itself_after_silence) {
    lock_to(described);
    now += 300ms;
    for (int i = 0; i < RtpSource::lock_after - 1; ++i, now += 20ms)
        EXPECT_FALSE(accepts(described, 2));
    EXPECT_EQ(source.on_packet(described, 2, ++sequence[2], now), Verdict::AcceptNewStream);
    EXPECT_FALSE(accepts(moved, 2));
}

TEST_F(Source, the_same_sdp_again_opens_no_window) {
    lock_to(described);
    source.on_sdp(described, false);
    EXPECT_TRUE(source.is_locked());
    EXPECT_FALSE(accepts(moved, 3));
}

TEST_F(Source, a_new_sdp_begins_anew) {
    lock_to(described);
    source.on_sdp(stranger, false);
    EXPECT_FALSE(accepts(described));
    EXPECT_TRUE(accepts(stranger, 2));
}

TEST_F(Source, neighbours_are_believed_only_when_told_to) {
    EXPECT_FALSE(accepts(neighbour));
    RtpSource nat;
    nat.on_sdp(described, true);
    EXPECT_NE(nat.on_packet(neighbour, 1, 1, now), Verdict::Drop);
    EXPECT_EQ(nat.on_packet(stranger, 2, 1, now), Verdict::Drop);
}

TEST_F(Source, without_sdp_nobody_is_believed) {
    RtpSource blank;
    EXPECT_EQ(blank.on_packet(described, 1, 1, now), Verdict::Drop);
    EXPECT_FALSE(blank.destination().is_known());
}

}  // namespace
}  // namespace ys::media
