// SPDX-License-Identifier: Apache-2.0
#include "channels/chat/word_guard.h"

#include <algorithm>

namespace ys::chat {
namespace {

struct Piece {
    char32_t character = 0;  ///< as it is compared; 0: it does not count
    std::size_t at = 0, bytes = 0;
};

/// RFC 3629; bytes that are not UTF-8 are U+FFFD, one each.
Piece piece_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(at);
    if (first < 0x80) return {first, at, 1};
    const Piece bad{0xFFFD, at, 1};
    const std::size_t n = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() - at < n) return bad;
    char32_t code = first & (0xFFu >> (n + 1));
    for (std::size_t i = 1; i < n; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) return bad;
        code = (code << 6) | (byte(at + i) & 0x3Fu);
    }
    return {code, at, n};
}

bool is_between(char32_t c, char32_t first, char32_t last) { return first <= c && c <= last; }

/// Shows nothing, stands on another character, or is what is put between two to hide a word.
bool does_not_count(char32_t c) {
    constexpr std::u32string_view fillers = U" \u00A0\u00AD\u00B7\u180E\u3000\uFEFF\uFFA0*.-_|~^+";
    return c < 0x20 || c == 0x7F || fillers.find(c) != std::u32string_view::npos ||
           is_between(c, 0x80, 0x9F) || is_between(c, 0x0300, 0x036F) ||
           is_between(c, 0x2000, 0x200F) || is_between(c, 0x2028, 0x202F) ||
           is_between(c, 0x205F, 0x206F) || is_between(c, 0xFE00, 0xFE0F) ||
           is_between(c, 0xE0000, 0xE01FF);
}

/// One width, small letters; 0 for what does not count.
char32_t normal(char32_t c) {
    if (is_between(c, 0xFF01, 0xFF5E)) c -= 0xFEE0;
    if (is_between(c, U'A', U'Z')) c += U'a' - U'A';
    return does_not_count(c) ? 0 : c;
}

bool is_letter(char32_t c) { return is_between(c, U'a', U'z') || is_between(c, U'0', U'9'); }

std::vector<Piece> pieces_of(std::string_view text) {
    std::vector<Piece> out;
    for (std::size_t at = 0; at < text.size();) {
        Piece piece = piece_at(text, at);
        at += piece.bytes;
        piece.character = normal(piece.character);
        out.push_back(piece);
    }
    return out;
}

constexpr std::uint64_t key_of(std::uint32_t node, char32_t character) {
    return (static_cast<std::uint64_t>(node) << 32) | character;
}

}  // namespace

std::u32string characters_that_count(std::string_view text) {
    std::u32string out;
    for (const Piece& piece : pieces_of(text))
        if (piece.character != 0) out += piece.character;
    return out;
}

Result<WordGuard> WordGuard::make(const std::vector<std::string>& words) {
    if (words.size() > words_max)
        return Error{Errc::TooManyWords, "reading the list of guarded words"};
    WordGuard made;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::u32string characters = characters_that_count(words[i]);
        if (characters.empty() || characters.size() > word_characters_max)
            return Error{Errc::WordUnfit, std::to_string(i + 1)};
        made.words_.push_back({words[i], static_cast<std::uint32_t>(characters.size()),
                               is_letter(characters.front()), is_letter(characters.back())});
        made.add({characters.begin(), characters.end()},
                 static_cast<std::uint32_t>(made.words_.size()));
    }
    made.link();
    return made;
}

void WordGuard::add(const std::vector<char32_t>& characters, std::uint32_t word) {
    std::uint32_t node = 0;
    for (const char32_t character : characters) {
        const auto next = static_cast<std::uint32_t>(nodes_.size());
        const auto [there, is_new] = children_.try_emplace(key_of(node, character), next);
        if (is_new) nodes_.emplace_back();
        node = there->second;
    }
    if (nodes_[node].word == 0) nodes_[node].word = word;
}

std::uint32_t WordGuard::child(std::uint32_t node, char32_t character) const {
    const auto found = children_.find(key_of(node, character));
    return found == children_.end() ? 0 : found->second;
}

std::uint32_t WordGuard::step(std::uint32_t node, char32_t character) const {
    for (;;) {
        if (const std::uint32_t next = child(node, character)) return next;
        if (node == 0) return 0;
        node = nodes_[node].fallback;
    }
}

/// Nearer nodes first: the fallback of a node is nearer to the root than the node.
void WordGuard::link() {
    struct Edge {
        std::uint32_t from, to;
        char32_t character;
    };
    std::vector<std::vector<Edge>> edges(nodes_.size());
    for (const auto& [key, to] : children_)
        edges[key >> 32].push_back(
            {static_cast<std::uint32_t>(key >> 32), to, static_cast<char32_t>(key & 0xFFFFFFFF)});
    std::vector<Edge> row = edges[0];
    for (std::size_t i = 0; i < row.size(); ++i) {
        const Edge edge = row[i];
        Node& node = nodes_[edge.to];
        if (edge.from != 0) node.fallback = step(nodes_[edge.from].fallback, edge.character);
        const Node& below = nodes_[node.fallback];
        node.shorter = below.word != 0 ? node.fallback : below.shorter;
        row.insert(row.end(), edges[edge.to].begin(), edges[edge.to].end());
    }
}

WordGuard::Guarded WordGuard::check(std::string_view text) const {
    Guarded out{std::string(text), {}};
    if (words_.empty()) return out;
    std::vector<Piece> all = pieces_of(text);
    std::vector<std::size_t> counting;  // places in `all`
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].character != 0) counting.push_back(i);

    // Whether a letter stands right before or behind, with nothing between.
    const auto touches = [&](std::size_t one, std::size_t other) {
        return other == one + 1 && is_letter(all[one].character) && is_letter(all[other].character);
    };
    std::vector<bool> is_hidden(all.size(), false);
    std::vector<bool> was_named(words_.size(), false);
    std::uint32_t node = 0;
    for (std::size_t i = 0; i < counting.size(); ++i) {
        node = step(node, all[counting[i]].character);
        std::uint32_t at = nodes_[node].word != 0 ? node : nodes_[node].shorter;
        for (; at != 0; at = nodes_[at].shorter) {
            const std::uint32_t number = nodes_[at].word - 1;
            const Word& word = words_[number];
            const std::size_t begin = counting[i + 1 - word.length], end = counting[i];
            if (word.is_bound_before && begin > 0 && touches(begin - 1, begin)) continue;
            if (word.is_bound_behind && end + 1 < all.size() && touches(end, end + 1)) continue;
            for (std::size_t k = begin; k <= end; ++k) is_hidden[k] = true;
            if (!was_named[number]) out.words.push_back(word.text);
            was_named[number] = true;
        }
    }
    if (out.is_clean()) return out;
    out.shown.clear();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!is_hidden[i]) out.shown += text.substr(all[i].at, all[i].bytes);
        if (is_hidden[i] && all[i].character != 0) out.shown += '*';
    }
    return out;
}

}  // namespace ys::chat
