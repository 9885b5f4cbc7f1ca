// SPDX-License-Identifier: Apache-2.0
// routing_bench decision | day: what a routing decision costs in a province of 29 centres, each
// compared with the plain rule; and how long a day of 100,000 calls takes to rehearse. A line of
// JSON on stdout.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <deque>
#include <vector>

#include "base/dice.h"
#include "base/panic.h"
#include "routing/demand.h"
#include "routing/dispatcher.h"
#include "routing/testing/plain_rule.h"

namespace {

using namespace ys;
using namespace ys::routing;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t centres = 29, agents = 10'000, callers = 11'500, skill_sets = 500;
constexpr std::uint64_t queues_per_centre = 3, skills = 24;
/// These have more callers than people, the other fourteen more people than callers.
constexpr std::uint64_t busy_centres = 15;

std::uint64_t queue_of(std::uint64_t centre, std::uint64_t kind) {
    return centre * queues_per_centre + kind + 1;
}

/// The head centre is 0; every city leans on it, and on a neighbour before.
std::vector<QueueRule> province_queues() {
    std::vector<QueueRule> all;
    for (std::uint64_t c = 0; c < centres; ++c)
        for (std::uint64_t kind = 0; kind < queues_per_centre; ++kind) {
            QueueRule rule{.id = QueueId{queue_of(c, kind)}};
            rule.waiting_max = 100'000;
            rule.priority = kind == 1 ? 5 : 0;
            rule.strategy = static_cast<Strategy>(c % 3);
            rule.skill = SkillId{1 + kind};
            rule.rings = {{.level_min = 5}, {.after = 20s, .level_min = 3}};
            if (c > 0) {
                const std::uint64_t neighbour =
                    c < busy_centres ? 1 + c % (busy_centres - 1) : busy_centres + (c + 1) % 14;
                rule.rings.push_back(
                    {.after = 40s, .level_min = 3, .also = QueueId{queue_of(neighbour, kind)}});
                rule.rings.push_back(
                    {.after = 60s, .level_min = 1, .also = QueueId{queue_of(0, kind)}});
            }
            all.push_back(rule);
        }
    return all;
}

/// 500 different sets of skills; each agent of a centre has one of those of the centre.
std::vector<AgentRule> province_agents(Dice& dice) {
    std::vector<SkillLevels> sets;
    for (std::uint64_t i = 0; i < skill_sets; ++i) {
        std::vector<Skill> levels;
        for (std::uint64_t s = 1; s <= 3; ++s)  // What rings measure.
            levels.push_back({SkillId{s}, static_cast<int>(dice.between(1, 9))});
        for (int more = 0; more < 6; ++more)
            levels.push_back({SkillId{4 + dice.below(skills - 3)}, 1});
        sets.emplace_back(levels);
    }
    std::vector<AgentRule> all;
    for (std::uint64_t i = 0; i < agents; ++i) {
        const std::uint64_t c = i % centres;
        const std::uint64_t mine = (i / centres) % (skill_sets / centres + 1);
        AgentRule rule{AgentId{i + 1}, {}, sets[(c * skill_sets / centres + mine) % skill_sets]};
        for (std::uint64_t kind = 0; kind < queues_per_centre; ++kind)
            rule.queues.push_back({QueueId{queue_of(c, kind)}, static_cast<int>((c + kind) % 3)});
        all.push_back(std::move(rule));
    }
    return all;
}

struct Timings {
    std::vector<double> us;
    double at(double part) {
        if (us.empty()) return 0;
        const auto k = static_cast<std::size_t>(part * static_cast<double>(us.size() - 1));
        std::nth_element(us.begin(), us.begin() + static_cast<std::ptrdiff_t>(k), us.end());
        return us[k];
    }
};

struct Told {
    Instant at{};
    Command command;
};

class Province {
public:
    Province(std::uint64_t seed, bool is_compared)
        : dice_(seed),
          people_(province_agents(dice_)),
          acd_(province_queues(), people_),
          plain_(is_compared ? province_queues() : std::vector<QueueRule>{},
                 is_compared ? people_ : std::vector<AgentRule>{}),
          is_compared_(is_compared) {
        talking_.resize(centres);
        for (const AgentRule& a : people_) talking_[(a.id.value - 1) % centres].push_back(a.id);
        for (std::uint64_t c = busy_centres; c < centres; ++c)
            while (talking_[c].size() > 20) end_a_talk(c);
        while (next_ <= callers) enter(dice_.below(busy_centres));
        for (int i = 0; i < 9; ++i) pass(Millis{5'000});
        first_measured_ = told_.size();
    }

    /// A call ends somewhere, a call comes somewhere; time goes on.
    void step() {
        pass(Millis{1});
        const std::uint64_t c = dice_.below(centres);
        if (talking_[c].size() > 1) end_a_talk(c);
        enter(dice_.below(centres));
    }

    /// The same commands once more, nothing else in between.
    void replay() {
        Dispatcher again(province_queues(), people_);
        std::size_t effects = 0;
        for (std::size_t i = 0; i < first_measured_; ++i)
            effects += again.on(told_[i].at, told_[i].command).size();
        const double begin_s = cpu_s();
        for (std::size_t i = first_measured_; i < told_.size(); ++i)
            effects += again.on(told_[i].at, told_[i].command).size();
        replayed_s = cpu_s() - begin_s;
        YS_ASSERT(effects == effects_);
    }
    Timings decisions, other;
    double replayed_s = 0;
    std::size_t proposals = 0, differences = 0;
    std::size_t waiting() const { return waiting_; }
    std::size_t idle() const { return idle_; }
    std::size_t commands() const { return told_.size() - first_measured_; }

private:
    static double cpu_s() {
        timespec t{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
    }
    void pass(Millis by) {
        now_ += by;
        while (!looks_.empty() && looks_.front().at <= now_) {
            const InteractionId id = looks_.front().interaction;
            looks_.pop_front();
            tell(Widen{id});
        }
    }
    void end_a_talk(std::uint64_t c) {
        auto& talking = talking_[c];
        const std::size_t k = dice_.below(talking.size());
        const AgentId agent = talking[k];
        talking[k] = talking.back();
        talking.pop_back();
        ++idle_;
        tell(BecameReady{agent, now_, static_cast<std::int64_t>(dice_.below(60)),
                         Millis{dice_.between(0, 20'000'000)}});
    }
    void enter(std::uint64_t c) {
        Enter e;
        e.interaction = InteractionId{next_++};
        e.queue = QueueId{queue_of(c, dice_.below(queues_per_centre))};
        e.priority = static_cast<int>(dice_.below(4));
        e.first_arrival = now_ - Millis{dice_.between(0, 2'000)};
        if (dice_.chance(0.3)) e.needs = SkillSet{SkillId{4 + dice_.below(skills - 3)}};
        if (dice_.chance(0.1)) e.preferred = {AgentId{1 + dice_.below(agents)}, 30s};
        ++waiting_;
        tell(e);
    }
    void tell(const Command& command) {
        const auto begin = Clock::now();
        const auto effects = acd_.on(now_, command);
        const double us = std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
        told_.push_back({now_, command});
        effects_ += effects.size();
        if (is_compared_ && plain_.on(now_, command) != effects) ++differences;
        std::size_t proposed = 0;
        for (const Effect& effect : effects) {
            if (const auto* p = std::get_if<Propose>(&effect)) {
                ++proposed;
                --waiting_;
                --idle_;
                talking_[(p->agent.value - 1) % centres].push_back(p->agent);
                accepted_.push_back({p->interaction, p->agent});
            }
            if (const auto* l = std::get_if<LookAgain>(&effect)) later(*l);
        }
        if (first_measured_ > 0) {
            proposals += proposed;
            (proposed > 0 ? decisions : other).us.push_back(us);
        }
        while (!accepted_.empty()) {
            const Accepted next = accepted_.back();
            accepted_.pop_back();
            tell(next);
        }
    }
    /// Nearly always at the end.
    void later(const LookAgain& look) {
        auto at = looks_.end();
        while (at != looks_.begin() && std::prev(at)->at > look.at) --at;
        looks_.insert(at, look);
    }

    Dice dice_;
    std::vector<AgentRule> people_;
    Dispatcher acd_;
    PlainRule plain_;
    bool is_compared_;
    std::vector<Told> told_;
    std::size_t first_measured_ = 0;
    std::size_t effects_ = 0;
    Instant now_{Seconds{3'600}};
    std::uint64_t next_ = 1;
    std::size_t waiting_ = 0, idle_ = 0;
    std::vector<std::vector<AgentId>> talking_;
    std::vector<Accepted> accepted_;
    std::deque<LookAgain> looks_;
};

int decision() {
    Province compared(7, true);
    for (int i = 0; i < 3'000; ++i) compared.step();
    Province timed(8, false);
    for (int i = 0; i < 100'000; ++i) timed.step();
    timed.replay();
    std::printf(
        "{\"agents\":%llu,\"waiting\":%zu,\"idle\":%zu,\"skill_sets\":%llu,\"centres\":%llu,"
        "\"p50_us\":%.2f,\"p99_us\":%.2f,\"max_us\":%.0f,\"other_p99_us\":%.2f,"
        "\"decisions_s\":%.0f,\"decisions\":%zu,\"commands\":%zu,\"compared\":%zu,"
        "\"differences\":%zu}\n",
        static_cast<unsigned long long>(agents), timed.waiting(), timed.idle(),
        static_cast<unsigned long long>(skill_sets), static_cast<unsigned long long>(centres),
        timed.decisions.at(0.5), timed.decisions.at(0.99), timed.decisions.at(1.0),
        timed.other.at(0.99), static_cast<double>(timed.proposals) / timed.replayed_s,
        timed.proposals, timed.commands(), compared.proposals, compared.differences);
    return 0;
}

/// 300 seats from 8 to 20, 100,000 callers, half of the seats at lunch from 12 to 13.
int day() {
    Day day;
    day.queues = {{.id = QueueId{1}, .waiting_max = 5'000},
                  {.id = QueueId{2}, .waiting_max = 5'000, .priority = 3}};
    day.queues[0].skill = SkillId{1};
    day.queues[0].rings = {{.level_min = 3}, {.after = 20s}};
    day.rings_for = 3s;
    day.wrap_up = 10s;
    for (std::uint64_t i = 1; i <= 300; ++i) {
        AgentRule rule{AgentId{i}, {{QueueId{1}}}, {{SkillId{1}, static_cast<int>(i % 5) + 1}}};
        if (i % 4 == 0) rule.queues.push_back({QueueId{2}, 1});
        day.agents.push_back(rule);
        day.shifts.push_back({AgentId{i}, Instant{} + 8h, Instant{} + 12h});
        day.shifts.push_back({AgentId{i}, Instant{} + (i % 2 == 0 ? 12h : 13h), Instant{} + 20h});
    }
    Demand most{.queue = QueueId{1}, .per_quarter = std::vector<double>(80, 0.0)};
    for (std::size_t q = 32; q < 80; ++q) most.per_quarter[q] = 90'000.0 / 48;
    most.handling_mean = 110s;
    most.handling_sigma = 0.8;
    most.patience_mean = 120s;
    Demand elders = most;
    elders.queue = QueueId{2};
    for (double& rate : elders.per_quarter) rate /= 9;
    Dice dice{1};
    day.arrivals = arrivals_of({most, elders}, dice);
    const auto begin = Clock::now();
    const Tally t = rehearse(day).total;
    const double took_s = std::chrono::duration<double>(Clock::now() - begin).count();
    std::printf(
        "{\"seats\":300,\"calls\":%llu,\"answered\":%llu,\"abandoned\":%llu,"
        "\"within_15s_rate\":%.3f,\"occupancy\":%.3f,\"took_s\":%.2f}\n",
        static_cast<unsigned long long>(t.offered), static_cast<unsigned long long>(t.answered),
        static_cast<unsigned long long>(t.abandoned), t.within_15s_rate().value_or(0),
        t.occupancy().value_or(0), took_s);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 2 && !std::strcmp(argv[1], "decision")) return decision();
    if (argc == 2 && !std::strcmp(argv[1], "day")) return day();
    std::fputs("usage: routing_bench decision | day\n", stderr);
    return 2;
}
