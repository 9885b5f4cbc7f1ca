// SPDX-License-Identifier: Apache-2.0
// Whether one more call may be built: decided from a few numbers, before anything is built.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/time.h"

namespace ys::sip {

/// Lets `rate` things a second pass, and `burst` at once.
class TokenBucket {
public:
    TokenBucket() = default;
    TokenBucket(double rate, double burst) : rate_(rate), burst_(burst), level_(burst) {}
    /// Takes one token if more than `reserve` are there.
    bool take(Instant now, double reserve = 0);
    bool full(Instant now) const;

private:
    double filled(Instant now) const;
    double rate_ = 0;
    double burst_ = 0;
    double level_ = 0;
    Instant last_{};
};

/// How late the house is with what came before.
struct Backlog {
    Millis network{0};   ///< what waits in the socket, as time
    Millis unheeded{0};  ///< age of the oldest call the house has not begun with
    std::size_t calls = 0;
};

class Admission {
public:
    struct Limits {
        std::size_t calls_max = 4000;
        double invites_per_s_max = 0;  ///< 0: only delay decides
        double source_invites_per_s_max = 50;
        std::size_t source_calls_max = 2000;
        Millis network_delay_max{50};
        Millis unheeded_max{100};
    };
    /// What a trunk's calls may be late, against those of others: they are refused last. All of it
    /// together stays far below the 500 ms after which a caller's side sends again (RFC 3261 T1):
    /// an overload that makes everybody repeat themselves feeds itself.
    static constexpr double trunk_patience = 1.4;
    /// A quarter of the rate is kept for trunks: a flood from elsewhere cannot silence them.
    static constexpr double trunk_share = 0.25;
    static constexpr std::size_t sources_max = 20'000;

    explicit Admission(Limits limits);

    enum class Door { Open, Overload, SourceLimit };
    /// Decides about one INVITE and, when it may pass, counts it.
    Door decide(Instant now, const std::string& source, bool trunk, const Backlog& backlog);

    void call_began(const std::string& source);
    void call_ended(const std::string& source);

    /// Seconds for Retry-After: 5 to 30, spread so that the refused do not come back together.
    int retry_after_s();

    void drain() { draining_ = true; }

private:
    struct SourceState {
        TokenBucket bucket;
        std::size_t calls = 0;
    };
    SourceState& state_of(Instant now, const std::string& source);

    Limits limits_;
    TokenBucket all_;
    std::unordered_map<std::string, SourceState> sources_;
    std::uint32_t refusals_ = 0;
    std::atomic<bool> draining_{false};  ///< set by any thread, read on the SIP thread
};

}  // namespace ys::sip
