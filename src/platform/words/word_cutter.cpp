// SPDX-License-Identifier: Apache-2.0
#include "platform/words/word_cutter.h"

#include <sys/mman.h>
#include <unistd.h>

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

/// cppjieba reads files by name only: a file in memory has one.
class FileInMemory {
public:
    FileInMemory(const char* begin, const char* end) : file_(memfd_create("words", MFD_CLOEXEC)) {
        std::size_t left = static_cast<std::size_t>(end - begin);
        while (file_ >= 0 && left > 0) {
            const ssize_t n = ::write(file_, end - left, left);
            if (n <= 0) break;
            left -= static_cast<std::size_t>(n);
        }
        is_whole_ = file_ >= 0 && left == 0;
    }
    ~FileInMemory() {
        if (file_ >= 0) ::close(file_);
    }
    FileInMemory(const FileInMemory&) = delete;
    FileInMemory& operator=(const FileInMemory&) = delete;
    bool is_whole() const { return is_whole_; }
    std::string name() const { return "/proc/self/fd/" + std::to_string(file_); }

private:
    int file_;
    bool is_whole_ = false;
};

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
    const FileInMemory words_file(ys_jieba_words, ys_jieba_words_end);
    const FileInMemory model_file(ys_jieba_model, ys_jieba_model_end);
    if (!words_file.is_whole() || !model_file.is_whole())
        return Error{std::make_error_code(std::errc::not_enough_memory),
                     "reading the dictionary of words"};
    auto dictionary = std::make_unique<Dictionary>(words_file.name(), model_file.name());
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
