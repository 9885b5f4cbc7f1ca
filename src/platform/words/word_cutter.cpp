// SPDX-License-Identifier: Apache-2.0
#include "platform/words/word_cutter.h"

#include "platform/words/file_in_memory.h"

#include <cppjieba/MixSegment.hpp>

// The dictionary is part of the program: it is installed offline, and a file beside it can be lost.
// NOLINTNEXTLINE(hicpp-no-assembler)
asm(".section .rodata\n"
    ".balign 16\n"
    "ys_jieba_words: .incbin \"" YS_JIEBA
    "/jieba.dict.utf8\"\n"
    "ys_jieba_words_end:\n"
    "ys_jieba_model: .incbin \"" YS_JIEBA
    "/hmm_model.utf8\"\n"
    "ys_jieba_model_end:\n"
    ".previous\n");
extern "C" {
extern const char ys_jieba_words[], ys_jieba_words_end[];  // NOLINT(modernize-avoid-c-arrays)
extern const char ys_jieba_model[], ys_jieba_model_end[];  // NOLINT(modernize-avoid-c-arrays)
}

namespace ys::words {
namespace {

bool is_word(std::string_view text) {
    const auto first = static_cast<unsigned char>(text.front());
    // Chinese characters begin with E4 to E9 in UTF-8; full-width signs with E3 or EF.
    return (0xE4 <= first && first <= 0xE9) || ('0' <= first && first <= '9') ||
           ('a' <= first && first <= 'z') || ('A' <= first && first <= 'Z');
}

}  // namespace

struct WordCutter::Dictionary {
    Dictionary(const std::string& words_file, const std::string& model_file)
        : trie(words_file), model(model_file), cut(&trie, &model) {}
    cppjieba::DictTrie trie;
    cppjieba::HMMModel model;
    cppjieba::MixSegment cut;
};

WordCutter::WordCutter(std::unique_ptr<Dictionary> dictionary)
    : dictionary_(std::move(dictionary)) {}
WordCutter::~WordCutter() = default;

Result<std::unique_ptr<WordCutter>> WordCutter::make(const std::vector<std::string>& own_words) {
    const FileInMemory words_file({ys_jieba_words, ys_jieba_words_end});
    const FileInMemory model_file({ys_jieba_model, ys_jieba_model_end});
    if (!words_file.is_whole() || !model_file.is_whole())
        return Error{std::make_error_code(std::errc::not_enough_memory),
                     "reading the dictionary of words"};
    auto dictionary = std::make_unique<Dictionary>(words_file.name(), model_file.name());
    // A word that it does not take is cut like any other text.
    for (const std::string& word : own_words) dictionary->trie.InsertUserWord(word);
    return std::unique_ptr<WordCutter>(new WordCutter(std::move(dictionary)));
}

std::vector<std::string> WordCutter::words_in(std::string_view text) const {
    std::vector<std::string> words;
    dictionary_->cut.Cut(std::string(text), words);
    std::erase_if(words, [](const std::string& word) { return word.empty() || !is_word(word); });
    return words;
}

}  // namespace ys::words
