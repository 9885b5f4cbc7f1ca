// SPDX-License-Identifier: Apache-2.0
// Live answers in the running house: the systems of the settings, and what a caller hears of them.
#include <algorithm>

#include <boost/describe/enum_from_string.hpp>

#include "app/business_systems.h"
#include "app/house.h"
#include "app/live_speech.h"
#include "app/speech_ear.h"
#include "app/voice_answers.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

/// "It cannot be seen right now", the words of said_answer.h, as a recording.
constexpr const char* not_seen_prompt = "live-not-seen";
/// There is an answer, and no voice to say it.
constexpr const char* not_said_prompt = "live-not-said";

}  // namespace

Result<Done> House::start_business_systems() {
    YS_TRY([[maybe_unused]] const Done opened, open_ear());
    live_speech_ = std::make_unique<LiveSpeech>(loop_);
    std::function<void(LegId, Millis, VoiceAnswers::Heard)> hear;
    if (ear_->is_set_up())
        hear = [this](LegId leg, Millis within, VoiceAnswers::Heard heard) {
            ear_->hear({.leg = leg, .nothing_after = within},
                       [heard = std::move(heard)](const Heard& what) {
                           const bool has_words = what.kind == Heard::Kind::Words;
                           heard(has_words ? std::optional(what.words) : std::nullopt);
                       });
        };
    voice_answers_ = std::make_unique<VoiceAnswers>(VoiceAnswers::Ports{.loop = loop_,
                                                                        .pool = pool_,
                                                                        .writer = *writer_,
                                                                        .answers = *answers_,
                                                                        .speech = *live_speech_,
                                                                        .hear = std::move(hear)});
    std::map<std::string, backoffice::SubjectKind> kinds_of;
    for (const ScenarioLive& live : scenario_.live) {
        backoffice::SubjectKind kind{};
        boost::describe::enum_from_string(live.kind.c_str(), kind);
        for (const std::string& matter : live.matters) kinds_of[matter] = kind;
    }
    YS_TRY(business_systems_,
           BusinessSystems::make({.loop = loop_,
                                  .writer = *writer_,
                                  .metrics = metrics_,
                                  .call_of =
                                      [this](UserId user) {
                                          const auto view =
                                              coordinator_->desk_view(AgentId{user.value});
                                          return view ? view->interaction : InteractionId{};
                                      },
                                  .kinds_of = std::move(kinds_of)},
                                 options_.settings.business_system));
    const auto kinds = business_systems_->kinds();
    for (const ScenarioLive& live : scenario_.live) {
        backoffice::SubjectKind kind{};
        boost::describe::enum_from_string(live.kind.c_str(), kind);
        if (std::ranges::find(kinds, kind) != kinds.end()) continue;
        log::warn("backoffice", "no_business_system", {{"kind", live.kind}});
        scenario_.say_at_start.push_back("没有接业务系统，查不到 " + live.kind +
                                         "，来电会转人工 (no [[business_system]] for it)");
    }
    return Done{};
}

/// What is recorded is played, what only this caller may hear is made for them.
void House::look_up_live(const interactions::LookUpLive& asked,
                         std::function<void(call::LiveSentence)> then) {
    api::LiveAsk ask;
    ask.centre = asked.centre;
    boost::describe::enum_from_string(asked.about.c_str(), ask.kind);
    ask.number = asked.number;
    ask.digits = Secret<std::string>{asked.digits};
    ask.channel = "keys";
    ask.call = asked.interaction;
    const auto pace = asked.is_slow ? speech::Pace::Slow : speech::Pace::Usual;
    business_systems_->look(
        std::move(ask), [this, pace, then = std::move(then)](api::LiveReply reply) mutable {
            const bool is_seen = reply.answer || reply.outcome == "not_checked";
            if (!is_seen) return then({{}, {not_seen_prompt}, true});
            live_speech_->say(reply.sentence, pace,
                              [offers = reply.is_person_offered,
                               then = std::move(then)](std::vector<std::int16_t> speech) {
                                  if (speech.empty()) return then({{}, {not_said_prompt}, true});
                                  then({std::move(speech), {}, offers});
                              });
        });
}

void House::ask_knowledge(const interactions::AskKnowledge& asked,
                          std::function<void(call::KnownSentence)> then) {
    voice_answers_->ask(asked, std::move(then));
}

}  // namespace ys::app
