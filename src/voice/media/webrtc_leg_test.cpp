// SPDX-License-Identifier: Apache-2.0
// A browser's leg through the whole engine: ICE, DTLS and SRTP on real sockets, then a phone's
// tone.
#include <poll.h>
#include <sys/socket.h>

#include <thread>

#include "voice/media/test_engine.h"
#include "voice/media/webrtc/srtp_session.h"
#include "voice/media/webrtc/test_browser.h"

namespace ys::media {
namespace {

const LegId citizen{1};
const LegId seat{2};
const RoomId room{1};

std::string value_after(const std::string& text, std::string_view key) {
    const auto at = text.find(key);
    if (at == std::string::npos) return {};
    const auto from = at + key.size();
    return text.substr(from, text.find_first_of("\r\n", from) - from);
}

class SeatTest : public EngineTest {
protected:
    SeatTest() : identity_(*DtlsIdentity::make(utc_now())), browser_(*identity_) {
        // libsrtp's start is global: here, before two threads may come to it at once.
        EXPECT_NE(SrtpSession::make(SrtpKeys{}), nullptr);
    }
    ~SeatTest() override {
        stops_ = true;
        if (thread_.joinable()) thread_.join();
    }

    std::string offer() const {
        return "v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
               "m=audio 9 UDP/TLS/RTP/SAVPF 111 8 126\r\nc=IN IP4 0.0.0.0\r\n"
               "a=ice-ufrag:5VrY\r\na=ice-pwd:ve6u3ojfIcKeBrGKuqVs1ZSo\r\na=fingerprint:" +
               identity_->fingerprint() +
               "\r\na=setup:actpass\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\n"
               "a=rtpmap:111 opus/48000/2\r\na=rtpmap:8 PCMA/8000\r\n"
               "a=rtpmap:126 telephone-event/8000\r\n";
    }

    void browse() {
        const auto answer = engine().answer_browser(seat, room, offer());
        ASSERT_TRUE(answer);
        peer_.local_ufrag = value_after(*answer, "a=ice-ufrag:");
        peer_.local_pwd = value_after(*answer, "a=ice-pwd:");
        peer_.remote_ufrag = "5VrY";
        peer_.remote_pwd = "ve6u3ojfIcKeBrGKuqVs1ZSo";
        // "a=candidate:1 1 UDP priority address port typ host"
        std::string candidate = value_after(*answer, "a=candidate:");
        for (int i = 0; i < 5; ++i) candidate = candidate.substr(candidate.find(' ') + 1);
        const auto port = std::stoi(candidate);
        to_ = *SocketAddress::parse("127.0.0.1", static_cast<std::uint16_t>(port));
        socket_ = *UdpSocket::bind("127.0.0.1", 0);
        thread_ = std::thread([this] { run(); });
    }
    void send(const test::Bytes& bytes) {
        ::sendto(socket_.fd(), bytes.data(), bytes.size(), 0, to_.raw(), to_.size());
    }
    void flush() {
        for (const test::Bytes& datagram : std::exchange(browser_.out, {})) send(datagram);
    }
    void run() {
        Instant next_check{};
        Instant next_voice = mono_now();
        while (!stops_) {
            const Instant now = mono_now();
            if (now >= next_check) {
                send(browser_.check(peer_));
                next_check = now + 500ms;
            }
            if (now >= next_voice) {
                next_voice += 20ms;
                if (browser_.is_connected) send(browser_.srtp.rtp(sequence_++));
            }
            pollfd waiting{socket_.fd(), POLLIN, 0};
            ::poll(&waiting, 1, 5);
            read();
        }
    }
    void read() {
        test::Bytes bytes(1600);
        const ssize_t got = ::recv(socket_.fd(), bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (got <= 0) return;
        bytes.resize(static_cast<std::size_t>(got));
        if (bytes[0] < 4) {  // Our check was answered: the handshake may begin.
            if (!std::exchange(has_begun_, true)) browser_.step();
        } else if (bytes[0] >= 20 && bytes[0] <= 63) {
            browser_.step(bytes);
        } else if (!looks_like_rtcp(bytes)) {
            ++rtp_;
        }
        flush();
    }

    std::shared_ptr<const DtlsIdentity> identity_;
    test::TestBrowser browser_;
    WebRtcPeer peer_;
    SocketAddress to_;
    UdpSocket socket_;
    bool has_begun_ = false;
    std::uint16_t sequence_ = 1;
    std::atomic<int> rtp_{0};
    std::atomic<bool> stops_{false};
    std::thread thread_;
};

TEST_F(SeatTest, a_browser_comes_up_and_sound_flows_both_ways) {
    start();
    TestPhone phone({.hertz = 440});
    connect(phone, citizen);
    browse();
    bridge(citizen, seat);
    EXPECT_EQ(await<MediaUp>().leg, seat);
    EXPECT_TRUE(becomes([&] { return rtp_ > 25; }));
    EXPECT_TRUE(becomes([&] { return engine().counters().packets_in > 60; }));
    engine().close(seat);
    const auto last =
        await<LegQuality>([](const LegQuality& q) { return q.leg == seat && q.is_last; });
    EXPECT_GT(last.packets_in, 10U);
    EXPECT_GT(last.packets_out, 20U);
    EXPECT_TRUE(becomes([&] { return engine().counters().legs == 1; }));
}

TEST_F(SeatTest, a_greeting_waits_for_the_browser_to_be_up) {
    start();
    write_prompt("number", 500, 200);
    engine().play(seat, PlayId{1}, {"number"}, false, false);  // No leg yet: nothing happens.
    const auto answer = engine().answer_browser(seat, room, offer());
    ASSERT_TRUE(answer);
    engine().play(seat, PlayId{2}, {"number"}, false, false);
    browse();  // The page was reloaded: the same leg, new credentials.
    await<MediaUp>();
    EXPECT_EQ(await<PlayDone>().play, PlayId{2});
}

}  // namespace
}  // namespace ys::media
