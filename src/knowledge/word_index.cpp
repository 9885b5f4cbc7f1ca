// SPDX-License-Identifier: Apache-2.0
#include "knowledge/word_index.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "base/panic.h"

namespace ys::knowledge {
namespace {

// How soon a word's repetitions stop counting, and how far long documents are held back.
constexpr float k1 = 1.2F, b = 0.75F;
/// A weight is a share of k1 + 1, which no word of a document reaches.
constexpr float weight_steps = 255.0F / (k1 + 1);
/// Below so many documents no word is common.
constexpr std::size_t few_documents = 1'000;

std::uint64_t key_of(std::string_view word) { return std::hash<std::string_view>{}(word); }

void pack(std::vector<std::uint8_t>& to, std::uint32_t value) {
    for (; value >= 0x80; value >>= 7) to.push_back(static_cast<std::uint8_t>(value & 0x7F));
    to.push_back(static_cast<std::uint8_t>(value | 0x80));
}

template <class Take>
void each_of(const std::vector<std::uint8_t>& packed, Take take) {
    DocumentNumber document = 0;
    for (const std::uint8_t *at = packed.data(), *end = at + packed.size(); at != end;) {
        std::uint32_t distance = 0;
        for (int shift = 0;; shift += 7) {
            const std::uint8_t byte = *at++;
            distance |= static_cast<std::uint32_t>(byte & 0x7F) << shift;
            if (byte & 0x80) break;
        }
        document += distance;
        take(document, *at++);
    }
}

}  // namespace

DocumentNumber WordIndex::put(std::span<const std::string> words) {
    const auto number = static_cast<DocumentNumber>(dropped_.size());
    dropped_.push_back(false);
    std::vector<std::uint64_t> keys;
    keys.reserve(words.size());
    for (const std::string& word : words) keys.push_back(key_of(word));
    std::ranges::sort(keys);
    const float held_back =
        k1 * (1 - b + b * static_cast<float>(words.size()) / std::max(1.0F, usual_length_));
    for (auto at = keys.begin(); at != keys.end();) {
        const auto next = std::upper_bound(at, keys.end(), *at);
        const auto times = static_cast<float>(next - at);
        const float weight = times * (k1 + 1) / (times + held_back);
        Postings& postings = by_word_[*at];
        pack(postings.packed, number - postings.last);
        postings.packed.push_back(
            static_cast<std::uint8_t>(std::clamp(std::round(weight * weight_steps), 1.0F, 255.0F)));
        postings.last = number;
        ++postings.documents;
        at = next;
    }
    return number;
}

void WordIndex::drop(DocumentNumber document) {
    YS_ASSERT(document < dropped_.size());
    dropped_[document] = true;
}

float WordIndex::rarity(std::uint32_t documents) const {
    const auto all = static_cast<float>(dropped_.size()), having = static_cast<float>(documents);
    return std::log(1 + (all - having + 0.5F) / (having + 0.5F));
}

std::vector<WordIndex::Asked> WordIndex::known(std::span<const std::string> words) const {
    std::unordered_map<std::uint64_t, float> times;
    for (const std::string& word : words) ++times[key_of(word)];
    std::vector<Asked> rare, all;
    // In the order of the words, or sums of the same numbers would differ in their last digit.
    for (const std::string& word : words) {
        const auto found = by_word_.find(key_of(word));
        const float often = std::exchange(times[key_of(word)], 0.0F);
        if (found == by_word_.end() || often <= 0) continue;
        const Asked asked{&found->second, often * rarity(found->second.documents)};
        all.push_back(asked);
        if (dropped_.size() < few_documents || found->second.documents < dropped_.size() / 4)
            rare.push_back(asked);
    }
    return rare.empty() ? all : rare;
}

float WordIndex::weight_of(std::span<const std::string> words) const {
    float sum = 0;
    for (const std::string& word : words) {
        const auto found = by_word_.find(key_of(word));
        sum += rarity(found == by_word_.end() ? 0 : found->second.documents);
    }
    return sum;
}

std::vector<Hit> WordIndex::best(std::span<const std::string> words, std::size_t n) const {
    std::vector<float> scores(dropped_.size(), 0.0F);
    for (const Asked& asked : known(words)) {
        const float step = asked.weight / weight_steps;
        each_of(asked.postings->packed, [&](DocumentNumber document, std::uint8_t weight) {
            scores[document] += step * weight;
        });
    }
    const auto is_better = [](const Hit& a, const Hit& other) {
        return a.score != other.score ? a.score > other.score : a.document < other.document;
    };
    std::vector<Hit> heap;  // The worst of the best in front.
    for (DocumentNumber document = 0; document < scores.size(); ++document) {
        const Hit hit{document, scores[document]};
        if (hit.score <= 0 || dropped_[document]) continue;
        if (heap.size() == n && (n == 0 || !is_better(hit, heap.front()))) continue;
        if (heap.size() == n) {
            std::ranges::pop_heap(heap, is_better);
            heap.pop_back();
        }
        heap.push_back(hit);
        std::ranges::push_heap(heap, is_better);
    }
    std::ranges::sort_heap(heap, is_better);
    return heap;
}

std::size_t WordIndex::bytes() const {
    std::size_t sum = dropped_.size() / 8;
    for (const auto& [key, postings] : by_word_)
        sum += sizeof(key) + sizeof(postings) + 2 * sizeof(void*) + postings.packed.capacity();
    return sum;
}

}  // namespace ys::knowledge
