// SPDX-License-Identifier: Apache-2.0
// The port against a browser made of OpenSSL and libsrtp2, on a wire that loses and a virtual
// clock.
#include "voice/media/webrtc/webrtc_port.h"

#include <gtest/gtest.h>
#include <sys/time.h>

#include "voice/media/webrtc/test_port.h"

std::int64_t ys::media::test::virtual_us = 1'800'000'000'000'000;

// OpenSSL asks this for its DTLS timers; here it tells the test's virtual time.
extern "C" int gettimeofday(timeval* now, void*) noexcept {
    now->tv_sec = ys::media::test::virtual_us / 1'000'000;
    now->tv_usec = ys::media::test::virtual_us % 1'000'000;
    return 0;
}

namespace ys::media {
namespace {

using test::browser_identity;
using test::Bytes;
using test::identity;
using test::Port;
using test::Sent;
using test::Settings;
using test::TestBrowser;

class PortWithProfile : public Port, public ::testing::WithParamInterface<const char*> {};

TEST_P(PortWithProfile, audio_and_rtcp_go_both_ways) {
    TestBrowser browser(*browser_identity(), {.profiles = GetParam()});
    connect(browser);
    EXPECT_STREQ(SSL_get_selected_srtp_profile(browser.ssl())->name, GetParam());
    for (std::uint16_t seq = 0; seq < 50; ++seq) give(browser.srtp.rtp(seq));
    ASSERT_EQ(rtp.size(), 50U);
    EXPECT_EQ(rtp[49].size(), 172U);
    EXPECT_EQ(rtp[49][3], 49);
    EXPECT_EQ(rtp[49][171], 0xD5);
    give(browser.srtp.rtcp());
    ASSERT_EQ(rtcp.size(), 1U);
    EXPECT_EQ(rtcp[0], (Bytes{0x80, 201, 0, 1, 0, 0, 0, 7}));

    sent.clear();
    ASSERT_TRUE(say(7));
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].to, PairKey::of(home, 0));
    const Bytes heard = browser.srtp.opened(sent[0].bytes);
    ASSERT_EQ(heard.size(), 172U);
    EXPECT_EQ(heard[3], 7);
    EXPECT_EQ(heard[100], 0x55);
    Bytes report(8 + 32, 0);
    const Bytes head{0x80, 201, 0, 1, 0, 0, 0, 9};
    std::copy(head.begin(), head.end(), report.begin());
    ASSERT_TRUE(port.send_rtcp(leg, report, 8));
    EXPECT_EQ(browser.srtp.opened(sent[1].bytes), head);
    EXPECT_EQ(port.counters().srtp_dropped, 0U);
}
INSTANTIATE_TEST_SUITE_P(Both, PortWithProfile,
                         ::testing::Values("SRTP_AEAD_AES_128_GCM", "SRTP_AES128_CM_SHA1_80"));

TEST_F(Port, any_one_lost_datagram_of_the_handshake_is_made_good) {
    for (int lost = 0; lost < 16; ++lost) {
        SCOPED_TRACE(lost);
        TestBrowser browser(*browser_identity(), {.mtu = 300});
        ups.clear();
        numbers = {};
        port.add(leg, peer, now);
        give(browser.check(peer));
        sent.clear();
        handshake(browser, [&](bool is_to_port, int number) {
            return number == lost / 2 && is_to_port == (lost % 2 == 0) ? 0 : 1;
        });
        EXPECT_EQ(ups.size(), 1U);
        EXPECT_TRUE(browser.is_connected);
        port.remove(leg);
    }
    EXPECT_TRUE(downs.empty());
}

TEST_F(Port, a_handshake_survives_the_loss_of_every_third_datagram) {
    TestBrowser browser(*browser_identity(), {.mtu = 300});
    port.add(leg, peer, now);
    give(browser.check(peer));
    int n = 0;
    handshake(browser, [&](bool, int) { return ++n % 3 == 0 ? 0 : 1; });
    EXPECT_EQ(ups.size(), 1U);
    EXPECT_TRUE(browser.is_connected);
}

