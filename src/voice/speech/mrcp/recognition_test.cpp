// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/mrcp/recognition.h"

#include <gtest/gtest.h>

#include "voice/speech/errc.h"

namespace ys::speech {
namespace {

MrcpMessage complete(const std::string& cause) {
    return {.kind = MrcpMessage::Kind::Event,
            .name = "RECOGNITION-COMPLETE",
            .request = 1,
            .headers = {{"Completion-Cause", cause}, {"Content-Type", "application/nlsml+xml"}},
            .body =
                "<result><interpretation confidence='0.5'><input>好</input></interpretation>"
                "</result>"};
}

TEST(recognition, asks_with_a_grammar_a_language_and_a_limit) {
    const MrcpMessage asked = recognize_request(3, {.channel = "a@speechrecog",
                                                    .grammar = "builtin:speech/transcribe",
                                                    .language = "zh-CN",
                                                    .within = 5s});
    const auto read = parse_mrcp(format_mrcp(asked));
    ASSERT_TRUE(read) << read.error().note;
    EXPECT_EQ(read->name, "RECOGNIZE");
    EXPECT_EQ(read->request, 3U);
    EXPECT_EQ(read->header("Channel-Identifier"), "a@speechrecog");
    EXPECT_EQ(read->header("Content-Type"), "text/uri-list");
    EXPECT_EQ(read->header("Speech-Language"), "zh-CN");
    EXPECT_EQ(read->header("Recognition-Timeout"), "5000");
    EXPECT_EQ(read->header("Save-Waveform"), "false");
    EXPECT_EQ(read->body, "builtin:speech/transcribe\r\n");
    EXPECT_EQ(recognize_request(3, {}).header("Speech-Language"), "");
    EXPECT_EQ(stop_request(4, "a@speechrecog").header("Channel-Identifier"), "a@speechrecog");
}

TEST(recognition, every_completion_cause_has_its_meaning) {
    for (const char* cause : {"000 success", "008 success-maxtime", "000", "0 success"}) {
        const auto words = words_of_completion(complete(cause));
        ASSERT_TRUE(words) << cause;
        EXPECT_EQ(words->text, "好");
        EXPECT_EQ(words->certainty, 0.5);
    }
    for (const char* cause :
         {"001 no-match", "002 no-input-timeout", "003 hotword-maxtime", "007 speech-too-early",
          "013 partial-match", "014 partial-match-maxtime", "015 no-match-maxtime"}) {
        const auto words = words_of_completion(complete(cause));
        ASSERT_FALSE(words) << cause;
        EXPECT_EQ(words.error().code, Errc::not_understood) << cause;
    }
    for (const char* cause :
         {"004 grammar-load-failure", "005 grammar-compilation-failure", "006 recognizer-error",
          "009 uri-failure", "010 language-unsupported", "011 cancelled", "012 semantics-failure",
          "016 grammar-definition-failure", "017 x", "999999999999999999999", "-1", "",
          "success"}) {
        const auto words = words_of_completion(complete(cause));
        ASSERT_FALSE(words) << cause;
        EXPECT_EQ(words.error().code, Errc::failed) << cause;
    }
}

TEST(recognition, a_result_of_another_type_is_a_failure) {
    MrcpMessage event = complete("000 success");
    event.headers[1].second = "text/plain";
    EXPECT_EQ(words_of_completion(event).error().code, Errc::failed);
    event.headers[1].second = "application/x-nlsml;charset=utf-8";
    EXPECT_TRUE(words_of_completion(event));
}

TEST(recognition, only_a_request_under_way_is_begun) {
    const auto begun = [](int status, MrcpMessage::State state) {
        return static_cast<bool>(begun_by(
            {.kind = MrcpMessage::Kind::Response, .request = 1, .status = status, .state = state}));
    };
    EXPECT_TRUE(begun(200, MrcpMessage::State::InProgress));
    EXPECT_TRUE(begun(201, MrcpMessage::State::Pending));
    EXPECT_FALSE(begun(200, MrcpMessage::State::Complete));
    EXPECT_FALSE(begun(404, MrcpMessage::State::InProgress));
    EXPECT_FALSE(begun(501, MrcpMessage::State::Complete));
}

}  // namespace
}  // namespace ys::speech
