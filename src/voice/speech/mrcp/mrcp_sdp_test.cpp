// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/mrcp/mrcp_sdp.h"

#include <string>

#include <gtest/gtest.h>

#include "voice/media/sdp.h"

namespace ys::speech {
namespace {

const std::string answer =
    "v=0\r\no=- 3 1 IN IP4 192.0.2.11\r\ns=-\r\nc=IN IP4 192.0.2.11\r\nt=0 0\r\n"
    "m=application 32416 TCP/MRCPv2 1\r\na=setup:passive\r\na=connection:new\r\n"
    "a=channel:32AECB234338@speechrecog\r\na=cmid:1\r\n"
    "m=audio 48260 RTP/AVP 8 0\r\nc=IN IP4 192.0.2.12\r\na=recvonly\r\na=mid:1\r\n";

std::string with(const std::string& what, const std::string& instead) {
    std::string out = answer;
    const std::size_t at = out.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return out.replace(at, what.size(), instead);
}

TEST(mrcp_sdp, the_offer_asks_for_a_recogniser_and_sends_sound) {
    const std::string offer =
        write_mrcp_offer({.address = "192.0.2.1", .rtp_port = 40'000, .session = 7});
    const auto read = media::parse_sdp(offer);
    ASSERT_TRUE(read);
    ASSERT_EQ(read->media.size(), 2U);
    EXPECT_EQ(read->media[0].kind, "application");
    EXPECT_EQ(read->media[0].protocol, "TCP/MRCPv2");
    EXPECT_EQ(read->media[1].port, 40'000);
    EXPECT_EQ(read->media[1].direction, media::Direction::SendOnly);
    for (const char* line : {"a=setup:active\r\n", "a=connection:new\r\n",
                             "a=resource:speechrecog\r\n", "a=cmid:1\r\n", "a=mid:1\r\n"})
        EXPECT_NE(offer.find(line), std::string::npos) << line;
    const std::string v6 = write_mrcp_offer({.address = "2001:db8::1", .rtp_port = 2});
    EXPECT_NE(v6.find("c=IN IP6 2001:db8::1\r\n"), std::string::npos);
}

TEST(mrcp_sdp, the_answer_names_the_channel_and_where_sound_goes) {
    const auto read = read_mrcp_answer(answer);
    ASSERT_TRUE(read) << read.error().note;
    EXPECT_EQ(read->channel, "32AECB234338@speechrecog");
    EXPECT_EQ(read->control_address, "192.0.2.11");
    EXPECT_EQ(read->control_port, 32416);
    EXPECT_EQ(read->rtp_address, "192.0.2.12");
    EXPECT_EQ(read->rtp_port, 48260);
    EXPECT_FALSE(read->is_ulaw);
    const auto other = read_mrcp_answer(with("RTP/AVP 8 0", "RTP/AVP 0"));
    ASSERT_TRUE(other);
    EXPECT_TRUE(other->is_ulaw);
}

TEST(mrcp_sdp, answers_that_lead_nowhere_are_refused) {
    EXPECT_FALSE(read_mrcp_answer(""));
    EXPECT_FALSE(read_mrcp_answer("v=0\r\n"));
    for (const auto& [what, instead] : std::initializer_list<std::pair<const char*, const char*>>{
             {"m=application 32416", "m=application 0"},
             {"TCP/MRCPv2", "TCP/TLS/MRCPv2"},
             {"a=setup:passive", "a=setup:active"},
             {"a=connection:new", "a=connection:existing"},
             {"a=channel:32AECB234338@speechrecog\r\n", ""},
             {"@speechrecog", "@speechsynth"},
             {"32AECB234338@", "@"},
             {"32AECB234338@", "32AE CB@"},
             {"m=audio 48260", "m=audio 0"},
             {"RTP/AVP 8 0", "RTP/AVP 96"},
             {"a=recvonly", "a=inactive"},
             {"c=IN IP4 192.0.2.12", "c=IN IP4 asr.example"},
             {"c=IN IP4 192.0.2.11", "c=IN IP4 0.0.0.0"}})
        EXPECT_FALSE(read_mrcp_answer(with(what, instead))) << what << " -> " << instead;
    // The channel of another line is not ours.
    EXPECT_FALSE(read_mrcp_answer(with("a=channel:32AECB234338@speechrecog\r\n", "") +
                                  "a=channel:32AECB234338@speechrecog\r\n"));
    EXPECT_FALSE(read_mrcp_answer(answer + std::string(media::Sdp::bytes_max, ' ')));
}

}  // namespace
}  // namespace ys::speech
