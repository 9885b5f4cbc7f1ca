// SPDX-License-Identifier: Apache-2.0
// Offers and answers of telephones, good and bad.
#include "voice/media/sdp.h"

#include <gtest/gtest.h>

#include "voice/media/audio_plan.h"
#include "voice/media/errc.h"

namespace ys::media {
namespace {

const LocalEnd local{.address = "127.0.0.1", .port = 40000, .session = 5, .version = 1};

std::string offer_of(std::string_view media) {
    return "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" +
           std::string(media);
}

AudioPlan plan_for(std::string_view media) {
    const auto sdp = parse_sdp(offer_of(media));
    EXPECT_TRUE(sdp);
    const auto plan = plan_of_offer(*sdp);
    EXPECT_TRUE(plan);
    return *plan;
}

TEST(Sdp, our_offer_can_be_answered_by_ourselves) {
    const auto offer = parse_sdp(write_offer(local));
    ASSERT_TRUE(offer);
    const auto plan = plan_of_offer(*offer);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->codec, Codec::Pcma);
    EXPECT_EQ(plan->send_event_type, 101);
    EXPECT_EQ(plan->rtp.port(), 40000);
    EXPECT_TRUE(plan->has_rtcp_mux);
    const auto answer = parse_sdp(write_answer(local, *offer, *plan));
    ASSERT_TRUE(answer);
    const auto back = plan_of_answer(*answer);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->codec, Codec::Pcma);
    EXPECT_EQ(back->receive_event_type, 101);
}

TEST(Sdp, alaw_is_taken_even_when_it_stands_last) {
    const AudioPlan plan = plan_for("m=audio 4000 RTP/AVP 0 9 8\r\n");
    EXPECT_EQ(plan.codec, Codec::Pcma);
    EXPECT_EQ(plan.send_event_type, -1);
    EXPECT_EQ(plan.rtcp.port(), 4001);
}

TEST(Sdp, events_are_taken_at_the_clock_rate_of_the_codec) {
    const AudioPlan plan = plan_for(
        "m=audio 4000 RTP/AVP 96 97 98\r\na=rtpmap:96 opus/48000/2\r\n"
        "a=rtpmap:97 telephone-event/8000\r\na=rtpmap:98 telephone-event/48000\r\n");
    EXPECT_EQ(plan.codec, Codec::Opus);
    EXPECT_EQ(plan.send_payload_type, 96);
    EXPECT_EQ(plan.send_event_type, 98);
}

TEST(Sdp, an_answer_may_number_dynamic_types_its_own_way) {
    const auto answer =
        parse_sdp(offer_of("m=audio 4000 RTP/AVP 96 97\r\na=rtpmap:96 OPUS/48000/2\r\n"
                           "a=rtpmap:97 telephone-event/48000\r\n"));
    ASSERT_TRUE(answer);
    const auto plan = plan_of_answer(*answer);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->send_payload_type, 96);
    EXPECT_EQ(plan->receive_payload_type, 111);
    EXPECT_EQ(plan->send_event_type, 97);
    EXPECT_EQ(plan->receive_event_type, 110);
}

TEST(Sdp, hold_in_all_its_spellings) {
    EXPECT_TRUE(plan_for("m=audio 4000 RTP/AVP 8\r\na=sendrecv\r\n").we_send);
    EXPECT_FALSE(plan_for("m=audio 4000 RTP/AVP 8\r\na=sendonly\r\n").we_send);
    EXPECT_TRUE(plan_for("m=audio 4000 RTP/AVP 8\r\na=sendonly\r\n").they_send);
    EXPECT_FALSE(plan_for("m=audio 4000 RTP/AVP 8\r\na=inactive\r\n").they_send);
    EXPECT_FALSE(plan_for("m=audio 4000 RTP/AVP 8\r\na=recvonly\r\n").they_send);
    const AudioPlan zero = plan_for("m=audio 4000 RTP/AVP 8\r\nc=IN IP4 0.0.0.0\r\n");
    EXPECT_FALSE(zero.we_send);
    EXPECT_FALSE(zero.rtp.is_known());
}

TEST(Sdp, the_answer_keeps_the_lines_and_rejects_video) {
    const auto offer =
        parse_sdp(offer_of("m=video 5000 RTP/AVP 99\r\nm=audio 4000 RTP/AVP 8\r\na=sendonly\r\n"
                           "m=audio 4002 RTP/SAVP 8\r\n"));
    ASSERT_TRUE(offer);
    const auto plan = plan_of_offer(*offer);
    ASSERT_TRUE(plan);
    const std::string answer = write_answer(local, *offer, *plan);
    const auto video = answer.find("m=video 0 RTP/AVP 99\r\n");
    const auto audio = answer.find("m=audio 40000 RTP/AVP 8\r\n");
    const auto secure = answer.find("m=audio 0 RTP/SAVP 8\r\n");
    ASSERT_NE(video, std::string::npos);
    ASSERT_NE(audio, std::string::npos);
    ASSERT_NE(secure, std::string::npos);
    EXPECT_LT(video, audio);
    EXPECT_LT(audio, secure);
    EXPECT_NE(answer.find("a=recvonly"), std::string::npos);
}

TEST(Sdp, nothing_in_common_is_said_so) {
    for (const char* media : {"m=audio 4000 RTP/AVP 18\r\n", "m=video 4000 RTP/AVP 8\r\n",
                              "m=audio 0 RTP/AVP 8\r\n", "m=audio 4000 RTP/SAVP 8\r\n", ""}) {
        const auto sdp = parse_sdp(offer_of(media));
        ASSERT_TRUE(sdp);
        const auto plan = plan_of_offer(*sdp);
        ASSERT_FALSE(plan) << media;
        EXPECT_EQ(plan.error().code, make_error_code(Errc::no_common_codec));
    }
}

TEST(Sdp, hostile_text_is_refused) {
    std::string many = offer_of("");
    for (int i = 0; i < 40; ++i) many += "m=audio 4000 RTP/AVP 8\r\n";
    const std::string long_list = offer_of("m=audio 1 RTP/AVP " + std::string(20000, '8'));
    for (const std::string& text :
         {std::string(), std::string("v=1\r\n"), std::string("v=0\r\nx\r\n"), many, long_list,
          offer_of("m=audio 99999 RTP/AVP 8\r\n"), offer_of("m=audio -1 RTP/AVP 8\r\n"),
          offer_of("m=audio 4000 RTP/AVP\r\n"), offer_of("m=au<dio 4000 RTP/AVP 8\r\n"),
          offer_of("c=IN IP5 x\r\n"), offer_of("m=audio 4000 RTP/AVP 8;\r\n")}) {
        EXPECT_FALSE(parse_sdp(text)) << text.substr(0, 200);
    }
    const auto host_name = parse_sdp("v=0\r\nc=IN IP4 evil.example\r\nm=audio 4000 RTP/AVP 8\r\n");
    ASSERT_TRUE(host_name);
    EXPECT_FALSE(plan_of_offer(*host_name));
}

TEST(Sdp, bare_line_feeds_and_ipv6_are_understood) {
    const auto sdp =
        parse_sdp("v=0\nc=IN IP6 2001:db8::1\nm=audio 4000/2 RTP/AVP 8\na=rtcp:4567\n");
    ASSERT_TRUE(sdp);
    const auto plan = plan_of_offer(*sdp);
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->rtp.is_v6());
    EXPECT_EQ(plan->rtp.address_text(), "2001:db8::1");
    EXPECT_EQ(plan->rtcp.port(), 4567);
}

}  // namespace
}  // namespace ys::media
