// SPDX-License-Identifier: Apache-2.0
// Yesterday's arrivals under other rules: who came when, how long they talked, how long they were
// ready to wait, and who was at work, all taken from facts.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>

#include "facts/facts.h"
#include "interactions/replay.h"
#include "routing/patience.h"
#include "routing/rehearsal.h"

namespace ys::interactions {

class WhatIf {
public:
    WhatIf(UtcTime from, UtcTime to) : from_(from), to_(to) {}

    /// In the order of the journal, from before `from` (for who was at work then) until the calls
    /// of the window have ended.
    void on(const facts::Fact& fact);

    /// The window as a day to be rehearsed. Patience of who was answered is drawn from the estimate
    /// of their queue; who left did so after what they waited. Callers to queues and agents the
    /// rules do not know are left out.
    routing::Day day(const Rules& rules, Dice& dice) const;

private:
    struct Asked {
        UtcTime at;
        QueueId queue;
        int priority = 0;
        std::string needs;
        routing::Preferred preferred;
        std::optional<Millis> waited;  ///< until answered, or until they left
        bool is_answered = false;
        Millis talked{};
    };
    struct Span {
        UtcTime from, to;
    };
    struct Mean {
        std::int64_t sum_ms = 0;
        std::int64_t count = 0;
        void add(Millis t) {
            sum_ms += t.count();
            ++count;
        }
        Millis value() const { return Millis{count == 0 ? 0 : sum_ms / count}; }
    };
    struct Agent {
        std::optional<UtcTime> at_work_since, wrap_up_since, alerted_at;
        std::vector<Span> spans;
    };
    void moved(UtcTime at, Agent& agent, const facts::AgentMoved& f);
    std::map<QueueId, routing::Patience> patience() const;

    UtcTime from_, to_;
    std::map<InteractionId, Asked> asked_;
    std::map<AgentId, Agent> agents_;
    Mean wrap_up_, ring_;
};

}  // namespace ys::interactions
