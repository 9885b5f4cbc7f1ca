// SPDX-License-Identifier: Apache-2.0
// Against a server on real sockets that behaves well, badly or not at all.
#include "voice/speech/mrcp/mrcp_asr_engine.h"

#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "platform/clock.h"
#include "voice/speech/errc.h"
#include "voice/speech/mrcp/test_mrcp_server.h"

namespace ys::speech {
namespace {

using Manner = TestMrcpServer::Manner;
using Turn = Manner::Turn;
using Seen = TestMrcpServer::Seen;

std::unique_ptr<MrcpAsrEngine> engine_at(const TestMrcpServer& server, Millis within = 8s,
                                         const std::string& more = "") {
    auto made = MrcpAsrEngine::build({.url = server.url() + more,
                                      .grammar = "builtin:speech/transcribe",
                                      .language = "zh-CN",
                                      .within = within},
                                     [] { return ys::now(); });
    EXPECT_TRUE(made) << made.error().note;
    return *std::move(made);
}

/// 0.2 s so loud, and 0.1 s of silence.
std::vector<std::int16_t> sound(int thousands) {
    std::vector<std::int16_t> out(2'400, 0);
    for (std::size_t i = 0; i < 1'600; ++i)
        out[i] = static_cast<std::int16_t>((i / 8 % 2 != 0 ? 1'000 : -1'000) * thousands);
    return out;
}

Result<SpokenWords> asked(MrcpAsrEngine& engine, int thousands = 4) {
    const auto samples = sound(thousands);
    return engine.write_down({samples, mono_now() + 20s});
}

TEST(mrcp_asr_engine, sends_the_sound_and_brings_back_the_words) {
    for (const char* codecs : {"0 8", "8"}) {
        TestMrcpServer server({.words = {{4, "公积金怎么提取"}}, .codecs = codecs});
        const auto engine = engine_at(server);
        const auto words = asked(*engine);
        ASSERT_TRUE(words) << words.error().note;
        EXPECT_EQ(words->text, "公积金怎么提取");
        EXPECT_EQ(words->certainty, 0.75);
        EXPECT_TRUE(server.sees([](const Seen& s) { return s.byes == 1 && s.acks == 1; }));
        const Seen seen = server.seen();
        EXPECT_GE(seen.packets, 15);
        EXPECT_EQ(seen.lost, 0);
        EXPECT_EQ(seen.stops, 0);
        EXPECT_EQ(seen.recognize.body, "builtin:speech/transcribe\r\n");
        EXPECT_EQ(seen.recognize.header("Speech-Language"), "zh-CN");
        EXPECT_NE(seen.offer.find("a=resource:speechrecog"), std::string::npos);
    }
}

TEST(mrcp_asr_engine, sound_may_be_sent_faster_than_it_was_spoken) {
    TestMrcpServer server({.words = {{4, "好"}}});
    const auto engine = engine_at(server, 8s, ";transport=udp;pace=4");
    const auto words = asked(*engine);
    ASSERT_TRUE(words) << words.error().note;
    EXPECT_EQ(words->text, "好");
}

TEST(mrcp_asr_engine, several_speak_at_once_and_each_gets_their_own_words) {
    TestMrcpServer server({.words = {{2, "二"}, {4, "四"}, {6, "六"}, {8, "八"}}});
    const auto engine = engine_at(server);
    std::vector<std::string> heard(4);
    std::vector<std::thread> speakers;
    for (int i = 0; i < 4; ++i)
        speakers.emplace_back([&, i] {
            const auto words = asked(*engine, (i + 1) * 2);
            heard[static_cast<std::size_t>(i)] = words ? words->text : words.error().note;
        });
    for (std::thread& speaker : speakers) speaker.join();
    EXPECT_EQ(heard, (std::vector<std::string>{"二", "四", "六", "八"}));
    EXPECT_TRUE(server.sees([](const Seen& s) { return s.byes == 4; }));
    EXPECT_GT(server.seen().together_max, 1);
}

TEST(mrcp_asr_engine, no_match_and_no_input_are_no_failure_of_the_server) {
    for (const char* cause : {"001 no-match", "002 no-input-timeout"}) {
        TestMrcpServer server({.cause = cause});
        const auto engine = engine_at(server);
        for (int i = 0; i < 3; ++i) {
            const auto words = asked(*engine);
            ASSERT_FALSE(words);
            EXPECT_EQ(words.error().code, Errc::not_understood) << words.error().note;
            EXPECT_EQ(words.error().note, cause);
        }
        EXPECT_EQ(engine->breaker_state(), CircuitBreaker::State::Closed);
    }
}

TEST(mrcp_asr_engine, a_server_that_refuses_three_times_is_left_alone) {
    for (const char* status : {"486 Busy Here", "503 Service Unavailable"}) {
        TestMrcpServer server({.sip = status});
        const auto engine = engine_at(server);
        for (int i = 0; i < 3; ++i) {
            const auto words = asked(*engine);
            ASSERT_FALSE(words);
            EXPECT_EQ(words.error().code, Errc::failed);
            EXPECT_EQ(words.error().note, std::string("SIP ") + status);
        }
        EXPECT_EQ(engine->breaker_state(), CircuitBreaker::State::Open);
        const auto words = asked(*engine);
        ASSERT_FALSE(words);
        EXPECT_EQ(words.error().code, Errc::resting);
        EXPECT_EQ(server.seen().invites, 3);
    }
}

TEST(mrcp_asr_engine, waits_no_longer_than_it_may_and_takes_leave) {
    TestMrcpServer server({.turn = Turn::Hangs});
    const auto engine = engine_at(server, 900ms);
    const Instant began = mono_now();
    const auto words = asked(*engine);
    ASSERT_FALSE(words);
    EXPECT_EQ(words.error().code, Errc::timed_out);
    EXPECT_LT(mono_now() - began, 5s);
    EXPECT_TRUE(server.sees([](const Seen& s) { return s.byes == 1 && s.stops == 1; }));
}

TEST(mrcp_asr_engine, a_server_without_answer_to_the_call_is_given_up) {
    TestMrcpServer server({.sip = ""});
    const auto engine = engine_at(server, 800ms);
    const auto words = asked(*engine);
    ASSERT_FALSE(words);
    EXPECT_EQ(words.error().code, Errc::timed_out);
}

TEST(mrcp_asr_engine, a_server_that_misbehaves_is_a_failure_and_the_call_is_ended) {
    struct Case {
        Manner manner;
        std::string note;
    };
    for (const Case& one :
         {Case{{.turn = Turn::LiesAboutLength}, "an impossible length"},
          Case{{.turn = Turn::Closes}, "the control channel ended"},
          Case{{.turn = Turn::Refuses}, "MRCP 407 to RECOGNIZE 004 grammar-load-failure"},
          Case{{.cause = "006 recognizer-error"}, "006 recognizer-error"},
          Case{{.codecs = "9"}, "no codec of ours"},
          Case{{.media_address = "10.1.2.3"}, "speech.allow"}}) {
        TestMrcpServer server(one.manner);
        const auto engine = engine_at(server);
        const auto words = asked(*engine);
        ASSERT_FALSE(words) << one.note;
        EXPECT_EQ(words.error().code, Errc::failed) << one.note;
        EXPECT_NE(words.error().note.find(one.note), std::string::npos) << words.error().note;
        EXPECT_TRUE(server.sees([](const Seen& s) { return s.byes == 1; })) << one.note;
    }
}

TEST(mrcp_asr_engine, a_sentence_longer_than_the_limit_is_not_sent) {
    TestMrcpServer server({});
    const auto engine = engine_at(server, 2s);
    const std::vector<std::int16_t> longest(16'000, 100);
    const auto words = engine->write_down({longest, mono_now() + 20s});
    ASSERT_FALSE(words);
    EXPECT_EQ(words.error().code, Errc::timed_out);
    EXPECT_EQ(server.seen().invites, 0);
    EXPECT_EQ(engine->breaker_state(), CircuitBreaker::State::Closed);
}

TEST(mrcp_asr_engine, settings_that_cannot_be_are_refused_in_words) {
    const auto refused = [](const std::string& url, const std::string& grammar = "builtin:a",
                            const std::string& language = "") {
        const auto made = MrcpAsrEngine::build(
            {.url = url, .grammar = grammar, .language = language}, [] { return ys::now(); });
        return made ? "" : made.error().note;
    };
    EXPECT_EQ(refused("sip:127.0.0.1:8060"), "");
    EXPECT_EQ(refused("http://127.0.0.1"), "speech.url of MRCP: it begins with sip:");
    for (const char* url :
         {"sip:", "sip:asr.example", "sip:0.0.0.0", "sip:127.0.0.1:0", "sip:127.0.0.1:65536",
          "sip:127.0.0.1:x", "sip:[::1", "sip:::1", "sip:a b@127.0.0.1", "sip:127.0.0.1;pace=0",
          "sip:127.0.0.1;pace=21", "sip:127.0.0.1;transport=tls", "sip:127.0.0.1\r\nX: y",
          "sip:[127.0.0.1]"})
        EXPECT_NE(refused(url).find("speech.url of MRCP: "), std::string::npos) << url;
    EXPECT_NE(refused("sip:127.0.0.1", "").find("speech.model"), std::string::npos);
    EXPECT_NE(refused("sip:127.0.0.1", "a:b\r\nX").find("speech.model"), std::string::npos);
    EXPECT_NE(refused("sip:127.0.0.1", "a:b", "zh CN").find("speech.language"), std::string::npos);
}

}  // namespace
}  // namespace ys::speech
