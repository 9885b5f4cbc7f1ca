// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/question_reader.h"

#include <utility>

#include <opencc/SimpleConverter.hpp>

#include "base/text.h"
#include "platform/words/characters.h"
#include "platform/words/pinyin.h"
#include "platform/words/search_words.h"
#include "platform/words/word_cutter.h"

namespace ys::knowledge {
namespace {

/// Only characters: the tables of whole phrases also change simplified text, 程序 into 进程. By its
/// whole name, or a file of the working folder would come first.
constexpr const char* simplifying = "/usr/share/opencc/t2s.json";

/// Single things, and every two of them that stand side by side.
void add_with_pairs(const std::vector<std::string>& run, std::vector<std::string>& to) {
    for (std::size_t i = 0; i < run.size(); ++i) {
        to.push_back(run[i]);
        if (i + 1 < run.size()) to.push_back(run[i] + run[i + 1]);
    }
}

/// A character that nobody can read is itself: else all of them would sound alike.
std::string first_reading(char32_t han) {
    const auto readings = words::pinyin().of(han);
    return readings.empty() ? words::utf8(han) : readings.front() + " ";
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

std::vector<std::string> sounds_in(std::string_view text) { return signs_of(text, first_reading); }

struct QuestionReader::Tools {
    std::unique_ptr<words::WordCutter> cutter;
    opencc::SimpleConverter converter{simplifying};
    std::vector<Synonym> synonyms;

    /// Any bytes, as one script and one width.
    std::string plain(std::string_view text) const {
        // The converter reads over the end of a character that was cut off: cleaned first.
        const std::string clean = cleaned(text, QuestionReader::question_bytes_max);
        try {
            return words::plain_text(converter.Convert(clean));
        } catch (const std::exception&) {
            return words::plain_text(
                clean);  // Unsimplified it is still found by most of its words.
        }
    }
};

QuestionReader::QuestionReader(std::unique_ptr<Tools> tools) : tools_(std::move(tools)) {}
QuestionReader::~QuestionReader() = default;

Result<std::unique_ptr<QuestionReader>> QuestionReader::make(std::vector<Synonym> synonyms) {
    try {
        auto tools = std::make_unique<Tools>();
        std::vector<std::string> own_words;
        for (Synonym& each : synonyms) {
            each = {tools->plain(each.said), tools->plain(each.meant)};
            own_words.push_back(each.said);
            own_words.push_back(each.meant);
        }
        YS_TRY(tools->cutter, words::WordCutter::make(own_words));
        tools->synonyms = std::move(synonyms);
        words::learn_sounds();
        return std::unique_ptr<QuestionReader>(new QuestionReader(std::move(tools)));
    } catch (const std::exception&) {
        return Error{std::make_error_code(std::errc::no_such_file_or_directory),
                     "reading the tables of simplified characters (libopencc-data)"};
    }
}

QuestionWords QuestionReader::read(std::string_view text) const {
    std::string plain = tools_->plain(text);
    std::string meant;
    for (const Synonym& each : tools_->synonyms)
        if (plain.find(each.said) != std::string::npos) meant += " " + each.meant;
    plain += meant;
    return {.characters = characters_in(plain),
            .words = tools_->cutter->words_in(plain),
            .sounds = sounds_in(plain)};
}

}  // namespace ys::knowledge
