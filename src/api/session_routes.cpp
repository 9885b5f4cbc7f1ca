// SPDX-License-Identifier: Apache-2.0
// Signing in, who am I, signing out.
#include "api/answer.h"
#include "api/api.h"
#include "api/problem.h"
#include "api/session_view.h"
#include "base/text.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

struct SignInForm {
    std::string login;
    Secret<std::string> password;
};
BOOST_DESCRIBE_STRUCT(SignInForm, (), (login, password))

std::string cookie(const std::string& token, Seconds age, bool is_tls) {
    return "ys_session=" + token + "; Path=/; Max-Age=" + std::to_string(age.count()) +
           "; HttpOnly; SameSite=Strict" + (is_tls ? "; Secure" : "");
}

Task<http::Response> sign_in(Api& api, Call& call) {
    // A form of another site can send text/plain with our shape, but not this type.
    if (!call.request.header("content-type").starts_with("application/json"))
        co_return refused("bad_request", RefusedAs::Unfit);
    YS_CO_TRY(const SignInForm form, body_of<SignInForm>(call));
    const std::string old_token(call.request.cookie("ys_session"));
    YS_CO_TRY(Sessions::Attempt attempt,
              co_await api.sessions().sign_in(form.login, form.password,
                                              call.request.remote_address, old_token));
    if (attempt.wait.count() > 0)
        co_return problem_response({429, "too_many_tries", {}, attempt.wait}, call.language);
    if (!attempt.signed_in) co_return refused("wrong_login", RefusedAs::NotSignedIn);
    YS_CO_TRY(const SessionView view, co_await session_view(api, attempt.signed_in->user));
    auto response = answer_with(view);
    response.with("Set-Cookie",
                  cookie(attempt.signed_in->token, api.sessions().age_max(), call.request.is_tls));
    co_return response;
}

Task<http::Response> who_am_i(Api& api, Call& call) {
    YS_CO_TRY(const SessionView view, co_await session_view(api, call.user()));
    co_return answer_with(view);
}

Task<http::Response> sign_out(Api& api, Call& call) {
    YS_CO_TRY([[maybe_unused]] const auto done, co_await api.sessions().sign_out(call.user()));
    auto response = nothing_to_say();
    response.with("Set-Cookie", cookie("", Seconds{0}, call.request.is_tls));
    co_return response;
}

}  // namespace

Task<SessionView> session_view(Api& api, const SessionUser& user) {
    const Scope own = Scope::of(user.user.centre);
    auto query = [own](sql::Database& db) { return centres::UserStore::centres(db, own); };
    YS_CO_TRY(const std::vector<centres::CentreRow> centres, co_await api.stores().read(query));
    SessionView view;
    view.user = {.id = user.user.id,
                 .login = user.login,
                 .name = user.name,
                 .work_number = user.work_number,
                 .roles = role_names(user.user.roles),
                 .centre_id = user.user.centre,
                 .centre_name = centres.empty() ? "" : centres.front().name,
                 .seat_kind = user.seat_kind,
                 .seat_address = user.seat_address};
    view.csrf = user.csrf.reveal();
    view.server_time = utc_now();
    view.version = api.settings().version;
    view.hotline = api.settings().hotline;
    co_return view;
}

std::vector<Route> session_routes() {
    return {
        {.method = "POST",
         .pattern = "/api/v1/session",
         .summary = "Signs in.",
         .access = Access::Public,
         .handler = sign_in,
         .takes = schema_for<SignInForm>,
         .gives = schema_for<SessionView>},
        {.method = "GET",
         .pattern = "/api/v1/session",
         .summary = "Who am I.",
         .handler = who_am_i,
         .gives = schema_for<SessionView>},
        {.method = "DELETE",
         .pattern = "/api/v1/session",
         .summary = "Signs out; every open desk of this session is closed.",
         .handler = sign_out},
    };
}

}  // namespace ys::api
