// SPDX-License-Identifier: Apache-2.0
// From a request to its route: session, CSRF, right, handler, problem.
#include "api/api.h"

#include "api/answer.h"
#include "api/desk_socket.h"
#include "api/directory_view.h"
#include "api/forwarded.h"
#include "api/problem.h"
#include "api/route_lists.h"
#include "api/web_call_desk.h"
#include "cases/io/pass_store.h"
#include "platform/clock.h"
#include "platform/http/syntax.h"
#include "platform/log/log.h"
#include "platform/password/token.h"

namespace ys::api {

std::vector<Route> all_routes() {
    std::vector<Route> out;
    // clang-format off
    for (auto* list : {
             session_routes,
             people_routes,
             customer_routes,
             case_routes,
             call_routes,
             case_file_routes,
             follow_up_routes,
             citizen_routes,
             field_routes,
             case_export_routes,
             case_view_routes,
             case_type_routes,
             case_answer_routes,
             case_people_routes,
             cause_routes,
             defect_routes,
             defect_out_routes,
             article_routes,
             article_import_routes,
             article_reminder_routes,
             matter_routes,
             gap_routes,
             question_routes,
             chat_routes,
             chat_citizen_routes,
             carry_routes,
             live_answer_routes,
             life_event_routes,
             checklist_routes,
             checklist_file_routes,
             evidence_routes,
             private_routes,
             message_routes,
             survey_routes,
             incident_routes,
             lost_call_routes,
             barred_routes,
             recording_routes,
             report_routes,
             kpi_case_routes,
             rules_routes,
             day_routes,
             flow_routes,
             flow_trial_routes,
             directory_routes,
             web_call_routes,
             desk_routes,
             exchange_routes,
             open311_routes,
             service_routes})
        // clang-format on
        for (Route& route : list()) out.push_back(std::move(route));
    return out;
}

Api::Api(asio::io_context& context, Ports ports, Settings settings)
    : ports_(std::move(ports)),
      settings_(std::move(settings)),
      stores_(ports_.readers, ports_.writer, ports_.written),
      sessions_(stores_, ports_.pool, settings_.sessions),
      routes_(all_routes()),
      pages_(ports_.pages),
      web_call_desk_(std::make_unique<WebCallDesk>(
          ports_.web_calls, WebCallDesk::Limits{.per_minute = settings_.web_calls_per_minute})),
      tasks_(context.get_executor()) {
    for (const Route& route : routes_) router_.add(route.method, route.pattern);
    tasks_.spawn("sessions", watch_sessions());
}

Api::~Api() = default;

WebCallSockets& Api::web_call_sockets() { return *web_call_desk_; }

asio::awaitable<void> Api::stop() { co_await tasks_.stop(); }

Scope Api::scope_of(const SessionUser& user, centres::Action action) const {
    return Scope{centres::scope_of(user.user, action, ports_.tree)};
}

bool Api::is_own_only(const SessionUser& user, centres::Action action) const {
    return centres::reach_of(user.user.roles, action) == centres::Reach::Own;
}

Result<Done> Api::authorise(const SessionUser& user, centres::Action action,
                            const centres::Thing& thing) const {
    switch (centres::may(user.user, action, thing, ports_.tree)) {
        case centres::Verdict::Allowed:
            return Done{};
        case centres::Verdict::OtherCentre:
            return refused("not_found", RefusedAs::NotFound);
        default:
            return refused("not_allowed", RefusedAs::NotAllowed);
    }
}

Result<Done> Api::admitted(const Route& route, const Call& call) const {
    if (route.access == Access::Public) return Done{};
    if (route.access == Access::Citizen) {
        if (!call.pass) return refused("no_case_pass", RefusedAs::NotSignedIn);
        return Done{};
    }
    if (!call.session) return refused("not_signed_in", RefusedAs::NotSignedIn);
    if (route.needs_csrf() && !password::equals_in_constant_time(call.request.header("x-csrf"),
                                                                 call.session->csrf.reveal()))
        return refused("bad_csrf", RefusedAs::NotAllowed);
    if (route.access == Access::Right &&
        (call.session->user.is_disabled ||
         centres::reach_of(call.session->user.roles, route.action) == centres::Reach::None))
        return refused("not_allowed", RefusedAs::NotAllowed);
    return Done{};
}

Task<http::Response> Api::answer_route(const Route& route, Call& call) {
    if (route.access == Access::Citizen) {
        auto query = [token = std::string(call.request.header("x-case-pass")), now = utc_now()](
                         sql::Database& db) { return cases::PassStore::find(db, token, now); };
        auto found = co_await stores_.read(query);
        if (!found) co_return found.error();
        call.pass = *found;
    }
    if (route.needs_session()) {
        const std::string token(call.request.cookie("ys_session"));
        auto found = co_await sessions_.find(token);
        if (!found) co_return found.error();
        call.session = *std::move(found);
    }
    if (const auto in = admitted(route, call); !in) co_return in.error();
    co_return co_await route.handler(*this, call);
}

asio::awaitable<http::Response> Api::answer(http::Request request) {
    const std::string_view language = http::preferred_language(request.header("accept-language"));
    request.remote_address = source_of(request, settings_.trusted_proxies);
    auto match = router_.match(request.method, request.path);
    if (match.outcome == http::Router::Outcome::NoSuchPath) {
        if (request.path.starts_with("/api/"))
            co_return problem_response({404, "not_found", {}, {}}, language);
        co_return pages_.answer(request);
    }
    if (match.outcome == http::Router::Outcome::NoSuchMethod) {
        auto response = problem_response({405, "method_not_allowed", {}, {}}, language);
        response.with("Allow", match.allow);
        co_return response;
    }
    Call call{std::move(request), std::nullopt, std::nullopt, language};
    call.request.params = std::move(match.params);
    const Route& route = routes_[match.route];
    auto answered = co_await answer_route(route, call);
    if (answered) co_return *std::move(answered);
    const Problem problem = problem_of(answered.error());
    if (problem.status >= 500) log::error("api", std::string(route.pattern), answered.error());
    co_return problem_response(problem, language);
}

asio::awaitable<void> Api::watch_sessions() {
    while (!tasks_.is_stopping()) {
        co_await sleep_until(mono_now() + 1s);
        if (tasks_.is_stopping()) co_return;
        co_await recheck_sockets(ports_.desks, sessions_);
    }
}

}  // namespace ys::api
