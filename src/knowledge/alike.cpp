// SPDX-License-Identifier: Apache-2.0
#include "knowledge/alike.h"

#include <algorithm>

namespace ys::knowledge {
namespace {

using Words = std::vector<std::string>;

Words as_a_set(Words words) {
    std::ranges::sort(words);
    const auto twice = std::ranges::unique(words);
    words.erase(twice.begin(), twice.end());
    return words;
}

float overlap(const Words& a, const Words& b) {
    if (a.empty() || b.empty()) return 0;
    Words both;
    std::ranges::set_intersection(a, b, std::back_inserter(both));
    const auto shared = static_cast<float>(both.size());
    return shared / (static_cast<float>(a.size() + b.size()) - shared);
}

}  // namespace

Shape shape_of(const QuestionWords& words) {
    return {as_a_set(words.characters), as_a_set(words.sounds)};
}

float alike(const Shape& a, const Shape& b) {
    return std::max(overlap(a.characters, b.characters), overlap(a.sounds, b.sounds));
}

}  // namespace ys::knowledge
