// SPDX-License-Identifier: Apache-2.0
#include "app/voice_answers.h"

#include <algorithm>
#include <span>

#include <boost/asio/post.hpp>

#include "knowledge/io/matter_store.h"
#include "platform/clock.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

/// Three, and a key for none of them.
constexpr std::size_t choices_max = 3;

std::size_t choices_of(const knowledge::RobotTurn& turn) {
    const bool asks = turn.certainty == "confirm" || turn.certainty == "choose";
    return asks && !turn.said ? std::min(turn.choices.size(), choices_max) : 0;
}

constexpr std::string_view before_person[] = {"请", "麻烦", "我", "要", "想", "帮", "给", "转",
                                              "接", "找",   "到", "个", "，", "。", " "};
constexpr std::string_view after_person[] = {"服务", "客服", "坐席", "谢谢", "吧",
                                             "了",   "，",   "。",   " "};
constexpr std::string_view persons[] = {"人工", "真人", "客服", "坐席", "接线员", "人"};

/// Takes the first of `words` that `text` begins with.
bool cut_one(std::string_view& text, std::span<const std::string_view> words) {
    const auto word = std::ranges::find_if(words, [&](auto w) { return text.starts_with(w); });
    if (word == words.end()) return false;
    text.remove_prefix(word->size());
    return true;
}

bool is_person(std::string_view words) {
    if (!cut_one(words, persons)) return false;
    while (cut_one(words, after_person)) {
    }
    return words.empty();
}

}  // namespace

bool asks_for_person(std::string_view words) {
    while (!is_person(words))
        if (!cut_one(words, before_person)) return false;
    return true;
}

std::string in_speech(const knowledge::RobotTurn& turn) {
    if (turn.said) {
        const knowledge::ArticleContent& c = turn.said->version.content;
        const std::string& text = c.texts[static_cast<std::size_t>(knowledge::Audience::Voice)];
        return text.empty() ? c.statement : text;
    }
    const std::size_t n = choices_of(turn);
    if (n == 0) return {};
    std::string out = turn.certainty == "confirm" ? "为了您的安全，先和您确认一下。您说的是："
                                                  : "您是想问下面哪一件？";
    for (std::size_t i = 0; i < n; ++i)
        out += turn.choices[i].title + "，请按" + std::to_string(i + 1) + "。";
    return out + "都不是，请按" + std::to_string(n + 1) + "。要人工，请按0。";
}

void VoiceAnswers::ask(const interactions::AskKnowledge& asked, Then then) {
    std::string matter = asked.matter;
    if (asked.choice > 0) {
        const auto known = choices_.extract(asked.interaction);
        const auto which = static_cast<std::size_t>(asked.choice) - 1;
        if (known && which < known.mapped().size()) matter = known.mapped()[which];
    }
    if (!matter.empty()) return think(asked, {}, std::move(matter), std::move(then));
    if (!ports_.hear || asked.choice > 0)
        return ports_.loop.post([then = std::move(then)] { then({}); });
    ports_.hear(asked.leg, asked.within,
                [this, alive = is_alive_, asked,
                 then = std::move(then)](std::optional<std::string> words) mutable {
                    if (!*alive) return;
                    if (!words || words->empty()) return then({});
                    if (asks_for_person(*words)) return then({.wants_person = true});
                    think(asked, *std::move(words), {}, std::move(then));
                });
}

void VoiceAnswers::think(const interactions::AskKnowledge& asked, std::string words,
                         std::string matter, Then then) {
    const std::string_view channel = asked.matter.empty() ? "speech" : "keys";
    ports_.pool.post([this, alive = is_alive_, asked, words = std::move(words),
                      matter = std::move(matter), channel, then = std::move(then),
                      answers = &ports_.answers, loop = &ports_.loop]() mutable {
        auto turn =
            knowledge::robot_turn(*answers, words, matter, asked.centre, utc_now(), channel);
        loop->post([this, alive, asked, turn = std::move(turn), then = std::move(then)]() mutable {
            if (*alive) tell(asked, turn, std::move(then));
        });
    });
}

/// The question goes to the gaps and figures beside it: a caller does not wait for a disk.
void VoiceAnswers::tell(const interactions::AskKnowledge& asked, const knowledge::RobotTurn& turn,
                        Then then) {
    if (turn.certainty != "learning")
        ports_.writer.submit_soon(
            [row = turn.row, call = asked.interaction](sql::Transaction& tx) -> Result<Done> {
                YS_TRY([[maybe_unused]] const auto noted,
                       knowledge::MatterStore::note(tx, row, call));
                return Done{};
            },
            [](const Result<Done>& done) {
                if (!done) log::error("voice", "question_not_kept", done.error());
            });
    const std::size_t n = choices_of(turn);
    std::string text = in_speech(turn);
    if (text.empty()) return then({});
    if (n > 0) {
        if (choices_.size() >= asked_max) choices_.erase(choices_.begin());
        auto& codes = choices_[asked.interaction];
        codes.clear();
        for (std::size_t i = 0; i < n; ++i) codes.push_back(turn.choices[i].code);
    }
    ports_.speech.say(
        std::move(text), asked.is_slow ? speech::Pace::Slow : speech::Pace::Usual,
        [n, then = std::move(then)](std::vector<std::int16_t> sound) {
            if (sound.empty()) return then({});
            then({.speech = std::move(sound), .prompts = {}, .choices = static_cast<int>(n)});
        });
}

}  // namespace ys::app
