// SPDX-License-Identifier: Apache-2.0
// Questions: agents look for what to say, citizens ask the robot. What a citizen is told is kept
// first, with the version of the article it stands in.
#include <algorithm>

#include "api/answer.h"
#include "api/api.h"
#include "api/article_view.h"
#include "api/live_answer_port.h"
#include "api/problem.h"
#include "base/text.h"
#include "knowledge/io/answer_book.h"
#include "knowledge/io/matter_store.h"
#include "knowledge/io/question_reader.h"
#include "knowledge/io/robot.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using knowledge::Heard;
using knowledge::MatterRow;
using knowledge::Said;

constexpr std::size_t code_bytes_max = 60, found_max = 8;
constexpr std::size_t question_bytes_max = knowledge::QuestionReader::question_bytes_max;

struct ChoiceView {
    std::string matter, title;
    bool is_safety = false;
};
BOOST_DESCRIBE_STRUCT(ChoiceView, (), (matter, title, is_safety))
struct FoundView {
    knowledge::ArticleId article_id;
    std::uint32_t version = 0;
    std::string matter, title, statement;
    std::string text;  ///< for the agent
    std::vector<std::string> materials, steps, regions;
    std::string transfer, source;
    std::optional<UtcTime> valid_until;
    std::string citizen_text;
};
BOOST_DESCRIBE_STRUCT(FoundView, (),
                      (article_id, version, matter, title, statement, text, materials, steps,
                       regions, transfer, source, valid_until, citizen_text))
struct AnswersView {
    std::string certainty;  ///< "sure" "confirm" "choose" "unknown"; "learning": ask again soon
    std::vector<ChoiceView> choices;
    std::vector<FoundView> found;  ///< what is sure first, then what has the words
};
BOOST_DESCRIBE_STRUCT(AnswersView, (), (certainty, choices, found))
struct QuestionForm {
    std::string text;
    std::string matter;  ///< a choice that was picked or confirmed; then there is no text
};
BOOST_DESCRIBE_STRUCT(QuestionForm, (), (text, matter))
struct CitizenAnswer {
    knowledge::ArticleId article_id;
    std::uint32_t version = 0;
    std::string title, statement, text;
    std::vector<std::string> materials, steps, regions;
    std::string transfer, source;
    std::optional<UtcTime> valid_until;
    UtcTime as_of;
};
BOOST_DESCRIBE_STRUCT(CitizenAnswer, (),
                      (article_id, version, title, statement, text, materials, steps, regions,
                       transfer, source, valid_until, as_of))
struct RobotView {
    std::string certainty;  ///< as of AnswersView; "chosen" for a picked matter
    std::vector<ChoiceView> choices;
    std::optional<CitizenAnswer> answer;
    bool offer_person = false;  ///< there is nothing to say, or nothing was understood
    /// What can be looked at right now for this question; None for nothing.
    backoffice::SubjectKind live = backoffice::SubjectKind::None;
    std::string telephone;
};
BOOST_DESCRIBE_STRUCT(RobotView, (), (certainty, choices, answer, offer_person, live, telephone))

std::vector<ChoiceView> choices_of(const std::vector<MatterRow>& choices) {
    std::vector<ChoiceView> out;
    for (const MatterRow& each : choices) out.push_back({each.code, each.title, each.is_safety});
    return out;
}

const std::string& text_for(const Said& said, knowledge::Audience audience) {
    return said.version.content.texts[static_cast<std::size_t>(audience)];
}

FoundView view_of(const Said& said) {
    const knowledge::ArticleContent& c = said.version.content;
    return {said.id,
            said.version.number,
            said.matter,
            c.title,
            c.statement,
            text_for(said, knowledge::Audience::Agent),
            c.materials,
            c.steps,
            c.regions,
            c.transfer,
            c.source,
            c.valid_until,
            text_for(said, knowledge::Audience::Citizen)};
}

CitizenAnswer answer_of(const Said& said, UtcTime now) {
    const knowledge::ArticleContent& c = said.version.content;
    return {said.id,
            said.version.number,
            c.title,
            c.statement,
            text_for(said, knowledge::Audience::Citizen),
            c.materials,
            c.steps,
            c.regions,
            c.transfer,
            c.source,
            c.valid_until,
            now};
}

