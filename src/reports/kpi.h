// SPDX-License-Identifier: Apache-2.0
// Facts in, figures out. The live page and `yingsheng kpi` run this same code.
#pragma once

#include <array>
#include <map>
#include <unordered_map>
#include <vector>

#include "facts/facts.h"
#include "reports/figures.h"
#include "reports/waits.h"

namespace ys::reports {

/// Fed with facts one by one, in journal order. Facts about calls that arrived outside the window
/// are passed over, so feed whatever may matter: from a day before `from` (for the states agents
/// were in) until the calls of the window have ended.
class Kpi {
public:
    explicit Kpi(Window window) : window_(window) {}

    void on(const facts::Fact& fact);

    /// Begins a new window (midnight): counters start at nothing, agents keep their states; calls
    /// of the old window are no longer followed.
    void begin(Window window);
    const Window& window() const { return window_; }

    CallFigures centre(CentreId centre) const;  ///< all zero when unknown
    CallFigures queue(QueueId queue) const;
    /// until   how far the state the agent is in now has come
    AgentFigures agent(AgentId agent, UtcTime until) const;
    /// Everything, ordered by id.
    Report report(UtcTime until) const;

private:
    enum class Fate {
        NotAsked,
        Waiting,
        Answered,
        Abandoned,
        Lost,
        TurnedAway,
        LeftMessage,
        Promised
    };
    /// The first wait a caller was told in a queue.
    struct Told {
        QueueId queue;
        UtcTime at;
        std::int64_t low_ms = 0, high_ms = 0;
    };
    struct Tally {
        CentreId centre;
        CallFigures plain;  ///< without what is worked out at the end
        Waits waits;
        /// Answered calls that have ended and were not unhurried.
        std::uint64_t talks = 0;
        std::int64_t talked_ms = 0, held_ms = 0;
        std::int64_t score_sum = 0;
    };
    /// One call, or its time in one queue: what became of who asked for a person.
    struct Asking {
        Fate fate = Fate::NotAsked;
        bool was_soon = false;   ///< counted in within_15s
        bool was_short = false;  ///< counted in abandoned_short
        bool has_wait = false;
        std::int64_t wait_ms = 0;
    };
    struct Visit {
        QueueId queue;
        Asking asking;
        UtcTime since;
        bool open = false;
        std::int64_t waited_ms = 0;  ///< in earlier visits
    };
    struct OpenCall {
        CentreId centre;
        bool outgoing = false;
        bool is_callback = false;  ///< promised by another call, which is the one counted
        bool is_promised = false;
        std::string number;  ///< the citizen's
        QueueId queue;       ///< the last one
        std::optional<Told> told;
        Asking asking;
        std::vector<Visit> visits;
        QueueId answered_from;
        bool is_unhurried = false;
        std::vector<AgentId> handled_by;
    };
    enum State : std::size_t { LoggedOut, Ready, Alerted, Busy, WrapUp, Break, state_count };
    struct Desk {
        CentreId centre;
        AgentFigures counts;
        State state = LoggedOut;
        UtcTime since;
        std::array<std::int64_t, state_count> us{};  ///< finished stretches inside the window
        bool has_call = false;                       ///< the last call taken arrived in the window
        CentreId call_centre;
        QueueId call_queue;
    };

    void arrived(const facts::Fact& fact, const facts::CallArrived& body);
    void moved_home(const facts::Fact& fact, OpenCall& call);
    void queued(const facts::Fact& fact, OpenCall& call, QueueId queue);
    void connected(const facts::Fact& fact, OpenCall& call, const facts::Connected& body);
    void ended(const facts::Fact& fact, OpenCall& call, const facts::CallEnded& body);
    void moved(const facts::Fact& fact, const facts::AgentMoved& body);
    void about_a_call(const facts::Fact& fact, OpenCall& call);
    void proposal_ended(const facts::Fact& fact, const facts::ProposalEnded& body);
    void answered_by_link(const facts::Fact& fact, const facts::SurveyAnswered& body);
    void callback_ended(const OpenCall& call, const facts::CallbackEnded& body);
    void wait_ended(OpenCall& call, UtcTime at, bool is_answered);
    void lose(const OpenCall& call, QueueId queue);
    void reached(const OpenCall& call);
    void leave_open_visits(OpenCall& call, UtcTime at, Fate fate);
    static std::uint64_t& count_of(CallFigures& figures, Fate fate);
    void settle(Tally& tally, Asking& asking, Fate fate, std::int64_t wait_ms);
    std::int64_t inside_us(UtcTime from, UtcTime to) const;
    Tally& tally(CentreId centre) { return centres_[centre]; }
    Tally& tally(QueueId queue, CentreId centre);
    Desk& desk(const facts::Fact& fact);
    static CallFigures worked_out(const Tally& tally);
    AgentFigures worked_out(AgentId agent, const Desk& desk, UtcTime until) const;

    Window window_;
    std::map<CentreId, Tally> centres_;
    std::map<QueueId, Tally> queues_;
    std::map<AgentId, Desk> desks_;
    std::unordered_map<InteractionId, OpenCall> calls_;
    /// Callers who left without having been served, until they are reached: in which queue.
    std::map<std::pair<CentreId, std::string>, std::vector<QueueId>> unserved_;
};

}  // namespace ys::reports
