// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/question_reader.h"

#include <opencc/SimpleConverter.hpp>

#include "platform/words/characters.h"
#include "platform/words/pinyin.h"
#include "platform/words/word_cutter.h"

namespace ys::knowledge {
namespace {

/// Single things, and every two of them that stand side by side.
void add_with_pairs(const std::vector<std::string>& run, std::vector<std::string>& to) {
    for (std::size_t i = 0; i < run.size(); ++i) {
        to.push_back(run[i]);
        if (i + 1 < run.size()) to.push_back(run[i] + run[i + 1]);
    }
}

std::string first_reading(char32_t han) {
    const auto readings = words::pinyin().of(han);
    return readings.empty() ? "" : readings.front() + " ";
}

/// Runs of Chinese characters and Latin words: `one` makes of each what is indexed.
template <class One>
std::vector<std::string> signs_of(std::string_view text, One one) {
    std::vector<std::string> out, run;
    std::string latin;
    const auto end_latin = [&] {
        if (!latin.empty()) run.push_back(std::exchange(latin, {}) + " ");
    };
    for (const char32_t c : words::characters(text)) {
        if (words::is_letter(c) || words::is_digit(c)) {
            latin += static_cast<char>(c);
            continue;
        }
        end_latin();
        if (words::is_han(c)) {
            run.push_back(one(c));
            continue;
        }
        add_with_pairs(run, out);
        run.clear();
    }
    end_latin();
    add_with_pairs(run, out);
    return out;
}

}  // namespace

std::vector<std::string> characters_in(std::string_view text) {
    return signs_of(text, words::utf8);
}

struct QuestionReader::Tools {
    std::unique_ptr<words::WordCutter> cutter;
    opencc::SimpleConverter simplified{"tw2sp.json"};
    std::vector<Synonym> synonyms;
};

QuestionReader::QuestionReader(std::unique_ptr<Tools> tools) : tools_(std::move(tools)) {}
QuestionReader::~QuestionReader() = default;

Result<std::unique_ptr<QuestionReader>> QuestionReader::make(std::vector<Synonym> synonyms) {
    std::vector<std::string> own_words;
    for (const Synonym& each : synonyms) {
        own_words.push_back(each.said);
        own_words.push_back(each.meant);
    }
    YS_TRY(auto cutter, words::WordCutter::make(own_words));
    try {
        auto tools = std::make_unique<Tools>();
        tools->cutter = std::move(cutter);
        tools->synonyms = std::move(synonyms);
        return std::unique_ptr<QuestionReader>(new QuestionReader(std::move(tools)));
    } catch (const std::exception&) {
        return Error{std::make_error_code(std::errc::no_such_file_or_directory),
                     "reading the tables of simplified characters (libopencc-data)"};
    }
}

QuestionWords QuestionReader::read(std::string_view text) const {
    std::string plain = tools_->simplified.Convert(std::string(text));
    std::string meant;
    for (const Synonym& each : tools_->synonyms)
        if (plain.find(each.said) != std::string::npos) meant += " " + each.meant;
    plain += meant;
    QuestionWords out;
    out.words = tools_->cutter->words_in(plain);
    out.characters = characters_in(plain);
    out.sounds = signs_of(plain, first_reading);
    return out;
}

}  // namespace ys::knowledge
