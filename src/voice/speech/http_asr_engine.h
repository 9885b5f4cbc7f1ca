// SPDX-License-Identifier: Apache-2.0
// A recogniser behind the OpenAI-compatible POST /v1/audio/transcriptions, which cloud services and
// servers of one's own (whisper.cpp, FunASR, vLLM …) speak alike. A breaker stands in front.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/circuit_breaker.h"
#include "base/secret.h"
#include "platform/web_client/web_client.h"
#include "voice/speech/asr_engine.h"

namespace ys::speech {

struct HttpAsrSettings {
    std::string url;  ///< "https://asr.example.org"; "/v1/audio/transcriptions" is put behind it
    Secret<std::string> key{};
    std::string model;
    std::string language = "zh";
    /// Networks it is reached in although they are not public; loopback is one of them.
    std::vector<std::string> allow{};
    Millis within{5'000};
    CircuitBreaker::Rules breaker{};
};

class HttpAsrEngine final : public AsrEngine {
public:
    static constexpr std::size_t answer_max_bytes = 64 * 1024;

    /// clock   what it reads the time from
    /// errors  invalid_argument, in words an operator can act on
    static Result<std::unique_ptr<HttpAsrEngine>> build(HttpAsrSettings settings,
                                                        std::function<Now()> clock);
    std::string name() const override;
    Result<SpokenWords> write_down(const AsrOrder& order) override;
    CircuitBreaker::State breaker_state() const;

private:
    HttpAsrEngine(HttpAsrSettings settings, web_client::AddressGuard guard,
                  std::function<Now()> clock);
    Result<web_client::WebAnswer> send(const AsrOrder& order, bool with_details,
                                       Millis within) const;
    Result<SpokenWords> ask(const AsrOrder& order, Instant until);

    HttpAsrSettings settings_;
    web_client::AddressGuard guard_;
    std::function<Now()> clock_;
    /// Some models give text only and refuse to be asked for more; then they are not asked again.
    std::atomic<bool> has_details_{true};
    mutable std::mutex mutex_;
    CircuitBreaker breaker_;
};

/// What a server's JSON says: "text" and, of a detailed answer, how sure the segments are.
/// errors  Errc::failed (no such JSON), Errc::not_understood (no words in it)
Result<SpokenWords> words_of_answer(std::string_view body);

}  // namespace ys::speech
