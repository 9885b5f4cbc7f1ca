// SPDX-License-Identifier: Apache-2.0
// Against a server on a real socket that behaves well, badly or not at all.
#include "voice/speech/http_asr_engine.h"

#include <array>
#include <cmath>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/clock.h"
#include "voice/speech/errc.h"
#include "voice/speech/wav_of.h"

namespace ys::speech {
namespace {

std::string http(int status, const std::string& body) {
    return "HTTP/1.1 " + std::to_string(status) +
           " X\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

/// Answers one request after another with what stands in the list; "" never answers.
class Server {
public:
    explicit Server(std::deque<std::string> says) : says_(std::move(says)) {
        listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in at{};
        at.sin_family = AF_INET;
        at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
        EXPECT_EQ(::listen(listener_, 4), 0);
        socklen_t size = sizeof at;
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size);
        port_ = ntohs(at.sin_port);
        thread_ = std::thread([this] { serve(); });
    }
    ~Server() {
        ::shutdown(listener_, SHUT_RDWR);
        thread_.join();
        ::close(listener_);
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
    std::vector<std::string> heard() {
        const std::lock_guard guard(lock_);
        return heard_;
    }

private:
    void serve() {
        while (!says_.empty()) {
            const int peer = ::accept(listener_, nullptr, nullptr);
            if (peer < 0) return;
            std::string request;
            std::array<char, 65536> piece{};
            while (!request.ends_with("--\r\n")) {
                const ssize_t got = ::recv(peer, piece.data(), piece.size(), 0);
                if (got <= 0) break;
                request.append(piece.data(), static_cast<std::size_t>(got));
            }
            {
                const std::lock_guard guard(lock_);
                heard_.push_back(std::move(request));
            }
            const std::string& said = says_.front();
            if (said.empty()) {
                while (::recv(peer, piece.data(), piece.size(), 0) > 0) continue;
            } else {
                (void)::send(peer, said.data(), said.size(), MSG_NOSIGNAL);
            }
            ::close(peer);
            says_.pop_front();
        }
    }
    std::deque<std::string> says_;
    std::mutex lock_;
    std::vector<std::string> heard_;
    int listener_ = -1;
    int port_ = 0;
    std::thread thread_;
};

std::unique_ptr<HttpAsrEngine> engine_at(const Server& server, Millis within = 3s) {
    auto made = HttpAsrEngine::build({.url = server.url(),
                                      .key = Secret<std::string>{"key-of-sixteen-characters"},
                                      .model = "whisper-1",
                                      .allow = {"127.0.0.0/8"},
                                      .within = within},
                                     [] { return ys::now(); });
    EXPECT_TRUE(made);
    return *std::move(made);
}

const std::vector<std::int16_t> sound(8000, 321);

Result<SpokenWords> asked(HttpAsrEngine& engine) {
    return engine.write_down({sound, mono_now() + 10s});
}

TEST(http_asr_engine, sends_the_sound_as_a_form_and_reads_words_and_certainty) {
    Server server({http(200, R"({"text":" 公积金怎么提取？\n","segments":[
        {"avg_logprob":-0.1,"no_speech_prob":0.0},{"avg_logprob":-0.3,"no_speech_prob":0.5}]})")});
    const auto engine = engine_at(server);
    const auto words = asked(*engine);
    ASSERT_TRUE(words) << words.error().note;
    EXPECT_EQ(words->text, "公积金怎么提取？");
    EXPECT_NEAR(words->certainty.value_or(0), (std::exp(-0.1) + std::exp(-0.3) / 2) / 2, 1e-6);
    const std::string request = server.heard().at(0);
    EXPECT_TRUE(request.starts_with("POST /v1/audio/transcriptions HTTP/1.1\r\n"));
    EXPECT_NE(request.find("Authorization: Bearer key-of-sixteen-characters\r\n"),
              std::string::npos);
    EXPECT_NE(request.find("name=\"model\"\r\n\r\nwhisper-1\r\n"), std::string::npos);
    EXPECT_NE(request.find("name=\"language\"\r\n\r\nzh\r\n"), std::string::npos);
    EXPECT_NE(request.find("Content-Type: audio/wav\r\n\r\n" + wav_of(sound) + "\r\n--"),
              std::string::npos);
}

TEST(http_asr_engine, a_model_that_gives_text_only_is_asked_for_no_more) {
    Server server({http(400, R"({"error":"response_format"})"), http(200, R"({"text":"是"})"),
                   http(200, R"({"text":"不是"})")});
    const auto engine = engine_at(server);
    const auto first = asked(*engine);
    ASSERT_TRUE(first) << first.error().note;
    EXPECT_EQ(first->text, "是");
    EXPECT_FALSE(first->certainty);
    ASSERT_TRUE(asked(*engine));
    const auto heard = server.heard();
    ASSERT_EQ(heard.size(), 3U);
    EXPECT_NE(heard[0].find("verbose_json"), std::string::npos);
    EXPECT_EQ(heard[2].find("verbose_json"), std::string::npos);
}

TEST(http_asr_engine, waits_no_longer_than_it_may) {
    Server server({""});
    const auto engine = engine_at(server, 400ms);
    const Instant began = mono_now();
    const auto words = asked(*engine);
    ASSERT_FALSE(words);
    EXPECT_EQ(words.error().code, Errc::timed_out);
    EXPECT_LT(mono_now() - began, 3s);
}

TEST(http_asr_engine, a_server_that_fails_three_times_is_left_alone) {
    Server server({http(500, "no"), http(500, "no"), http(500, "no")});
    const auto engine = engine_at(server);
    for (int i = 0; i < 3; ++i) {
        const auto words = asked(*engine);
        ASSERT_FALSE(words);
        EXPECT_EQ(words.error().code, Errc::failed);
    }
    EXPECT_EQ(engine->breaker_state(), CircuitBreaker::State::Open);
    const auto words = asked(*engine);
    ASSERT_FALSE(words);
    EXPECT_EQ(words.error().code, Errc::resting);
    EXPECT_EQ(server.heard().size(), 3U);
}

TEST(http_asr_engine, no_words_are_no_failure_of_the_server) {
    Server server({http(200, R"({"text":""})"), http(200, R"({"text":"  "})"),
                   http(200, R"({"text":""})"), http(200, R"({"text":"好"})")});
    const auto engine = engine_at(server);
    for (int i = 0; i < 3; ++i) {
        const auto words = asked(*engine);
        ASSERT_FALSE(words);
        EXPECT_EQ(words.error().code, Errc::not_understood);
    }
    EXPECT_TRUE(asked(*engine));
}

TEST(http_asr_engine, reads_hostile_answers_with_care) {
    for (const char* body : {"", "no json", "[]", R"({"txt":"a"})", R"({"text":7})",
                             R"({"text":null})", "[[[[[[[[[[[[[[[["}) {
        const auto words = words_of_answer(body);
        ASSERT_FALSE(words) << body;
        EXPECT_EQ(words.error().code, Errc::failed) << body;
    }
    const auto strange =
        words_of_answer(R"({"text":"ab\u0000\u202ec","segments":[{"avg_logprob":"x"}]})");
    ASSERT_TRUE(strange);
    EXPECT_FALSE(strange->certainty);
    EXPECT_EQ(strange->text.find('\0'), std::string::npos);
    const auto sure = words_of_answer(R"({"text":"好","segments":[{"avg_logprob":7}]})");
    ASSERT_TRUE(sure);
    EXPECT_EQ(sure->certainty, 1.0);
    const auto longest = words_of_answer("{\"text\":\"" + std::string(50'000, 'a') + "\"}");
    ASSERT_TRUE(longest);
    EXPECT_LE(longest->text.size(), AsrEngine::text_bytes_max);
    Server server({http(200, "{\"text\":\"" + std::string(100'000, 'a') + "\"}")});
    const auto engine = engine_at(server);
    EXPECT_FALSE(asked(*engine)) << "an answer without end";
}

TEST(http_asr_engine, settings_that_cannot_be_are_refused_in_words) {
    const auto build = [](HttpAsrSettings settings) {
        return HttpAsrEngine::build(std::move(settings), [] { return ys::now(); });
    };
    EXPECT_FALSE(build({.url = "ftp://x", .model = "m"}));
    EXPECT_FALSE(build({.url = "http://x", .model = ""}));
    EXPECT_FALSE(build({.url = "http://x", .model = "m", .allow = {"no network"}}));
    const auto inside = build({.url = "http://127.0.0.1:9", .model = "m"});
    ASSERT_TRUE(inside);
    EXPECT_FALSE(asked(**inside)) << "loopback was not allowed";
}

}  // namespace
}  // namespace ys::speech
