// SPDX-License-Identifier: Apache-2.0
#include "ivr/reading/speech_text.h"

#include "ivr/reading/code_points.h"

namespace ys::ivr {
namespace {

constexpr std::u32string_view pauses = U"、，：；。！？";
constexpr std::size_t first_long = 4;  ///< 。 and what is after it end a sentence

}  // namespace

void SpeechText::say(std::u32string_view words) {
    if (words.empty()) return;
    const auto runs_on = [](char32_t c) { return !is_han(c) && pauses.find(c) == pauses.npos; };
    if (blank_ && !text_.empty() && runs_on(text_.back()) && runs_on(words.front())) text_ += U' ';
    blank_ = false;
    text_ += words;
}

void SpeechText::pause(char32_t mark) {
    blank_ = false;
    if (text_.empty()) return;
    const auto before = pauses.find(text_.back());
    if (before == pauses.npos)
        text_ += mark;
    else if (before < first_long && before < pauses.find(mark))
        text_.back() = mark;
}

std::u32string SpeechText::whole() && {
    while (!text_.empty() && pauses.find(text_.back()) < first_long) text_.pop_back();
    return std::move(text_);
}

}  // namespace ys::ivr