AnswersView look_up(knowledge::AnswerBook& book, const std::string& text, const Scope& scope,
                    UtcTime now) {
    const Heard heard = book.hear(text, scope);
    AnswersView out{knowledge::word_of(heard), choices_of(heard.choices), {}};
    const auto add = [&](const Said& said) {
        const bool is_there =
            std::ranges::find(out.found, said.id, &FoundView::article_id) != out.found.end();
        if (!is_there && out.found.size() < found_max) out.found.push_back(view_of(said));
    };
    for (const MatterRow& each : heard.choices)
        for (const Said& said : book.about(each.code, scope, now)) add(said);
    for (const Said& said : book.find(text, scope, now, found_max)) add(said);
    return out;
}

Task<http::Response> answers(Api& api, Call& call) {
    const std::string text(trimmed(cleaned(call.request.argument("q"), question_bytes_max)));
    if (text.empty()) {
        const AnswersView nothing{"unknown", {}, {}};
        co_return answer_with(nothing);
    }
    auto work = [&api, text, scope = readable(api, call.user()), now = utc_now()] {
        return look_up(api.ports().answers, text, scope, now);
    };
    const AnswersView view = co_await api.ports().pool.run(work);
    co_return answer_with(view);
}

/// What is asked without a centre is asked of the head.
/// matter  "" or one that is there; what is asked by name is kept, so no other name may come
/// errors  bad_field
Result<CentreId> centre_asked(sql::Database& db, const std::string& matter) {
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    const auto head = std::ranges::find(centres, CentreId{}, &centres::CentreRow::parent_id);
    if (head == centres.end()) return refused("not_found", RefusedAs::NotFound);
    if (matter.empty()) return head->id;
    YS_TRY(const auto known, knowledge::MatterStore::find(db, Scope::of(head->id), matter));
    if (!known) return refused("bad_field:matter", RefusedAs::Unfit);
    return head->id;
}

RobotView view_of(const knowledge::RobotTurn& turn, UtcTime now, std::string telephone) {
    RobotView out{.certainty = turn.certainty,
                  .choices = choices_of(turn.choices),
                  .answer = {},
                  .offer_person = turn.offers_person,
                  .telephone = std::move(telephone)};
    if (turn.said) out.answer = answer_of(*turn.said, now);
    return out;
}

Task<http::Response> ask(Api& api, Call& call) {
    if (!call.request.header("content-type").starts_with("application/json"))
        co_return refused("bad_request", RefusedAs::Unfit);
    if (!api.question_pace().take(mono_now(), call.request.remote_address))
        co_return problem_response({429, "too_many_tries", {}, 60s}, call.language);
    YS_CO_TRY(const QuestionForm form, body_of<QuestionForm>(call));
    YS_CO_TRY(const std::string text,
              form_text(form.text, question_bytes_max, "text", Lines::Many));
    const std::string matter = cleaned(form.matter, code_bytes_max);
    if (trimmed(text).empty() && matter.empty())
        co_return refused("bad_field:text", RefusedAs::Unfit);
    auto look = [matter](sql::Database& db) { return centre_asked(db, matter); };
    YS_CO_TRY(const CentreId centre, co_await api.stores().read(look));
    const UtcTime now = utc_now();
    auto think = [&api, text, matter, centre, now] {
        return knowledge::robot_turn(api.ports().answers, text, matter, centre, now, "page");
    };
    const knowledge::RobotTurn turn = co_await api.ports().pool.run(think);
    if (turn.certainty != "learning") {
        auto work = [row = turn.row](sql::Transaction& tx) {
            return knowledge::MatterStore::note(tx, row);
        };
        YS_CO_TRY([[maybe_unused]] const auto noted, co_await api.stores().write(work));
    }
    RobotView view = view_of(turn, now, api.settings().hotline);
    if (const LiveAnswerPort* live = api.ports().live_answers)
        view.live = live->kind_for(turn.row.matter);
    co_return answer_with(view).with("Cache-Control", "no-store");
}

}  // namespace

std::vector<Route> question_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/answers",
         .summary = "What the words mean and what to say about it, for who talks to a citizen.",
         .access = Access::Right,
         .action = centres::Action::SeeKnowledge,
         .handler = answers,
         .query = {"q"},
         .gives = schema_for<AnswersView>},
        {.method = "POST",
         .pattern = "/api/v1/citizen/questions",
         .summary = "A citizen asks the robot, or picks one of the matters it offered.",
         .access = Access::Public,
         .handler = ask,
         .takes = schema_for<QuestionForm>,
         .gives = schema_for<RobotView>},
    };
}

}  // namespace ys::api
