// SPDX-License-Identifier: Apache-2.0
// A word and a sentence for each error of errc.h.
#include "knowledge/errc.h"

#include <array>
#include <string>

namespace ys::knowledge {
namespace {

struct Meaning {
    std::string_view word, sentence;
};
/// In the order of Errc.
constexpr std::array meanings{
    Meaning{"not_now", "The version is not in a state where this can be done."},
    Meaning{"nothing_open", "No version of the article is being written or read."},
    Meaning{"no_such_version", "There is no such version."},
    Meaning{"part_missing", "A part of the article is missing; the note names it."},
    Meaning{"part_too_long", "A part of the article is too long; the note names it."},
    Meaning{"already_expired", "It would have expired when it comes into force."},
    Meaning{"needs_second_person", "Nobody approves what they wrote themselves."},
    Meaning{"needs_words", "A reason is missing."},
    Meaning{"not_in_the_past", "Nothing comes into force in the past."},
    Meaning{"in_force_already", "The version has been said; another may take its place."},
    Meaning{"nothing_said", "The article says nothing at that time."},
    Meaning{"not_retiring", "The article is not to be retired."},
    Meaning{"enough_askings", "The matter has as many ways of asking as it can have."},
};
static_assert(meanings.size() == static_cast<std::size_t>(Errc::EnoughAskings));

const Meaning* find(int code) {
    if (code < 1 || code > static_cast<int>(meanings.size())) return nullptr;
    return &meanings[static_cast<std::size_t>(code - 1)];
}

struct Category final : std::error_category {
    const char* name() const noexcept override { return "knowledge"; }
    std::string message(int code) const override {
        const Meaning* meaning = find(code);
        return meaning ? std::string(meaning->sentence) : "Unknown error of knowledge.";
    }
};

}  // namespace

std::error_code make_error_code(Errc code) {
    static const Category category;
    return {static_cast<int>(code), category};
}

std::string_view word_of(std::error_code code) {
    const Meaning* meaning =
        code.category() == make_error_code(Errc::NotNow).category() ? find(code.value()) : nullptr;
    return meaning ? meaning->word : std::string_view{};
}

}  // namespace ys::knowledge
