// SPDX-License-Identifier: Apache-2.0
// The moments of a story and what people do.
#include "story.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "base/text.h"

namespace ys::stories {

using namespace ys::interactions;
using test::FakeLeg;

namespace {

Words words_of(const std::string& line) {
    std::istringstream in{line};
    Words words;
    for (std::string w; in >> w;) words.push_back(w);
    return words;
}

std::chrono::sys_time<Millis> utc_of(const test::FakeEdge& edge) {
    return std::chrono::sys_time<Millis>{Millis{edge.now().utc.us / 1000}};
}

}  // namespace

std::string Story::play(const std::string& text) {
    set_the_stage();
    std::istringstream lines{text};
    int number = 0;
    for (std::string raw; std::getline(lines, raw);) {
        ++number;
        // A comment is a line of its own, or stands after " # ": a # may also be a key.
        const Words words =
            raw.starts_with('#') ? Words{} : words_of(raw.substr(0, raw.find(" # ")));
        if (words.empty()) continue;
        std::string wrong = line(words);
        if (wrong.empty() && edge_) wrong = edge_->complaint;
        if (!wrong.empty()) return "line " + std::to_string(number) + ": " + raw + "\n    " + wrong;
    }
    return finish();
}

std::string Story::line(const Words& w) {
    constexpr std::array set_ups{"queue", "number",  "agent",  "supervisor",
                                 "date",  "holiday", "workday"};
    const bool is_set_up = std::ranges::find(set_ups, w[0]) != set_ups.end();
    if (is_set_up) return set_up(w);
    if (!edge_) open();
    if (w[0] == "expect") return expect({w.begin() + 1, w.end()});
    if (w[0] != "at" || w.size() < 3) return "no such sentence";
    const Instant when = Instant{} + wait_of(w[1]);
    if (when < time_.now()) return "time runs forwards only";
    time_.run_until(when);
    return after_moment({w.begin() + 2, w.end()});
}

void Story::open() {
    edge_ = std::make_unique<test::FakeEdge>(setup_, time_);
    if (begins_) edge_->clock_is_off = *begins_ - utc_of(*edge_);
    // Who asked for a call themselves is up at once; everybody else waits for their line.
    edge_->on_ring = [this](LegId leg) {
        if (!edge_->legs.at(leg).answers_itself) return;
        time_.in(200ms, [this, leg] {
            if (edge_->legs.contains(leg)) edge_->comes_up(leg);
        });
    };
    for (const auto& [name, person] : people_) {
        if (!person.works) continue;
        const auto p = person;
        time_.at(Instant{} + Seconds{p.ready_at_s}, [this, p] {
            edge_->tell(SignIn{p.id, p.seat});
            edge_->tell(BecomeReady{p.id});
        });
    }
}

std::string Story::after_moment(Words w) {
    if (joined(w, 0) == "nothing happens") return "";
    if (joined(w, 0) == "the server drains") {
        edge_->tell(Drain{});
        return "";
    }
    if (w[0] == "rules") return change_rules({w.begin() + 1, w.end()});
    if (w[0] == "number" && w.size() > 2) return number_does(w[1], {w.begin() + 2, w.end()});
    // "ann's seat is gone" is about ann.
    if (w[0].ends_with("'s")) w[0].resize(w[0].size() - 2);
    const Words rest{w.begin() + 1, w.end()};
    if (people_.contains(w[0])) return agent_does(agent(w[0]), rest);
    if (rest.size() >= 4 && rest[0] == "calls") {
        CallArrived call;
        call.dialled = rest[1];
        call.caller = rest[3] == "withheld" ? "" : rest[3];
        for (std::size_t i = 4; i < rest.size(); ++i) {
            if (rest[i] == "web") call.via = Via::Web;
            if (rest[i] == "known" && i + 2 < rest.size()) call.known_to = agent(rest[i + 2]);
            if (rest[i] == "address" && i + 1 < rest.size()) call.address = rest[i + 1];
            if (rest[i] == "barred") call.is_barred = true;
            if (rest[i] == "repeats" && i + 1 < rest.size())
                call.repeats = static_cast<std::uint32_t>(parse_number(rest[i + 1]).value_or(0));
            if (rest[i] == "tag" && i + 1 < rest.size()) call.caller_tags.push_back(rest[i + 1]);
        }
        callers_[w[0]] = edge_->arrives(call);
        for (const facts::Fact& fact : edge_->facts)
            if (std::holds_alternative<facts::CallArrived>(fact.body))
                calls_[w[0]] = std::max(calls_[w[0]], fact.interaction);
        return "";
    }
    if (callers_.contains(w[0])) return caller_does(callers_.at(w[0]), w[0], rest);
    return "nobody is called " + w[0];
}

std::string Story::caller_does(LegId leg, const std::string& who, const Words& w) {
    if (!edge_->legs.contains(leg)) return who + " is not on the line";
    const std::string what = joined(w, 0);
    if (what == "hangs up") return edge_->goes_down(leg, EndCause::Completed), "";
    if (what == "is cut off") return edge_->goes_down(leg, EndCause::MediaLost), "";
    if (w[0] != "presses" || w.size() < 2) return "a caller cannot do that";
    for (const char key : w[1]) edge_->tell(KeyPressed{leg, key});
    return "";
}

std::string Story::number_does(const std::string& number, const Words& w) {
    const LegId leg = number_leg(number);
    if (!leg) return number + " is not being called";
    const std::string what = joined(w, 0);
    if (w[0] == "presses" && w.size() == 2) {
        for (const char key : w[1]) edge_->tell(KeyPressed{leg, key});
        return "";
    }
    if (what == "rings") return edge_->tell(LegRinging{leg}), "";
    if (what == "answers") return edge_->comes_up(leg), "";
    if (what == "hangs up") return edge_->goes_down(leg, EndCause::Completed), "";
    if (what == "is busy") return edge_->goes_down(leg, EndCause::Busy), "";
    if (what == "declines") return edge_->goes_down(leg, EndCause::Declined), "";
    if (what == "does not exist") return edge_->goes_down(leg, EndCause::NoSuchNumber), "";
    return "a number cannot do that";
}

std::string Story::agent_does(AgentId id, Words w) {
    const std::string what = joined(w, 0);
    const auto leg = [&] {
        for (const auto& [l, seat] : edge_->legs)
            if (seat.kind == FakeLeg::Kind::Seat && seat.agent == id) return l;
        return LegId{};
    }();
    const auto tell = [&](const Command& c) { return edge_->tell(c), std::string{}; };
    if (what == "answers") {
        if (!leg) return "nothing rings there";
        edge_->tell(AnswerPressed{id});
        if (edge_->legs.contains(leg)) edge_->comes_up(leg);
        return "";
    }
    if (what == "answers too late") return edge_->comes_up(LegId{first_own_leg}), "";
    if (what == "presses answer") return tell(AnswerPressed{id});
    if (what == "declines") return tell(DeclinePressed{id});
    if (what == "hangs up") return tell(HangUp{id});
    if (what == "puts the phone down") {
        if (!leg) return "no phone is off the hook there";
        return edge_->goes_down(leg, EndCause::Completed), "";
    }
    if (what == "holds") return tell(Hold{id});
    if (what == "retrieves") return tell(Retrieve{id});
    if (what == "is ready") return tell(BecomeReady{id});
    if (what == "signs in") {
        const auto p = std::ranges::find_if(people_, [&](auto& x) { return x.second.id == id; });
        return tell(SignIn{id, p->second.seat});
    }
    if (what == "signs out") return tell(SignOut{id});
    if (what == "completes") return tell(EndConsult{id, EndConsult::How::Complete});
    if (what == "joins them") return tell(EndConsult{id, EndConsult::How::Join});
    if (what == "goes back") return tell(EndConsult{id, EndConsult::How::Cancel});
    if (what == "sends to survey") return tell(ToSurvey{id});
    if (what == "seat is gone") {
        if (leg) edge_->legs.at(leg).answers_itself = true;
        return tell(SeatGone{id});
    }
    if (what == "seat is back") return tell(SeatBack{id});
    if (what == "seat loses its sound") {
        if (!leg) return "no sound there";
        return edge_->goes_down(leg, EndCause::MediaLost), "";
    }
    if (what == "stops listening") return tell(StopMonitor{id});
    if (w[0] == "takes" && w.size() == 4) return tell(TakeBreak{id, w[3]});  // takes a break lunch
    if (w[0] == "secure-input" && w.size() == 2) return tell(SecureInputByAgent{id, w[1] == "on"});
    if (w[0] == "finishes" && w.size() == 2) return tell(FinishWrapUp{id, w[1]});
    if (w[0] == "sends" && w.size() == 3) return tell(SendDigits{id, w[2]});  // sends digits 12#
    if (w[0] == "dials" && w.size() == 2) return tell(DialOut{id, w[1], "6000", {}, {}});
    if (w[0] == "transfers" && w.size() >= 3) return tell(BlindTransfer{id, target(w, 2)});
    if (w[0] == "consults" && w.size() >= 2) return tell(Consult{id, target(w, 1)});
    if (w[0] == "adds" && w.size() >= 2) return tell(AddParty{id, target(w, 1)});
    if (w[0] == "drops" && w.size() == 2) return tell(DropParty{id, leg_of(w[1])});
    if (what == "refers the consult") return tell(ReferAsked{leg, "", callers_["second-line"]});
    if (w[0] == "refers" && w.size() == 3)
        return tell(ReferAsked{leg, w[2], {}});  // refers to 1002
    if (w[0] == "confirms" && w.size() == 3)     // confirms announcement 1
        return tell(ConfirmEmergency{id, static_cast<std::uint64_t>(number_of(w[2]))});
    if (w[0] == "second-line" && w.size() == 3) {  // second-line calls 1002
        CallArrived call;
        call.via = Via::Phone;
        call.dialled = w[2];
        for (const auto& [name, p] : people_)
            if (p.id == id) call.source = p.seat.address;
        callers_["second-line"] = edge_->arrives(call);
        return "";
    }
    return supervises(id, w);
}

/// listens to | whispers to | barges in on | takes over | forces to ready ... because REASON
std::string Story::supervises(AgentId id, const Words& w) {
    const auto because = std::ranges::find(w, "because");
    if (because == w.end()) return "an agent cannot do that";
    const Words act{w.begin(), because};
    const std::string reason = joined(w, static_cast<std::size_t>(because - w.begin()) + 1);
    const auto tell = [&](const Command& c) { return edge_->tell(c), std::string{}; };
    if (act.size() >= 2 && act[0] == "takes" && act[1] == "over")
        return tell(TakeOver{id, agent(act.back()), reason});
    if (act.size() == 4 && act[0] == "forces") {
        const ForcedState to = act[3] == "ready"   ? ForcedState::Ready
                               : act[3] == "break" ? ForcedState::Break
                                                   : ForcedState::LoggedOut;
        return tell(ForceState{id, agent(act[1]), to, reason});
    }
    if (act[0] == "announces") return announces(id, act, reason);
    if (act.size() == 3 && act[0] == "ends")
        return tell(EndEmergency{id, static_cast<std::uint64_t>(number_of(act[2])), reason});
    const MonitorMode mode = act[0] == "listens"    ? MonitorMode::Listen
                             : act[0] == "whispers" ? MonitorMode::Whisper
                                                    : MonitorMode::Barge;
    return tell(Monitor{id, agent(act.back()), mode, reason});
}

/// announces emergency-heating to 听松里 芦花小区 for 600s because REASON; "everybody" has no areas
std::string Story::announces(AgentId id, const Words& w, const std::string& reason) {
    const auto lasts = std::ranges::find(w, "for");
    if (w.size() < 6 || w[2] != "to" || w.end() - lasts != 2)
        return "announces WHAT to WHOM for 60s";
    AskEmergency ask{id, CentreId{1}, w[1], {w.begin() + 3, lasts}, edge_->now().utc, reason};
    if (ask.areas == Words{"everybody"}) ask.areas.clear();
    ask.until.us += wait_of(w.back()).count() * 1000;
    return edge_->tell(ask), "";
}

/// "bob", "queue elder", "number 110"
Target Story::target(const Words& w, std::size_t from) const {
    if (w[from] == "number") return {TargetKind::Number, {}, {}, w.back()};
    if (w[from] != "queue") return {TargetKind::Agent, agent(w[from]), {}, ""};
    for (const QueueSetup& q : setup_.queues)
        if (q.name == w.back()) return {TargetKind::Queue, {}, q.id, ""};
    return {TargetKind::Queue, {}, {}, ""};
}

AgentId Story::agent(const std::string& name) const {
    const auto found = people_.find(name);
    return found == people_.end() ? AgentId{} : found->second.id;
}

LegId Story::number_leg(const std::string& number) const {
    for (const auto& [id, leg] : edge_->legs)
        if (leg.kind == FakeLeg::Kind::Number && leg.number == number) return id;
    return {};
}

LegId Story::leg_of(const std::string& name) const {
    if (const auto caller = callers_.find(name); caller != callers_.end()) return caller->second;
    if (const AgentId id = agent(name))
        for (const auto& [leg, seat] : edge_->legs)
            if (seat.kind == FakeLeg::Kind::Seat && seat.agent == id) return leg;
    return number_leg(name);
}

std::string Story::name_of(LegId leg) const {
    for (const auto& [name, l] : callers_)
        if (l == leg) return name;
    const auto found = edge_->legs.find(leg);
    if (found == edge_->legs.end()) return "?";
    for (const auto& [name, person] : people_)
        if (found->second.kind == FakeLeg::Kind::Seat && person.id == found->second.agent)
            return name;
    return found->second.number;
}

InteractionId Story::call_of(const std::string& caller) const {
    if (const auto found = calls_.find(caller); found != calls_.end()) return found->second;
    // Known by their number only: the call we made, or are to make, to it.
    InteractionId last;
    for (const facts::Fact& fact : edge_->facts)
        if (const auto* f = std::get_if<facts::CallArrived>(&fact.body))
            if (f->direction == "callback" && f->caller == caller) last = fact.interaction;
    return last;
}

/// Everybody goes home; then nothing may be left.
std::string Story::finish() {
    if (!edge_) return "nothing happens in this story";
    edge_->tell(Drain{});
    while (!edge_->legs.empty()) edge_->goes_down(edge_->legs.begin()->first, EndCause::Completed);
    time_.run_out(time_.now() + Seconds{3600});
    edge_->expect_nothing_left();
    return edge_->complaint.empty() ? "" : "at the end: " + edge_->complaint;
}

}  // namespace ys::stories
