// SPDX-License-Identifier: Apache-2.0
// Which matter a question means: by its words in three readings and by what was learnt, together;
// and whether to answer, to ask back, or to say that it was not understood.
#pragma once

#include <cstdint>
#include <vector>

#include "knowledge/question_words.h"
#include "knowledge/word_index.h"

namespace ys::knowledge {

/// One way of asking for the matter of this place. The place behind the last matter is for what is
/// none of the hotline's business.
struct Asking {
    std::uint32_t matter = 0;
    QuestionWords words;
};

/// What a classifier that learnt from the askings says.
struct Guess {
    std::uint32_t matter = 0;
    float chance = 0;  ///< 0 to 1; of all matters together 1, also when none is meant
};

struct Meant {
    std::uint32_t matter = 0;
    float score = 0;  ///< 0 to 1, nearly
};

enum class Certainty : std::uint8_t {
    Sure,     ///< one choice: answer
    Confirm,  ///< one choice that may be an emergency: "您是说…吗?", never without being asked
    Choose,   ///< up to three: "您是想问…"
    Unknown,  ///< no choice: say so, and offer a person
};

struct Understood {
    Certainty certainty = Certainty::Unknown;
    std::vector<Meant> choices{};
    float sureness = 0;  ///< score of the first, and twice how far it is ahead of the second
};

/// How much each opinion counts; found by five-fold trial on the askings alone. What was learnt is
/// sure of everything it says, so it counts little, and by the root of its chance.
struct Opinions {
    float characters = 1.0F, words = 0.15F, sounds = 0.7F, learnt = 0.185F;
};

/// From where on it answers, and below what it gives up; tests/questions says how right they are,
/// and how right such limits are on questions that did not help to find them.
struct Limits {
    float sure = 0.69F;        ///< least sureness to answer by itself
    float understood = 0.08F;  ///< least score to ask back, that of nobody's business taken off
    float nobodys = 1.5F;      ///< how heavily that is taken off
    /// Shares of the first's score. From `danger` on what can hurt people is asked about, however
    /// sure something else is; below `worth_asking` a choice is none.
    float danger = 0.5F, worth_asking = 0.3F;
};

class QuestionMatcher {
public:
    static constexpr std::size_t choices_max = 3;

    /// is_safety  of each matter: what can hurt people when it is mistaken
    QuestionMatcher(std::vector<bool> is_safety, const std::vector<Asking>& askings,
                    Opinions opinions = {}, Limits limits = {});

    /// Every matter, the likeliest first; what is none of the hotline's business may be among them.
    std::vector<Meant> ranked(const QuestionWords& question,
                              const std::vector<Guess>& guesses) const;

    Understood understood(const QuestionWords& question, const std::vector<Guess>& guesses) const;

private:
    using Reading = std::vector<std::string> QuestionWords::*;
    struct View {
        Reading reading;
        float counts;
        WordIndex index;  ///< of each matter's askings together
    };
    View view_of(Reading reading, float counts, const std::vector<Asking>& askings) const;
    void add_opinion(const View& view, const QuestionWords& question,
                     std::vector<float>& scores) const;

    /// Something that can hurt people is among the choices behind the first.
    bool is_danger_near(const std::vector<Meant>& ranked) const;

    std::vector<bool> is_safety_;
    Opinions opinions_;
    Limits limits_;
    std::vector<View> views_;
};

}  // namespace ys::knowledge
