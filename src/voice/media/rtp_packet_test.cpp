// SPDX-License-Identifier: Apache-2.0
// RTP, RTCP and the statistics between them.
#include "voice/media/rtp_packet.h"

#include <gtest/gtest.h>

#include <vector>

#include "voice/media/rtcp.h"
#include "voice/media/rtp_stats.h"

namespace ys::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes packet_with(std::uint8_t first, Bytes rest) {
    Bytes out(rtp_header_size);
    write_rtp_header(out, {.payload_type = 8,
                           .marker = true,
                           .sequence = 65535,
                           .timestamp = 0xFFFFFFF0,
                           .ssrc = 0xDEADBEEF,
                           .payload = {}});
    out[0] = first;
    out.insert(out.end(), rest.begin(), rest.end());
    return out;
}

TEST(Rtp, a_written_header_is_read_back) {
    Bytes bytes = packet_with(0x80, {1, 2, 3});
    const auto packet = parse_rtp(bytes);
    ASSERT_TRUE(packet);
    EXPECT_EQ(packet->payload_type, 8);
    EXPECT_TRUE(packet->marker);
    EXPECT_EQ(packet->sequence, 65535);
    EXPECT_EQ(packet->timestamp, 0xFFFFFFF0U);
    EXPECT_EQ(packet->ssrc, 0xDEADBEEFU);
    EXPECT_EQ(packet->payload.size(), 3U);
}

TEST(Rtp, csrcs_extension_and_padding_are_not_payload) {
    Bytes rest{9, 9, 9, 9};                                   // one CSRC
    rest.insert(rest.end(), {0xBE, 0xDE, 0, 1, 7, 7, 7, 7});  // extension of one word
    rest.insert(rest.end(), {42, 43, 0, 0, 3});               // two bytes and three of padding
    Bytes bytes = packet_with(0x80 | 0x20 | 0x10 | 1, rest);
    const auto packet = parse_rtp(bytes);
    ASSERT_TRUE(packet);
    EXPECT_EQ(Bytes(packet->payload.begin(), packet->payload.end()), (Bytes{42, 43}));
}

TEST(Rtp, lengths_that_run_past_the_end_are_refused) {
    Bytes many_csrcs = packet_with(0x8F, {1, 2, 3});
    EXPECT_FALSE(parse_rtp(many_csrcs));
    Bytes long_extension = packet_with(0x90, {0, 0, 0xFF, 0xFF, 1});
    EXPECT_FALSE(parse_rtp(long_extension));
    Bytes long_padding = packet_with(0xA0, {1, 200});
    EXPECT_FALSE(parse_rtp(long_padding));
    Bytes no_padding = packet_with(0xA0, {1, 0});
    EXPECT_FALSE(parse_rtp(no_padding));
    Bytes version_one = packet_with(0x40, {1});
    EXPECT_FALSE(parse_rtp(version_one));
    Bytes tiny(11, 0x80);
    EXPECT_FALSE(parse_rtp(tiny));
}

TEST(Rtcp, a_sender_report_with_block_and_bye_is_read_back) {
    Bytes out(256);
    const std::size_t size = write_rtcp(out,
                                        {.ssrc = 7,
                                         .ntp = 0x1122334455667788,
                                         .rtp_timestamp = 1,
                                         .packets_sent = 50,
                                         .bytes_sent = 8000,
                                         .has_block = true,
                                         .about_ssrc = 99,
                                         .fraction_lost = 12,
                                         .total_lost = 3,
                                         .highest_sequence = 1000,
                                         .jitter = 17,
                                         .last_sr = 5,
                                         .delay_since_sr = 6,
                                         .bye = true},
                                        "abcd");
    ASSERT_EQ(size % 4, 0U);
    const auto report = parse_rtcp(std::span(out).first(size), 99);
    ASSERT_TRUE(report);
    EXPECT_TRUE(report->has_sender);
    EXPECT_EQ(report->sender_ssrc, 7U);
    EXPECT_EQ(report->ntp, 0x1122334455667788U);
    ASSERT_TRUE(report->has_block);
    EXPECT_EQ(report->fraction_lost, 12);
    EXPECT_EQ(report->jitter, 17U);
    EXPECT_EQ(report->last_sr, 5U);
    EXPECT_TRUE(report->has_bye);
}

TEST(Rtcp, whoever_only_listens_sends_a_receiver_report) {
    Bytes out(256);
    const std::size_t size = write_rtcp(out, {.ssrc = 7}, "");
    EXPECT_EQ(out[1], 201);
    const auto report = parse_rtcp(std::span(out).first(size), 7);
    ASSERT_TRUE(report);
    EXPECT_FALSE(report->has_sender);
    EXPECT_FALSE(report->has_block);
}

TEST(Rtcp, every_cut_of_a_report_is_refused_or_read_without_harm) {
    Bytes out(256);
    const std::size_t size =
        write_rtcp(out, {.ssrc = 7, .packets_sent = 1, .has_block = true, .about_ssrc = 9}, "abcd");
    int refused = 0;
    for (std::size_t cut = 0; cut < size; ++cut) {
        const Bytes part(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(cut));
        refused += parse_rtcp(part, 9) ? 0 : 1;
    }
    EXPECT_GT(refused, 40);
}

TEST(RtpStats, lost_packets_are_counted_over_the_wrap) {
    RtpStats stats;
    Instant now{1s};
    for (int i = 0; i < 100; ++i, now += 20ms) {
        if (i % 10 == 5) continue;
        stats.on_packet(static_cast<std::uint16_t>(65500 + i), static_cast<std::uint32_t>(160 * i),
                        8000, now);
    }
    EXPECT_EQ(stats.expected(), 100U);
    EXPECT_EQ(stats.lost(), 10U);
    EXPECT_DOUBLE_EQ(stats.loss(), 0.1);
    EXPECT_NEAR(stats.take_fraction_lost(), 26, 1);
    EXPECT_EQ(stats.take_fraction_lost(), 0);
    EXPECT_LT(stats.jitter_ms(), 0.1);
}

TEST(RtpStats, jitter_follows_uneven_arrival) {
    RtpStats stats;
    Instant now{1s};
    for (int i = 0; i < 500; ++i, now += 20ms)
        stats.on_packet(static_cast<std::uint16_t>(i), static_cast<std::uint32_t>(160 * i), 8000,
                        now + (i % 2 == 0 ? 0ms : 10ms));
    EXPECT_NEAR(stats.jitter_ms(), 10, 1);
}

TEST(RtpStats, opinion_falls_with_loss_and_delay) {
    EXPECT_GT(mean_opinion(0, 60), 4.3);
    EXPECT_LT(mean_opinion(0.05, 60), 4.1);
    EXPECT_LT(mean_opinion(0.3, 60), mean_opinion(0.05, 60));
    EXPECT_LT(mean_opinion(0, 400), 4.0);
    EXPECT_GE(mean_opinion(1, 2000), 1.0);
}

}  // namespace
}  // namespace ys::media
