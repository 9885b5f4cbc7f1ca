// SPDX-License-Identifier: Apache-2.0
#include "support/fake_edge.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace ys::test {

using namespace ys::interactions;

namespace {

// Monday 2026-11-23, 10:00 in China: offices are open.
constexpr std::int64_t start_us = 1'795'399'200'000'000;

std::string plain(const std::string& v) { return v; }
std::string plain(bool v) { return v ? "true" : "false"; }
std::string plain(UtcTime v) { return to_rfc3339(v); }
template <class T>
requires std::is_arithmetic_v<T> std::string plain(T v) { return std::to_string(v); }

std::string short_name(std::string_view full) {
    return std::string{full.substr(full.rfind(':') + 1)};
}

template <class Body>
std::string kind_of() {
    const std::string_view pretty = __PRETTY_FUNCTION__;
    const auto from = pretty.find("Body = ") + 7;
    return short_name(pretty.substr(from, pretty.find_first_of(";]", from) - from));
}

}  // namespace

std::string text_of(const facts::Fact& fact) {
    return std::visit(
        [](const auto& body) {
            using Body = std::decay_t<decltype(body)>;
            std::string text = kind_of<Body>();
            boost::mp11::mp_for_each<
                boost::describe::describe_members<Body, boost::describe::mod_public>>(
                [&](auto member) { text += " " + plain(body.*member.pointer); });
            return text;
        },
        fact.body);
}

FakeEdge::FakeEdge(Setup setup, Timeline& time) : time_(time) { start(std::move(setup)); }

void FakeEdge::start(Setup setup) {
    auto made = Coordinator::make(std::move(setup));
    if (!made) panic(made.error().note.c_str(), __FILE__, __LINE__);
    coordinator_ = *std::move(made);
}

