// SPDX-License-Identifier: Apache-2.0
#include "api/problem.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "api/case_problem.h"
#include "api/chat_problem.h"
#include "api/evidence_problem.h"
#include "api/knowledge_problem.h"
#include "api/refusal.h"
#include "base/text.h"
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
    Sentence{"no_case_pass",      "链接已失效，请用工单号和查询码重新打开", "This link is over. Use the case number and its code."},
    Sentence{"no_survey",         "评价链接不正确，请从短信里重新打开", "This is no survey of ours. Open the link in the message again."},
    Sentence{"survey_over",       "评价链接已过期，有话想说请拨打热线", "This survey is over. Please ring the hotline."},
    Sentence{"survey_answered",   "您已经评价过了，谢谢",       "You have answered already. Thank you."},
    Sentence{"bad_signature",     "签名不正确或已过期",         "The signature is wrong or too old."},
    Sentence{"bad_mail",          "邮箱地址不正确",             "This is no mail address."},
    Sentence{"no_number",         "这件工单没有留电话",         "This case has no number."},
    Sentence{"wrong_code",        "工单号或查询码不对，请再核对一次", "The case number or the code is not right."},
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
    Sentence{"no_live_answers",   "这里没有接这项业务的系统，可以请人工帮您", "No system is connected that knows this; a person can help you."},
    Sentence{"socket_needed",     "这里只接受 WebSocket",       "Only a WebSocket is served here."},
    Sentence{"unknown_command",   "未知的指令",                 "Unknown command."},
    Sentence{"bad_arguments",     "指令参数不正确",             "The command's arguments are wrong."},
    Sentence{"not_in_a_call",     "当前没有通话",               "You are not in a call."},
    Sentence{"not_now",           "现在不能这样操作",           "This cannot be done now."},
    Sentence{"reason_needed",     "请填写原因",                 "A reason is needed."},
    Sentence{"quota_used_up",     "今天可查看完整信息的次数已用完", "No more full numbers or names today."},
    Sentence{"another_person",    "须由另一个人确认",           "Another supervisor must confirm it."},
    Sentence{"already_in_a_call", "已在通话中",                 "You are already in a call."},
    Sentence{"target_not_free",   "对方现在不空闲",             "They are not free now."},
    Sentence{"no_such_target",    "没有这个转接对象",           "There is no such target."},
    Sentence{"consult_first",     "请先结束咨询",               "End the consult first."},
    Sentence{"in_conference",     "通话里还有其他人",           "Others are in the call."},
    Sentence{"no_consult",        "当前没有咨询",               "There is no consult."},
    Sentence{"only_to_supervisor","已转接两次，只能转给班长",   "After two transfers only to the supervisor."},
    Sentence{"party_not_reached", "对方没有接通",               "They could not be reached."},
    Sentence{"consult_not_reached","咨询的人没有接通",          "The colleague could not be reached."},
    Sentence{"number_not_allowed","这个号码不允许拨打",         "This number may not be dialled."},
    Sentence{"bad_number",        "号码不正确",                 "This is no telephone number."},
    Sentence{"no_such_number",    "没有这个热线号码",           "There is no such hotline number."},
    Sentence{"answer_on_the_phone","请在话机上接听",            "Answer on your phone."},
    Sentence{"no_call_here",      "这里没有来电",               "There is no call here."},
    Sentence{"media_failed",      "语音没有接通",               "The sound could not be connected."},
    Sentence{"not_an_agent",      "您不是坐席",                 "You are no agent."},
    Sentence{"already_calling",   "已在通话中",                 "You are already calling."},
    Sentence{"malformed",         "消息格式不正确",             "The message is malformed."},
    Sentence{"rules_do_not_fit",  "有市民正在该队列，或号码、流程还需要它", "Callers are in that queue, or a number or flow needs it."},
    Sentence{"draining",          "系统正在停止，不再接新电话", "The system is stopping."},
    Sentence{"recording_gap",     "有一段录音缺失",             "A recording has a gap."},
    Sentence{"recording_empty",   "有一通电话没有录到声音",     "A recording holds no sound."},
    Sentence{"recording_failed",  "有一通电话录音失败",         "A recording failed."},
    Sentence{"signed_out",        "登录已失效",                 "You have been signed out."},
};
// clang-format on

