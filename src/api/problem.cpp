// SPDX-License-Identifier: Apache-2.0
#include "api/problem.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "api/refusal.h"
#include "platform/sql/errc.h"

namespace ys::api {
namespace {

struct Sentence {
    std::string_view code, zh, en;
};

// clang-format off
constexpr std::array sentences{
    Sentence{"bad_request",       "请求无法识别",               "The request could not be read."},
    Sentence{"bad_json",          "请求内容不是有效的 JSON",     "The body is not valid JSON."},
    Sentence{"bad_field",         "有一项填写不正确",           "One field is not filled in correctly."},
    Sentence{"field_missing",     "有一项必须填写",             "A field must be filled in."},
    Sentence{"too_long",          "内容太长",                   "The text is too long."},
    Sentence{"not_signed_in",     "请先登录",                   "Please sign in."},
    Sentence{"wrong_login",       "账号或密码不正确",           "Wrong login or password."},
    Sentence{"too_many_tries",    "尝试次数过多，请稍后再试",   "Too many tries; please wait."},
    Sentence{"bad_csrf",          "页面已过期，请刷新",         "The page is out of date; reload it."},
    Sentence{"not_allowed",       "没有权限",                   "You are not allowed to do this."},
    Sentence{"not_found",         "没有找到",                   "Not found."},
    Sentence{"method_not_allowed","不支持的操作",               "This cannot be done here."},
    Sentence{"stale",             "内容已被他人修改，请刷新",   "Somebody else changed it; reload."},
    Sentence{"taken",             "已被占用",                   "Already taken."},
    Sentence{"busy",              "系统繁忙，请稍后再试",       "Busy; please try again."},
    Sentence{"failed",            "操作没有成功",               "It did not work."},
    Sentence{"not_offered",       "该号码不支持网上呼叫",       "This number takes no web calls."},
    Sentence{"socket_needed",     "这里只接受 WebSocket",       "Only a WebSocket is served here."},
    Sentence{"unknown_command",   "未知的指令",                 "Unknown command."},
    Sentence{"bad_arguments",     "指令参数不正确",             "The command's arguments are wrong."},
    Sentence{"not_in_a_call",     "当前没有通话",               "You are not in a call."},
    Sentence{"not_now",           "现在不能这样操作",           "This cannot be done now."},
    Sentence{"reason_needed",     "请填写原因",                 "A reason is needed."},
    Sentence{"already_in_a_call", "已在通话中",                 "You are already in a call."},
    Sentence{"target_not_free",   "对方现在不空闲",             "They are not free now."},
    Sentence{"no_such_target",    "没有这个转接对象",           "There is no such target."},
    Sentence{"draining",          "系统正在停止，不再接新电话", "The system is stopping."},
    Sentence{"recording_gap",     "有一段录音缺失",             "A recording has a gap."},
    Sentence{"recording_empty",   "有一通电话没有录到声音",     "A recording holds no sound."},
    Sentence{"recording_failed",  "有一通电话录音失败",         "A recording failed."},
    Sentence{"signed_out",        "登录已失效",                 "You have been signed out."},
};
// clang-format on

int status_of(RefusedAs as) {
    switch (as) {
        case RefusedAs::NotSignedIn:
            return 401;
        case RefusedAs::NotAllowed:
            return 403;
        case RefusedAs::NotFound:
            return 404;
        case RefusedAs::Unfit:
            return 422;
        case RefusedAs::TooMany:
            return 429;
        case RefusedAs::Conflict:
        case RefusedAs::NotPossible:
            return 409;
    }
    return 409;
}

Problem problem_of_store(sql::errc code) {
    switch (code) {
        case sql::errc::not_found:
            return {404, "not_found", {}, {}, {}};
        case sql::errc::stale:
            return {409, "stale", {}, {}, {}};
        case sql::errc::unique_violation:
            return {409, "taken", {}, {}, {}};
        case sql::errc::busy:
        case sql::errc::connection_lost:
        case sql::errc::full:
        case sql::errc::stopped:
            return {503, "busy", {}, {}, 5s};
        default:
            return {500, "failed", {}, {}, {}};
    }
}

/// "expected text at items.2.title": the field is what stands after the last " at ".
Problem problem_of_json(const std::string& note) {
    const auto at = note.rfind(" at ");
    if (!note.starts_with("expected ") || at == std::string::npos)
        return {400, "bad_json", {}, {}, {}};
    return {422, "bad_field", note.substr(at + 4), "bad_field", {}};
}

}  // namespace

std::string_view text_of(std::string_view code, std::string_view language) {
    const auto found = std::ranges::find(sentences, code, &Sentence::code);
    if (found == sentences.end()) return code;
    return language == "en" ? found->en : found->zh;
}

Problem problem_of(const Error& error) {
    const auto& category = error.code.category();
    if (category == refusal_category()) {
        // "too_long:title" names the field.
        const auto colon = error.note.find(':');
        const std::string code = error.note.substr(0, colon);
        const int status = status_of(static_cast<RefusedAs>(error.code.value()));
        if (colon == std::string::npos) return {status, code, {}, {}, {}};
        return {status, code, error.note.substr(colon + 1), code, {}};
    }
    if (category == sql::category())
        return problem_of_store(static_cast<sql::errc>(error.code.value()));
    if (error.code == std::errc::invalid_argument) return problem_of_json(error.note);
    return {500, "failed", {}, {}, {}};
}

http::Response problem_response(const Problem& problem, std::string_view language) {
    const std::string_view text = text_of(problem.code, language);
    boost::json::object body{{"type", "about:blank"},
                             {"title", http::reason_of(problem.status)},
                             {"status", problem.status},
                             {"code", problem.code},
                             {"detail", text}};
    if (!problem.field.empty())
        body["fields"] = boost::json::object{{problem.field, problem.field_code}};
    auto response = http::text_response(problem.status, boost::json::serialize(body),
                                        "application/problem+json; charset=utf-8");
    response.with("Content-Language", language == "en" ? "en" : "zh-CN");
    if (problem.retry_after.count() > 0)
        response.with("Retry-After", std::to_string(problem.retry_after.count()));
    return response;
}

}  // namespace ys::api
