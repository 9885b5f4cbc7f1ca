// SPDX-License-Identifier: Apache-2.0
#include "outreach/stop_word.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace ys::outreach {
namespace {

constexpr std::array<std::string_view, 6> stop_words{"td",   "t",        "退订",
                                                     "stop", "不要发了", "取消短信"};
constexpr std::array<std::string_view, 4> resume_words{"hf", "恢复", "恢复短信", "start"};
constexpr std::array<std::string_view, 7> around{" ", "。", ".", "！", "!", "\"", "　"};

std::string bare(std::string_view message) {
    std::string_view text = trimmed(message);
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view each : around) {
            if (text.starts_with(each)) text.remove_prefix(each.size()), again = true;
            if (text.ends_with(each)) text.remove_suffix(each.size()), again = true;
        }
    }
    return lowered(text);
}

}  // namespace

Wish wish_of(std::string_view message) {
    constexpr std::size_t longest_bytes = 64;
    if (message.size() > longest_bytes) return Wish::None;
    const std::string word = bare(message);
    if (std::ranges::find(stop_words, word) != stop_words.end()) return Wish::Stop;
    if (std::ranges::find(resume_words, word) != resume_words.end()) return Wish::Resume;
    return Wish::None;
}

}  // namespace ys::outreach
