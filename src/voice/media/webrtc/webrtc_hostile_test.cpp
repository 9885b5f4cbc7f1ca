// SPDX-License-Identifier: Apache-2.0
// What attackers send to the port, after ASVS 5.0 V17.2 and the DTLS and SRTP advisories of others.
#include <gtest/gtest.h>

#include "voice/media/webrtc/test_port.h"
#include "voice/media/webrtc/webrtc_port.h"

namespace ys::media {
namespace {

using test::browser_identity;
using test::Bytes;
using test::identity;
using test::Port;
using test::Settings;
using test::TestBrowser;

class HostilePort : public Port {};

TEST_F(HostilePort, a_certificate_other_than_the_signalled_one_gets_no_media) {
    TestBrowser browser(*browser_identity());
    peer.remote_fingerprint = identity()->fingerprint();
    port.add(leg, peer, now);
    give(browser.check(peer));
    browser.step();
    for (int i = 0; i < 10; ++i) {
        carry(
            browser, [](bool, int) { return 1; }, home);
    }
    EXPECT_TRUE(ups.empty());
    ASSERT_EQ(downs.size(), 1U);
    EXPECT_EQ(downs[0].second, "fingerprint_mismatch");
    EXPECT_FALSE(say(1));
    if (browser.srtp.has_keys()) give(browser.srtp.rtp(1));
    EXPECT_TRUE(rtp.empty());
    EXPECT_EQ(port.counters().legs, 0U);
}

TEST_F(HostilePort, a_browser_without_certificate_or_srtp_never_comes_up) {
    for (const Settings& settings :
         {Settings{.has_certificate = false}, Settings{.profiles = "SRTP_AES128_CM_SHA1_32"}}) {
        TestBrowser browser(*browser_identity(), settings);
        port.add(leg, peer, now);
        give(browser.check(peer));
        browser.step();
        carry(
            browser, [](bool, int) { return 1; }, home);
        EXPECT_TRUE(ups.empty());
        EXPECT_FALSE(say(1));
        port.remove(leg);
    }
}

TEST_F(HostilePort, dtls_from_a_source_without_a_check_is_ignored) {
    TestBrowser stranger(*browser_identity());
    const auto elsewhere = test::address("127.0.0.1", 40'001);
    port.add(leg, peer, now);
    stranger.step();
    give(stranger.out[0], elsewhere);
    EXPECT_TRUE(sent.empty());
    EXPECT_EQ(port.counters().unknown_source, 1U);

    // The race of CVE-2023-49786: the stranger's hello arrives between check and hello.
    TestBrowser browser(*browser_identity());
    give(browser.check(peer));
    sent.clear();
    give(stranger.out[0], elsewhere);
    EXPECT_TRUE(sent.empty());
    handshake(browser);
    EXPECT_EQ(ups.size(), 1U);
    EXPECT_EQ(port.counters().unknown_source, 2U);
}

TEST_F(HostilePort, a_hello_with_ciphers_we_refuse_does_not_spoil_the_one_that_follows) {
    TestBrowser bad(*browser_identity(), {.ciphers = "eNULL:AES128-SHA:@SECLEVEL=0"});
    port.add(leg, peer, now);
    TestBrowser browser(*browser_identity());
    give(browser.check(peer));
    bad.step();
    give(bad.out[0]);
    EXPECT_EQ(port.counters().dtls_dropped, 1U);
    EXPECT_TRUE(downs.empty());
    sent.clear();
    handshake(browser);
    EXPECT_EQ(ups.size(), 1U);
}

TEST_F(HostilePort, an_unencrypted_alert_does_not_end_a_handshake) {
    TestBrowser browser(*browser_identity());
    port.add(leg, peer, now);
    give(browser.check(peer));
    sent.clear();
    browser.step();
    const Bytes hello = browser.out[0];
    browser.out.clear();
    give(hello);
    give({21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40});
    handshake(browser);
    EXPECT_EQ(ups.size(), 1U);
    EXPECT_TRUE(downs.empty());
}

TEST_F(HostilePort, dtls_garbage_never_ends_a_call) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    TestBrowser other(*browser_identity(), {.ciphers = "eNULL:AES128-SHA:@SECLEVEL=0"});
    other.step();
    give(other.out[0]);
    give({21, 0xFE, 0xFD, 0, 0, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40});
    give({21, 0xFE, 0xFD, 0, 1, 0, 0, 0, 0, 0, 9, 0, 2, 2, 40});
    for (unsigned i = 0; i < 2000; ++i) {
        Bytes noise(1 + i % 300);
        for (std::size_t k = 0; k < noise.size(); ++k) noise[k] = std::uint8_t(i * 31 + k * k * 7);
        noise[0] = std::uint8_t(20 + i % 44);
        give(noise);
    }
    give(browser.srtp.rtp(1));
    EXPECT_EQ(rtp.size(), 1U);
    EXPECT_TRUE(say(1));
    EXPECT_TRUE(downs.empty());
}

TEST_F(HostilePort, a_wrong_ice_password_gets_no_answer) {
    TestBrowser browser(*browser_identity());
    port.add(leg, peer, now);
    give(browser.check(peer, {.password = "not-the-password-we-gave"}));
    give(browser.check(peer, {.user = "ourufrag:somebody"}));
    give(browser.check(peer, {.user = "unknown1:theirs"}));
    give(browser.check(peer, {.user = "ourufrag"}));
    give({0, 1, 0, 0});
    EXPECT_TRUE(sent.empty());
    EXPECT_EQ(port.counters().stun_dropped, 5U);
    browser.step();
    give(browser.out[0]);
    EXPECT_EQ(port.counters().unknown_source, 1U);
}

TEST_F(HostilePort, srtp_garbage_and_replay_are_dropped_and_the_call_goes_on) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    const Bytes first = browser.srtp.rtp(1);
    give(first);
    for (int i = 0; i < 1000; ++i) give(first);
    for (std::size_t size = 2; size < 600; ++size) {
        Bytes noise(size, std::uint8_t(size));
        noise[0] = 0x80 | std::uint8_t(size & 0x3F);
        give(noise);
    }
    Bytes forged = browser.srtp.rtp(2);
    forged[20] ^= 1;
    give(forged);
    EXPECT_EQ(rtp.size(), 1U);
    EXPECT_EQ(port.counters().srtp_dropped, 1000U + 598U + 1U);
    give(browser.srtp.rtp(3));
    EXPECT_EQ(rtp.size(), 2U);
    EXPECT_TRUE(downs.empty());
}

TEST_F(HostilePort, the_right_packet_from_the_wrong_address_is_not_heard) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    give(browser.srtp.rtp(1), test::address("127.0.0.1", 40'001));
    give(browser.srtp.rtp(2), test::address("127.0.0.2", 40'000));
    EXPECT_TRUE(rtp.empty());
    EXPECT_EQ(port.counters().unknown_source, 2U);
}

TEST_F(HostilePort, sources_per_leg_are_limited) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    for (std::uint32_t ssrc = 1; ssrc <= 40; ++ssrc) give(browser.srtp.rtp(1, ssrc));
    EXPECT_EQ(rtp.size(), 16U);
    EXPECT_EQ(port.counters().srtp_dropped, 24U);
}

TEST_F(HostilePort, a_captured_check_sent_from_elsewhere_does_not_move_the_stream) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    const Bytes captured = browser.check(peer);
    give(captured);
    give(captured, test::address("192.0.2.66", 6'666));
    sent.clear();
    say(1);
    EXPECT_EQ(sent[0].to, PairKey::of(home, 0));
}

TEST_F(HostilePort, pairs_are_limited_and_the_nominated_one_stays) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    for (std::uint16_t i = 0; i < 100; ++i) {
        now += 1ms;
        give(browser.check(peer, {.use_candidate = false}), test::address("192.0.2.1", 1'000 + i));
    }
    sent.clear();
    say(1);
    EXPECT_EQ(sent[0].to, PairKey::of(home, 0));
    const auto before = port.counters().unknown_source;
    for (std::uint16_t i = 0; i < 100; ++i) {
        give(browser.srtp.rtp(std::uint16_t(100 + i)), test::address("192.0.2.1", 1'000 + i));
    }
    EXPECT_EQ(rtp.size(), IceLite::pairs_max - 1);
    EXPECT_EQ(port.counters().unknown_source - before, 100 - (IceLite::pairs_max - 1));
}

}  // namespace
}  // namespace ys::media
