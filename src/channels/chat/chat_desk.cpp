// SPDX-License-Identifier: Apache-2.0
#include "channels/chat/chat_desk.h"

#include <algorithm>
#include <tuple>

#include "base/overloaded.h"
#include "base/panic.h"

namespace ys::chat {

struct ChatDesk::Step {
    Now now;
    Outcome out;
    std::vector<std::pair<Place, QueueId>> came;  ///< who waits since this step, and is here
    std::vector<AgentId> freed;                   ///< who may have more room than before
};

ChatDesk::ChatDesk(DeskRules rules) : rules_(std::move(rules)) {}

void ChatDesk::change(DeskRules rules) {
    rules_ = std::move(rules);
    for (auto& [id, entry] : entries_) {
        Books now = entry.books;
        now.due = entry.conversation.due(rules_.conversation);
        enter_books(entry, now);
    }
}

Result<ChatDesk::Outcome> ChatDesk::on(Now now, const DeskCommand& command) {
    Step s{now, {}, {}, {}};
    const auto done = std::visit([&](const auto& c) { return take(s, c); }, command);
    if (!done) return done.error();
    match(s);
    for (const Change& change : s.out.changes)
        if (const auto it = entries_.find(change.standing.id); it != entries_.end())
            it->second.change = 0;
    return std::move(s.out);
}

std::optional<Instant> ChatDesk::due() const {
    std::optional<Instant> first;
    if (!due_.empty()) first = due_.begin()->first;
    for (const auto& [id, agent] : agents_)
        if (agent.back_by && (!first || *agent.back_by < *first)) first = agent.back_by;
    return first;
}

const Conversation* ChatDesk::find(ConversationId id) const {
    const auto it = entries_.find(id);
    return it == entries_.end() ? nullptr : &it->second.conversation;
}

std::vector<ConversationId> ChatDesk::waiting(QueueId queue) const {
    std::vector<ConversationId> out;
    if (const auto it = queues_.find(queue); it != queues_.end())
        for (const Place& place : it->second.all) out.push_back(place.id);
    return out;
}

std::optional<ChatDesk::AgentView> ChatDesk::agent(AgentId id) const {
    const auto it = agents_.find(id);
    if (it == agents_.end()) return std::nullopt;
    const Agent& agent = it->second;
    return AgentView{agent.at_once, agent.takes_more, {agent.has.begin(), agent.has.end()}};
}

std::size_t ChatDesk::takers(QueueId queue) const {
    const auto it = queues_.find(queue);
    if (it == queues_.end()) return 0;
    return static_cast<std::size_t>(std::ranges::count_if(
        it->second.agents, [&](AgentId id) { return agents_.at(id).takes_more; }));
}

void ChatDesk::enter_books(Entry& entry, const Books& now) {
    const ConversationId id = entry.conversation.id();
    Queue& queue = queues_[entry.conversation.standing().queue];
    const Books& was = entry.books;
    if (was.is_waiting) queue.all.erase(was.place);
    if (was.is_here) queue.here.erase(was.place);
    if (now.is_waiting) queue.all.insert(now.place);
    if (now.is_here) queue.here.insert(now.place);
    if (was.agent && was.agent != now.agent) agents_[was.agent].has.erase(id);
    if (now.agent) agents_[now.agent].has.insert(id);
    if (was.due) due_.erase({*was.due, id});
    if (now.due) due_.insert({*now.due, id});
    entry.books = now;
}

void ChatDesk::note_change(Step& s, Entry& entry, std::vector<Message> messages) {
    if (entry.change == 0) {
        s.out.changes.push_back({entry.conversation.standing(), std::move(messages)});
        entry.change = s.out.changes.size();
        return;
    }
    Change& change = s.out.changes[entry.change - 1];
    change.standing = entry.conversation.standing();
    std::ranges::move(messages, std::back_inserter(change.messages));
}

/// The one way to a conversation: what it says goes into the outcome, where it is into the books.
Result<Done> ChatDesk::tell(Step& s, Entry& entry, const Command& command) {
    Conversation& it = entry.conversation;
    const Standing before = it.standing();
    YS_TRY(auto out, it.on(rules_.conversation, s.now, command));
    if (out.number != 0) s.out.number = out.number;
    s.out.is_resent = s.out.is_resent || out.is_resent;
    if (!out.messages.empty() || !(before == it.standing()))
        note_change(s, entry, std::move(out.messages));
    for (Effect& effect : out.effects) {
        const auto* taken = std::get_if<TakenAway>(&effect);
        const bool was_silent = taken != nullptr && taken->why == Why::Silent;
        const AgentId agent = taken != nullptr ? taken->agent : AgentId{};
        s.out.effects.push_back(std::move(effect));
        if (was_silent && agents_[agent].takes_more) {
            agents_[agent].takes_more = false;
            s.out.effects.push_back(AgentPaused{agent});
        }
    }
    const Books was = entry.books;
    const bool is_waiting = it.state() == State::Waiting;
    const Place place{it.asked(), it.id()};
    enter_books(entry, {is_waiting, is_waiting && it.is_citizen_here(), place, it.agent(),
                        it.due(rules_.conversation)});
    if (entry.books.is_here && !(was.is_here && was.place == place))
        s.came.emplace_back(place, it.standing().queue);
    if (was.agent && was.agent != entry.books.agent) s.freed.push_back(was.agent);
    return Done{};
}

Result<Done> ChatDesk::take(Step& s, const OpenConversation& c) {
    if (entries_.size() >= rules_.living_max)
        return Error{Errc::TooManyConversations, "opening a chat"};
    const auto [it, is_new] = entries_.try_emplace(c.id, Conversation{c.id, c.centre, c.queue});
    if (!is_new) return Error{Errc::ThereAlready, "opening a chat"};
    return tell(s, it->second, Begin{});
}

Result<Done> ChatDesk::take(Step& s, const Tell& c) {
    const auto it = entries_.find(c.id);
    if (it == entries_.end()) return Error{Errc::NoSuchConversation, "telling a chat something"};
    if (const auto* given = std::get_if<AgentGiven>(&c.command)) {
        if (rules_.matching == Matching::Own)
            return Error{Errc::NotNow, "giving a chat to an agent"};
        const auto agent = agents_.find(given->agent);
        if (agent == agents_.end() || !agent->second.takes_more)
            return Error{Errc::NoSuchAgent, "giving a chat to an agent"};
        if (!has_room(agent->second)) return Error{Errc::AgentFull, "giving a chat to an agent"};
        YS_TRY(const Done done, tell(s, it->second, c.command));
        agent->second.given_at = s.now.mono;
        return done;
    }
    if (const auto* passed = std::get_if<PassOn>(&c.command))
        return pass_on(s, it->second, *passed);
    return tell(s, it->second, c.command);
}

/// Never into a queue where nobody would take it, nor back to who passed it on.
Result<Done> ChatDesk::pass_on(Step& s, Entry& entry, PassOn c) {
    const auto agent = agents_.find(c.agent);
    if (agent != agents_.end() && agent->second.queues.contains(c.queue))
        return Error{Errc::PassedToOwn, "passing a chat on"};
    if (c.office == Office::Open && takers(c.queue) == 0)
        return Error{Errc::NobodyThere, "passing a chat on"};
    if (const auto& all = queues_[c.queue].all; !all.empty()) c.before = all.begin()->asked;
    return tell(s, entry, std::move(c));
}

void ChatDesk::set_queues(AgentId id, Agent& agent, std::set<QueueId> queues) {
    for (const QueueId queue : agent.queues) queues_[queue].agents.erase(id);
    for (const QueueId queue : queues) queues_[queue].agents.insert(id);
    agent.queues = std::move(queues);
}

Result<Done> ChatDesk::take(Step& s, const AgentReady& c) {
    if (c.at_once < 1 || c.at_once > at_once_max)
        return Error{Errc::CapacityUnfit, "an agent taking chats"};
    if (!c.agent) return Error{Errc::NoSuchAgent, "an agent taking chats"};
    Agent& agent = agents_[c.agent];
    set_queues(c.agent, agent, {c.queues.begin(), c.queues.end()});
    agent.at_once = c.at_once;
    agent.takes_more = true;
    agent.back_by.reset();
    s.freed.push_back(c.agent);
    return Done{};
}

Result<Done> ChatDesk::take(Step&, const AgentPauses& c) {
    const auto it = agents_.find(c.agent);
    if (it == agents_.end()) return Error{Errc::NoSuchAgent, "an agent taking no more chats"};
    it->second.takes_more = false;
    return Done{};
}

Result<Done> ChatDesk::take(Step& s, const AgentGone& c) {
    const auto it = agents_.find(c.agent);
    if (it == agents_.end()) return Error{Errc::NoSuchAgent, "an agent's seat is gone"};
    it->second.takes_more = false;
    it->second.back_by = s.now.mono + rules_.agent_back_within;
    return Done{};
}

Result<Done> ChatDesk::take(Step& s, const AgentLeft& c) {
    const auto it = agents_.find(c.agent);
    if (it == agents_.end()) return Error{Errc::NoSuchAgent, "an agent leaving"};
    it->second.takes_more = false;
    const std::set<ConversationId> had = it->second.has;
    for (const ConversationId id : had) {
        const auto lost = tell(s, entries_.at(id), AgentLost{c.agent});
        YS_ASSERT(lost);
    }
    set_queues(c.agent, it->second, {});
    agents_.erase(it);
    return Done{};
}

Result<Done> ChatDesk::take(Step& s, const DeskTimePassed&) {
    std::vector<AgentId> gone;
    for (const auto& [id, agent] : agents_)
        if (agent.back_by && *agent.back_by <= s.now.mono) gone.push_back(id);
    for (const AgentId id : gone) {
        YS_TRY([[maybe_unused]] const Done left, take(s, AgentLeft{id}));
    }
    while (!due_.empty() && due_.begin()->first <= s.now.mono) {
        Entry& entry = entries_.at(due_.begin()->second);
        if (is_over(entry.conversation.state())) {
            forget(entry.conversation.id());
            continue;
        }
        YS_TRY([[maybe_unused]] const Done told, tell(s, entry, TimePassed{}));
    }
    return Done{};
}

void ChatDesk::forget(ConversationId id) {
    const auto it = entries_.find(id);
    if (it == entries_.end()) return;
    enter_books(it->second, {});
    entries_.erase(it);
}

ChatDesk::Outcome ChatDesk::restore(Standing kept,
                                    std::unordered_map<std::string, std::uint32_t> keys, Now now) {
    Step s{now, {}, {}, {}};
    const ConversationId id = kept.id;
    if (const Conversation* known = find(id); known != nullptr && known->agent())
        s.freed.push_back(known->agent());
    forget(id);
    Entry& entry =
        entries_.try_emplace(id, Entry{Conversation{std::move(kept), std::move(keys), now}, {}, 0})
            .first->second;
    const Conversation& it = entry.conversation;
    const bool is_waiting = it.state() == State::Waiting;
    enter_books(entry, {is_waiting, is_waiting && it.is_citizen_here(), Place{it.asked(), id},
                        it.agent(), it.due(rules_.conversation)});
    if (const AgentId agent = it.agent(); agent && agents_[agent].at_once == 0)
        agents_[agent].back_by = now.mono + rules_.agent_back_within;
    const Standing& standing = it.standing();
    if (is_waiting) s.out.effects.push_back(AskForAgent{id, standing.queue, it.asked()});
    if (it.state() == State::WithRobot && standing.robot_asked > standing.robot_answered)
        s.out.effects.push_back(AskRobot{id, standing.robot_asked});
    match(s);
    return std::move(s.out);
}

bool ChatDesk::has_room(const Agent& agent) const {
    return agent.takes_more && agent.has.size() < agent.at_once;
}

/// To who has the fewest, of those who was given one longest ago, of those the lowest number.
bool ChatDesk::give_to_somebody(Step& s, const Place& place, QueueId queue) {
    const Agent* best = nullptr;
    AgentId best_id;
    for (const AgentId id : queues_[queue].agents) {
        const Agent& agent = agents_.at(id);
        if (!has_room(agent)) continue;
        if (best == nullptr || std::tuple(agent.has.size(), agent.given_at) <
                                   std::tuple(best->has.size(), best->given_at)) {
            best = &agent;
            best_id = id;
        }
    }
    if (best == nullptr) return false;
    const auto given = tell(s, entries_.at(place.id), AgentGiven{best_id});
    YS_ASSERT(given);
    agents_.at(best_id).given_at = s.now.mono;
    return true;
}

/// Who has waited longest in any of the agent's queues, until there is no more room.
void ChatDesk::fill(Step& s, AgentId id) {
    const auto it = agents_.find(id);
    while (it != agents_.end() && has_room(it->second)) {
        const Place* first = nullptr;
        for (const QueueId queue : it->second.queues) {
            const auto& here = queues_[queue].here;
            if (!here.empty() && (first == nullptr || *here.begin() < *first))
                first = &*here.begin();
        }
        if (first == nullptr) return;
        const auto given = tell(s, entries_.at(first->id), AgentGiven{id});
        YS_ASSERT(given);
        it->second.given_at = s.now.mono;
    }
}

/// Before the step nobody waited whom an agent with room could take, so only who came or became
/// free can change that. Giving makes neither.
void ChatDesk::match(Step& s) {
    if (rules_.matching == Matching::External) return;
    const auto freed = std::exchange(s.freed, {});
    for (const AgentId id : freed) fill(s, id);
    auto came = std::exchange(s.came, {});
    std::ranges::sort(came);
    for (const auto& [place, queue] : came)
        if (queues_[queue].here.contains(place)) give_to_somebody(s, place, queue);
}

std::string ChatDesk::broken_in(const Entry& entry) const {
    const Conversation& it = entry.conversation;
    const std::string name = "conversation " + std::to_string(it.id().value) + " (" +
                             std::string(name_of(it.state())) + ")";
    std::size_t waits = 0, had = 0;
    for (const auto& [id, queue] : queues_) {
        waits += queue.all.contains({it.asked(), it.id()}) ? 1 : 0;
        if (queue.here.contains({it.asked(), it.id()}) &&
            !(it.is_citizen_here() && queue.all.contains({it.asked(), it.id()})))
            return name + " is here and is not";
    }
    for (const auto& [id, agent] : agents_) had += agent.has.contains(it.id()) ? 1 : 0;
    if (waits != (it.state() == State::Waiting ? 1U : 0U))
        return name + " stands in " + std::to_string(waits) + " queues";
    if (had != (it.state() == State::WithAgent ? 1U : 0U))
        return name + " is with " + std::to_string(had) + " agents";
    if (it.agent() && !agents_.at(it.agent()).has.contains(it.id()))
        return name + " is with another agent than it says";
    if (it.due(rules_.conversation) != entry.books.due) return name + " is due at another time";
    if (entry.change != 0) return name + " is still in the middle of a step";
    return {};
}

std::string ChatDesk::broken_invariant() const {
    std::size_t places = 0, had = 0, due = 0;
    for (const auto& [id, entry] : entries_) {
        if (std::string broken = broken_in(entry); !broken.empty()) return broken;
        due += entry.books.due ? 1 : 0;
    }
    for (const auto& [id, queue] : queues_) {
        places += queue.all.size();
        for (const AgentId agent : queue.agents)
            if (rules_.matching == Matching::Own && !queue.here.empty() &&
                has_room(agents_.at(agent)))
                return "agent " + std::to_string(agent.value) + " has room while somebody waits";
    }
    for (const auto& [id, agent] : agents_) {
        had += agent.has.size();
        if (agent.has.size() > at_once_max)
            return "agent " + std::to_string(id.value) + " has more than anybody can";
    }
    if (due != due_.size()) return "something is due that is not there";
    for (const auto& [id, entry] : entries_) {
        places -= entry.books.is_waiting ? 1 : 0;
        had -= entry.books.agent ? 1 : 0;
    }
    return places == 0 && had == 0 ? "" : "a queue or an agent has what is not there";
}

}  // namespace ys::chat
