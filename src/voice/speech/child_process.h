// SPDX-License-Identifier: Apache-2.0
// A program of somebody else's, run once: text in, bytes out, within limits.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace ys::speech {

struct ChildOrder {
    std::string program;                 ///< path; no shell and no search
    std::vector<std::string> arguments;  ///< without the program's own name
    std::string input;                   ///< what it reads from its standard input
    std::size_t output_bytes_max = 0;
    Instant until{};
};

/// Everything the program wrote before it ended with 0. It gets no descriptor but its three, no
/// environment but a locale. However this ends, the program and what it started are dead and
/// reaped.
/// errors  Errc::not_installed, timed_out, failed (another end, or more output than allowed)
Result<std::string> run_child(const ChildOrder& order);

}  // namespace ys::speech