Now FakeEdge::now() const {
    const auto us =
        std::chrono::duration_cast<std::chrono::microseconds>(time_.now().time_since_epoch());
    return {time_.now(), UtcTime{start_us + us.count() + clock_is_off.count() * 1'000}};
}

void FakeEdge::complain(std::string what) {
    if (!complaint.empty()) return;
    complaint = std::move(what);
    facts_before_complaint = facts.size();
}

void FakeEdge::tell(const Command& command) {
    Now when = now();
    if (keeps_apart && when.mono <= last_told_) {
        const auto late = last_told_ + 1us - when.mono;
        when.mono += late;
        when.utc.us += late / 1us;
    }
    last_told_ = when.mono;
    const Outcome outcome = coordinator_->on(when, command);
    for (const facts::Fact& fact : outcome.facts) take(fact);
    for (const Effect& effect : outcome.effects)
        std::visit([this](const auto& e) { on(e); }, effect);
    if (std::string broken = coordinator_->broken_invariant(); !broken.empty())
        complain("broken invariant: " + broken);
}

void FakeEdge::take(const facts::Fact& fact) {
    facts.push_back(fact);
    if (std::holds_alternative<facts::CallArrived>(fact.body)) ended_[fact.interaction] = 0;
    if (std::holds_alternative<facts::TransferBegan>(fact.body))
        passed_on_.insert(fact.interaction);
    if (const auto* q = std::get_if<facts::Queued>(&fact.body)) take_place(fact, *q);
    if (const auto* p = std::get_if<facts::Proposed>(&fact.body)) check_turn(fact, *p);
    if (const auto* r = std::get_if<facts::RecordingOpened>(&fact.body))
        recordings_open_.insert(r->recording);
    if (const auto* r = std::get_if<facts::RecordingClosed>(&fact.body))
        recordings_open_.erase(r->recording);
    if (!std::holds_alternative<facts::CallEnded>(fact.body)) return;
    places_.erase(fact.interaction);
    const auto found = ended_.find(fact.interaction);
    if (found == ended_.end() || ++found->second != 1)
        complain("call " + std::to_string(fact.interaction.value) + " ended twice, or never came");
}

void FakeEdge::take_place(const facts::Fact& fact, const facts::Queued& queued) {
    const auto [at, is_new] = places_.try_emplace(fact.interaction);
    if (is_new) at->second.since = time_.now();
    // A second queue begins the circle anew; a callback's place is older than this call.
    if (!is_new || queued.first_arrival_at < fact.at) passed_on_.insert(fact.interaction);
    at->second.as = queued;
    at->second.known_until =
        queued.preferred == 0 ? Instant{} : time_.now() + Millis{queued.preferred_ms};
}

/// First come, first served: nobody who came earlier, to the same queue with the same needs and the
/// same urgency, may still stand there. Apart are who waits for one agent, who was in a queue
/// before, and who is served by the agent they know.
void FakeEdge::check_turn(const facts::Fact& fact, const facts::Proposed& proposed) {
    const auto mine = places_.find(fact.interaction);
    const bool is_apart = mine == places_.end() || passed_on_.contains(fact.interaction) ||
                          proposed.rule == "preferred";
    if (is_apart) return;
    for (const WaitingView& w : coordinator_->waiting(fact.centre)) {
        const auto theirs = places_.find(w.interaction);
        if (theirs == places_.end() || w.position == 0 || passed_on_.contains(w.interaction))
            continue;
        const Place &a = mine->second, &b = theirs->second;
        const bool is_alike = a.as.queue == b.as.queue && a.as.priority == b.as.priority &&
                              a.as.needs == b.as.needs && b.known_until <= time_.now();
        if (is_alike && b.since < a.since)
            complain("call " + std::to_string(w.interaction.value) + " was overtaken by " +
                     std::to_string(fact.interaction.value));
    }
}

void FakeEdge::report(const Command& command) {
    tell(command);
    if (is_told_twice()) tell(command);
}

LegId FakeEdge::arrives(CallArrived call) {
    call.leg = LegId{next_leg_++};
    FakeLeg leg;
    leg.number = call.caller;
    legs[call.leg] = leg;
    tell(call);
    return call.leg;
}

void FakeEdge::goes_down(LegId leg, EndCause cause) {
    legs.erase(leg);
    tell(LegDown{leg, cause});
}

void FakeEdge::comes_up(LegId leg) {
    if (const auto found = legs.find(leg); found != legs.end()) found->second.is_up = true;
    if (!is_lost()) tell(LegUp{leg});
}

/// Each call that was up gets its end, each recording its length, as after a real kill.
std::vector<LostCall> FakeEdge::end_unfinished() {
    std::map<InteractionId, LostCall> lost;
    for (const facts::Fact& fact : facts) {
        const auto ended = ended_.find(fact.interaction);
        if (ended == ended_.end() || ended->second > 0) continue;
        LostCall& call = lost[fact.interaction];
        call.id = fact.interaction;
        call.centre = fact.centre;
        call.learn(fact.body);
    }
    std::vector<LostCall> calls;
    for (auto& [id, call] : lost) {
        take({now().utc, call.centre, id, {}, facts::CallEnded{"system_error", "system"}});
        calls.push_back(std::move(call));
    }
    const auto open = recordings_open_;
    for (const std::uint64_t id : open)
        take({now().utc, {}, {}, {}, facts::RecordingClosed{id, 0, "gap"}});
    return calls;
}

void FakeEdge::crashes(Setup setup) {
    PeopleAtWork at_work;
    for (std::size_t i = lives.empty() ? 0 : lives.back(); i < facts.size(); ++i)
        at_work.learn(facts[i].agent, facts[i].body);
    OpenEmergencies emergencies;
    for (const facts::Fact& fact : facts) {
        if (const auto* moved = std::get_if<facts::EmergencyMoved>(&fact.body))
            emergencies.learn(fact.centre, *moved);
        setup.first_interaction = std::max(setup.first_interaction, fact.interaction.value + 1);
        if (const auto* opened = std::get_if<facts::RecordingOpened>(&fact.body))
            setup.first_recording = std::max(setup.first_recording, opened->recording + 1);
    }
    setup.emergencies = std::move(emergencies.open);
    setup.first_emergency = emergencies.first_free;
    ++life_;
    legs.clear();
    mixes.clear();
    recordings.clear();
    secure.clear();
    timers.clear();
    const std::vector<LostCall> lost = end_unfinished();
    places_.clear();
    lives.push_back(facts.size());
    start(std::move(setup));
    for (const LostCall& call : lost)
        if (call.was_waiting)
            tell(OweCallback{call.centre, call.queue, call.caller, call.dialled,
                             call.first_arrival_at});
    for (const AtWork& was : at_work.people()) tell(Restore{was.agent, was.seat, was.break_reason});
}

FakeLeg* FakeEdge::living(LegId leg, const char* effect) {
    const auto found = legs.find(leg);
    if (found != legs.end()) return &found->second;
    complain(std::string{effect} + " for leg " + std::to_string(leg.value) + ", which is gone");
    return nullptr;
}

void FakeEdge::on(const AnswerLeg& e) {
    FakeLeg* leg = living(e.leg, "AnswerLeg");
    if (leg == nullptr) return;
    leg->is_up = true;
    leg->call = e.interaction;
}

void FakeEdge::on(const EndLeg& e) {
    if (living(e.leg, "EndLeg") != nullptr) legs.erase(e.leg);
}

void FakeEdge::on(const RingSeat& e) {
    for (const auto& [id, leg] : legs)
        if (leg.kind == FakeLeg::Kind::Seat && leg.agent == e.agent)
            complain("agent " + std::to_string(e.agent.value) + " is rung twice");
    FakeLeg leg;
    leg.kind = FakeLeg::Kind::Seat;
    leg.call = e.interaction;
    leg.agent = e.agent;
    leg.answers_itself = e.how == SeatCall::AutoAnswer;
    legs[e.leg] = leg;
    on_ring(e.leg);
}

void FakeEdge::on(const DialNumber& e) {
    FakeLeg leg;
    leg.kind = FakeLeg::Kind::Number;
    leg.call = e.interaction;
    leg.number = e.number;
    legs[e.leg] = leg;
    on_ring(e.leg);
}

void FakeEdge::on(const Play& e) {
    FakeLeg* leg = living(e.leg, "Play");
    if (leg == nullptr) return;
    leg->play = e.play;
    leg->prompts = e.prompts;
    if (e.repeat) return;
    time_.in(prompt_lasts * static_cast<int>(e.prompts.size()), [this, e, life = life_] {
        const auto still = legs.find(e.leg);
        if (life != life_ || still == legs.end() || still->second.play != e.play) return;
        still->second.prompts.clear();
        if (!is_lost()) report(PlayEnded{e.leg, e.play});
    });
}

void FakeEdge::on(const StopPlay& e) {
    FakeLeg* leg = living(e.leg, "StopPlay");
    if (leg == nullptr) return;
    leg->play = {};
    leg->prompts.clear();
}

void FakeEdge::on(const Mix& e) {
    for (const Hears& h : e.who)
        for (const LegId l : {h.ear, h.mouth}) {
            const FakeLeg* leg = living(l, "Mix");
            if (leg != nullptr && leg->call != e.interaction) complain("Mix across rooms");
            if (leg != nullptr && !leg->is_up) complain("Mix of a leg that is not up");
        }
    mixes[e.interaction] = e.who;
}

void FakeEdge::on(const Record& e) {
    for (const auto& side : {e.left, e.right})
        for (const LegId leg : side) living(leg, "Record");
    recordings[e.recording] = e;
}

void FakeEdge::on(const MarkRecording& e) {
    if (!recordings.contains(e.recording)) complain("MarkRecording of one that is not open");
}

void FakeEdge::on(const StopRecording& e) {
    if (recordings.erase(e.recording) == 0) complain("StopRecording of one that is not open");
    time_.in(100ms, [this, e, life = life_] {
        if (life == life_) report(RecordingDone{e.recording, 1000, "complete"});
    });
}

void FakeEdge::on(const SecureInput& e) {
    const bool is_change = e.on ? secure.insert(e.interaction).second : secure.erase(e.interaction);
    if (!is_change) complain("SecureInput told twice");
}

void FakeEdge::on(const PlayDigits& e) {
    living(e.leg, "PlayDigits");
    digits.push_back(std::to_string(e.leg.value) + ":" + e.digits);
}

/// Nobody here has a case.
void FakeEdge::on(const LookUpCase& e) {
    time_.in(50ms, [this, e, life = life_] {
        if (life == life_ && !is_lost()) report(CaseFound{e.interaction, {}});
    });
}

/// Nothing is known, and a person is offered.
void FakeEdge::on(const LookUpLive& e) {
    time_.in(50ms, [this, e, life = life_] {
        if (life == life_ && !is_lost()) report(LiveFound{e.interaction, {"live-not-seen"}, true});
    });
}

/// Nothing is understood.
void FakeEdge::on(const AskKnowledge& e) {
    time_.in(50ms, [this, e, life = life_] {
        if (life == life_ && !is_lost()) report(KnowledgeFound{e.interaction, {}, 0});
    });
}

/// Nothing is known of anybody.
void FakeEdge::on(const GuessNeed& e) {
    time_.in(50ms, [this, e, life = life_] {
        if (life == life_ && !is_lost()) report(NeedGuessed{e.interaction, {}, {}});
    });
}

void FakeEdge::on(const SetTimer& e) {
    if (!timers.insert(e.timer).second) complain("SetTimer of a timer already set");
    time_.at(e.at, [this, e, life = life_] {
        if (life == life_ && timers.erase(e.timer) > 0) report(TimerDue{e.timer});
    });
}

void FakeEdge::on(const CancelTimer& e) {
    if (timers.erase(e.timer) == 0) complain("CancelTimer of a timer not set");
}

void FakeEdge::on(const CloseInteraction& e) {
    for (const auto& [id, leg] : legs)
        if (leg.call == e.interaction)
            complain("CloseInteraction with leg " + std::to_string(id.value));
    if (secure.contains(e.interaction)) complain("CloseInteraction with secure input on");
    mixes.erase(e.interaction);
}

void FakeEdge::on(const RefreshDesk& e) {
    if (!coordinator_->desk_view(e.agent)) complain("RefreshDesk of nobody");
}

void FakeEdge::on(const RefuseDesk& e) { refusals.push_back(e); }

void FakeEdge::expect_nothing_left() {
    if (coordinator_->interactions_open() > 0) complain("calls are still open");
    if (!legs.empty()) complain("leg " + std::to_string(legs.begin()->first.value) + " is left");
    if (!recordings.empty()) complain("a recording is still being written");
    if (!recordings_open_.empty()) complain("a recording's end was never told");
    if (!secure.empty()) complain("secure input is still on");
    for (const auto& [id, times] : ended_)
        if (times != 1) complain("call " + std::to_string(id.value) + " has no CallEnded");
}

}  // namespace ys::test
