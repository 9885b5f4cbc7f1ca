// SPDX-License-Identifier: Apache-2.0
// The port for what turns text into speech: recordings put together, espeak-ng, a server.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace ys::speech {

/// The two paces that prompts are made at.
enum class Pace { Usual, Slow };

struct SpeechOrder {
    std::string text;  ///< as it is written; the engine makes words of numbers itself
    Pace pace = Pace::Usual;
    Instant until{};  ///< nobody waits longer
};

/// 16 bit, one channel, at the rate of the telephone.
struct Sound {
    static constexpr std::uint32_t sample_rate_hz = 8000;
    std::vector<std::int16_t> samples;
};

class TtsEngine {
public:
    virtual ~TtsEngine() = default;
    /// Which voice this is, with all that changes its sound but the order: part of a cache's key.
    virtual std::string voice() const = 0;
    /// Blocks until it is made: for a pool thread, never the control loop. May be called by many
    /// threads at once.
    /// errors  Errc; nothing_to_say and not_installed are reasons to ask the next engine
    virtual Result<Sound> say(const SpeechOrder& order) const = 0;
};

}  // namespace ys::speech