TEST_F(Port, doubled_and_swapped_datagrams_do_no_harm) {
    TestBrowser browser(*browser_identity(), {.mtu = 300});
    port.add(leg, peer, now);
    give(browser.check(peer));
    sent.clear();
    browser.step();
    for (int i = 0; i < 300 && ups.empty(); ++i) {
        std::vector<Bytes> going = std::move(browser.out);
        browser.out.clear();
        std::reverse(going.begin(), going.end());
        for (const Bytes& d : going) give(d), give(d);
        auto back = taken();
        std::reverse(back.begin(), back.end());
        for (const Sent& d : back) browser.step(d.bytes), browser.step(d.bytes);
        if (browser.out.empty() && sent.empty()) pass(20ms), browser.tick();
    }
    EXPECT_EQ(ups.size(), 1U);
    EXPECT_TRUE(downs.empty());
}

TEST_F(Port, a_hello_in_several_fragments_is_put_together) {
    TestBrowser browser(*browser_identity(), {.mtu = 400, .has_long_hello = true});
    port.add(leg, peer, now);
    give(browser.check(peer));
    browser.step();
    ASSERT_GE(browser.out.size(), 3U);
    handshake(browser);
    EXPECT_EQ(ups.size(), 1U);
}

TEST_F(Port, no_flight_of_ours_is_longer_than_the_smallest_path_allows) {
    TestBrowser browser(*browser_identity());
    std::size_t longest = 0;
    port.add(leg, peer, now);
    give(browser.check(peer));
    browser.step();
    for (int i = 0; i < 10 && ups.empty(); ++i) {
        std::vector<Bytes> going = std::move(browser.out);
        browser.out.clear();
        for (const Bytes& d : going) give(d);
        for (const Sent& d : taken()) {
            longest = std::max(longest, d.bytes.size());
            if (is_dtls(d.bytes)) browser.step(d.bytes);
        }
    }
    EXPECT_EQ(ups.size(), 1U);
    EXPECT_LE(longest, 1200U - 28U);
}

TEST_F(Port, a_check_is_answered_with_the_address_it_came_from) {
    TestBrowser browser(*browser_identity());
    port.add(leg, peer, now);
    const auto far = test::address("2001:db8::7", 5'000);
    give(browser.check(peer), far);
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].to, PairKey::of(far, 0));
    const auto answer = StunView::parse(sent[0].bytes);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->type(), stun::binding_success);
    EXPECT_EQ(answer->find(stun::attr_xor_mapped_address)->size(), 20U);
    EXPECT_TRUE(answer->is_signed_with(peer.local_pwd));
    EXPECT_TRUE(answer->has_fingerprint());
}

TEST_F(Port, a_far_end_that_wants_to_be_controlled_is_told_of_the_conflict) {
    TestBrowser browser(*browser_identity());
    port.add(leg, peer, now);
    give(browser.check(peer, {.is_controlled = true}));
    give(browser.check(peer, {.extra = 0x7777}));
    ASSERT_EQ(sent.size(), 2U);
    const auto conflict = StunView::parse(sent[0].bytes);
    EXPECT_EQ(conflict->type(), stun::binding_error);
    EXPECT_EQ((*conflict->find(stun::attr_error_code))[3], 87);
    const auto unknown = StunView::parse(sent[1].bytes);
    EXPECT_EQ((*unknown->find(stun::attr_error_code))[3], 20);
    EXPECT_EQ((*unknown->find(stun::attr_unknown_attributes))[0], 0x77);
    browser.step();
    give(browser.out[0]);
    EXPECT_EQ(port.counters().unknown_source, 1U) << "a refused check validates nothing";
}

TEST_F(Port, consent_lasts_thirty_seconds_from_the_last_check) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    for (int i = 0; i < 20; ++i) {
        pass(5s);
        give(browser.check(peer));
    }
    EXPECT_TRUE(downs.empty());
    pass(29s);
    EXPECT_TRUE(downs.empty());
    EXPECT_TRUE(say(1));
    pass(1s);
    ASSERT_EQ(downs.size(), 1U);
    EXPECT_EQ(downs[0], std::pair(leg, std::string("consent_lost")));
    EXPECT_FALSE(say(2));
    EXPECT_EQ(port.counters().legs, 0U);
}