// RFC 9457 §3.1.3: the title is of the kind of problem; here, of its status.
constexpr std::array<std::pair<int, std::string_view>, 11> titles_zh{{
    {400, "请求有误"},
    {401, "请先登录"},
    {403, "没有权限"},
    {404, "没有找到"},
    {405, "不支持"},
    {409, "现在不能"},
    {422, "填写有误"},
    {426, "需要 WebSocket"},
    {429, "过于频繁"},
    {500, "系统出错"},
    {503, "系统繁忙"},
}};

std::string_view title_of(int status, std::string_view language) {
    const auto zh = std::ranges::find(titles_zh, status, &std::pair<int, std::string_view>::first);
    if (language == "en" || zh == titles_zh.end()) return http::reason_of(status);
    return zh->second;
}

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
            return {404, "not_found", {}, {}};
        case sql::errc::stale:
            return {409, "stale", {}, {}};
        case sql::errc::unique_violation:
            return {409, "taken", {}, {}};
        case sql::errc::busy:
        case sql::errc::connection_lost:
        case sql::errc::full:
        case sql::errc::stopped:
            return {503, "busy", {}, 5s};
        default:
            return {500, "failed", {}, {}};
    }
}

/// "expected text at items.2.title": the field is what stands after the last " at ".
Problem problem_of_json(const std::string& note) {
    const auto at = note.rfind(" at ");
    if (!note.starts_with("expected ") || at == std::string::npos) return {400, "bad_json", {}, {}};
    return {422, "bad_field", {{note.substr(at + 4), "bad_field"}}, {}};
}

/// "too_long:title" names the field, "bad_field:kind=need_kind,address=need_address" each of them.
std::vector<Problem::Field> fields_of(std::string_view list, const std::string& code) {
    std::vector<Problem::Field> out;
    for (const std::string_view each : split(list, ',')) {
        const auto equals = each.find('=');
        const bool has_own = equals != std::string_view::npos;
        out.push_back({std::string(each.substr(0, equals)),
                       has_own ? std::string(each.substr(equals + 1)) : code});
    }
    return out;
}

}  // namespace

std::string_view text_of(std::string_view code, std::string_view language) {
    const auto found = std::ranges::find(sentences, code, &Sentence::code);
    if (found == sentences.end()) {
        const std::string_view of_evidence = evidence_sentence(code, language);
        if (!of_evidence.empty()) return of_evidence;
        const std::string_view of_knowledge = knowledge_sentence(code, language);
        if (!of_knowledge.empty()) return of_knowledge;
        const std::string_view of_chats = chat_sentence(code, language);
        if (!of_chats.empty()) return of_chats;
        const std::string_view of_cases = case_sentence(code, language);
        return of_cases.empty() ? code : of_cases;
    }
    return language == "en" ? found->en : found->zh;
}

Problem problem_of(const Error& error) {
    const auto& category = error.code.category();
    if (category == refusal_category()) {
        const auto colon = error.note.find(':');
        Problem problem;
        problem.status = status_of(static_cast<RefusedAs>(error.code.value()));
        problem.code = error.note.substr(0, colon);
        if (colon != std::string::npos)
            problem.fields =
                fields_of(std::string_view(error.note).substr(colon + 1), problem.code);
        return problem;
    }
    if (category == sql::category())
        return problem_of_store(static_cast<sql::errc>(error.code.value()));
    if (auto problem = problem_of_case(error)) return *std::move(problem);
    if (auto problem = problem_of_evidence(error)) return *std::move(problem);
    if (auto problem = problem_of_knowledge(error)) return *std::move(problem);
    if (error.code == std::errc::invalid_argument) return problem_of_json(error.note);
    return {500, "failed", {}, {}};
}

http::Response problem_response(const Problem& problem, std::string_view language) {
    const std::string_view text = text_of(problem.code, language);
    boost::json::object body{{"type", "about:blank"},
                             {"title", title_of(problem.status, language)},
                             {"status", problem.status},
                             {"code", problem.code},
                             {"detail", text}};
    if (!problem.fields.empty()) {
        boost::json::object fields;
        boost::json::object texts;
        for (const Problem::Field& field : problem.fields) {
            fields[field.name] = field.code;
            if (!field.text.empty()) texts[field.name] = field.text;
        }
        body["fields"] = std::move(fields);
        if (!texts.empty()) body["texts"] = std::move(texts);
    }
    auto response = http::text_response(problem.status, boost::json::serialize(body),
                                        "application/problem+json; charset=utf-8");
    response.with("Content-Language", language == "en" ? "en" : "zh-CN");
    if (problem.retry_after.count() > 0)
        response.with("Retry-After", std::to_string(problem.retry_after.count()));
    return response;
}

}  // namespace ys::api
