// SPDX-License-Identifier: Apache-2.0
// Real and hostile browser offers against the answers and refusals they must get.
#include "voice/media/webrtc/webrtc_sdp.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "base/text.h"
#include "voice/media/webrtc/browser_offer.h"

namespace ys::media {
namespace {

// As written by Chromium 156: microphone, one video transceiver, one data channel. Codec
// parameters of the video line are left out.
// clang-format off
constexpr std::string_view chromium_audio = R"(v=0
o=- 3830996241386509020 2 IN IP4 127.0.0.1
s=-
t=0 0
a=group:BUNDLE 0 1 2
a=extmap-allow-mixed
a=msid-semantic: WMS b5f39c3e-2272-4231-bb5d-202ccd5b15c4
m=audio 9 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:5VrY
a=ice-pwd:ve6u3ojfIcKeBrGKuqVs1ZSo
a=ice-options:trickle
a=fingerprint:sha-256 B6:A3:A7:07:38:19:4F:8F:8D:1B:18:A0:52:83:D3:53:)"
    R"(B2:78:BD:F1:B9:E2:20:A5:45:64:B5:B7:DD:2B:88:F0
a=setup:actpass
a=mid:0
a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level
a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time
a=extmap:3 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid
a=sendrecv
a=msid:b5f39c3e-2272-4231-bb5d-202ccd5b15c4 0bd0a3d7-b628-4498-b1ae-591ca2b8ee1b
a=rtcp-mux
a=rtcp-rsize
a=rtcp-xr:rcvr-rtt=all
a=rtpmap:111 opus/48000/2
a=rtcp-fb:111 transport-cc
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:63 red/48000/2
a=fmtp:63 111/111
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:8 PCMA/8000
a=rtpmap:13 CN/8000
a=rtpmap:110 telephone-event/48000
a=rtpmap:126 telephone-event/8000
a=ssrc:963802905 cname:HYXsT8/ZjnvUUQib
a=ssrc:963802905 msid:b5f39c3e-2272-4231-bb5d-202ccd5b15c4 0bd0a3d7-b628-4498-b1ae-591ca2b8ee1b
)";
constexpr std::string_view chromium_video = R"(m=video 9 UDP/TLS/RTP/SAVPF 96 97 102
c=IN IP4 0.0.0.0
a=rtcp:9 IN IP4 0.0.0.0
a=ice-ufrag:5VrY
a=ice-pwd:ve6u3ojfIcKeBrGKuqVs1ZSo
a=ice-options:trickle
a=fingerprint:sha-256 B6:A3:A7:07:38:19:4F:8F:8D:1B:18:A0:52:83:D3:53:)"
    R"(B2:78:BD:F1:B9:E2:20:A5:45:64:B5:B7:DD:2B:88:F0
a=setup:actpass
a=mid:1
a=sendrecv
a=msid:- 8876366f-d573-4de3-a889-e060509e0c2a
a=rtcp-mux
a=rtcp-rsize
a=rtcp-xr:rcvr-rtt=all
a=rtpmap:96 VP8/90000
a=rtpmap:97 rtx/90000
a=rtpmap:102 H264/90000
)";
constexpr std::string_view chromium_data = R"(m=application 9 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=ice-ufrag:5VrY
a=ice-pwd:ve6u3ojfIcKeBrGKuqVs1ZSo
a=ice-options:trickle
a=fingerprint:sha-256 B6:A3:A7:07:38:19:4F:8F:8D:1B:18:A0:52:83:D3:53:)"
    R"(B2:78:BD:F1:B9:E2:20:A5:45:64:B5:B7:DD:2B:88:F0
a=setup:actpass
a=mid:2
a=sctp-port:5000
a=max-message-size:262144
)";
// clang-format on

constexpr std::string_view entropy = "0123456789abcdefghijklmn";

