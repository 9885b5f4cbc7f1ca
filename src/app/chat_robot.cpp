// SPDX-License-Identifier: Apache-2.0
// What the robot says in a conversation, and the case of a message that was left.
#include <boost/asio/post.hpp>

#include "app/chat_views.h"
#include "app/chats.h"
#include "base/text.h"
#include "cases/io/case_store.h"
#include "cases/io/type_store.h"
#include "channels/chat/io/chat_store.h"
#include "knowledge/io/matter_store.h"
#include "platform/clock.h"
#include "platform/json/described_json.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

constexpr std::string_view not_this = "不是我要的";
constexpr int learning_tries = 8;  ///< within the five seconds the robot has
constexpr auto learning_pause = 500ms;

std::string with_choices(std::string text, const std::vector<knowledge::MatterRow>& choices) {
    for (std::size_t i = 0; i < choices.size(); ++i)
        text += "\n" + std::to_string(i + 1) + ". " + choices[i].title;
    return text;
}

chat::RobotSays words_for(const knowledge::RobotTurn& turn, std::uint32_t number) {
    chat::RobotSays says{.answers = number};
    if (turn.said) {
        says.text = knowledge::in_writing(*turn.said);
    } else if (turn.certainty == "confirm") {
        says.text = with_choices("为了您的安全，先和您确认一下，您说的是：", turn.choices);
    } else if (turn.certainty == "choose" && !turn.choices.empty()) {
        says.text = with_choices("您是想问下面哪一件？都不是请点“不是我要的”。", turn.choices);
    } else {
        says.text = turn.offers_person && !turn.row.matter.empty()
                        ? "这件事我这里还没有准备好答案，可以请人工帮您。"
                        : "我没有听明白。请换个说法再问一次，或者点“转人工”。";
        says.is_understood = false;
    }
    return says;
}

}  // namespace

void Chats::ask_robot(const chat::Standing& standing, const chat::Message& question) {
    const std::pair place{standing.id.value, question.number};
    const auto tell = [&](std::string text, bool is_understood) {
        room_.tell(standing.id,
                   chat::RobotSays{question.number, std::move(text), {}, is_understood}, {});
    };
    if (auto asked = asked_live_.extract(place); !asked.empty())
        return look_up(standing, question.number, std::move(asked.mapped()));
    if (files_sent_.contains(place))
        return tell("文件收到了。我看不懂文件里的内容，请点“转人工”，由工作人员查看。", true);
    if (question.text == not_this) return tell("好的。请换个说法再问一次，或者点“转人工”。", false);
    std::string matter;
    if (auto picked = picked_.extract(place); !picked.empty()) matter = picked.mapped();
    think(standing, question.number, question.text, std::move(matter), learning_tries);
}

void Chats::think(const chat::Standing& standing, std::uint32_t number, std::string text,
                  std::string matter, int tries) {
    auto work = [this, alive = is_alive_, loop = &ports_.loop, answers = &ports_.answers, standing,
                 number, text, matter, tries] {
        auto turn = std::make_shared<knowledge::RobotTurn>(
            knowledge::robot_turn(*answers, text, matter, standing.centre, utc_now(), "chat"));
        boost::asio::post(*loop, [this, alive, standing, number, text, matter, tries, turn] {
            if (!*alive) return;
            if (turn->certainty != "learning" || tries <= 1) return answer(standing, number, *turn);
            auto pause = std::make_shared<boost::asio::steady_timer>(ports_.loop, learning_pause);
            pause->async_wait([=, this](const boost::system::error_code& error) {
                if (!error && *alive && pause) think(standing, number, text, matter, tries - 1);
            });
        });
    };
    ports_.pool.post(std::move(work));
}

