// SPDX-License-Identifier: Apache-2.0
#include "app/chats.h"

#include <algorithm>

#include <boost/asio/post.hpp>

#include "api/refusal.h"
#include "app/chat_views.h"
#include "base/text.h"
#include "channels/chat/io/chat_store.h"
#include "platform/clock.h"
#include "platform/json/described_json.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

constexpr auto places_every = 500ms;  ///< how often who waits is told their place
constexpr std::size_t given_kept = 20;

chat::ConversationId of(api::ChatId id) { return chat::ConversationId{id.value}; }

}  // namespace

Chats::Chats(Ports ports, QueueId queue, CentreId centre, const interactions::Setup& setup)
    : ports_(std::move(ports)),
      queue_(queue),
      centre_(centre),
      files_(ports_.files),
      links_({.writer = ports_.writer,
              .centre = centre,
              .post = [this](std::function<void()> work) { post(std::move(work)); },
              .story = [this](sql::Database& db, const Scope& scope,
                              api::ChatId chat) { return story(db, scope, {}, chat); }}),
      room_({.writer = ports_.writer,
             .readers = ports_.readers,
             .now = [] { return now(); },
             .post = [this](std::function<void()> work) { post(std::move(work)); },
             .failed = [](const Error& error) { log::error("chat", "not_kept", error); }},
            *this, rules_),
      due_(ports_.loop),
      places_(ports_.loop) {
    rules_are(setup);
}

void Chats::post(std::function<void()> work) {
    boost::asio::post(ports_.loop, [alive = is_alive_, work = std::move(work)] {
        if (*alive) work();
    });
}

void Chats::stop() {
    *is_alive_ = false;
    is_stopped_ = true;
    due_.cancel();
    places_.cancel();
}

void Chats::rules_are(const interactions::Setup& setup) {
    serves_.clear();
    queues_.clear();
    for (const interactions::AgentSetup& agent : setup.agents)
        for (const routing::Service& service : agent.queues)
            serves_[agent.id].push_back(service.queue);
    for (const interactions::QueueSetup& each : setup.queues) {
        if (each.centre != centre_) continue;
        queues_[each.id] = {each.title, each.hours};
        if (each.id == queue_) title_ = each.title;
    }
    calendar_ = {};
    for (const interactions::DaySetup& day : setup.days) {
        if (day.is_workday)
            calendar_.workdays.push_back(day.day);
        else
            calendar_.holidays[day.day] = day.name;
    }
    std::vector<AgentId> ready;
    for (const auto& [agent, willing] : willing_)
        if (willing.takes) ready.push_back(agent);
    for (const AgentId agent : ready) apply(agent);
}

chat::Office Chats::hours_now(QueueId queue) const {
    const auto found = queues_.find(queue);
    const bool is_open = found == queues_.end() || found->second.hours.empty() ||
                         calendar_.is_open(found->second.hours, utc_now());
    return is_open ? chat::Office::Open : chat::Office::Closed;
}

const std::string& Chats::title_of(QueueId queue) const {
    static const std::string nameless;
    const auto found = queues_.find(queue);
    return found == queues_.end() ? nameless : found->second.title;
}

Result<Done> Chats::take_up() {
    files_.sweep();
    YS_TRY([[maybe_unused]] const Done words, take_words());
    constexpr std::size_t page = 500;
    const UtcTime ended_after{utc_now().us -
                              std::chrono::microseconds(rules_.conversation.rated_within).count()};
    std::vector<chat::ChatRow> owing;
    Result<Done> read = Done{};
    chat::ConversationId after;
    for (bool is_more = true; is_more;) {
        std::vector<chat::Standing> kept;
        std::vector<std::unordered_map<std::string, std::uint32_t>> keys;
        YS_TRY([[maybe_unused]] const Done done, ports_.readers.read_and_wait([&](auto& db) {
            auto living = chat::ChatStore::living(db, ended_after, after, page);
            if (!living) {
                read = living.error();
                return;
            }
            for (chat::KeptChat& each : *living) {
                kept.push_back(std::move(each.standing));
                keys.push_back(std::move(each.keys));
            }
        }));
        if (!read) return read;
        is_more = kept.size() == page;
        if (!kept.empty()) after = kept.back().id;
        room_.restore(std::move(kept), std::move(keys));
    }
    YS_TRY([[maybe_unused]] const Done done, ports_.readers.read_and_wait([&](auto& db) {
        if (auto rows = chat::ChatStore::owing_case(db, page)) owing = *std::move(rows);
    }));
    for (const chat::ChatRow& row : owing)
        make_case({.id = row.id, .centre = row.centre_id, .contact = row.contact}, row.messages);
    return Done{};
}

