// SPDX-License-Identifier: Apache-2.0
// The agents' side of conversations, and the operator's sensitive words.
#include <algorithm>

#include <boost/asio/post.hpp>

#include "api/refusal.h"
#include "app/chat_views.h"
#include "app/chats.h"
#include "base/text.h"
#include "cases/io/case_store.h"
#include "channels/chat/io/chat_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"
#include "platform/json/described_json.h"
#include "platform/json/fields.h"

namespace ys::app {
namespace {

using json::number_in;
using json::text_in;

constexpr std::size_t read_max = 200;
constexpr auto refresh_after = 50ms;

const Error bad_arguments() { return api::refused("bad_arguments", api::RefusedAs::Unfit); }

auto answered(api::ChatPort::Then then) {
    return [then = std::move(then)](const Result<chat::ChatRoom::Kept>& kept) {
        if (!kept) return then(as_refusal(kept.error()));
        then(boost::json::object{{"number", kept->number}});
    };
}

}  // namespace

void Chats::command(UserId user, std::string_view name, const boost::json::object& args,
                    Then then) {
    const AgentId agent{user.value};
    const chat::ConversationId id{number_in(args, "chat")};
    if (name == "chat_ready") {
        const std::uint64_t at_once = number_in(args, "at_once");
        if (at_once < 1 || at_once > chat::ChatDesk::at_once_max) return then(bad_arguments());
        if (serves_.find(agent) == serves_.end())
            return then(api::refused("chat_no_queue", api::RefusedAs::NotPossible));
        Willing& willing = willing_[agent];
        willing.at_once = at_once;
        willing.takes = true;
        apply(agent);
        return then(boost::json::object{});
    }
    if (name == "chat_pause") {
        willing_[agent].takes = false;
        apply(agent);
        return then(boost::json::object{});
    }
    if (name == "chat_say") return say_of_agent(agent, args, std::move(then));
    if (name == "chat_end")
        return room_.tell(id, chat::AgentEnds{agent}, answered(std::move(then)));
    if (name == "chat_read") return read_for_agent(agent, args, std::move(then));
    if (name == "chat_pass") return pass_on(agent, args, std::move(then));
    if (name == "chat_case") return link_case(agent, args, std::move(then));
    then(api::refused("unknown_command", api::RefusedAs::Unfit));
}

/// Who talks on the telephone gets no new conversation; those they have stay theirs.
void Chats::apply(AgentId agent) {
    const Willing& willing = willing_[agent];
    const bool takes = willing.takes && !willing.is_talking;
    if (takes)
        room_.agent(chat::AgentReady{agent, serves_[agent], willing.at_once}, {});
    else if (room_.desk().agent(agent))
        room_.agent(chat::AgentPauses{agent}, {});
    agent_changed(agent);
}

void Chats::agent_moved(AgentId agent, std::string_view state) {
    const auto willing = willing_.find(agent);
    if (willing == willing_.end()) return;
    if (state == "LoggedOut") {
        willing_.erase(willing);
        if (room_.desk().agent(agent)) room_.agent(chat::AgentLeft{agent}, {});
        return agent_changed(agent);
    }
    const bool is_talking = state == "Alerted" || state == "Busy" || state == "Break";
    if (std::exchange(willing->second.is_talking, is_talking) != is_talking) apply(agent);
}

void Chats::desk_closed(UserId user) {
    const AgentId agent{user.value};
    if (room_.desk().agent(agent)) room_.agent(chat::AgentGone{agent}, {});
}

void Chats::say_of_agent(AgentId agent, const boost::json::object& args, Then then) {
    const chat::ConversationId id{number_in(args, "chat")};
    chat::AgentSays says{agent, text_in(args, "key"), text_in(args, "text"), {}};
    if (const std::uint64_t article = number_in(args, "article"); article != 0) {
        const auto version = static_cast<std::uint32_t>(number_in(args, "version"));
        const auto said =
            ports_.answers.said_by(knowledge::ArticleId{article}, Scope::of(centre_), utc_now());
        says.quote =
            chat::WantedQuote{{article, version}, said ? said->version.number : std::uint32_t{0}};
        says.text = said ? knowledge::in_writing(*said) : std::string("-");
    }
    room_.tell(id, std::move(says), answered(std::move(then)));
}

void Chats::read_for_agent(AgentId agent, const boost::json::object& args, Then then) {
    auto look = [alive = is_alive_, loop = &ports_.loop, book = &ports_.answers, centre = centre_,
                 agent, id = chat::ConversationId{number_in(args, "chat")},
                 after = static_cast<std::uint32_t>(number_in(args, "after")),
                 then](sql::Database& db) {
        const auto read = [&]() -> Result<boost::json::object> {
            const Scope scope = Scope::of(centre);
            YS_TRY(const auto row, chat::ChatStore::get(db, scope, id));
            if (!row || row->agent_id != agent)
                return api::refused("not_found", api::RefusedAs::NotFound);
            YS_TRY(const auto rows, chat::ChatStore::messages(db, scope, id, after, read_max));
            std::vector<api::ChatMessageView> items;
            for (const chat::ChatMessageRow& each : rows) {
                items.push_back(view_of(each, Reader::Desk));
                const auto said =
                    book->said_by(knowledge::ArticleId{each.article_id}, scope, each.at);
                if (said) items.back().article_title = said->version.content.title;
            }
            YS_TRY(const auto files, chat::ChatStore::files(db, scope, {id}));
            add_files(items, files);
            return boost::json::object{{"items", json_of(items)}};
        };
        boost::asio::post(*loop, [alive, then, result = read()] {
            if (*alive) then(result);
        });
    };
    if (const auto asked = ports_.readers.read(look); !asked) then(asked.error());
}

/// Where this agent could pass a conversation on to.
boost::json::array Chats::queues_beside(AgentId agent) const {
    boost::json::array out;
    const auto serves = serves_.find(agent);
    for (const auto& [id, queue] : queues_) {
        if (serves != serves_.end() &&
            std::ranges::find(serves->second, id) != serves->second.end())
            continue;
        out.push_back({{"id", id.value},
                       {"title", queue.title},
                       {"is_open", hours_now(id) == chat::Office::Open},
                       {"takers", room_.desk().takers(id)}});
    }
    return out;
}

void Chats::pass_on(AgentId agent, const boost::json::object& args, Then then) {
    const chat::ConversationId id{number_in(args, "chat")};
    const QueueId to{number_in(args, "queue")};
    if (!queues_.contains(to)) return then(bad_arguments());
    room_.tell(id, chat::PassOn{agent, to, title_of(to), text_in(args, "note"), hours_now(to)},
               answered(std::move(then)));
}

void Chats::link_case(AgentId agent, const boost::json::object& args, Then then) {
    const chat::ConversationId id{number_in(args, "chat")};
    const CaseId case_id{number_in(args, "case")};
    ports_.writer.submit(
        [centre = centre_, agent, id, case_id](sql::Transaction& tx) -> Result<Done> {
            const Scope scope = Scope::of(centre);
            YS_TRY(const auto row, chat::ChatStore::get(tx.db(), scope, id));
            YS_TRY(const auto of_centre, cases::CaseStore::get(tx.db(), scope, case_id));
            if (!row || row->agent_id != agent || !of_centre)
                return api::refused("not_found", api::RefusedAs::NotFound);
            return chat::ChatStore::has_case(tx, centre, id, case_id);
        },
        [this, then](const Result<Done>& done) {
            post([then, done] {
                if (!done) return then(done.error());
                then(boost::json::object{});
            });
        });
}

// ---- what desks show ---------------------------------------------------------------------------

boost::json::value Chats::desk(UserId user) {
    const AgentId agent{user.value};
    const auto willing = willing_.find(agent);
    if (willing == willing_.end()) return desk_of(agent);
    // Back within the time a seat is waited for: as ready as before. Later, a new day begins.
    const auto had = room_.desk().agent(agent);
    if (!had) {
        willing_.erase(willing);
        return desk_of(agent);
    }
    // Who is back and takes no more is no longer waited for: ready with no room, then paused.
    if (const std::size_t n = had->conversations.size(); n > 0)
        room_.agent(chat::AgentReady{agent, serves_[agent], n}, {});
    apply(agent);
    return desk_of(agent);
}

boost::json::object Chats::desk_of(AgentId agent) const {
    const auto willing = willing_.find(agent);
    const bool is_known = willing != willing_.end();
    const auto view = room_.desk().agent(agent);
    boost::json::array items;
    for (const chat::ConversationId id :
         view ? view->conversations : std::vector<chat::ConversationId>{}) {
        const chat::Standing& s = room_.desk().find(id)->standing();
        boost::json::object item{{"id", id.value},
                                 {"state", word(s.state)},
                                 {"since", to_rfc3339(s.asked_at.value_or(s.began_at))},
                                 {"owes_since", nullptr},
                                 {"queue", s.queue.value},
                                 {"queue_title", title_of(s.queue)},
                                 {"last", nullptr},
                                 {"contact", s.contact}};
        if (const auto seen = seen_.find(id); seen != seen_.end()) {
            item["last"] = seen->second.last;
            if (seen->second.owed_since) item["owes_since"] = to_rfc3339(*seen->second.owed_since);
        }
        items.push_back(std::move(item));
    }
    std::size_t waiting = 0;
    std::optional<UtcTime> longest;
    for (const auto& [queue, of] : queues_) {
        const auto serves = serves_.find(agent);
        const bool is_theirs = serves != serves_.end() &&
                               std::ranges::find(serves->second, queue) != serves->second.end();
        if (!is_theirs && queue != queue_) continue;
        const auto line = room_.desk().waiting(queue);
        waiting += line.size();
        if (line.empty()) continue;
        const auto asked = room_.desk().find(line.front())->standing().asked_at;
        if (asked && (!longest || *asked < *longest)) longest = asked;
    }
    const bool takes = is_known && willing->second.takes && view &&
                       (view->takes_more || willing->second.is_talking);
    return {{"is_offered", static_cast<bool>(queue_)},
            {"is_ready", takes},
            {"is_talking", is_known && willing->second.is_talking},
            {"at_once", is_known ? willing->second.at_once : 3},
            {"waiting", waiting},
            {"longest_since", longest ? boost::json::value(to_rfc3339(*longest)) : nullptr},
            {"queues", queues_beside(agent)},
            {"items", std::move(items)}};
}

void Chats::agent_changed(AgentId agent) {
    stale_desks_.insert(agent);
    refresh_desks();
}

/// What changes within one breath is told once.
void Chats::refresh_desks() {
    if (stale_desks_.empty() || std::exchange(is_refreshing_, true)) return;
    auto pause = std::make_shared<boost::asio::steady_timer>(ports_.loop, refresh_after);
    pause->async_wait([this, alive = is_alive_, pause](const boost::system::error_code& error) {
        if (error || !*alive) return;
        is_refreshing_ = false;
        for (const AgentId agent : std::exchange(stale_desks_, {}))
            ports_.desks.send(
                UserId{agent.value},
                {{"type", "chats"}, {"at", to_rfc3339(utc_now())}, {"chats", desk_of(agent)}});
    });
}

void Chats::warn(AgentId agent, chat::ConversationId id, std::uint32_t number,
                 const std::vector<std::string>& words) {
    ports_.desks.send(UserId{agent.value}, {{"type", "chat_warning"},
                                            {"at", to_rfc3339(utc_now())},
                                            {"chat", id.value},
                                            {"number", number},
                                            {"words", boost::json::value_from(words)}});
}

// ---- words -------------------------------------------------------------------------------------

Result<api::ChatPort::Words> Chats::words(sql::Database& db, CentreId centre) {
    YS_TRY(const chat::ChatWordsRow row, chat::ChatStore::words(db, centre));
    Words out{{}, row.version};
    for (const std::string_view line : split(row.words, '\n'))
        if (!line.empty()) out.words.emplace_back(line);
    return out;
}

void Chats::put_words(CentreId centre, UserId user, Words words, Then then) {
    if (const auto fit = chat::WordGuard::make(words.words); !fit)
        return then(as_refusal(fit.error()));
    std::string lines;
    for (const std::string& each : words.words) lines += each + "\n";
    const chat::ChatWordsRow row{centre, words.version, lines};
    facts::Fact fact{
        utc_now(),
        centre,
        {},
        AgentId{user.value},
        facts::SupervisorActed{user.value, "guarded_words", std::to_string(words.words.size())}};
    ports_.writer.submit(
        [row, fact](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const Done put, chat::ChatStore::put_words(tx, row));
            return journal::Journal::append(tx, {&fact, 1});
        },
        [this, centre, words, then](const Result<Done>& done) {
            post([this, centre, words, then, done] {
                if (!done) return then(done.error());
                if (centre == centre_) guard_with(words.words);
                then(boost::json::object{{"version", words.version + 1}});
            });
        });
}

}  // namespace ys::app
