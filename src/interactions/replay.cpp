// SPDX-License-Identifier: Apache-2.0
#include "interactions/replay.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "interactions/books.h"

namespace ys::interactions {
namespace {

Instant instant_of(UtcTime t) { return Instant{std::chrono::microseconds{t.us}}; }

}  // namespace

Rules rules_of(const Setup& setup) {
    Rules rules;
    for (const QueueSetup& q : setup.queues) rules.queues.push_back(rule_of(q));
    rules.setups = setup.queues;
    for (const AgentSetup& a : setup.agents) rules.agents.push_back(rule_of(a));
    for (const SkillSetup& s : setup.skills) rules.skills[s.name] = s.id;
    return rules;
}

Replay::Replay(Rules rules) : rules_(std::move(rules)), dispatcher_(rules_.queues, rules_.agents) {}

void Replay::on(const facts::Fact& fact) {
    if (fact.at != moment_) close_moment();
    moment_ = fact.at;
    // A wall clock that was set back must not turn time around.
    now_ = std::max(now_, instant_of(fact.at));
    std::visit(
        [&](const auto& body) {
            if constexpr (requires { on(fact, body); }) on(fact, body);
        },
        fact.body);
}

void Replay::change(UtcTime at, Rules rules) {
    close_moment();
    moment_ = at;  // What the change decides is in the journal at the same moment.
    now_ = std::max(now_, instant_of(at));
    for (const routing::Command& command : routing::changes(rules_, rules)) tell(command);
    rules_ = std::move(rules);
}

void Replay::on(const facts::Fact&, const facts::OverflowSet& f) {
    const auto queue =
        std::ranges::find(rules_.setups, QueueId{f.queue}, &interactions::QueueSetup::id);
    if (queue == rules_.setups.end()) return;
    queue->slid_to = Millis{f.after_ms};
    routing::QueueRule& rule =
        rules_.queues[static_cast<std::size_t>(queue - rules_.setups.begin())];
    rule = rule_of(*queue);
    tell(routing::ChangeQueue{rule});
}

void Replay::tell(const routing::Command& command) {
    for (const routing::Effect& effect : dispatcher_.on(now_, command))
        if (const auto* p = std::get_if<routing::Propose>(&effect)) decided_.push_back(*p);
}

void Replay::on(const facts::Fact& fact, const facts::Queued& f) {
    if (dispatcher_.is_waiting(fact.interaction)) return;  // Only after an earlier difference.
    std::vector<SkillId> needs;
    for (const std::string_view name : split(f.needs, ','))
        if (const auto skill = rules_.skills.find(std::string{name}); skill != rules_.skills.end())
            needs.push_back(skill->second);
    tell(routing::Enter{
        .interaction = fact.interaction,
        .queue = QueueId{f.queue},
        .priority = f.priority,
        .first_arrival = instant_of(f.first_arrival_at),
        .needs = routing::SkillSet{std::move(needs)},
        .preferred = {AgentId{f.preferred}, Millis{f.preferred_ms}},
        .admission = f.is_limited ? routing::Admission::ByLimit : routing::Admission::Always,
        .is_away = f.is_away});
}

void Replay::on(const facts::Fact& fact, const facts::Widened&) {
    tell(routing::Widen{fact.interaction});
}

void Replay::on(const facts::Fact& fact, const facts::Proposed&) {
    ++decisions_;
    while (decided_.empty() && release_next()) {
    }
    if (decided_.empty()) {
        differences_.push_back({fact.at, fact.interaction, fact.agent, {}});
        return;
    }
    const routing::Propose ours = decided_.front();
    decided_.pop_front();
    if (ours.interaction != fact.interaction || ours.agent != fact.agent)
        differences_.push_back({fact.at, fact.interaction, fact.agent, ours.agent});
}

void Replay::on(const facts::Fact& fact, const facts::ProposalEnded& f) {
    if (f.outcome == "accepted") return tell(routing::Accepted{fact.interaction, fact.agent});
    if (f.outcome == "caller_left") return tell(routing::Leave{fact.interaction});
    tell(routing::Failed{fact.interaction, fact.agent});
}

/// The caller's place goes over to the call that is promised.
void Replay::on(const facts::Fact& fact, const facts::CallbackPromised&) {
    tell(routing::Leave{fact.interaction});
}

/// A key pressed while waiting is written down when it ends the wait: for a message instead.
void Replay::on(const facts::Fact& fact, const facts::KeysPressed&) {
    tell(routing::Leave{fact.interaction});
}

/// Who is on duty has the caller, or nobody has and they leave a message.
void Replay::on(const facts::Fact& fact, const facts::DutyEnded& f) {
    if (f.outcome == "taken" || f.outcome == "nobody") tell(routing::Leave{fact.interaction});
}

void Replay::on(const facts::Fact& fact, const facts::CallEnded&) {
    tell(routing::Leave{fact.interaction});
}

void Replay::on(const facts::Fact& fact, const facts::AgentMoved& f) {
    std::erase(freed_, fact.agent);
    if (f.to != "Ready") return tell(routing::BecameUnready{fact.agent});
    // Who was rung for a caller who left goes on waiting as long as before.
    if (f.event != "Withdraw") ready_since_[fact.agent] = now_;
    freed_.push_back(fact.agent);
}

void Replay::on(const facts::Fact& fact, const facts::PartyJoined&) {
    if (fact.agent) ++worked_[fact.agent].at(fact.at).calls;
}

void Replay::on(const facts::Fact& fact, const facts::PartyLeft& f) {
    if (fact.agent) worked_[fact.agent].at(fact.at).talked += Millis{f.talked_ms};
}

/// Tells the dispatcher of the next agent who became ready; false when there is none.
bool Replay::release_next() {
    if (freed_.empty()) return false;
    const AgentId agent = freed_.front();
    freed_.pop_front();
    const Worked& worked = worked_[agent].at(moment_);
    tell(routing::BecameReady{agent, ready_since_[agent], worked.calls, worked.talked});
    return true;
}

void Replay::close_moment() {
    while (release_next()) {
    }
    for (const routing::Propose& ours : decided_)
        differences_.push_back({moment_, ours.interaction, {}, ours.agent});
    decided_.clear();
}

}  // namespace ys::interactions