Result<Done> Chats::take_words() {
    Result<chat::ChatWordsRow> row = chat::ChatWordsRow{};
    YS_TRY([[maybe_unused]] const Done done, ports_.readers.read_and_wait([&](auto& db) {
        row = chat::ChatStore::words(db, centre_);
    }));
    if (!row) return row.error();
    std::vector<std::string> words;
    for (const std::string_view line : split(row->words, '\n'))
        if (!line.empty()) words.emplace_back(line);
    guard_with(words);
    return Done{};
}

void Chats::guard_with(const std::vector<std::string>& words) {
    auto guard = chat::WordGuard::make(words);
    if (!guard) return log::error("chat", "words_not_taken", guard.error());
    rules_.conversation.guard = std::make_shared<const chat::WordGuard>(*std::move(guard));
    room_.change(rules_);
}

api::ChatOfficeView Chats::office() {
    api::ChatOfficeView out{.is_offered = static_cast<bool>(queue_),
                            .is_open = is_open(),
                            .hours = {},
                            .telephone = ports_.telephone,
                            .title = title_};
    if (const auto found = queues_.find(queue_); found != queues_.end())
        for (const Span& span : found->second.hours) out.hours.push_back(to_text(span));
    const auto waiting = room_.desk().waiting(queue_);
    out.waiting = waiting.size();
    const chat::Conversation* first =
        waiting.empty() ? nullptr : room_.desk().find(waiting.front());
    if (first != nullptr)
        out.wait_s = std::chrono::duration_cast<Seconds>(mono_now() - first->asked()).count();
    return out;
}

void Chats::open(const std::string& token, std::function<void(Result<api::ChatId>)> then) {
    if (!queue_) return then(api::refused("chat_not_offered", api::RefusedAs::NotFound));
    const std::string citizen = chat::citizen_of(token);
    room_.open(centre_, queue_, citizen,
               [this, citizen, then](const Result<chat::ChatRoom::Kept>& kept) {
                   if (!kept) return then(as_refusal(kept.error()));
                   seen_[kept->id].citizen = citizen;
                   then(api::ChatId{kept->id.value});
               });
}

// ---- what the room tells -----------------------------------------------------------------------

void Chats::said(const chat::Standing& standing, const chat::Message& message, AgentId to) {
    Seen& seen = seen_[standing.id];
    const auto file = files_sent_.find({standing.id.value, message.number});
    auto for_citizen = view_of(standing.id, message, Reader::Citizen);
    auto for_desk = view_of(standing.id, message, Reader::Desk);
    if (file != files_sent_.end()) for_citizen.file = for_desk.file = file->second;
    if (for_citizen.article != 0) {
        const auto article = ports_.answers.said_by(knowledge::ArticleId{for_citizen.article},
                                                    Scope::of(standing.centre), message.at);
        if (article) for_citizen.article_title = article->version.content.title;
        for_desk.article_title = for_citizen.article_title;
    }
    if (message.author != chat::Author::System) seen.last = json::to_value(for_desk);
    if (standing.unanswered == 0)
        seen.owed_since.reset();
    else if (!seen.owed_since)
        seen.owed_since = message.at;
    if (message.author == chat::Author::Citizen) {
        seen.choices = seen.look = nullptr;
        seen.needs_person = false;
    }
    tell_page(standing.id, {{"type", "messages"}, {"items", json_of({for_citizen})}});
    if (!to) return;
    ports_.desks.send(UserId{to.value}, {{"type", "chat_message"},
                                         {"at", to_rfc3339(utc_now())},
                                         {"message", json::to_value(for_desk)},
                                         {"words", boost::json::array{}}});
    agent_changed(to);
}