void Chats::answer(const chat::Standing& standing, std::uint32_t number,
                   const knowledge::RobotTurn& turn) {
    chat::RobotSays says = words_for(turn, number);
    const auto live =
        ports_.live ? ports_.live->kind_for(turn.row.matter) : backoffice::SubjectKind::None;
    const bool can_look = live != backoffice::SubjectKind::None;
    if (can_look && !turn.said) {
        says.text = backoffice::is_personal(live)
                        ? "这件事可以现在就查。请在下面填编号和证件号码后六位。"
                        : "这件事可以现在就查。请在下面填名称。";
        says.is_understood = true;
    }
    if (turn.said) {
        const auto now_said =
            ports_.answers.said_by(turn.said->id, Scope::of(standing.centre), utc_now());
        says.quote = chat::WantedQuote{{turn.said->id.value, turn.said->version.number},
                                       now_said ? now_said->version.number : 0};
    }
    boost::json::array choices;
    if (!turn.said)
        for (const knowledge::MatterRow& each : turn.choices)
            choices.push_back(
                {{"matter", each.code}, {"title", each.title}, {"is_safety", each.is_safety}});
    if (turn.certainty != "learning")
        ports_.writer.submit_soon(
            [row = turn.row](sql::Transaction& tx) -> Result<Done> {
                YS_TRY([[maybe_unused]] const auto noted, knowledge::MatterStore::note(tx, row));
                return Done{};
            },
            [](const Result<Done>& done) {
                if (!done) log::error("chat", "question_not_kept", done.error());
            });
    const std::string kind = turn.certainty == "confirm" ? "confirm" : "choose";
    room_.tell(standing.id, std::move(says),
               [this, id = standing.id, number, choices, kind, can_look, live](const auto& kept) {
                   if (kept && can_look) offer_look(id, number, live);
                   if (!kept || choices.empty()) return;
                   boost::json::object message{
                       {"type", "choices"}, {"to", number}, {"items", choices}, {"kind", kind}};
                   seen_[id].choices = message;
                   // After the words themselves, which are told when this returns.
                   post([this, id, message] { tell_page(id, message); });
               });
}

namespace {

/// errors  not_found when the message is gone
Result<std::string> case_of_message(sql::Transaction& tx, const chat::Standing& standing,
                                    std::uint32_t number, UtcTime now) {
    const Scope scope = Scope::of(standing.centre);
    YS_TRY(const auto rows, chat::ChatStore::messages(tx.db(), scope, standing.id, 0, number));
    cases::CaseRow row;
    row.kind = "help";
    row.title = "网上留言";
    row.phone = standing.contact;
    std::string detail = "市民在网上会话中留言：\n";
    for (const chat::ChatMessageRow& each : rows)
        if (each.author == "citizen") detail += std::string(each.text) + "\n";
    row.detail = cleaned(detail, 4'000);
    row.urgency = "normal";
    const cases::Saving saving{.now = now,
                               .idempotency_key = "chat-" + std::to_string(standing.id.value)};
    YS_TRY(row, cases::with_type(tx.db(), standing.centre, row));
    YS_TRY(const auto saved, cases::CaseStore::create(tx, standing.centre, row, saving));
    YS_TRY([[maybe_unused]] const Done open, cases::TypeStore::leave_form_open(tx, saved, now));
    YS_TRY([[maybe_unused]] const Done paid,
           chat::ChatStore::has_case(tx, standing.centre, standing.id, saved.id));
    return saved.number;
}

}  // namespace

void Chats::make_case(const chat::Standing& standing, std::uint32_t number) {
    auto made = std::make_shared<std::string>();
    ports_.writer.submit(
        [standing, number, made](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(*made, case_of_message(tx, standing, number, utc_now()));
            return Done{};
        },
        [this, alive = is_alive_, id = standing.id, made](const Result<Done>& done) {
            // Owed until it is there: the next start makes it.
            if (!done) return log::error("chat", "message_without_case", done.error());
            ports_.written();
            post([this, id, made] {
                if (const auto seen = seen_.find(id); seen != seen_.end())
                    seen->second.case_number = *made;
                tell_state(id);
            });
        });
}

}  // namespace ys::app
