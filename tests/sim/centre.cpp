// SPDX-License-Identifier: Apache-2.0
#include "sim/centre.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/text.h"
#include "interactions/replay.h"
#include "sim/hotline.h"

namespace ys::sim {

using namespace ys::interactions;
using test::FakeLeg;

namespace {

constexpr Instant start{};

class Centre {
public:
    explicit Centre(const Plan& plan)
        : plan_(plan), dice_(plan.seed), edge_(setup_of(plan), time_) {
        rules_.push_back(std::make_shared<Setup>(setup_of(plan)));
        began_with_.push_back(rules_.back());
        edge_.prompt_lasts = 700ms;
        edge_.keeps_apart = true;
        edge_.on_ring = [this](LegId leg) { rung(leg); };
        edge_.is_told_twice = [this] { return dice_.chance(0.02); };
        edge_.is_lost = [this] { return dice_.chance(0.01); };
    }

    Report run() {
        for (std::uint64_t i = 1; i <= plan_.agents; ++i) {
            const AgentId agent{i};
            time_.in(Millis{dice_.between(0, 5'000)}, [this, agent] {
                edge_.tell(SignIn{agent, seat_of(agent)});
                edge_.tell(BecomeReady{agent});
            });
        }
        plan_arrival();
        plan_act();
        if (plan_.clock_steps) plan_clock_step();
        if (plan_.crashes) plan_crash();
        // Four hours after the last arrival everybody has long gone home.
        const double lasts_s = static_cast<double>(plan_.calls) / plan_.arrivals_per_s;
        // Who is still to be called back is told to a list of people by then.
        time_.at(start + Seconds{static_cast<std::int64_t>(lasts_s * 3) + 3 * 3600},
                 [this] { edge_.tell(Drain{}); });
        time_.run_out(start + Seconds{static_cast<std::int64_t>(lasts_s * 3) + 4 * 3600});
        edge_.expect_nothing_left();
        for (const SeatView& seat : edge_.coordinator().seats(centre))
            if (edge_.complaint.empty() && (seat.state == "Busy" || seat.state == "Alerted"))
                edge_.complaint =
                    "agent " + std::to_string(seat.agent.value) + " is left " + seat.state;
        if (edge_.complaint.empty() && !edge_.timers.empty()) edge_.complaint = "a timer is left";
        replay();
        return report();
    }

private:
    Seat seat_of(AgentId agent) const {
        if (agent.value % 5 == 1) return {SeatKind::SipPhone, "p" + std::to_string(agent.value)};
        if (agent.value % 7 == 0) return {SeatKind::OutsideNumber, "139000000"};
        return {};
    }
    bool is_over() const { return !edge_.complaint.empty(); }
    bool is_winding_down() const { return arrived_ >= plan_.calls; }
    Millis soon(double mean_s) {
        return Millis{static_cast<std::int64_t>(dice_.exponential(mean_s) * 1000)};
    }
    AgentId any_agent() { return AgentId{1 + dice_.below(plan_.agents)}; }

    /// Somebody sets the wall clock, or it finds out how wrong it was. Waiting must not notice.
    void plan_clock_step() {
        if (is_over() || is_winding_down()) return;
        time_.in(soon(300), [this] {
            edge_.clock_is_off += Millis{dice_.between(-3'600'000, 3'600'000)};
            plan_clock_step();
        });
    }

    /// Between two steps, at any moment: nobody can prepare for it.
    void plan_crash() {
        if (is_over() || is_winding_down()) return;
        time_.in(soon(600), [this] {
            if (is_over() || is_winding_down()) return;
            began_with_.push_back(rules_.back());
            edge_.crashes(last_rules());
            for (std::uint64_t i = 1; i <= plan_.agents; ++i)
                if (dice_.chance(0.9))
                    time_.in(soon(5), [this, i] { edge_.tell(SeatBack{AgentId{i}}); });
            plan_crash();
        });
    }

    /// What the store has when a process starts: the set-up with the rules last saved.
    Setup last_rules() const {
        Setup whole = setup_of(plan_);
        whole.skills = rules_.back()->skills;
        whole.queues = rules_.back()->queues;
        whole.agents = rules_.back()->agents;
        return whole;
    }

    // ---- citizens ------------------------------------------------------------------------------

    void plan_arrival() {
        if (is_over() || is_winding_down()) return;
        time_.in(soon(1 / plan_.arrivals_per_s), [this] {
            arrive();
            plan_arrival();
        });
    }

    void arrive() {
        ++arrived_;
        CallArrived call;
        call.centre = centre;
        call.dialled = dice_.chance(0.01) ? "9999" : dice_.chance(0.1) ? "6001" : "6000";
        if (dice_.chance(0.3)) call.known_to = any_agent();
        if (dice_.chance(0.1)) call.repeats = static_cast<std::uint32_t>(dice_.below(5));
        call.is_barred = dice_.chance(0.01);
        call.via = dice_.chance(0.1) ? Via::Web : Via::Trunk;
        call.caller = "138" + std::to_string(10'000'000 + arrived_);
        if (dice_.chance(0.15)) call.caller_tags = {"elder"};
        if (dice_.chance(0.5)) call.address = dice_.chance(0.5) ? "听松里 1 号楼" : "观澜苑";
        const LegId leg = edge_.arrives(call);
        // A random moment: in the flow, in the queue, ringing, talking, on hold, or much later.
        const double patience_s = dice_.chance(0.3) ? 8 : dice_.chance(0.7) ? 90 : 600;
        time_.in(soon(patience_s), [this, leg] {
            if (!edge_.legs.contains(leg)) return;
            const bool is_broken = dice_.chance(0.05);
            edge_.goes_down(leg, is_broken ? EndCause::MediaLost : EndCause::Completed);
            if (dice_.chance(0.05)) edge_.tell(LegDown{leg, EndCause::Completed});  // Told twice.
        });
        plan_key(leg);
        time_.in(Millis{3'600'000}, [this, leg] {
            if (edge_.legs.contains(leg)) edge_.goes_down(leg, EndCause::Completed);
        });
    }

    void plan_key(LegId leg) {
        if (!dice_.chance(0.6)) return;
        time_.in(soon(6), [this, leg] {
            if (!edge_.legs.contains(leg)) return;
            edge_.tell(KeyPressed{leg, "0123456789*#"[dice_.below(12)]});
            plan_key(leg);
        });
    }

    // ---- whoever we ring -----------------------------------------------------------------------

    void rung(LegId leg) {
        const FakeLeg& who = edge_.legs.at(leg);
        const AgentId agent = who.agent;
        if (who.answers_itself && dice_.chance(0.93))
            return time_.in(soon(0.3), [this, leg] { comes_up(leg); });
        if (!agent && dice_.chance(0.5)) {
            time_.in(soon(1), [this, leg] { edge_.tell(LegRinging{leg}); });
        }
        const auto what = dice_.below(20);
        if (what < 14)
            return time_.in(soon(3), [this, leg, agent] {
                if (agent && edge_.legs.contains(leg)) edge_.tell(AnswerPressed{agent});
                time_.in(soon(0.2), [this, leg] { comes_up(leg); });
            });
        if (what < 16 && agent)
            return time_.in(soon(3), [this, leg, agent] {
                if (edge_.legs.contains(leg)) edge_.tell(DeclinePressed{agent});
            });
        if (what < 18) {
            constexpr EndCause failures[]{EndCause::Busy,        EndCause::Declined,
                                          EndCause::NoAnswer,    EndCause::NoSuchNumber,
                                          EndCause::MediaFailed, EndCause::SystemError};
            const EndCause cause = failures[dice_.below(6)];
            time_.in(soon(4), [this, leg, cause] {
                if (edge_.legs.contains(leg)) edge_.goes_down(leg, cause);
            });
        }
        // Else nobody answers.
    }

    /// Sometimes after the ring was over: a late answer.
    void comes_up(LegId leg) {
        edge_.comes_up(leg);
        if (dice_.chance(0.02)) edge_.comes_up(leg);
        if (!edge_.legs.contains(leg)) return;
        // Who is on duty takes the call by a key, or does not find it.
        if (edge_.legs.at(leg).kind == FakeLeg::Kind::Number && dice_.chance(0.7))
            time_.in(soon(5), [this, leg] { edge_.tell(KeyPressed{leg, "12"[dice_.below(2)]}); });
        // Everybody hangs up some day, also who was left talking to a third party.
        time_.in(soon(90), [this, leg] {
            if (!edge_.legs.contains(leg)) return;
            const bool is_lost = dice_.chance(0.1);
            edge_.goes_down(leg, is_lost ? EndCause::MediaLost : EndCause::Completed);
        });
    }

    // ---- desks ---------------------------------------------------------------------------------

    void plan_act() {
        if (is_over()) return;
        if (is_winding_down() && edge_.coordinator().interactions_open() == 0) return;
        time_.in(soon(1 / plan_.desk_acts_per_s), [this] {
            const Command command = any_command();
            edge_.tell(command);
            if (dice_.chance(0.02)) edge_.tell(command);  // Told twice.
            plan_act();
        });
    }

    Target any_target() {
        switch (dice_.below(4)) {
            case 0:
                return {TargetKind::Queue, {}, QueueId{1 + dice_.below(4)}, ""};
            case 1:
                return {TargetKind::Number, {}, {}, dice_.chance(0.1) ? "" : "110"};
            default:
                return {TargetKind::Agent, any_agent(), {}, ""};
        }
    }

    Command any_command() {
        const AgentId agent = any_agent();
        switch (dice_.below(60)) {
            case 0:
                return Hold{agent};
            case 1:
                return Retrieve{agent};
            case 2:
            case 3:
                return BlindTransfer{agent, any_target()};
            case 4:
            case 5:
                return Consult{agent, any_target()};
            case 6:
                return EndConsult{agent, EndConsult::How::Complete};
            case 7:
                return EndConsult{agent, EndConsult::How::Join};
            case 8:
                return EndConsult{agent, EndConsult::How::Cancel};
            case 9:
                return AddParty{agent, any_target()};
            case 10:
                return drop_somebody(agent);
            case 11:
                if (is_winding_down()) return HangUp{agent};
                return DialOut{agent, "13900139000", "6000", {}, {}};
            case 12:
                return ToSurvey{agent};
            case 13:
                return SecureInputByAgent{agent, dice_.chance(0.6)};
            case 14:
                return FinishWrapUp{agent, "resolved"};
            case 15:
                return seat_gone(agent);
            case 16:
                return SeatBack{agent};
            case 17:
                return Monitor{agent, any_agent(), any_mode(), "training"};
            case 18:
                return Monitor{supervisor(), any_agent(), any_mode(), "training"};
            case 19:
                return StopMonitor{supervisor()};
            case 20:
                return TakeOver{supervisor(), any_agent(), "complaint"};
            case 21:
                return ForceState{supervisor(), agent, any_forced(), "lunch is over"};
            case 22:
                return TakeBreak{agent, "lunch"};
            case 23:
                return SignOut{agent};
            case 24:
                return SignIn{agent, seat_of(agent)};
            case 25:
                return HangUp{agent};
            case 26:
                return refer(agent);
            case 27:
                return SendDigits{agent, "12#"};
            case 28:
                return emergency();
            case 29:
                return other_rules();
            default: {
                // Most of the time people want to work.
                const auto view = edge_.coordinator().desk_view(agent);
                if (view->state == "LoggedOut") return SignIn{agent, seat_of(agent)};
                return BecomeReady{agent};
            }
        }
    }

    Command seat_gone(AgentId agent) {
        time_.in(soon(12), [this, agent] {
            if (dice_.chance(0.8)) edge_.tell(SeatBack{agent});
        });
        return SeatGone{agent};
    }
    /// Asked for, confirmed and ended by anybody in any order; whoever calls hears what is in
    /// force.
    Command emergency() {
        const auto open = edge_.coordinator().emergencies(centre);
        const std::uint64_t id = open.empty() ? 1 : open[dice_.below(open.size())].id;
        const auto what = dice_.below(3);
        if (what == 0 && !is_winding_down()) {
            UtcTime until = edge_.now().utc;
            until.us += dice_.between(-10'000'000, 900'000'000);
            std::vector<std::string> areas;
            if (dice_.chance(0.7)) areas = {"听松里"};
            return AskEmergency{supervisor(), centre, "emergency-bus", areas, until, "snow"};
        }
        if (what == 1) return ConfirmEmergency{supervisor(), id};
        return EndEmergency{supervisor(), id, "repaired"};
    }
    Command refer(AgentId agent) {
        const auto view = edge_.coordinator().desk_view(agent);
        const auto other = edge_.coordinator().desk_view(any_agent());
        const bool replaces = dice_.chance(0.3);
        return ReferAsked{view->own_leg, std::to_string(1000 + any_agent().value),
                          replaces ? other->own_leg : LegId{}};
    }
    Command drop_somebody(AgentId agent) {
        const auto view = edge_.coordinator().desk_view(agent);
        if (view->parties.empty()) return DropParty{agent, LegId{7}};
        return DropParty{agent, view->parties[dice_.below(view->parties.size())].leg};
    }
    std::optional<Millis> any_slide() {
        if (dice_.chance(0.3)) return std::nullopt;
        return Millis{dice_.between(0, 60) * 1000};
    }

    /// Somebody slides, or saves a page of the administration. Queue 4 comes and goes.
    Command other_rules() {
        if (dice_.chance(0.4))
            return SlideOverflow{supervisor(), QueueId{1 + dice_.below(3)}, any_slide(), "busy"};
        auto rules = std::make_shared<Setup>(*rules_.back());
        rules->flows.clear();
        for (QueueSetup& q : rules->queues) {
            if (!dice_.chance(0.4)) continue;
            q.priority = static_cast<int>(dice_.between(-3, 8));
            q.strategy = static_cast<routing::Strategy>(dice_.below(3));
            q.waiting_max = 3 + dice_.below(20);
            q.answer_within = Millis{dice_.between(8, 20) * 1000};
            q.prefer_for = Millis{dice_.between(0, 40) * 1000};
            q.needs.clear();
            if (dice_.chance(0.1)) q.needs = {SkillId{1}};
            if (q.rings.size() > 1) q.rings.back().after = Millis{dice_.between(12, 90) * 1000};
        }
        const auto extra = std::ranges::find(rules->queues, QueueId{4}, &QueueSetup::id);
        if (extra == rules->queues.end())
            rules->queues.push_back({.id = QueueId{4}, .centre = centre, .name = "extra"});
        else if (dice_.chance(0.5))
            rules->queues.erase(extra);
        const std::size_t queues = rules->queues.size();
        for (AgentSetup& a : rules->agents) {
            std::erase_if(a.queues, [&](const routing::Service& s) {
                return s.queue == QueueId{4} || dice_.chance(0.1);
            });
            if (a.queues.empty() || dice_.chance(0.2)) {
                const QueueId more = rules->queues[dice_.below(queues)].id;
                if (std::ranges::count(a.queues, more, &routing::Service::queue) == 0)
                    a.queues.push_back({more, static_cast<int>(dice_.between(-2, 2))});
            }
            if (dice_.chance(0.2))
                a.skills = {{SkillId{1}, static_cast<int>(dice_.between(1, 9))},
                            {SkillId{1 + dice_.below(2)}, 2}};
            a.wrap_up_max = Millis{dice_.between(0, 20) * 1000};
        }
        if (edge_.coordinator().may_become(*rules)) rules_.push_back(rules);
        return ChangeRules{AgentId{6}, centre, "rules", std::to_string(rules_.size() - 1), rules};
    }

    AgentId supervisor() {
        return AgentId{6 * (1 + dice_.below(std::max<std::size_t>(1, plan_.agents / 6)))};
    }
    MonitorMode any_mode() { return static_cast<MonitorMode>(dice_.below(3)); }
    ForcedState any_forced() { return static_cast<ForcedState>(dice_.below(3)); }

    /// Every decision follows from the facts: a second dispatcher fed with them decides the same.
    void replay() {
        // The journal has wall time only: whether a ring was open is not in it after a step.
        if (is_over() || plan_.clock_steps) return;
        edge_.lives.push_back(edge_.facts.size());
        for (std::size_t life = 0, from = 0; life < edge_.lives.size(); ++life) {
            const std::size_t until = edge_.lives[life];
            replay(*began_with_[life], std::span{edge_.facts}.subspan(from, until - from));
            from = until;
        }
    }

    void replay(const Setup& rules, std::span<const facts::Fact> life) {
        Replay again{rules_of(rules)};
        for (const facts::Fact& fact : life) {
            // Its text is the number of the rules here.
            if (const auto* f = std::get_if<facts::PolicyInForce>(&fact.body))
                again.change(fact.at, rules_of(*rules_[*parse_number(f->policy)]));
            again.on(fact);
        }
        again.finish();
        decisions_ += again.decisions();
        if (again.differences().empty()) return;
        const Replay::Difference& first = again.differences().front();
        edge_.complaint = std::to_string(again.differences().size()) +
                          " decisions differ when made again, first at " + to_rfc3339(first.at) +
                          ": call " + std::to_string(first.interaction.value) + " to agent " +
                          std::to_string(first.journal.value) + ", decided " +
                          std::to_string(first.decided.value);
        edge_.facts_before_complaint = edge_.facts.size();
    }

    Report report() const {
        Report r;
        r.decisions = decisions_;
        r.complaint = edge_.complaint;
        r.facts = edge_.facts.size();
        r.digest = 1469598103934665603ULL;  // FNV-1a, 64 bits.
        for (const facts::Fact& fact : edge_.facts) {
            // A broken run ends where it broke: what follows explains nothing.
            if (!r.complaint.empty() && r.all_facts.size() == edge_.facts_before_complaint) break;
            const std::string text = test::text_of(fact) + " " + std::to_string(fact.agent.value) +
                                     "/" + std::to_string(fact.interaction.value) + "@" +
                                     std::to_string(fact.at.us);
            for (const char c : text)
                r.digest = (r.digest ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
            r.all_facts.push_back(to_rfc3339(fact.at).substr(11, 12) + " call " +
                                  std::to_string(fact.interaction.value) + " agent " +
                                  std::to_string(fact.agent.value) + ": " + test::text_of(fact));
            ++r.kinds[text.substr(0, text.find(' '))];
            if (const auto* queued = std::get_if<facts::Queued>(&fact.body))
                ++r.kinds["Queued " + queued->why];
            if (const auto* proposed = std::get_if<facts::Proposed>(&fact.body))
                ++r.kinds["Proposed " + proposed->rule];
            if (const auto* ended = std::get_if<facts::CallEnded>(&fact.body))
                ++r.causes[ended->cause];
        }
        return r;
    }

    Plan plan_;
    Dice dice_;
    test::Timeline time_;
    test::FakeEdge edge_;
    std::vector<std::shared_ptr<const Setup>> rules_;       ///< all there have been
    std::vector<std::shared_ptr<const Setup>> began_with_;  ///< each life
    std::size_t arrived_ = 0;
    std::size_t decisions_ = 0;
};

}  // namespace

Report run(const Plan& plan) { return Centre{plan}.run(); }

}  // namespace ys::sim