const DtlsIdentity& identity() {
    static const auto made = DtlsIdentity::make(UtcTime{1'800'000'000'000'000});
    return **made;
}

/// Lines end as RFC 4566 §5 wants.
std::string with_crlf(std::string_view text) {
    std::string out;
    for (const std::string_view line : split(text, '\n')) {
        if (!line.empty()) out.append(line).append("\r\n");
    }
    return out;
}
std::string chromium() {
    return with_crlf(std::string(chromium_audio) + std::string(chromium_video) +
                     std::string(chromium_data));
}
std::string replaced(std::string text, std::string_view from, std::string_view to) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
        text.replace(at, from.size(), to);
        ++count;
    }
    EXPECT_GT(count, 0U) << "nothing to replace: " << from;
    return text;
}
std::string without_lines(const std::string& text, std::string_view prefix) {
    std::string out;
    for (const std::string_view line : split(text, '\n')) {
        if (!line.empty() && line.substr(0, prefix.size()) != prefix) out.append(line).append("\n");
    }
    EXPECT_NE(out, text);
    return out;
}
Result<BrowserAnswer> answered(std::string_view offer) {
    const std::vector<Endpoint> candidates{{"127.0.0.1", 40'000}, {"2001:db8::1", 40'001}};
    return answer_browser_offer(offer, identity(), candidates, entropy);
}
std::set<std::string> lines_of(const std::string& sdp) {
    std::set<std::string> lines;
    for (const std::string_view line : split(sdp, '\n')) lines.insert(std::string(trimmed(line)));
    return lines;
}
std::errc code_of(const Result<BrowserAnswer>& answer) {
    return answer ? std::errc{} : static_cast<std::errc>(answer.error().code.value());
}

TEST(BrowserSdp, a_chromium_offer_gets_a_lite_passive_a_law_answer) {
    const auto answer = answered(chromium());
    ASSERT_TRUE(answer) << answer.error().note;
    EXPECT_EQ(answer->codec, BrowserAnswer::Codec::Pcma);
    EXPECT_EQ(answer->payload_type, 8);
    EXPECT_EQ(answer->telephone_event_pt, 126);
    EXPECT_EQ(answer->telephone_event_rate, 8000);
    EXPECT_EQ(answer->peer.remote_ufrag, "5VrY");
    EXPECT_EQ(answer->peer.remote_pwd, "ve6u3ojfIcKeBrGKuqVs1ZSo");
    EXPECT_EQ(answer->peer.remote_fingerprint,
              "sha-256 B6:A3:A7:07:38:19:4F:8F:8D:1B:18:A0:52:83:D3:53:B2:78:BD:F1:"
              "B9:E2:20:A5:45:64:B5:B7:DD:2B:88:F0");
    EXPECT_EQ(answer->peer.local_ufrag, "3031323334353637");
    EXPECT_EQ(answer->peer.local_pwd, "38396162636465666768696a6b6c6d6e");
    const std::string expected = with_crlf(R"(v=0
o=- 1 2 IN IP4 127.0.0.1
s=-
t=0 0
a=ice-lite
a=group:BUNDLE 0
a=msid-semantic: WMS yingsheng
m=audio 40000 UDP/TLS/RTP/SAVPF 8 126
c=IN IP4 127.0.0.1
a=mid:0
a=sendrecv
a=msid:yingsheng audio
a=rtcp-mux
a=ice-ufrag:3031323334353637
a=ice-pwd:38396162636465666768696a6b6c6d6e
a=fingerprint:)" + identity().fingerprint() +
                                           R"(
a=setup:passive
a=rtpmap:8 PCMA/8000
a=rtpmap:126 telephone-event/8000
a=fmtp:126 0-15
a=ptime:20
a=candidate:1 1 udp 2130706431 127.0.0.1 40000 typ host
a=candidate:2 1 udp 2130706175 2001:db8::1 40001 typ host
a=end-of-candidates
m=video 0 UDP/TLS/RTP/SAVPF 96
c=IN IP4 0.0.0.0
a=mid:1
a=inactive
m=application 0 UDP/DTLS/SCTP webrtc-datachannel
c=IN IP4 0.0.0.0
a=mid:2
a=inactive
)");
    EXPECT_EQ(answer->sdp, expected);
}

TEST(BrowserSdp, line_feeds_alone_are_read_too) {
    EXPECT_TRUE(answered(replaced(chromium(), "\r\n", "\n")));
}

