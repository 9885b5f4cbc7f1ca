// SPDX-License-Identifier: Apache-2.0
// What business systems know right now, asked for in a conversation: the robot offers to look, the
// page sends number and digits beside the words, the answer is the sentence of page and desk.
#include <array>

#include <boost/describe/enum_from_string.hpp>
#include <boost/describe/enum_to_string.hpp>

#include "api/refusal.h"
#include "app/chat_views.h"
#include "app/chats.h"
#include "base/text.h"
#include "platform/json/fields.h"

namespace ys::app {
namespace {

using backoffice::SubjectKind;
using json::text_in;

constexpr std::size_t number_max = 60, route_max = 40, digits_max = 20;
constexpr std::size_t end_shown = 4;

/// In the order of SubjectKind.
constexpr std::array<std::string_view, 6> kind_words{"",         "申请进度", "预约", "证件好了没有",
                                                     "大厅排队", "下一班车"};

/// What stands in the conversation as asked: of a person's number its end, and never the digits.
std::string words_of(const api::LiveAsk& ask) {
    std::string out = "请查一下：" + std::string(kind_words[static_cast<std::size_t>(ask.kind)]);
    if (!backoffice::is_personal(ask.kind))
        return out + "，" + ask.number + (ask.route.empty() ? "" : "，" + ask.route);
    const std::size_t from = ask.number.size() > end_shown ? ask.number.size() - end_shown : 0;
    return out + "，编号尾号 " + ask.number.substr(from);
}

/// errors  chat_look_unfit
Result<api::LiveAsk> ask_of(const boost::json::object& message) {
    const Error unfit = api::refused("chat_look_unfit", api::RefusedAs::Unfit);
    api::LiveAsk ask;
    ask.channel = "chat";
    if (!boost::describe::enum_from_string(text_in(message, "kind").c_str(), ask.kind) ||
        ask.kind == SubjectKind::None)
        return unfit;
    const std::string number = text_in(message, "number"), digits = text_in(message, "digits");
    const std::string route = text_in(message, "route");
    if (number.size() > number_max || digits.size() > digits_max || route.size() > route_max)
        return unfit;
    ask.number = std::string(trimmed(cleaned(number, number_max)));
    ask.route = std::string(trimmed(cleaned(route, route_max)));
    ask.digits = Secret<std::string>{std::string(trimmed(digits))};
    if (!backoffice::parse_subject(ask.kind, ask.number)) return unfit;
    return ask;
}

}  // namespace

/// Kept for a page that opens again, until the citizen says something else.
void Chats::offer_look(chat::ConversationId id, std::uint32_t number, SubjectKind kind) {
    boost::json::object message{{"type", "live"},
                                {"to", number},
                                {"kind", boost::describe::enum_to_string(kind, "")},
                                {"is_personal", backoffice::is_personal(kind)}};
    seen_[id].look = message;
    // After the words it stands below, which are told when the step returns.
    post([this, id, message] { tell_page(id, message); });
}

void Chats::look(chat::ConversationId id, api::ChatPage& page, const boost::json::object& message) {
    const std::string key = text_in(message, "key");
    const chat::Conversation* found = room_.desk().find(id);
    if (ports_.live == nullptr || found == nullptr || found->state() != chat::State::WithRobot)
        return refuse(page, key, Error{chat::Errc::NotNow, "looking something up in a chat"});
    auto ask = ask_of(message);
    if (!ask) return refuse(page, key, ask.error());
    if (!ports_.live->may_ask(page.address()))
        return refuse(page, key, api::refused("chat_too_many_looks", api::RefusedAs::TooMany));
    ask->centre = centre_;
    auto* const from = &page;
    // Before `ask` is moved away: arguments have no order.
    chat::CitizenSays says{key, words_of(*ask), hours_now()};
    room_.tell(id, std::move(says), [this, id, key, from, ask = *std::move(ask)](const auto& kept) {
        if (kept && !kept->is_resent) asked_live_.insert_or_assign({id.value, kept->number}, ask);
        answer_page(id, *from, key, kept);
    });
}

void Chats::look_up(const chat::Standing& standing, std::uint32_t number, api::LiveAsk ask) {
    const SubjectKind kind = ask.kind;
    ports_.live->look(std::move(ask), [this, alive = is_alive_, id = standing.id, number,
                                       kind](api::LiveReply reply) {
        if (!*alive) return;
        const bool is_told = reply.answer && !reply.is_person_offered;
        chat::RobotSays says{number, std::move(reply.sentence), {}, is_told};
        room_.tell(id, std::move(says), [this, id, number, kind, is_told](const auto& kept) {
            if (!kept || is_told) return;
            seen_[id].needs_person = true;
            post([this, id] { tell_state(id); });
            offer_look(id, number, kind);
        });
    });
}

}  // namespace ys::app
