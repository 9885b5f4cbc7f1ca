// SPDX-License-Identifier: Apache-2.0
// What comes after or instead of a person: the satisfaction question, a message, a last word.
#include <utility>

#include "interactions/desk_codes.h"
#include "interactions/inside.h"
#include "interactions/prompt_names.h"

namespace ys::interactions {
namespace {

constexpr int survey_rounds_max = 2;
constexpr Millis goodbye_max{20'000};
constexpr Millis voicemail_max{180'000};

}  // namespace

void Coordinator::Inside::on(const ToSurvey& c) {
    Call* call = talking_call(c.agent);
    if (call == nullptr) return;
    if (call->consult) return refuse(c.agent, codes::consult_first);
    end_hold(*call);
    set_secure(*call, false);
    state(*call, c.agent, facts::SurveyBegan{});
    move(*call, CallEvent::Rate);
    disarm(call->wait);
    while (!call->parties.empty()) release_party(*call, EndCause::Transferred);
    call->talked.stop(now.mono);
    ask_survey(*call);
}

void Coordinator::Inside::ask_survey(Call& call) {
    if (++call.survey_rounds > survey_rounds_max)
        return end_call(call, EndCause::Completed, "system");
    play(call, Playing::Survey, {std::string{prompts::survey}});
    // Replaced by ten seconds of waiting when the prompt has ended.
    arm(call.wait, {Wake::Wait, call.id, {}, {}}, goodbye_max + goodbye_max);
}

void Coordinator::Inside::survey_key(Call& call, char key) {
    if (key < '1' || key > '5') return;
    state(call, {}, facts::SurveyScored{key - '0'});
    say_goodbye(call, std::string{prompts::survey_thanks}, EndCause::Completed);
}

void Coordinator::Inside::say_goodbye(Call& call, std::string prompt, EndCause cause) {
    move(call, CallEvent::SayGoodbye);
    call.goodbye_cause = cause;
    if (prompt.empty()) return end_call(call, cause, "system");
    play(call, Playing::Goodbye, {std::move(prompt)});
    arm(call.wait, {Wake::Wait, call.id, {}, {}}, goodbye_max);
}

/// The flow has said what to do; a tone, then the citizen speaks until they hang up or press #.
void Coordinator::Inside::begin_voicemail(Call& call, std::vector<std::string> words) {
    move(call, CallEvent::LeaveMessage);
    words.emplace_back(prompts::beep);
    play(call, Playing::Beep, std::move(words));
    arm(call.wait, {Wake::Wait, call.id, {}, {}}, voicemail_max);
}

void Coordinator::Inside::end_message(Call& call, std::string_view who) {
    // Who left a message instead of waiting on is counted apart from who was led to one.
    end_call(call, call.first_arrival ? EndCause::LeftMessage : EndCause::SelfServed, who);
}

}  // namespace ys::interactions
