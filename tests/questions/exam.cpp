// SPDX-License-Identifier: Apache-2.0
#include "exam.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "base/dice.h"
#include "base/panic.h"
#include "platform/words/characters.h"
#include "platform/words/pinyin.h"

namespace ys::knowledge::testing {
namespace {

template <class T>
T must(Result<T> result) {
    YS_ASSERT(bool(result));
    return *std::move(result);
}

/// Characters that people use, by sound: those of all questions and askings.
const std::map<std::string, std::u32string>& same_sounds() {
    static const auto it = [] {
        std::set<char32_t> used;
        for (const char* name : hotlines) {
            const Hotline hotline = hotline_of(name);
            for (const HeldOut& each : hotline.held_out)
                for (const char32_t c : words::characters(each.question)) used.insert(c);
            for (const Matter& matter : hotline.matters)
                for (const std::string& asking : matter.askings)
                    for (const char32_t c : words::characters(asking)) used.insert(c);
        }
        std::map<std::string, std::u32string> out;
        for (const char32_t c : used)
            if (const auto readings = words::pinyin().of(c); !readings.empty())
                out[readings.front()] += c;
        return out;
    }();
    return it;
}

}  // namespace

Exam::Exam(const std::string& hotline, Opinions opinions, Limits limits)
    : hotline_(hotline_of(hotline)), reader_(must(QuestionReader::make(hotline_.synonyms))) {
    std::vector<Asking> askings;
    std::vector<bool> is_safety;
    for (std::uint32_t i = 0; i < hotline_.matters.size(); ++i) {
        const Matter& matter = hotline_.matters[i];
        is_safety.push_back(matter.is_safety);
        askings.push_back({i, reader_->read(matter.title)});
        askings.push_back({i, reader_->read(matter.scope)});
        for (const std::string& asking : matter.askings)
            askings.push_back({i, reader_->read(asking)});
    }
    for (const std::string& other : other_askings())
        askings.push_back({nobodys(), reader_->read(other)});
    const auto begin = std::chrono::steady_clock::now();
    classifier_ = must(QuestionClassifier::learn(askings));
    learnt_in_s_ = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    matcher_ = std::make_unique<QuestionMatcher>(is_safety, askings, opinions, limits);
}

std::vector<Meant> Exam::ranked(const std::string& question) const {
    const QuestionWords words = reader_->read(question);
    return matcher_->ranked(words, classifier_->guess(words, nobodys() + 1));
}

Understood Exam::understood(const std::string& question) const {
    const QuestionWords words = reader_->read(question);
    return matcher_->understood(words, classifier_->guess(words, nobodys() + 1));
}

std::string misheard(const std::string& question, unsigned share, std::uint64_t seed) {
    if (share == 0) return question;
    Dice dice{seed};
    std::string out;
    for (const char32_t c : words::characters(question)) {
        if (!words::is_han(c)) {
            out += c < 0x80 ? static_cast<char>(c) : ' ';
            continue;
        }
        const auto readings = words::pinyin().of(c);
        char32_t heard = c;
        if (!readings.empty() && dice.below(100) < share) {
            std::u32string alike = same_sounds().at(readings.front());
            std::erase(alike, c);
            if (!alike.empty()) heard = alike[dice.below(alike.size())];
        }
        out += words::utf8(heard);
    }
    return out;
}

}  // namespace ys::knowledge::testing
