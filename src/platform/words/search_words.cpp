// SPDX-License-Identifier: Apache-2.0
#include "platform/words/search_words.h"

#include <algorithm>
#include <set>

#include "platform/words/characters.h"
#include "platform/words/pinyin.h"

namespace ys::words {
namespace {

constexpr std::size_t words_max = 4'000, word_bytes_max = 32, number_digits_max = 6;
constexpr std::size_t initials_min = 2, initials_max = 4;

/// All initials of these characters; a character read in two ways has two.
std::vector<std::string> initials_of(std::u32string_view run) {
    std::vector<std::string> out{""};
    for (const char32_t c : run) {
        std::vector<std::string> longer;
        std::set<char> initials;
        for (const std::string& reading : pinyin().of(c)) initials.insert(reading.front());
        for (const std::string& so_far : out)
            for (const char initial : initials) longer.push_back(so_far + initial);
        out = std::move(longer);
    }
    return out;
}

void add_sound(std::u32string_view run, std::set<std::string>& words) {
    for (std::size_t i = 0; i < run.size(); ++i) {
        for (const std::string& first : pinyin().of(run[i])) {
            words.insert("p" + first);
            if (i + 1 == run.size()) continue;
            for (const std::string& second : pinyin().of(run[i + 1]))
                words.insert("p" + first + second);
        }
        for (std::size_t n = initials_min; n <= initials_max && i + n <= run.size(); ++n)
            for (const std::string& initials : initials_of(run.substr(i, n)))
                words.insert("i" + initials);
    }
}

void add_han(std::u32string_view run, Sound sound, std::set<std::string>& words) {
    for (std::size_t i = 0; i < run.size(); ++i) {
        words.insert(utf8(run[i]));
        if (i + 1 < run.size()) words.insert(utf8(run[i]) + utf8(run[i + 1]));
    }
    if (sound == Sound::Heard) add_sound(run, words);
}

/// How many characters from `at` are one number as people write it, with single spaces and lines
/// inside; `digits` says how many of them are digits.
std::size_t number_at(std::u32string_view text, std::size_t at, std::size_t& digits) {
    digits = 0;
    std::size_t end = at;
    for (std::size_t i = at; i < text.size(); ++i) {
        const bool joins =
            (text[i] == '-' || text[i] == ' ') && i + 1 < text.size() && is_digit(text[i + 1]);
        if (is_digit(text[i])) {
            ++digits;
            end = i + 1;
        } else if (!joins) {
            break;
        }
    }
    return end - at;
}

template <class Is>
std::u32string_view run_at(std::u32string_view text, std::size_t at, Is is) {
    std::size_t end = at;
    while (end < text.size() && is(text[end])) ++end;
    return text.substr(at, end - at);
}

std::string narrow(std::u32string_view run) {
    return {run.begin(),
            run.begin() + static_cast<std::ptrdiff_t>(std::min(run.size(), word_bytes_max))};
}

/// A run of digits of its own, or nothing when it belongs to a long number; moves past it.
std::string number_word(std::u32string_view text, std::size_t& at) {
    std::size_t digits = 0;
    const std::size_t whole = number_at(text, at, digits);
    if (digits > number_digits_max) {
        at += whole;
        return "";
    }
    const auto run = run_at(text, at, is_digit);
    at += run.size();
    return "w" + narrow(run);
}

SearchTerm term_of_letters(const std::string& letters) {
    SearchTerm term{{{"w" + letters}}};
    const auto syllables = syllables_of(letters);
    WordsOf sounds;
    if (syllables.size() == 1) sounds.push_back("p" + syllables[0]);
    for (std::size_t i = 0; i + 1 < syllables.size(); ++i)
        sounds.push_back("p" + syllables[i] + syllables[i + 1]);
    if (!sounds.empty()) term.any.push_back(std::move(sounds));
    WordsOf initials;
    if (letters.size() >= initials_min && letters.size() <= initials_max)
        initials.push_back("i" + letters);
    for (std::size_t i = 0; letters.size() > initials_max && i + initials_max <= letters.size();
         ++i)
        initials.push_back("i" + letters.substr(i, initials_max));
    if (!initials.empty()) term.any.push_back(std::move(initials));
    return term;
}

}  // namespace

void learn_sounds() { pinyin(); }

std::string initials_of_title(std::string_view title) {
    std::string out;
    for (const char32_t c : characters(title)) {
        if (is_letter(c) || is_digit(c)) out += static_cast<char>(c);
        if (is_han(c) && !pinyin().of(c).empty()) out += pinyin().of(c).front().front();
    }
    return out;
}

std::vector<std::string> syllables_of(std::string_view letters) {
    constexpr std::size_t longest = 6, letters_max = 64;
    if (letters.empty() || letters.size() > letters_max) return {};
    // From the end: how long the first syllable is when the rest from here is pinyin, 0 when not.
    std::vector<std::size_t> first(letters.size() + 1, 0);
    const auto can_end = [&](std::size_t at) { return at == letters.size() || first[at] > 0; };
    for (std::size_t at = letters.size(); at-- > 0;)
        for (std::size_t n = std::min(longest, letters.size() - at); n > 0 && first[at] == 0; --n)
            if (can_end(at + n) && pinyin().has(letters.substr(at, n))) first[at] = n;
    std::vector<std::string> out;
    for (std::size_t at = 0; at < letters.size(); at += first[at]) {
        if (first[at] == 0) return {};
        out.emplace_back(letters.substr(at, first[at]));
    }
    return out;
}

std::vector<std::string> words_of(std::string_view text, Sound sound) {
    const std::u32string all = characters(text);
    std::set<std::string> words;
    for (std::size_t at = 0; at < all.size() && words.size() < words_max;) {
        if (is_han(all[at])) {
            const auto run = run_at(all, at, is_han);
            add_han(run, sound, words);
            at += run.size();
        } else if (is_digit(all[at])) {
            if (const std::string word = number_word(all, at); !word.empty()) words.insert(word);
        } else if (is_letter(all[at])) {
            const auto run = run_at(all, at, is_letter);
            words.insert("w" + narrow(run));
            at += run.size();
        } else {
            ++at;
        }
    }
    return {words.begin(), words.end()};
}

std::vector<std::string> pieces_of(std::string_view sign) {
    constexpr std::size_t piece = 3;
    std::u32string kept;
    for (const char32_t c : characters(sign))
        if (is_han(c) || is_digit(c) || is_letter(c)) kept.push_back(c);
    const auto word = [](std::u32string_view run) {
        std::string out = "s";
        for (const char32_t c : run)
            out += is_han(c) ? utf8(c) : std::string(1, static_cast<char>(c));
        return out;
    };
    if (kept.empty()) return {};
    std::set<std::string> out;
    if (kept.size() < piece) out.insert(word(kept));
    for (std::size_t i = 0; i + piece <= kept.size() && i < words_max; ++i)
        out.insert(word(std::u32string_view(kept).substr(i, piece)));
    return {out.begin(), out.end()};
}

std::vector<SearchTerm> terms_of(std::string_view typed) {
    std::vector<SearchTerm> out;
    const std::u32string all = characters(typed);
    for (std::size_t at = 0; at < all.size();) {
        if (is_han(all[at])) {
            const auto run = run_at(all, at, is_han);
            WordsOf pairs;
            if (run.size() == 1) pairs.push_back(utf8(run[0]));
            for (std::size_t i = 0; i + 1 < run.size(); ++i)
                pairs.push_back(utf8(run[i]) + utf8(run[i + 1]));
            out.push_back({{std::move(pairs)}});
            at += run.size();
        } else if (is_digit(all[at])) {
            const std::string word = number_word(all, at);
            if (word.empty()) return {};
            out.push_back({{{word}, {"n" + word.substr(1)}}});
        } else if (is_letter(all[at])) {
            const auto run = run_at(all, at, is_letter);
            out.push_back(term_of_letters(narrow(run)));
            at += run.size();
        } else {
            ++at;
        }
    }
    return out;
}

}  // namespace ys::words
