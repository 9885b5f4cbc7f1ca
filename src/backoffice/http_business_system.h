// SPDX-License-Identifier: Apache-2.0
// A business system behind HTTP: one bounded JSON question, one answer within two seconds, and a
// breaker in front. README.md says what goes over the wire.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "backoffice/business_system.h"
#include "base/circuit_breaker.h"
#include "base/secret.h"
#include "platform/metrics/metrics.h"
#include "platform/web_client/web_client.h"

namespace ys::backoffice {

struct HttpSystemSettings {
    std::string name;  ///< for metrics and the log
    std::string url;   ///< "https://quota.example.org/live"; the paths are put behind it
    Secret<std::string> key;
    /// Networks it is reached in although they are not public; loopback is one of them.
    std::vector<std::string> allow;
    Seconds within{2};
    CircuitBreaker::Rules breaker{};
};

class HttpBusinessSystem final : public BusinessSystem {
public:
    /// clock   what it reads the time from
    /// errors  invalid_argument: no http or https URL, or no network
    static Result<std::unique_ptr<HttpBusinessSystem>> build(HttpSystemSettings settings,
                                                             metrics::Registry& registry,
                                                             std::function<Now()> clock);

    Looked look(const Question& question, Instant until) override;
    Result<bool> matches(const Subject& subject, std::string_view digits, Instant until) override;
    std::variant<std::vector<DocumentReady>, Trouble> ready_after(std::uint64_t seq) override;

    CircuitBreaker::State breaker_state() const;

private:
    HttpBusinessSystem(HttpSystemSettings settings, web_client::AddressGuard guard,
                       metrics::Registry& registry, std::function<Now()> clock);
    metrics::Counter& counter(metrics::Registry& registry, const char* outcome) const;
    /// One question through the breaker; `read` makes something of the body or says what is wrong.
    template <class T>
    std::variant<T, Trouble> ask(const char* path, std::string body, Instant until,
                                 const std::function<Result<T>(std::string_view, UtcTime)>& read);
    std::variant<std::string, Trouble> send(const char* path, std::string body,
                                            Millis within) const;
    void count(Trouble trouble);

    HttpSystemSettings settings_;
    web_client::AddressGuard guard_;
    std::function<Now()> clock_;
    metrics::Counter& answered_;
    metrics::Counter& slow_;
    metrics::Counter& down_;
    metrics::Counter& wrong_;
    metrics::Counter& stale_;
    metrics::Counter& resting_;
    mutable std::mutex mutex_;
    CircuitBreaker breaker_;
};

}  // namespace ys::backoffice
