// SPDX-License-Identifier: Apache-2.0
// Which documents have these words, best first: BM25 in memory.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace ys::knowledge {

/// A place in an index, counted from 0 in the order of `put`.
using DocumentNumber = std::uint32_t;

struct Hit {
    DocumentNumber document = 0;
    float score = 0;
};

/// What is put is found by the next search. May be searched by many threads while none puts.
///
/// source  S. Robertson, H. Zaragoza: The Probabilistic Relevance Framework: BM25 and Beyond, 2009
class WordIndex {
public:
    /// usual_length  words of a document, on the average; how much longer ones are held back.
    /// What a document weighs is kept in a byte, so it does not move with later ones.
    explicit WordIndex(float usual_length) : usual_length_(usual_length) {}

    DocumentNumber put(std::span<const std::string> words);
    /// It is found no more; its number is not given again and its room not given back: who drops
    /// much makes a new index now and then.
    void drop(DocumentNumber document);

    /// At most `n`, best first, of equal ones the older. A word asked for twice counts twice.
    /// From a thousand documents on, words that a quarter of all has are asked only when there are
    /// no others.
    std::vector<Hit> best(std::span<const std::string> words, std::size_t n) const;

    /// How much the index knows of these words: the sum of what each can weigh. What it never saw
    /// counts as its rarest word.
    float weight_of(std::span<const std::string> words) const;

    std::size_t size() const { return dropped_.size(); }
    std::size_t bytes() const;  ///< of memory, nearly

private:
    /// Documents of one word, each as the distance from the one before (7 bits a byte, the last has
    /// the high bit) and its weight.
    struct Postings {
        std::vector<std::uint8_t> packed;
        DocumentNumber last = 0;
        std::uint32_t documents = 0;
    };
    struct Asked {
        const Postings* postings;
        float weight;
    };
    float rarity(std::uint32_t documents) const;
    std::vector<Asked> known(std::span<const std::string> words) const;

    float usual_length_;
    std::unordered_map<std::uint64_t, Postings> by_word_;
    std::vector<bool> dropped_;
};

}  // namespace ys::knowledge
