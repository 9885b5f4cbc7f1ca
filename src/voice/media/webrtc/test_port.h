// SPDX-License-Identifier: Apache-2.0
// For tests: a port, a wire whose losses the test decides, and a virtual clock.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "voice/media/webrtc/ice_lite.h"
#include "voice/media/webrtc/test_browser.h"
#include "voice/media/webrtc/webrtc_port.h"

namespace ys::media::test {

/// What gettimeofday tells OpenSSL's DTLS timers in this test program.
extern std::int64_t virtual_us;

inline std::shared_ptr<const DtlsIdentity> identity() {
    static const auto made = DtlsIdentity::make(UtcTime{virtual_us});
    return *made;
}
inline std::shared_ptr<const DtlsIdentity> browser_identity() {
    static const auto made = DtlsIdentity::make(UtcTime{virtual_us});
    return *made;
}

struct Sent {
    Bytes bytes;
    PairKey to;
};

class Port : public ::testing::Test {
protected:
    const LegId leg{1};
    const sockaddr_storage home = address("127.0.0.1", 40'000);
    WebRtcPeer peer{"ourufrag", "our-password-of-22-bytes", "theirs", "their-password",
                    browser_identity()->fingerprint()};
    std::deque<Sent> sent;
    std::vector<LegId> ups;
    std::vector<std::pair<LegId, std::string>> downs;
    std::vector<Bytes> rtp, rtcp;
    std::map<LegId, int> rtp_of;
    Instant now{1h};
    WebRtcPort port{identity(), callbacks()};

    WebRtcPort::Out callbacks() {
        WebRtcPort::Out out;
        out.send = [this](std::span<const std::uint8_t> d, const sockaddr_storage& to) {
            sent.push_back({Bytes(d.begin(), d.end()), PairKey::of(to, 0)});
        };
        out.up = [this](LegId id) { ups.push_back(id); };
        out.down = [this](LegId id, std::string why) { downs.emplace_back(id, why); };
        out.rtp = [this](LegId id, std::span<std::uint8_t> d, Instant) {
            rtp.emplace_back(d.begin(), d.end());
            ++rtp_of[id];
        };
        out.rtcp = [this](LegId, std::span<std::uint8_t> d, Instant) {
            rtcp.emplace_back(d.begin(), d.end());
        };
        return out;
    }
    void give(Bytes bytes, const sockaddr_storage& from) { port.on_datagram(bytes, from, now); }
    void give(Bytes bytes) { give(std::move(bytes), home); }
    void pass(Millis time) {
        for (Millis gone{0}; gone < time; gone += 20ms) {
            now += 20ms;
            virtual_us += 20'000;
            port.on_tick(now);
        }
    }
    static bool is_stun(const Bytes& d) { return d[0] <= 3; }
    static bool is_dtls(const Bytes& d) { return d[0] >= 20 && d[0] <= 63; }

    /// What the port sent since, to anybody.
    std::vector<Sent> taken() {
        std::vector<Sent> out(sent.begin(), sent.end());
        sent.clear();
        return out;
    }
    /// Carries DTLS both ways until nothing is under way. `fate` says how many times a datagram
    /// arrives: (is_to_port, number) -> 0 lost, 2 doubled.
    using Fate = std::function<int(bool, int)>;
    std::array<int, 2> numbers{};
    void carry(TestBrowser& browser, const Fate& fate, const sockaddr_storage& at) {
        while (!browser.out.empty() || !sent.empty()) {
            std::vector<Bytes> going = std::move(browser.out);
            browser.out.clear();
            for (const Bytes& d : going) {
                for (int i = fate(true, numbers[0]++); i > 0; --i) give(d, at);
            }
            for (const Sent& back : taken()) {
                if (!is_dtls(back.bytes)) continue;
                for (int i = fate(false, numbers[1]++); i > 0; --i) browser.step(back.bytes);
            }
        }
    }
    void handshake(
        TestBrowser& browser, const Fate& fate = [](bool, int) { return 1; }) {
        handshake_at(browser, home, fate);
    }
    void handshake_at(
        TestBrowser& browser, const sockaddr_storage& at,
        const Fate& fate = [](bool, int) { return 1; }) {
        browser.step();
        for (int i = 0; i < 1000; ++i) {
            carry(browser, fate, at);
            if (browser.is_connected && !ups.empty()) return;
            pass(20ms);
            browser.tick();
        }
    }
    void connect(TestBrowser& browser) {
        port.add(leg, peer, now);
        give(browser.check(peer));
        handshake(browser);
        ASSERT_EQ(ups.size(), 1U);
        ASSERT_TRUE(browser.is_connected);
        ASSERT_TRUE(browser.srtp.has_keys());
    }
    bool say(std::uint16_t seq) {
        Bytes buffer(172 + 32, 0x55);
        const Bytes head{0x80, 8, std::uint8_t(seq >> 8), std::uint8_t(seq), 0, 0, 0, 0, 0, 0,
                         0,    9};
        std::copy(head.begin(), head.end(), buffer.begin());
        return port.send_rtp(leg, buffer, 172);
    }
};

}  // namespace ys::media::test
