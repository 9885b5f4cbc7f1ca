// SPDX-License-Identifier: Apache-2.0
// The port for what turns speech into text: a server, a library with a model, a stand-in for tests.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace ys::speech {

struct AsrOrder {
    std::span<const std::int16_t> samples;  ///< of the telephone: 8 kHz, one channel
    Instant until{};                        ///< nobody waits longer
};

struct SpokenWords {
    std::string text;                 ///< UTF-8, cleaned, one line, never empty
    std::optional<double> certainty;  ///< 0..1; none when the recogniser does not say
};

class AsrEngine {
public:
    static constexpr std::size_t text_bytes_max = 600;

    virtual ~AsrEngine() = default;
    /// For operators: which kind, which model.
    virtual std::string name() const = 0;
    /// Blocks until it is written down: for a pool thread, never the control loop. May be called by
    /// many threads at once. Nothing of it is kept or logged.
    /// errors  Errc: not_understood is the speaker's, the others are the recogniser's
    virtual Result<SpokenWords> write_down(const AsrOrder& order) = 0;
};

}  // namespace ys::speech