TEST(BrowserSdp, mu_law_then_opus_follow_when_a_law_is_missing) {
    const std::string no_a_law = replaced(replaced(chromium(), "111 63 9 0 8 13", "111 63 9 0 13"),
                                          "a=rtpmap:8 PCMA/8000\r\n", "");
    auto answer = answered(no_a_law);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->codec, BrowserAnswer::Codec::Pcmu);
    EXPECT_EQ(answer->payload_type, 0);
    answer = answered(replaced(replaced(no_a_law, "111 63 9 0 13", "111 63 9 13"),
                               "a=rtpmap:0 PCMU/8000\r\n", ""));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->codec, BrowserAnswer::Codec::Opus);
    EXPECT_EQ(answer->payload_type, 111);
    EXPECT_EQ(answer->telephone_event_pt, 110) << "the event of the codec's clock rate";
    EXPECT_EQ(answer->telephone_event_rate, 48000);
    const auto lines = lines_of(answer->sdp);
    EXPECT_TRUE(lines.contains("m=audio 40000 UDP/TLS/RTP/SAVPF 111 110"));
    EXPECT_TRUE(lines.contains("a=rtpmap:111 opus/48000/2"));
    EXPECT_TRUE(lines.contains("a=rtpmap:110 telephone-event/48000"));
}

TEST(BrowserSdp, static_types_need_no_rtpmap_and_events_may_be_missing) {
    std::string offer = without_lines(chromium(), "a=rtpmap");
    auto answer = answered(offer);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->payload_type, 8);
    EXPECT_EQ(answer->telephone_event_pt, -1);
    EXPECT_TRUE(lines_of(answer->sdp).contains("m=audio 40000 UDP/TLS/RTP/SAVPF 8"));
}

TEST(BrowserSdp, security_may_stand_at_the_session) {
    const std::string offer = without_lines(without_lines(chromium(), "a=ice-"), "a=fingerprint");
    EXPECT_EQ(code_of(answered(offer)), std::errc::not_supported);
    const std::string at_session = replaced(
        offer, "t=0 0\r\n",
        "t=0 0\r\na=ice-ufrag:abcd\r\na=ice-pwd:0123456789012345678901\r\na=fingerprint:SHA-256 "
        "aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99:aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:"
        "88:99\r\n");
    const auto answer = answered(at_session);
    ASSERT_TRUE(answer) << answer.error().note;
    EXPECT_EQ(answer->peer.remote_ufrag, "abcd");
    EXPECT_EQ(answer->peer.remote_fingerprint.substr(0, 14), "sha-256 aa:bb:");
}

TEST(BrowserSdp, the_answer_turns_the_direction_round) {
    const auto direction = [](const char* offered) {
        const auto answer =
            answered(replaced(chromium(), "a=sendrecv", std::string("a=") + offered));
        return lines_of(answer ? answer->sdp : "");
    };
    EXPECT_TRUE(direction("sendonly").contains("a=recvonly"));
    EXPECT_TRUE(direction("recvonly").contains("a=sendonly"));
    EXPECT_FALSE(direction("inactive").contains("a=sendrecv"));
}

TEST(BrowserSdp, only_the_first_usable_audio_line_is_accepted) {
    const std::string second =
        replaced(replaced(with_crlf(chromium_audio.substr(chromium_audio.find("m=audio"))),
                          "a=mid:0", "a=mid:9"),
                 "m=audio 9 ", "m=audio 7 ");
    auto answer = answered(chromium() + second);
    ASSERT_TRUE(answer);
    EXPECT_NE(answer->sdp.find("m=audio 0 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 0.0.0.0\r\na=mid:9"),
              std::string::npos);
    answer = answered(replaced(chromium(), "m=audio 9 ", "m=audio 0 ") + second);
    ASSERT_TRUE(answer);
    EXPECT_NE(answer->sdp.find("a=mid:9\r\na=sendrecv"), std::string::npos);
    EXPECT_EQ(answer->sdp.find("a=group:BUNDLE"), std::string::npos) << "9 is in no bundle";
}

TEST(BrowserSdp, what_we_cannot_do_is_refused_as_such) {
    const std::string good = chromium();
    const std::vector<std::string> offers{
        replaced(good, "a=setup:actpass", "a=setup:passive"),
        replaced(good, "a=setup:actpass", "a=setup:holdconn"),
        without_lines(good, "a=setup"),
        without_lines(good, "a=rtcp-mux"),
        without_lines(good, "a=fingerprint"),
        replaced(good, "a=fingerprint:sha-256", "a=fingerprint:sha-1"),
        without_lines(good, "a=ice-ufrag"),
        without_lines(good, "a=ice-pwd"),
        replaced(good, "m=audio 9", "m=audio 0"),
        replaced(good, "m=audio", "m=text"),
        replaced(good, "UDP/TLS/RTP/SAVPF 111", "RTP/AVP 111"),
        without_lines(replaced(good, "111 63 9 0 8 13 110 126", "9"), "a=rtpmap:9"),
        with_crlf("v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nt=0 0"),
    };
    for (const std::string& offer : offers) {
        EXPECT_EQ(code_of(answered(offer)), std::errc::not_supported) << offer;
    }
}

