// SPDX-License-Identifier: Apache-2.0
// Live answers: what a business system knows about somebody's application or about a place, in the
// one sentence that every channel says. Nothing personal before its owner's digits were typed, at
// the desk neither.
#include "api/answer.h"
#include "api/api.h"
#include "api/live_answer_port.h"
#include "api/problem.h"
#include "base/text.h"
#include "centres/io/user_store.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

constexpr std::size_t number_bytes_max = 120, digits_max = 8, route_bytes_max = 60;

struct LiveKindView {
    backoffice::SubjectKind kind;
    bool is_personal = false;  ///< it wants the digits that its owner knows
};
BOOST_DESCRIBE_STRUCT(LiveKindView, (), (kind, is_personal))
struct LiveKindsView {
    std::vector<LiveKindView> kinds;  ///< none: no business system is set up
    std::string telephone;
};
BOOST_DESCRIBE_STRUCT(LiveKindsView, (), (kinds, telephone))
struct LiveForm {
    backoffice::SubjectKind kind = backoffice::SubjectKind::None;
    std::string number;  ///< or a place's name
    std::string digits;  ///< of the identity check; "" for a place
    std::string route;   ///< of a stop: this one only
};
BOOST_DESCRIBE_STRUCT(LiveForm, (), (kind, number, digits, route))
struct LiveAnswerView {
    std::string sentence;  ///< as it is said on the telephone
    bool is_person_offered = false;
    std::optional<UtcTime> as_of;
    std::optional<backoffice::LiveAnswer> answer;  ///< none: nothing can be seen or may be told
    std::string telephone;
};
BOOST_DESCRIBE_STRUCT(LiveAnswerView, (), (sentence, is_person_offered, as_of, answer, telephone))
struct CallerLiveView {
    bool is_asked = false;  ///< the caller has asked something on the keys and proved who they are
    std::optional<LiveAnswerView> told;
};
BOOST_DESCRIBE_STRUCT(CallerLiveView, (), (is_asked, told))

backoffice::Language language_of(const Call& call) {
    return call.language == "en" ? backoffice::Language::English : backoffice::Language::Chinese;
}

LiveAnswerView view_of(Api& api, LiveReply reply) {
    LiveAnswerView out;
    out.sentence = std::move(reply.sentence);
    out.is_person_offered = reply.is_person_offered;
    if (reply.answer) out.as_of = reply.answer->as_of;
    out.answer = std::move(reply.answer);
    out.telephone = api.settings().hotline;
    return out;
}

/// errors  no_live_answers, bad_field, too_long
Result<LiveAsk> ask_of(Api& api, const Call& call) {
    LiveAnswerPort* port = api.ports().live_answers;
    YS_TRY(const LiveForm form, body_of<LiveForm>(call));
    const auto kinds = port ? port->kinds() : std::vector<backoffice::SubjectKind>{};
    if (std::ranges::find(kinds, form.kind) == kinds.end())
        return refused("no_live_answers", RefusedAs::NotPossible);
    LiveAsk ask;
    ask.kind = form.kind;
    YS_TRY(ask.number, form_text(form.number, number_bytes_max, "number"));
    if (!backoffice::parse_subject(ask.kind, ask.number))
        return refused("bad_field:number", RefusedAs::Unfit);
    YS_TRY(std::string digits, form_text(form.digits, digits_max, "digits"));
    ask.digits = Secret<std::string>{std::move(digits)};
    YS_TRY(ask.route, form_text(form.route, route_bytes_max, "route"));
    ask.language = language_of(call);
    return ask;
}

/// A page of no centre asks the head's systems.
Result<CentreId> head(sql::Database& db) {
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    for (const auto& each : centres)
        if (!each.parent_id) return each.id;
    return refused("not_found", RefusedAs::NotFound);
}

Task<http::Response> kinds(Api& api, Call&) {
    LiveKindsView out;
    out.telephone = api.settings().hotline;
    if (const LiveAnswerPort* port = api.ports().live_answers)
        for (const auto kind : port->kinds())
            out.kinds.push_back({kind, backoffice::is_personal(kind)});
    co_return answer_with(out);
}

Task<http::Response> ask_as_citizen(Api& api, Call& call) {
    if (!call.request.header("content-type").starts_with("application/json"))
        co_return refused("bad_request", RefusedAs::Unfit);
    LiveAnswerPort* port = api.ports().live_answers;
    if (port && !port->may_ask(call.request.remote_address))
        co_return problem_response({429, "too_many_tries", {}, 60s}, call.language);
    YS_CO_TRY(LiveAsk ask, ask_of(api, call));
    auto look = [](sql::Database& db) { return head(db); };
    YS_CO_TRY(ask.centre, co_await api.stores().read(look));
    ask.channel = "page";
    auto asking = looked(*port, std::move(ask));
    LiveReply reply = co_await std::move(asking);
    const LiveAnswerView view = view_of(api, std::move(reply));
    co_return answer_with(view).with("Cache-Control", "no-store");
}

Task<http::Response> ask_at_desk(Api& api, Call& call) {
    YS_CO_TRY(LiveAsk ask, ask_of(api, call));
    ask.centre = call.user().user.centre;
    ask.user = call.user().user.id;
    ask.channel = "desk";
    auto asking = looked(*api.ports().live_answers, std::move(ask));
    LiveReply reply = co_await std::move(asking);
    const LiveAnswerView view = view_of(api, std::move(reply));
    co_return answer_with(view).with("Cache-Control", "no-store");
}

/// What the caller on the line asked on the keys, as of now. The digits are theirs and were keyed;
/// nobody else's call opens it.
Task<http::Response> ask_for_caller(Api& api, Call& call) {
    CallerLiveView out;
    LiveAnswerPort* port = api.ports().live_answers;
    if (!port) co_return answer_with(out);
    LiveAsk ask;
    ask.centre = call.user().user.centre;
    ask.user = call.user().user.id;
    ask.channel = "desk";
    ask.language = language_of(call);
    auto asking = looked_again(*port, std::move(ask));
    std::optional<LiveReply> reply = co_await std::move(asking);
    out.is_asked = reply.has_value();
    if (reply) out.told = view_of(api, *std::move(reply));
    co_return answer_with(out).with("Cache-Control", "no-store");
}

}  // namespace

std::vector<Route> live_answer_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/citizen/live-answers",
         .summary = "What business systems can be asked about; nothing when none is set up.",
         .access = Access::Public,
         .handler = kinds,
         .gives = schema_for<LiveKindsView>},
        {.method = "POST",
         .pattern = "/api/v1/citizen/live-answers",
         .summary = "A citizen asks what is known right now; of a person only with their digits.",
         .access = Access::Public,
         .handler = ask_as_citizen,
         .takes = schema_for<LiveForm>,
         .gives = schema_for<LiveAnswerView>},
        {.method = "POST",
         .pattern = "/api/v1/live-answers",
         .summary = "The same for who talks to a citizen, who says the digits to be typed.",
         .access = Access::Right,
         .action = centres::Action::TakeCalls,
         .handler = ask_at_desk,
         .takes = schema_for<LiveForm>,
         .gives = schema_for<LiveAnswerView>},
        {.method = "POST",
         .pattern = "/api/v1/live-answers/caller",
         .summary = "What the caller of the agent's own call asked on the keys, as of now.",
         .access = Access::Right,
         .action = centres::Action::TakeCalls,
         .handler = ask_for_caller,
         .gives = schema_for<CallerLiveView>},
    };
}

}  // namespace ys::api
