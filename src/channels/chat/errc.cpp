// SPDX-License-Identifier: Apache-2.0
// A word and a sentence for each error of errc.h.
#include "channels/chat/errc.h"

#include <array>
#include <string>

namespace ys::chat {
namespace {

struct Meaning {
    std::string_view word, sentence;
};
/// In the order of Errc.
constexpr std::array meanings{
    Meaning{"not_now", "The conversation is not in a state where this can be done."},
    Meaning{"has_ended", "The conversation has ended."},
    Meaning{"text_missing", "A message needs words."},
    Meaning{"text_too_long", "The message is too long."},
    Meaning{"key_unfit", "A message needs a key of 1 to 64 bytes from who sends it."},
    Meaning{"too_fast", "Messages come faster than anybody can read them."},
    Meaning{"too_many_messages", "The conversation has as many messages as it can hold."},
    Meaning{"not_yours", "Another agent has the conversation, or nobody."},
    Meaning{"article_not_said", "This version of the article is not in force."},
    Meaning{"contact_too_long", "The contact is too long."},
    Meaning{"rating_unfit", "A rating is 1 to 5, with a bounded text."},
    Meaning{"rated_already", "The conversation was rated already."},
    Meaning{"no_such_conversation", "There is no such conversation."},
    Meaning{"there_already", "There is a conversation of this number already."},
    Meaning{"too_many_conversations", "As many conversations are open as can be."},
    Meaning{"no_such_agent", "The agent does not take chats now."},
    Meaning{"agent_full", "The agent has as many conversations as they take at once."},
    Meaning{"capacity_unfit", "An agent takes 1 to 5 conversations at once."},
    Meaning{"word_unfit", "A guarded word is empty or too long; the note names its place."},
    Meaning{"too_many_words", "The list of guarded words is too long."},
    Meaning{"passed_to_own", "The agent serves that queue, too."},
    Meaning{"queue_closed", "That queue is closed now."},
    Meaning{"nobody_there", "Nobody takes conversations of that queue now."},
};
static_assert(meanings.size() == static_cast<std::size_t>(Errc::NobodyThere));

const Meaning* find(int code) {
    if (code < 1 || code > static_cast<int>(meanings.size())) return nullptr;
    return &meanings[static_cast<std::size_t>(code - 1)];
}

struct Category final : std::error_category {
    const char* name() const noexcept override { return "chat"; }
    std::string message(int code) const override {
        const Meaning* meaning = find(code);
        return meaning ? std::string(meaning->sentence) : "Unknown error of a chat.";
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

}  // namespace ys::chat
