// SPDX-License-Identifier: Apache-2.0
// To get one thing done: a few questions, then the personal list. The same for the citizen's page
// and for who has the citizen on the line, who is told what to say besides.
#include "api/answer.h"
#include "api/life_view.h"
#include "api/problem.h"
#include "api/route_lists.h"
#include "base/text.h"
#include "knowledge/agent_guide.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

constexpr std::size_t codes_max = 40;

struct GuideQuestionView {
    std::string code, ask;
    std::vector<knowledge::LifeChoice> choices;
    std::string answer;
};
BOOST_DESCRIBE_STRUCT(GuideQuestionView, (), (code, ask, choices, answer))
struct GuideSourceView {
    std::string service, matter;
    knowledge::ArticleId article_id;
    std::uint32_t version = 0;
};
BOOST_DESCRIBE_STRUCT(GuideSourceView, (), (service, matter, article_id, version))
struct GuideView {
    std::vector<GuideQuestionView> questions;  ///< asked so far, and the next
    std::vector<std::string> say;              ///< once everything is known
    std::vector<GuideSourceView> sources;      ///< of what is said
    LifeTurnView turn;
};
BOOST_DESCRIBE_STRUCT(GuideView, (), (questions, say, sources, turn))

Task<http::Response> events(Api& api, Call&) {
    std::vector<LifeEventLine> out;
    if (const auto* book = api.ports().life_events)
        for (const knowledge::LifeEvent& each : book->events())
            out.push_back({each.code, each.title, each.questions.size()});
    co_return answer_with_page(out);
}

/// errors  bad_field
Result<LifeForm> form_in(const Call& call) {
    YS_TRY(LifeForm form, body_of<LifeForm>(call));
    if (form.answers.size() > codes_max) return refused("bad_field:answers", RefusedAs::Unfit);
    if (form.ready.size() > codes_max) return refused("bad_field:ready", RefusedAs::Unfit);
    return form;
}

std::string event_in(const Call& call) {
    return cleaned(call.request.param("code"), knowledge::life_code_bytes_max);
}

Task<http::Response> step(Api& api, Call& call) {
    if (!call.request.header("content-type").starts_with("application/json"))
        co_return refused("bad_request", RefusedAs::Unfit);
    if (!api.question_pace().take(mono_now(), call.request.remote_address))
        co_return problem_response({429, "too_many_tries", {}, 60s}, call.language);
    YS_CO_TRY(LifeForm form, form_in(call));
    YS_CO_TRY(const LifeTurn turn, co_await life_turn_now(api, event_in(call), std::move(form)));
    co_return answer_with(turn.view).with("Cache-Control", "no-store");
}

Task<http::Response> guide(Api& api, Call& call) {
    YS_CO_TRY(LifeForm form, form_in(call));
    YS_CO_TRY(LifeTurn turn, co_await life_turn_now(api, event_in(call), std::move(form)));
    GuideView out;
    const knowledge::AgentGuide made = knowledge::agent_guide(*turn.event, turn.state, turn.pins);
    for (const knowledge::GuideQuestion& each : made.questions)
        out.questions.push_back({each.code, each.ask, each.choices, each.answer});
    out.say = made.say;
    for (const knowledge::GuideSource& each : made.sources)
        out.sources.push_back({each.service, each.matter, each.pin.article, each.pin.version});
    out.turn = std::move(turn.view);
    co_return answer_with(out);
}

}  // namespace

std::vector<Route> life_event_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/citizen/life-events",
         .summary = "What one can be helped to get done, step by step.",
         .access = Access::Public,
         .handler = events,
         .gives = page_schema_for<LifeEventLine>},
        {.method = "POST",
         .pattern = "/api/v1/citizen/life-events/{code}",
         .summary = "By what was answered: the next question, or the personal list.",
         .access = Access::Public,
         .handler = step,
         .takes = schema_for<LifeForm>,
         .gives = schema_for<LifeTurnView>},
        {.method = "POST",
         .pattern = "/api/v1/life-events/{code}/guide",
         .summary = "The same for who has the citizen on the line: what to ask, what to say.",
         .access = Access::Right,
         .action = centres::Action::SeeKnowledge,
         .handler = guide,
         .takes = schema_for<LifeForm>,
         .gives = schema_for<GuideView>},
    };
}

}  // namespace ys::api
