// SPDX-License-Identifier: Apache-2.0
// Sentences of a story as words.
#pragma once

#include <string>
#include <vector>

#include "base/text.h"
#include "base/time.h"

namespace ys::stories {

using Words = std::vector<std::string>;

inline std::string joined(const Words& w, std::size_t from) {
    std::string text;
    for (std::size_t i = from; i < w.size(); ++i) text += (text.empty() ? "" : " ") + w[i];
    return text;
}

inline std::int64_t number_of(const std::string& text) {
    const bool is_less = text.starts_with('-');
    const std::size_t from = is_less || text.starts_with('+') ? 1 : 0;
    const auto digits = text.substr(from, text.find_first_not_of("0123456789", from) - from);
    const auto n = static_cast<std::int64_t>(parse_number(digits).value_or(0));
    return is_less ? -n : n;
}

/// "15s" or "1500ms"; anything else is zero.
inline Millis wait_of(const std::string& text) {
    const std::int64_t n = number_of(text);
    return text.ends_with("ms") ? Millis{n} : Millis{n * 1000};
}

}  // namespace ys::stories