TEST(BrowserSdp, what_is_no_sdp_or_breaks_its_limits_is_refused) {
    const std::string good = chromium();
    std::string many_media = good;
    for (int i = 0; i < 16; ++i) many_media += "m=video 9 UDP/TLS/RTP/SAVPF 96\r\n";
    std::string many_lines = good;
    for (int i = 0; i < 2100; ++i) many_lines += "a=x\r\n";
    std::string many_formats = "111";
    for (int i = 0; i < 70; ++i) many_formats += " 9";
    const std::vector<std::string> offers{
        "",
        "v=0",
        "hello",
        good.substr(3),
        many_media,
        many_lines,
        good + "a=" + std::string(70'000, 'x') + "\r\n",
        good + "nonsense\r\n",
        good + "m=\r\n",
        good + "m=audio\r\n",
        good + "m=audio x UDP/TLS/RTP/SAVPF 8\r\n",
        good + "m=audio 65536 UDP/TLS/RTP/SAVPF 8\r\n",
        good + "m=audio 9 UDP/TLS/RTP/SAVPF 128\r\n",
        good + "m=aud:io 9 UDP/TLS/RTP/SAVPF 8\r\n",
        good + "m=audio 9 UDP//SAVPF 8\r\n",
        replaced(good, "111 63 9 0 8 13 110 126", many_formats),
        replaced(good, "a=ice-ufrag:", "a=ice-ufrag:" + std::string(300, 'a')),
        replaced(good, "a=ice-pwd:", "a=ice-pwd:" + std::string(300, 'a')),
        replaced(good, "a=ice-ufrag:", "a=ice-ufrag:a b"),
        replaced(good, "a=ice-pwd:", "a=ice-pwd:short\r\na=was:"),
        replaced(good, "a=mid:0", "a=mid:"),
        replaced(good, "a=mid:0", "a=mid:0 1"),
        replaced(good, "a=mid:0", "a=mid:" + std::string(100, '0')),
        replaced(good, "a=fingerprint:sha-256 ", "a=fingerprint:sha-256 0"),
        replaced(good, "a=fingerprint:sha-256 ", "a=fingerprint:sha-256 AB:CD\r\na=was:"),
        replaced(good, "a=rtpmap:8 PCMA/8000", "a=rtpmap:8 PCMA"),
        replaced(good, "a=rtpmap:8 PCMA/8000", "a=rtpmap:8 PCMA/99999999999999999999"),
        replaced(good, "a=rtpmap:8 PCMA/8000", "a=rtpmap:-8 PCMA/8000"),
        replaced(good, "o=- ", "o="),
    };
    for (const std::string& offer : offers) {
        EXPECT_EQ(code_of(answered(offer)), std::errc::bad_message) << offer.substr(0, 300);
    }
}

TEST(BrowserSdp, every_cut_of_an_offer_is_survived) {
    const std::string good = chromium();
    std::size_t accepted = 0;
    for (std::size_t size = 0; size < good.size(); ++size) {
        if (answered(std::string_view(good).substr(0, size))) ++accepted;
    }
    EXPECT_GT(accepted, 0U);
    EXPECT_LT(accepted, good.size());
}

TEST(BrowserSdp, our_own_side_is_checked_too) {
    const std::vector<Endpoint> good{{"127.0.0.1", 40'000}};
    const auto code = [](std::span<const Endpoint> at, std::string_view random) {
        return code_of(answer_browser_offer(chromium(), identity(), at, random));
    };
    EXPECT_EQ(code(good, entropy.substr(1)), std::errc::invalid_argument);
    EXPECT_EQ(code({}, entropy), std::errc::invalid_argument);
    EXPECT_EQ(code(std::vector<Endpoint>{{"localhost", 1}}, entropy), std::errc::invalid_argument);
    EXPECT_EQ(code(std::vector<Endpoint>{{"127.0.0.1", 0}}, entropy), std::errc::invalid_argument);
    EXPECT_EQ(code(good, entropy), std::errc{});
}

}  // namespace
}  // namespace ys::media
