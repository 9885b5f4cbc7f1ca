// SPDX-License-Identifier: Apache-2.0
// Events in a binary heap; what happens at the same instant happens in the order it was planned.
#include "routing/rehearsal.h"

#include <algorithm>
#include <queue>
#include <unordered_map>

#include "base/overloaded.h"
#include "base/panic.h"
#include "routing/dispatcher.h"

namespace ys::routing {
namespace {

enum class Kind : std::uint8_t { ShiftBegins, ShiftEnds, LosesPatience, Answers, LooksAgain, Free };

struct Event {
    Instant at{};
    std::uint64_t number = 0;
    Kind kind{};
    std::uint32_t who = 0;    ///< index of the agent (shifts, Free) or of the arrival
    std::uint32_t stamp = 0;  ///< void when the caller's has moved on
};
struct Later {
    bool operator()(const Event& a, const Event& b) const {
        return a.at != b.at ? a.at > b.at : a.number > b.number;
    }
};

struct Caller {
    std::uint32_t agent = 0;
    std::uint32_t shown = 0;  ///< times; the stamp of Answers
    std::uint32_t looks = 0;  ///< the stamp of LooksAgain
    bool is_shown = false;
    bool is_done = false;  ///< answered or gone
};
struct Worker {
    int shifts = 0;  ///< running now
    bool is_free = true;
    std::int64_t calls = 0;
    Millis talked{};
    Millis worked{};
    Millis at_work{};
    Instant counted_from{};  ///< the stretch at work that is running
};

Millis ms(MonotonicClock::duration d) { return std::chrono::duration_cast<Millis>(d); }

class Play {
public:
    explicit Play(const Day& day)
        : day_(day),
          acd_(day.queues, day.agents),
          callers_(day.arrivals.size()),
          workers_(day.agents.size()) {
        for (std::uint32_t i = 0; i < day.queues.size(); ++i) {
            queue_at_.emplace(day.queues[i].id, i);
            out_.queues.push_back({.queue = day.queues[i].id});
        }
        for (std::uint32_t i = 0; i < day.agents.size(); ++i) agent_at_[day.agents[i].id] = i;
        for (const Shift& shift : day.shifts) {
            YS_ASSERT(shift.from <= shift.to);
            const std::uint32_t who = agent_at_.at(shift.agent);
            plan(shift.from, Kind::ShiftBegins, who);
            plan(shift.to, Kind::ShiftEnds, who);
        }
    }

    Outcome run() {
        std::uint32_t next = 0;
        while (next < day_.arrivals.size() || !events_.empty()) {
            const bool is_arrival = next < day_.arrivals.size() &&
                                    (events_.empty() || day_.arrivals[next].at < events_.top().at);
            if (is_arrival) {
                YS_ASSERT(now_ <= day_.arrivals[next].at);
                now_ = day_.arrivals[next].at;
                arrive(next++);
                continue;
            }
            const Event event = events_.top();
            events_.pop();
            now_ = event.at;
            happen(event);
        }
        return add_up();
    }

private:
    void plan(Instant at, Kind kind, std::uint32_t who, std::uint32_t stamp = 0) {
        events_.push({at, planned_++, kind, who, stamp});
    }
    bool counts(std::uint32_t i) const { return day_.arrivals[i].at >= day_.count_from; }
    Tally& tally(std::uint32_t i) { return out_.queues[queue_at_.at(day_.arrivals[i].queue)]; }
    static InteractionId id_of(std::uint32_t i) { return InteractionId{i + 1ULL}; }

    void tell(const Command& command) {
        for (const Effect& effect : acd_.on(now_, command))
            std::visit(overloaded{
                           [this](const Propose& p) { propose(p); },
                           [this](const LookAgain& l) {
                               const auto i = static_cast<std::uint32_t>(l.interaction.value - 1);
                               plan(l.at, Kind::LooksAgain, i, ++callers_[i].looks);
                           },
                           [this](const QueueFull& f) {
                               const auto i = static_cast<std::uint32_t>(f.interaction.value - 1);
                               callers_[i].is_done = true;
                               if (counts(i)) ++tally(i).turned_away;
                           },
                           [](const auto&) {},
                       },
                       effect);
    }

    void propose(const Propose& p) {
        const auto i = static_cast<std::uint32_t>(p.interaction.value - 1);
        Caller& caller = callers_[i];
        caller.agent = agent_at_.at(p.agent);
        caller.is_shown = true;
        workers_[caller.agent].is_free = false;
        plan(std::min(now_ + day_.rings_for, p.deadline), Kind::Answers, i, ++caller.shown);
    }

    void arrive(std::uint32_t i) {
        const Arrival& a = day_.arrivals[i];
        if (counts(i)) ++tally(i).offered;
        tell(Enter{.interaction = id_of(i),
                   .queue = a.queue,
                   .priority = a.priority,
                   .first_arrival = a.at,
                   .needs = a.needs,
                   .preferred = a.preferred});
        if (callers_[i].is_done) return;
        if (!callers_[i].is_shown && counts(i)) ++tally(i).waited;
        if (a.patience) plan(a.at + *a.patience, Kind::LosesPatience, i);
    }

