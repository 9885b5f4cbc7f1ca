// SPDX-License-Identifier: Apache-2.0
// `yingsheng say TEXT --out FILE`: the sound a caller would hear of a sentence that is not
// recorded.
#pragma once

#include <string>

namespace ys::app {

struct SayFlags {
    std::string text;
    std::string out;  ///< WAV, A-law at 8 kHz
    std::string espeak = "/usr/bin/espeak-ng";
    bool is_slow = false;
};

int run_say(const SayFlags& flags);

}  // namespace ys::app
