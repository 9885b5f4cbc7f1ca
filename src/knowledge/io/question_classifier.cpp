// SPDX-License-Identifier: Apache-2.0
#include "knowledge/io/question_classifier.h"

#include <sstream>

#include <fasttext/fasttext.h>

#include "base/text.h"
#include "platform/words/file_in_memory.h"

namespace ys::knowledge {
namespace {

constexpr std::string_view label = "__label__";

/// One line as fastText reads it: a word of one view is not that of another.
std::string line_of(const QuestionWords& question) {
    std::string line;
    const auto add = [&](char view, const std::vector<std::string>& words) {
        for (const std::string& word : words) {
            line += view;
            for (const char c : word) line += c == ' ' ? '_' : c;
            line += ' ';
        }
    };
    add('c', question.characters);
    add('w', question.words);
    add('s', question.sounds);
    return line;
}

fasttext::Args how_to_learn(const std::string& lines) {
    fasttext::Args args;
    args.input = lines;
    args.model = fasttext::model_name::sup;
    args.loss = fasttext::loss_name::softmax;
    args.lr = 1.0;
    args.dim = 64;
    args.epoch = 20;
    args.minCount = 1;
    args.minn = args.maxn = 0;  // The words come cut.
    args.wordNgrams = 1;
    args.bucket = 0;
    args.thread = 1;  // More would not give the same twice.
    args.verbose = 0;
    return args;
}

}  // namespace

QuestionClassifier::QuestionClassifier(std::unique_ptr<fasttext::FastText> learnt)
    : learnt_(std::move(learnt)) {}
QuestionClassifier::~QuestionClassifier() = default;

Result<std::unique_ptr<QuestionClassifier>> QuestionClassifier::learn(
    const std::vector<Asking>& askings) {
    const Error failed{std::make_error_code(std::errc::io_error), "learning from ways of asking"};
    std::string lines;
    for (const Asking& asking : askings)
        lines +=
            std::string(label) + std::to_string(asking.matter) + ' ' + line_of(asking.words) + '\n';
    const words::FileInMemory file(lines);
    if (!file.is_whole() || askings.empty()) return failed;
    try {
        auto learnt = std::make_unique<fasttext::FastText>();
        learnt->train(how_to_learn(file.name()));
        return std::unique_ptr<QuestionClassifier>(new QuestionClassifier(std::move(learnt)));
    } catch (const std::exception&) {
        return failed;
    }
}

std::vector<Guess> QuestionClassifier::guess(const QuestionWords& question, std::size_t n) const {
    if (n == 0) return {};
    std::istringstream line(line_of(question) + '\n');
    std::vector<std::pair<fasttext::real, std::string>> found;
    std::vector<Guess> out;
    try {
        if (!learnt_->predictLine(line, found, static_cast<std::int32_t>(n), 0.0F)) return {};
    } catch (const std::exception&) {
        return {};  // One opinion less; the others decide.
    }
    for (const auto& [chance, name] : found)
        if (const auto matter = parse_number(std::string_view(name).substr(label.size())))
            out.push_back({static_cast<std::uint32_t>(*matter), chance});
    return out;
}

}  // namespace ys::knowledge
