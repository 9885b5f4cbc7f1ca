// SPDX-License-Identifier: Apache-2.0
// What is to be said, as it grows: words, and never two pauses in a row.
#pragma once

#include <string>
#include <string_view>

namespace ys::ivr {

class SpeechText {
public:
    /// Words follow each other without a gap, but where a blank divided letters there is one.
    void say(std::u32string_view words);
    void say(char32_t c) { say(std::u32string_view(&c, 1)); }
    void blank() { blank_ = true; }
    /// Of two pauses the longer stays. None at the beginning.
    void pause(char32_t mark);

    /// Without the short pauses at the end.
    std::u32string whole() &&;

private:
    std::u32string text_;
    bool blank_ = false;
};

}  // namespace ys::ivr