TEST_F(Port, a_browser_that_never_checks_or_never_says_hello_is_given_up) {
    TestBrowser browser(*browser_identity());
    port.add(leg, peer, now);
    pass(30s);
    ASSERT_EQ(downs.size(), 1U);
    EXPECT_EQ(downs[0].second, "ice_timeout");
    port.add(leg, peer, now);
    for (int i = 0; i < 7; ++i) {
        give(browser.check(peer));
        pass(5s);
    }
    ASSERT_EQ(downs.size(), 2U);
    EXPECT_EQ(downs[1].second, "dtls_timeout");
}

TEST_F(Port, the_stream_follows_the_nominated_address) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    const auto wifi = test::address("192.0.2.9", 50'000);
    give(browser.check(peer, {.use_candidate = false}), wifi);
    sent.clear();
    say(1);
    EXPECT_EQ(sent[0].to, PairKey::of(home, 0)) << "a check alone does not nominate";
    give(browser.check(peer), wifi);
    sent.clear();
    say(2);
    EXPECT_EQ(sent[0].to, PairKey::of(wifi, 0));
    give(browser.srtp.rtp(1), wifi);
    give(browser.srtp.rtp(2), home);
    EXPECT_EQ(rtp.size(), 2U) << "both pairs are validated still";
    for (int i = 0; i < 7; ++i) {
        pass(5s);
        give(browser.check(peer), wifi);
    }
    EXPECT_TRUE(downs.empty());
    give(browser.srtp.rtp(3), home);
    EXPECT_EQ(rtp.size(), 2U) << "the old pair is gone after 30 s without a check";
    EXPECT_EQ(ups.size(), 1U);
}

TEST_F(Port, a_restart_with_the_same_certificate_keeps_the_keys) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    WebRtcPeer fresh = peer;
    fresh.local_ufrag = "newufrag";
    fresh.local_pwd = "another-password-of-ours";
    port.add(leg, fresh, now);
    EXPECT_TRUE(say(1)) << "the old pair serves on";
    sent.clear();
    give(browser.check(peer));
    EXPECT_TRUE(sent.empty()) << "the old credentials are void";
    const auto moved = test::address("192.0.2.9", 50'000);
    give(browser.check(fresh), moved);
    EXPECT_EQ(ups.size(), 2U);
    sent.clear();
    say(2);
    EXPECT_EQ(sent[0].to, PairKey::of(moved, 0));
    give(browser.srtp.rtp(1), moved);
    EXPECT_EQ(rtp.size(), 1U);
    EXPECT_EQ(port.counters().legs, 1U);
}

TEST_F(Port, a_restart_with_another_certificate_begins_again) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    peer.remote_fingerprint = identity()->fingerprint();
    port.add(leg, peer, now);
    EXPECT_FALSE(say(1));
    give(browser.srtp.rtp(1));
    EXPECT_TRUE(rtp.empty());
    EXPECT_EQ(port.counters().legs, 1U);
}

TEST_F(Port, a_close_notify_of_the_browser_ends_the_leg) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    browser.out.clear();
    browser.close();
    for (const Bytes& d : browser.out) give(d);
    ASSERT_EQ(downs.size(), 1U);
    EXPECT_EQ(downs[0].second, "dtls_closed");
}

TEST_F(Port, remove_leaves_nothing) {
    TestBrowser browser(*browser_identity());
    connect(browser);
    sent.clear();
    port.remove(leg);
    port.remove(leg);
    EXPECT_EQ(port.counters().legs, 0U);
    ASSERT_EQ(sent.size(), 1U);
    browser.step(sent[0].bytes);
    EXPECT_TRUE(browser.is_closed);
    sent.clear();
    give(browser.check(peer));
    give(browser.srtp.rtp(1));
    pass(60s);
    EXPECT_TRUE(sent.empty());
    EXPECT_TRUE(rtp.empty());
    EXPECT_TRUE(downs.empty());
    EXPECT_FALSE(say(1));
    EXPECT_EQ(port.counters().unknown_source, 1U);
}

