// SPDX-License-Identifier: Apache-2.0
// Conversations in writing: citizens' pages and agents' desks on one side, the room of
// conversations, the robot and the cases on the other. On the control loop.
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "api/chat_port.h"
#include "api/desk_sockets.h"
#include "api/live_answer_port.h"
#include "app/chat_files.h"
#include "app/chat_links.h"
#include "base/calendar.h"
#include "channels/chat/io/chat_room.h"
#include "interactions/setup.h"
#include "knowledge/io/robot.h"
#include "platform/task/worker_pool.h"

namespace ys::app {

class Chats final : public api::ChatPort, private chat::Listener {
public:
    struct Ports {
        boost::asio::io_context& loop;
        sql::Writer& writer;
        sql::Readers& readers;
        WorkerPool& pool;
        api::DeskSockets& desks;
        knowledge::AnswerBook& answers;
        std::filesystem::path files;
        std::string telephone;
        std::function<std::string(UserId)> work_number;
        std::function<void()> written;        ///< who works on cases may have something to do
        api::LiveAnswerPort* live = nullptr;  ///< none: nothing is looked up here
    };
    Chats(Ports ports, QueueId queue, CentreId centre, const interactions::Setup& setup);

    /// What was there when the process before this one ended. Once, before the first page.
    Result<Done> take_up();
    /// Hours, days and who serves which queue, from now on.
    void rules_are(const interactions::Setup& setup);
    /// An agent's call began or ended: who talks gets no new conversation.
    void agent_moved(AgentId agent, std::string_view state);
    ChatLinks& carries() override { return links_; }
    void stop();

    // api::ChatPort
    api::ChatOfficeView office() override;
    void open(const std::string& token, std::function<void(Result<api::ChatId>)> then) override;
    boost::json::value state_of(api::ChatId chat) override;
    void page_opened(api::ChatId chat, const std::string& token, api::ChatPage& page) override;
    void from_page(api::ChatId chat, api::ChatPage& page,
                   const boost::json::object& message) override;
    void page_closed(api::ChatId chat, api::ChatPage& page) override;
    void take_file(api::ChatFileOffer offer, std::string bytes, Then then) override;
    boost::json::value desk(UserId user) override;
    void command(UserId user, std::string_view name, const boost::json::object& args,
                 Then then) override;
    void desk_closed(UserId user) override;
    Result<std::vector<api::ChatRowView>> list(sql::Database& db, const Scope& scope,
                                               UserId only_of, std::string_view state,
                                               api::ChatId before, std::size_t limit) override;
    Result<std::optional<api::ChatStoryView>> story(sql::Database& db, const Scope& scope,
                                                    UserId only_of, api::ChatId chat) override;
    Result<std::optional<api::ChatFileFound>> file(sql::Database& db, const Scope& scope,
                                                   UserId only_of, api::ChatId chat,
                                                   std::uint32_t number) override;
    Result<std::optional<api::ChatFileFound>> file(sql::Database& db, std::string_view token,
                                                   api::ChatId chat, std::uint32_t number) override;
    Result<Words> words(sql::Database& db, CentreId centre) override;
    void put_words(CentreId centre, UserId user, Words words, Then then) override;

private:
    /// What pages and desks are shown of a living conversation beside its standing.
    struct Seen {
        std::vector<api::ChatPage*> pages{};
        std::string citizen{};
        boost::json::value last{};  ///< message
        std::optional<UtcTime> owed_since{};
        std::string case_number{};
        boost::json::value choices{};
        boost::json::value look{};  ///< what the robot offers to look up
        bool needs_person = false;  ///< the robot could not look it up
        std::size_t position = 0;
        std::string told{};  ///< what pages know of its state
    };
    struct Willing {
        std::size_t at_once = 3;
        bool is_talking = false;
        bool takes = false;  ///< pressed, and not paused since
    };

    // chat::Listener
    void said(const chat::Standing& standing, const chat::Message& message, AgentId to) override;
    void moved(const chat::Standing& standing) override;
    void ask_robot(const chat::Standing& standing, const chat::Message& question) override;
    void make_case(const chat::Standing& standing, std::uint32_t number) override;
    void warn(AgentId agent, chat::ConversationId id, std::uint32_t number,
              const std::vector<std::string>& words) override;
    void agent_changed(AgentId agent) override;
    void wanted_at(std::optional<Instant> due) override;

    chat::Office hours_now() const { return hours_now(queue_); }
    chat::Office hours_now(QueueId queue) const;
    const std::string& title_of(QueueId queue) const;
    bool is_open() const { return hours_now() == chat::Office::Open; }
    Result<Done> take_words();
    void guard_with(const std::vector<std::string>& words);
    void tell_page(chat::ConversationId id, const boost::json::object& message);
    void tell_state(chat::ConversationId id);
    void tell_places();
    void show_earlier(chat::ConversationId id, api::ChatPage& page, chat::ConversationId chat,
                      std::uint32_t number);
    void answer(const chat::Standing& standing, std::uint32_t number,
                const knowledge::RobotTurn& turn);
    void think(const chat::Standing& standing, std::uint32_t number, std::string text,
               std::string matter, int tries);
    void post(std::function<void()> work);
    void offer_look(chat::ConversationId id, std::uint32_t number, backoffice::SubjectKind kind);
    void look(chat::ConversationId id, api::ChatPage& page, const boost::json::object& message);
    void look_up(const chat::Standing& standing, std::uint32_t number, api::LiveAsk ask);
    void answer_page(chat::ConversationId id, api::ChatPage& page, const std::string& key,
                     const Result<chat::ChatRoom::Kept>& kept);
    void apply(AgentId agent);
    void say_of_agent(AgentId agent, const boost::json::object& args, Then then);
    void read_for_agent(AgentId agent, const boost::json::object& args, Then then);
    void pass_on(AgentId agent, const boost::json::object& args, Then then);
    boost::json::array queues_beside(AgentId agent) const;
    void link_case(AgentId agent, const boost::json::object& args, Then then);
    void refresh_desks();
    boost::json::object desk_of(AgentId agent) const;
    std::int64_t wait_estimate_s(std::size_t position) const;

    Ports ports_;
    QueueId queue_;
    CentreId centre_;
    std::string title_;
    Calendar calendar_;
    std::unordered_map<AgentId, std::vector<QueueId>> serves_;
    struct Queue {
        std::string title;
        std::vector<Span> hours;
    };
    std::map<QueueId, Queue> queues_;  ///< of the centre
    chat::DeskRules rules_;
    ChatFiles files_;
    ChatLinks links_;
    chat::ChatRoom room_;
    std::unordered_map<chat::ConversationId, Seen> seen_;
    std::map<std::pair<std::uint64_t, std::uint32_t>, std::string> picked_;  ///< matter by message
    std::map<std::pair<std::uint64_t, std::uint32_t>, api::ChatFileView> files_sent_;
    std::map<std::pair<std::uint64_t, std::uint32_t>, api::LiveAsk> asked_live_;
    std::unordered_map<AgentId, Willing> willing_;
    std::set<AgentId> stale_desks_;
    std::deque<Instant> given_;  ///< when the last ones were taken out of the queue
    bool is_telling_places_ = false, is_refreshing_ = false, is_stopped_ = false;
    boost::asio::steady_timer due_, places_;
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);
};

}  // namespace ys::app