    void happen(const Event& event) {
        switch (event.kind) {
            case Kind::ShiftBegins:
                if (workers_[event.who].shifts++ == 0) begin_work(event.who);
                break;
            case Kind::ShiftEnds:
                if (--workers_[event.who].shifts == 0) end_work(event.who);
                break;
            case Kind::LosesPatience:
                if (!callers_[event.who].is_done) abandon(event.who);
                break;
            case Kind::Answers:
                if (!callers_[event.who].is_done && callers_[event.who].shown == event.stamp)
                    answer(event.who);
                break;
            case Kind::LooksAgain:
                if (!callers_[event.who].is_done && callers_[event.who].looks == event.stamp)
                    tell(Widen{id_of(event.who)});
                break;
            case Kind::Free:
                come_free(event.who);
                break;
        }
    }

    void be_ready(std::uint32_t who) {
        const Worker& w = workers_[who];
        tell(BecameReady{day_.agents[who].id, now_, w.calls, w.talked});
    }

    void begin_work(std::uint32_t who) {
        if (!workers_[who].is_free) return;  // Still with the last call of the shift before.
        workers_[who].counted_from = std::max(now_, day_.count_from);
        be_ready(who);
    }

    void end_work(std::uint32_t who) {
        if (!workers_[who].is_free) return;
        tell(BecameUnready{day_.agents[who].id});
        count_stretch(who);
    }

    void count_stretch(std::uint32_t who) {
        Worker& w = workers_[who];
        w.at_work += ms(std::max(now_, day_.count_from) - w.counted_from);
    }

    void abandon(std::uint32_t i) {
        Caller& caller = callers_[i];
        caller.is_done = true;
        settle(i, &Tally::abandoned);
        tell(Leave{id_of(i)});
        if (caller.is_shown) come_free(caller.agent);
    }

    void answer(std::uint32_t i) {
        Caller& caller = callers_[i];
        caller.is_done = true;
        settle(i, &Tally::answered);
        const Millis wait = ms(now_ - day_.arrivals[i].at);
        if (counts(i) && wait <= answered_soon) ++tally(i).within_15s;
        Worker& w = workers_[caller.agent];
        tell(Accepted{id_of(i), day_.agents[caller.agent].id});
        const Millis talk = day_.arrivals[i].handling;
        const Instant until = now_ + talk + day_.wrap_up;
        ++w.calls;
        w.talked += talk;
        w.worked += ms(std::max(until, day_.count_from) - std::max(now_, day_.count_from));
        plan(until, Kind::Free, caller.agent);
    }

    void settle(std::uint32_t i, std::uint64_t Tally::*fate) {
        if (!counts(i)) return;
        Tally& t = tally(i);
        ++(t.*fate);
        t.wait += ms(now_ - day_.arrivals[i].at);
    }

    void come_free(std::uint32_t who) {
        workers_[who].is_free = true;
        if (workers_[who].shifts > 0)
            be_ready(who);
        else
            count_stretch(who);
    }

    Outcome add_up() {
        for (std::uint32_t i = 0; i < callers_.size(); ++i)
            if (!callers_[i].is_done && counts(i)) ++tally(i).left_waiting;
        for (std::uint32_t a = 0; a < workers_.size(); ++a) {
            const Worker& w = workers_[a];
            out_.total.worked += w.worked;
            out_.total.at_work += w.at_work;
            for (const Service& service : day_.agents[a].queues) {
                Tally& t = out_.queues[queue_at_.at(service.queue)];
                t.worked += w.worked;
                t.at_work += w.at_work;
            }
        }
        const Millis worked = out_.total.worked, at_work = out_.total.at_work;
        for (const Tally& t : out_.queues) out_.total += t;
        out_.total.worked = worked;  // An agent of two queues works once.
        out_.total.at_work = at_work;
        return std::move(out_);
    }

    const Day& day_;
    Dispatcher acd_;
    Instant now_{};
    std::uint64_t planned_ = 0;
    std::priority_queue<Event, std::vector<Event>, Later> events_;
    std::vector<Caller> callers_;
    std::vector<Worker> workers_;
    std::unordered_map<QueueId, std::uint32_t> queue_at_;
    std::unordered_map<AgentId, std::uint32_t> agent_at_;
    Outcome out_;
};

std::optional<double> share(auto part, auto whole) {
    if (whole == 0) return std::nullopt;
    return static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Tally& Tally::operator+=(const Tally& more) {
    offered += more.offered;
    answered += more.answered;
    abandoned += more.abandoned;
    turned_away += more.turned_away;
    left_waiting += more.left_waiting;
    waited += more.waited;
    within_15s += more.within_15s;
    wait += more.wait;
    worked += more.worked;
    at_work += more.at_work;
    return *this;
}

std::optional<double> Tally::waiting_probability() const { return share(waited, offered); }
std::optional<double> Tally::mean_wait_s() const {
    const auto mean = share(wait.count(), answered + abandoned);
    return mean ? std::optional{*mean / 1000} : std::nullopt;
}
std::optional<double> Tally::within_15s_rate() const { return share(within_15s, offered); }
std::optional<double> Tally::abandoned_rate() const { return share(abandoned, offered); }
std::optional<double> Tally::occupancy() const { return share(worked.count(), at_work.count()); }

Outcome& Outcome::operator+=(const Outcome& more) {
    YS_ASSERT(queues.size() == more.queues.size());
    for (std::size_t i = 0; i < queues.size(); ++i) queues[i] += more.queues[i];
    total += more.total;
    return *this;
}

Outcome rehearse(const Day& day) { return Play{day}.run(); }

}  // namespace ys::routing