TEST_F(Port, many_legs_share_one_port_and_do_not_mix) {
    constexpr int count = 20;
    std::vector<std::unique_ptr<TestBrowser>> browsers;
    for (std::uint16_t i = 0; i < count; ++i) {
        auto& browser = *browsers.emplace_back(std::make_unique<TestBrowser>(*browser_identity()));
        WebRtcPeer one = peer;
        one.local_ufrag += std::to_string(i);
        const auto at = test::address("127.0.0.1", 41'000 + i);
        port.add(LegId{100U + i}, one, now);
        give(browser.check(one), at);
        sent.clear();
        ups.clear();
        handshake_at(browser, at);
        ASSERT_EQ(ups, std::vector{LegId{100U + i}});
    }
    for (std::uint16_t i = 0; i < count; ++i) {
        for (std::uint16_t seq = 0; seq <= i; ++seq) {
            give(browsers[i]->srtp.rtp(seq), test::address("127.0.0.1", 41'000 + i));
        }
        EXPECT_EQ(rtp_of[LegId{100U + i}], i + 1);
    }
    EXPECT_EQ(port.counters().legs, 20U);
    for (std::uint16_t i = 0; i < count; ++i) port.remove(LegId{100U + i});
    EXPECT_EQ(port.counters().legs, 0U);
}

TEST(PortCallbacks, may_remove_the_leg_they_are_told_of) {
    WebRtcPort* port = nullptr;
    std::deque<Bytes> sent;
    int ups = 0;
    int packets = 0;
    WebRtcPort::Out out;
    out.send_from = [&](std::span<const std::uint8_t> d, const sockaddr_storage&, unsigned socket) {
        EXPECT_EQ(socket, 3U);
        sent.emplace_back(d.begin(), d.end());
    };
    bool removes_at_up = true;
    out.up = [&](LegId leg) {
        ++ups;
        if (removes_at_up) port->remove(leg);
    };
    out.rtp = [&](LegId leg, std::span<std::uint8_t>, Instant) {
        ++packets;
        port->remove(leg);
    };
    WebRtcPort made(identity(), out);
    port = &made;
    WebRtcPeer peer{"ourufrag", "our-password-of-22-bytes", "theirs", "their-password",
                    browser_identity()->fingerprint()};
    const auto home = test::address("127.0.0.1", 40'000);
    const Instant now{1h};
    for (const bool at_up : {true, false}) {
        removes_at_up = at_up;
        TestBrowser browser(*browser_identity());
        port->add(LegId{1}, peer, now);
        Bytes check = browser.check(peer);
        port->on_datagram(check, home, now, 3);
        sent.clear();
        browser.step();
        for (int i = 0; i < 8; ++i) {
            const auto going = std::move(browser.out);
            browser.out.clear();
            for (Bytes d : going) port->on_datagram(d, home, now, 3);
            for (const Bytes& d : sent) browser.step(d);
            sent.clear();
        }
        ASSERT_TRUE(browser.is_connected);
        Bytes packet = browser.srtp.rtp(1);
        port->on_datagram(packet, home, now, 3);
    }
    EXPECT_EQ(ups, 2);
    EXPECT_EQ(packets, 1);
    EXPECT_EQ(made.counters().legs, 0U);
}

TEST(Identity, is_self_signed_p256_and_valid_for_thirty_days) {
    const UtcTime made_at{1'800'000'000'000'000};
    const auto made = DtlsIdentity::make(made_at);
    ASSERT_TRUE(made);
    EXPECT_EQ((*made)->fingerprint().size(), 8U + 95U);
    X509* certificate = SSL_CTX_get0_certificate((*made)->context());
    EXPECT_EQ(fingerprint_of(certificate), (*made)->fingerprint());
    EXPECT_EQ(X509_verify(certificate, X509_get0_pubkey(certificate)), 1);
    int days = 0;
    int seconds = 0;
    ASN1_TIME_diff(&days, &seconds, X509_get0_notBefore(certificate),
                   X509_get0_notAfter(certificate));
    EXPECT_EQ(days, 31);
    EXPECT_EQ(ASN1_TIME_cmp_time_t(X509_get0_notAfter(certificate), 1'800'000'000 + 30L * 86'400),
              0);
    EXPECT_NE((*made)->fingerprint(), identity()->fingerprint());
}

}  // namespace
}  // namespace ys::media
