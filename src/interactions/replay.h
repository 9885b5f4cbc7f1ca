// SPDX-License-Identifier: Apache-2.0
// Decisions made again: the journal's facts drive a second dispatcher, and each proposal the
// journal knows is compared with what that dispatcher decides.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "facts/facts.h"
#include "interactions/setup.h"
#include "interactions/worked.h"
#include "routing/changes.h"
#include "routing/dispatcher.h"

namespace ys::interactions {

/// The rules of routing by themselves.
struct Rules : routing::Rules {
    std::vector<QueueSetup> setups;         ///< of `queues`, in their order
    std::map<std::string, SkillId> skills;  ///< by name, as facts have them
};
Rules rules_of(const Setup& setup);

class Replay {
public:
    struct Difference {
        UtcTime at;
        InteractionId interaction;  ///< the caller the journal shows, or the one decided on
        AgentId journal;            ///< none: no such proposal in the journal
        AgentId decided;            ///< none: no such decision now
    };

    /// An empty house: nobody waits and nobody is at work, as after a start.
    explicit Replay(Rules rules);

    /// In the order of the journal. Facts that do not concern routing are passed over.
    void on(const facts::Fact& fact);
    /// The rules are others from `at` on.
    void change(UtcTime at, Rules rules);
    /// No more facts will come.
    void finish() { close_moment(); }

    std::size_t decisions() const { return decisions_; }
    const std::vector<Difference>& differences() const { return differences_; }

private:
    void on(const facts::Fact& fact, const facts::Queued& f);
    void on(const facts::Fact& fact, const facts::Widened& f);
    void on(const facts::Fact& fact, const facts::Proposed& f);
    void on(const facts::Fact& fact, const facts::ProposalEnded& f);
    void on(const facts::Fact& fact, const facts::CallbackPromised& f);
    void on(const facts::Fact& fact, const facts::KeysPressed& f);
    void on(const facts::Fact& fact, const facts::DutyEnded& f);
    void on(const facts::Fact& fact, const facts::CallEnded& f);
    void on(const facts::Fact& fact, const facts::AgentMoved& f);
    void on(const facts::Fact& fact, const facts::OverflowSet& f);
    void on(const facts::Fact& fact, const facts::PartyJoined& f);
    void on(const facts::Fact& fact, const facts::PartyLeft& f);
    void tell(const routing::Command& command);
    bool release_next();
    void close_moment();

    Rules rules_;
    routing::Dispatcher dispatcher_;
    Instant now_{};
    UtcTime moment_;
    std::deque<routing::Propose> decided_;  ///< by us, not yet seen in the journal
    /// Became ready in this moment: the coordinator tells the dispatcher last.
    std::deque<AgentId> freed_;
    std::unordered_map<AgentId, Instant> ready_since_;
    std::unordered_map<AgentId, Worked> worked_;
    std::size_t decisions_ = 0;
    std::vector<Difference> differences_;
};

}  // namespace ys::interactions