void Chats::moved(const chat::Standing& standing) {
    const bool was_given = standing.state == chat::State::WithAgent;
    Seen& seen = seen_[standing.id];
    // Most steps are words, which were told already.
    std::string told =
        std::string(word(standing.state)) + " " + std::to_string(standing.agent.value) + " " +
        std::to_string(standing.queue.value) + " " + std::to_string(standing.robot_failures);
    if (std::exchange(seen.told, told) == told) return;
    if (seen.position > 0 && was_given) {
        given_.push_back(mono_now());
        if (given_.size() > given_kept) given_.pop_front();
    }
    if (standing.state != chat::State::Waiting) seen.position = 0;
    tell_state(standing.id);
    if (standing.agent) agent_changed(standing.agent);
    tell_places();
    if (!chat::is_over(standing.state)) return;
    const std::pair first{standing.id.value, std::uint32_t{0}};
    const std::pair end{standing.id.value + 1, std::uint32_t{0}};
    picked_.erase(picked_.lower_bound(first), picked_.lower_bound(end));
    files_sent_.erase(files_sent_.lower_bound(first), files_sent_.lower_bound(end));
    asked_live_.erase(asked_live_.lower_bound(first), asked_live_.lower_bound(end));
    if (seen.pages.empty()) seen_.erase(standing.id);
}

void Chats::tell_page(chat::ConversationId id, const boost::json::object& message) {
    const auto seen = seen_.find(id);
    if (seen == seen_.end()) return;
    // A page that does not read is closed while it is told, and leaves the list.
    const auto pages = seen->second.pages;
    for (api::ChatPage* page : pages) page->send(message);
}

void Chats::tell_state(chat::ConversationId id) {
    boost::json::value state = state_of(api::ChatId{id.value});
    if (state.is_null()) return;
    tell_page(id, {{"type", "chat"}, {"at", to_rfc3339(utc_now())}, {"chat", std::move(state)}});
}

/// Everybody's place in one go, so that a long queue that moves costs one walk.
void Chats::tell_places() {
    if (std::exchange(is_telling_places_, true)) return;
    places_.expires_after(places_every);
    places_.async_wait([this, alive = is_alive_](const boost::system::error_code& error) {
        if (error || !*alive) return;
        is_telling_places_ = false;
        for (const auto& [queue, of] : queues_) {
            std::size_t place = 0;
            for (const chat::ConversationId id : room_.desk().waiting(queue)) {
                ++place;
                Seen& seen = seen_[id];
                if (std::exchange(seen.position, place) != place) tell_state(id);
            }
        }
        for (const auto& [agent, willing] : willing_)
            if (willing.takes) stale_desks_.insert(agent);
        refresh_desks();
    });
}

void Chats::wanted_at(std::optional<Instant> due) {
    if (!due || is_stopped_) return;
    due_.expires_after(std::max(*due - mono_now(), Instant::duration{}));
    due_.async_wait([this, alive = is_alive_](const boost::system::error_code& error) {
        if (!error && *alive) room_.time_passed();
    });
}

/// By how fast the queue went lately.
std::int64_t Chats::wait_estimate_s(std::size_t position) const {
    if (given_.size() < 2 || position == 0) return 0;
    const auto span = std::chrono::duration_cast<Seconds>(given_.back() - given_.front()).count();
    const auto steps = static_cast<std::int64_t>(given_.size() - 1);
    return std::max<std::int64_t>(1, span / steps) * static_cast<std::int64_t>(position);
}

boost::json::value Chats::state_of(api::ChatId chat) {
    const chat::Conversation* found = room_.desk().find(of(chat));
    if (found == nullptr) return nullptr;
    const chat::Standing& s = found->standing();
    const Seen& seen = seen_[s.id];
    const AgentId agent = found->agent();
    boost::json::object out{
        {"id", chat.value},
        {"state", word(s.state)},
        {"position", s.state == chat::State::Waiting ? seen.position : 0},
        {"wait_s", wait_estimate_s(seen.position)},
        {"queue_title", s.queue == queue_ ? "" : title_of(s.queue)},
        {"agent_name", agent ? ports_.work_number(UserId{agent.value}) : ""},
        {"is_office_open", is_open()},
        {"began_at", to_rfc3339(s.began_at)},
        {"ended_at", nullptr},
        {"cause", word(s.cause)},
        {"stars", s.stars},
        {"case_number", seen.case_number},
        {"telephone", ports_.telephone},
        {"offers_person",
         seen.needs_person || s.robot_failures >= rules_.conversation.robot_failures_max}};
    if (s.ended_at) out["ended_at"] = to_rfc3339(*s.ended_at);
    return out;
}

}  // namespace ys::app
