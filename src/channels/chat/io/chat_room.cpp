// SPDX-License-Identifier: Apache-2.0
#include "channels/chat/io/chat_room.h"

#include <algorithm>
#include <utility>

#include "base/overloaded.h"
#include "channels/chat/io/chat_store.h"
#include "platform/journal/journal.h"

namespace ys::chat {
namespace {

const ChatDesk::Change* change_of(const ChatDesk::Outcome& outcome, ConversationId id) {
    const auto found = std::ranges::find(outcome.changes, id,
                                         [](const ChatDesk::Change& c) { return c.standing.id; });
    return found == outcome.changes.end() ? nullptr : &*found;
}

const Message* message_of(const ChatDesk::Change* change, std::uint32_t number) {
    if (change == nullptr) return nullptr;
    const auto found = std::ranges::find(change->messages, number, &Message::number);
    return found == change->messages.end() ? nullptr : &*found;
}

/// Why an agent does not have it any more, when it went back into the queue.
std::string_view cause_in(const ChatDesk::Outcome& outcome, const Standing& standing, State state) {
    if (state != State::Waiting) return word(standing.cause);
    for (const Effect& effect : outcome.effects) {
        const auto* taken = std::get_if<TakenAway>(&effect);
        if (taken != nullptr && taken->conversation == standing.id)
            return taken->why == Why::Silent ? "silent"
                   : taken->why == Why::Lost ? "lost"
                                             : "passed";
    }
    return "";
}

/// It left an agent and has another already: two moves of one step.
const TakenAway* taken_in(const ChatDesk::Outcome& outcome, const Standing& standing) {
    if (standing.state != State::WithAgent) return nullptr;
    for (const Effect& effect : outcome.effects) {
        const auto* taken = std::get_if<TakenAway>(&effect);
        if (taken != nullptr && taken->conversation == standing.id) return taken;
    }
    return nullptr;
}

}  // namespace

ChatRoom::ChatRoom(Outside outside, Listener& listener, DeskRules rules)
    : outside_(std::move(outside)),
      listener_(listener),
      desk_(std::move(rules)),
      self_(std::make_shared<ChatRoom*>(this)) {}

void ChatRoom::restore(std::vector<Standing> kept,
                       std::vector<std::unordered_map<std::string, std::uint32_t>> keys) {
    for (std::size_t i = 0; i < kept.size(); ++i) {
        const ConversationId id = kept[i].id;
        states_[id] = kept[i].state;
        auto outcome = desk_.restore(std::move(kept[i]), std::move(keys[i]), outside_.now());
        commit(std::move(outcome), {id}, {}, {}, {});
    }
}

/// Two pages of one browser that open at once get the same.
void ChatRoom::open(CentreId centre, QueueId queue, const std::string& citizen, OnKept then) {
    auto& waiting = opening_[citizen];
    waiting.push_back(std::move(then));
    if (waiting.size() > 1) return;
    auto look = [self = std::weak_ptr(self_), post = outside_.post, centre, queue,
                 citizen](sql::Database& db) {
        auto rows = ChatStore::of_citizen(db, centre, citizen, 1);
        post([self, centre, queue, citizen, rows = std::move(rows)] {
            const auto room = self.lock();
            if (!room) return;
            if (!rows) return (*room)->opened(citizen, rows.error());
            const Conversation* last =
                rows->empty() ? nullptr : (*room)->desk_.find(rows->front().id);
            if (last != nullptr && !is_over(last->state()))
                return (*room)->opened(citizen, Kept{last->id()});
            (*room)->begin(centre, queue, citizen);
        });
    };
    if (const auto asked = outside_.readers.read(look); !asked) opened(citizen, asked.error());
}

void ChatRoom::begin(CentreId centre, QueueId queue, const std::string& citizen) {
    auto id = std::make_shared<ConversationId>();
    outside_.writer.submit(
        [id](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(*id, ChatStore::new_id(tx));
            return Done{};
        },
        [self = std::weak_ptr(self_), post = outside_.post, id, centre, queue,
         citizen](const Result<Done>& done) {
            post([self, id, centre, queue, citizen, done] {
                const auto room = self.lock();
                if (!room) return;
                if (!done) return (*room)->opened(citizen, done.error());
                (*room)->run(OpenConversation{*id, centre, queue}, {*id}, citizen,
                             [self, citizen](const Result<Kept>& result) {
                                 if (const auto there = self.lock())
                                     (*there)->opened(citizen, result);
                             },
                             {});
            });
        });
}

void ChatRoom::opened(const std::string& citizen, const Result<Kept>& result) {
    auto waiting = opening_.extract(citizen);
    if (waiting.empty()) return;
    for (const OnKept& then : waiting.mapped()) then(result);
}

void ChatRoom::tell(ConversationId id, Command command, OnKept then, Also also) {
    run(Tell{id, std::move(command)}, {id}, {}, std::move(then), std::move(also));
}

void ChatRoom::agent(const DeskCommand& command, OnKept then) {
    run(command, {}, {}, std::move(then), {});
}

void ChatRoom::time_passed() {
    std::vector<ConversationId> over;
    run(DeskTimePassed{}, {}, {}, {}, {});
    for (const auto& [id, state] : states_)
        if (is_over(state) && desk_.find(id) == nullptr) over.push_back(id);
    for (const ConversationId id : over) states_.erase(id);
}

void ChatRoom::run(const DeskCommand& command, Kept kept, std::string citizen, OnKept then,
                   Also also) {
    auto outcome = desk_.on(outside_.now(), command);
    if (!outcome) {
        if (then) then(outcome.error());
        return;
    }
    kept.number = outcome->number;
    kept.is_resent = outcome->is_resent;
    commit(*std::move(outcome), kept, std::move(citizen), std::move(then), std::move(also));
}

std::vector<facts::Fact> ChatRoom::facts_of(const ChatDesk::Outcome& outcome, UtcTime at) {
    std::vector<facts::Fact> out;
    for (const ChatDesk::Change& change : outcome.changes) {
        const Standing& now = change.standing;
        const auto [known, is_new] = states_.try_emplace(now.id, State::New);
        State before = std::exchange(known->second, now.state);
        if (const TakenAway* taken = taken_in(outcome, now); taken && before == now.state) {
            facts::ChatMoved left{.chat = now.id.value,
                                  .queue = now.queue.value,
                                  .from = std::string(word(before)),
                                  .to = std::string(word(State::Waiting)),
                                  .cause = std::string(cause_in(outcome, now, State::Waiting))};
            out.push_back({at, now.centre, {}, taken->agent, std::move(left)});
            before = State::Waiting;
        }
        if (before == now.state) continue;
        facts::ChatMoved moved{.chat = now.id.value,
                               .queue = now.queue.value,
                               .from = std::string(word(before)),
                               .to = std::string(word(now.state)),
                               .cause = std::string(cause_in(outcome, now, now.state))};
        if (now.state == State::WithAgent && now.asked_at)
            moved.waited_ms = (at.us - now.asked_at->us) / 1'000;
        if (now.state == State::Rated) moved.stars = now.stars;
        out.push_back({at, now.centre, {}, now.agent, std::move(moved)});
    }
    return out;
}

/// Even what changes nothing goes through the writer: who sent a message again is answered after
/// the message itself is on disk.
void ChatRoom::commit(ChatDesk::Outcome outcome, Kept kept, std::string citizen, OnKept then,
                      Also also) {
    auto facts = facts_of(outcome, outside_.now().utc);
    auto batch =
        std::make_shared<Batch>(Batch{std::move(outcome), std::move(facts), std::move(citizen),
                                      kept, std::move(also), std::move(then)});
    listener_.wanted_at(desk_.due());
    outside_.writer.submit(
        [batch](sql::Transaction& tx) -> Result<Done> {
            for (const ChatDesk::Change& change : batch->outcome.changes) {
                YS_TRY([[maybe_unused]] const Done done,
                       ChatStore::keep(tx, change, batch->citizen));
            }
            const bool is_first = !batch->kept.is_resent && batch->kept.number != 0;
            if (batch->also && is_first) {
                YS_TRY([[maybe_unused]] const Done done, batch->also(tx, batch->kept.number));
            }
            return journal::Journal::append(tx, batch->facts);
        },
        [self = std::weak_ptr(self_), post = outside_.post, batch](const Result<Done>& done) {
            post([self, batch, done] {
                if (const auto room = self.lock()) (*room)->finish(*batch, done);
            });
        });
}

void ChatRoom::finish(Batch& batch, const Result<Done>& done) {
    if (!done) {
        outside_.failed(done.error());
        for (const ChatDesk::Change& change : batch.outcome.changes) take_back(change.standing);
        if (batch.then) batch.then(done.error());
        return;
    }
    if (batch.then) batch.then(batch.kept);
    for (const Effect& effect : batch.outcome.effects) carry_out(batch, effect);
    for (const ChatDesk::Change& change : batch.outcome.changes) listener_.moved(change.standing);
}

void ChatRoom::carry_out(const Batch& batch, const Effect& effect) {
    const ChatDesk::Outcome& out = batch.outcome;
    std::visit(overloaded{[&](const Show& e) {
                              const auto* change = change_of(out, e.conversation);
                              if (const auto* message = message_of(change, e.number))
                                  listener_.said(change->standing, *message, e.agent);
                          },
                          [&](const AskRobot& e) {
                              const auto* change = change_of(out, e.conversation);
                              if (const auto* message = message_of(change, e.number))
                                  listener_.ask_robot(change->standing, *message);
                              else
                                  ask_robot(e.conversation, e.number);
                          },
                          [&](const MakeCase& e) {
                              if (const auto* change = change_of(out, e.conversation))
                                  listener_.make_case(change->standing, e.number);
                          },
                          [&](const WarnAgent& e) {
                              listener_.warn(e.agent, e.conversation, e.number, e.words);
                          },
                          [&](const Given& e) { listener_.agent_changed(e.agent); },
                          [&](const TakenAway& e) { listener_.agent_changed(e.agent); },
                          [&](const AgentPaused& e) { listener_.agent_changed(e.agent); },
                          // Whom the desk gives what, it decides itself (Matching::Own).
                          [](const AskForAgent&) {}, [](const LeaveQueue&) {}},
               effect);
}

/// A question of before a restart: its words are on disk only.
void ChatRoom::ask_robot(ConversationId id, std::uint32_t number) {
    const Conversation* asked = desk_.find(id);
    if (asked == nullptr) return;
    const Standing standing = asked->standing();
    auto look = [self = std::weak_ptr(self_), post = outside_.post, standing,
                 number](sql::Database& db) {
        const auto rows =
            ChatStore::messages(db, Scope::of(standing.centre), standing.id, number - 1, 1);
        if (!rows || rows->empty()) return;
        const Message question{.number = number, .text = rows->front().text};
        post([self, standing, question] {
            if (const auto room = self.lock()) (*room)->listener_.ask_robot(standing, question);
        });
    };
    if (const auto read = outside_.readers.read(look); !read) outside_.failed(read.error());
}

/// What the desk decided is not on disk: it goes by what is.
void ChatRoom::take_back(const Standing& standing) {
    auto look = [self = std::weak_ptr(self_), post = outside_.post, standing](sql::Database& db) {
        auto kept = ChatStore::kept(db, Scope::of(standing.centre), standing.id);
        post([self, standing, kept = std::move(kept)]() mutable {
            const auto room = self.lock();
            if (!room) return;
            if (!kept) return (*room)->outside_.failed(kept.error());
            if (*kept) {
                (*room)->restore({std::move((*kept)->standing)}, {std::move((*kept)->keys)});
            } else {
                // It never began: it ends unheard, and is forgotten in its time.
                const auto ended =
                    (*room)->desk_.on((*room)->outside_.now(), Tell{standing.id, CitizenEnds{}});
                if (!ended) (*room)->outside_.failed(ended.error());
            }
        });
    };
    if (const auto read = outside_.readers.read(look); !read) outside_.failed(read.error());
}

}  // namespace ys::chat
