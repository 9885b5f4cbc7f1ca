// SPDX-License-Identifier: Apache-2.0
// Set-up: queues, numbers and people.
#include <algorithm>

#include "story.h"

namespace ys::stories {

using namespace ys::interactions;

namespace {

constexpr CentreId centre{1};
constexpr std::chrono::hours zone{8};

}  // namespace

void Story::set_the_stage() {
    setup_.queues = {{.id = QueueId{1}, .centre = centre, .name = "repair"},
                     {.id = QueueId{2}, .centre = centre, .name = "elder", .priority = 5}};
    setup_.flows["main"] = flow_;
    setup_.numbers = {{.number = "6000", .centre = centre, .flow = "main"}};
}

std::string Story::set_up(const Words& w) {
    if (edge_) return "set-up comes before the first moment";
    if (w.size() < 2) return "a name is missing";
    if (w[0] == "queue") return set_up_queue(w);
    if (w[0] == "date" || w[0] == "holiday" || w[0] == "workday") return set_up_day(w);
    if (w[0] == "number") return set_up_number(w);
    return set_up_person(w);
}

/// date 2026-10-01 09:30 (+08:00, at 0s), holiday 2026-10-01 国庆节, workday 2026-10-10
std::string Story::set_up_day(const Words& w) {
    const auto day = parse_day(w[1]);
    if (!day) return day.error().note;
    if (w[0] != "date") {
        setup_.days.push_back({*day, w.size() > 2 ? w[2] : "", w[0] == "workday"});
        return "";
    }
    const auto from = parse_span("daily", (w.size() > 2 ? w[2] : "") + "-24:00");
    if (!from) return from.error().note;
    const std::chrono::year_month_day date{
        std::chrono::year{day->year}, std::chrono::month{day->month}, std::chrono::day{day->day}};
    begins_ = std::chrono::sys_days{date} + std::chrono::minutes{from->from} - zone;
    return "";
}

/// The queue of this name; a new one when there is none.
QueueSetup& Story::queue(const std::string& name) {
    const auto found = std::ranges::find(setup_.queues, name, &QueueSetup::name);
    if (found != setup_.queues.end()) return *found;
    setup_.queues.push_back(
        {.id = QueueId{setup_.queues.size() + 1}, .centre = centre, .name = name});
    return setup_.queues.back();
}

SkillId Story::skill(const std::string& name) {
    const auto found = std::ranges::find(setup_.skills, name, &SkillSetup::name);
    if (found != setup_.skills.end()) return found->id;
    setup_.skills.push_back({SkillId{setup_.skills.size() + 1}, name});
    return setup_.skills.back().id;
}

/// queue repair [answer-within 15s] [waiting-max 3] [priority 2] [strategy fewest-calls]
///   [needs tibetan] [overflow elder] [prefers-for 20s] [skill heating] [ring 20s [level 2] [also
///   elder]]… [hours mon-fri 08:30-18:00]…
std::string Story::set_up_queue(const Words& w) {
    queue(w[1]);
    for (std::size_t i = 2; i + 1 < w.size(); i += 2) {
        const std::string& v = w[i + 1];
        if (w[i] == "hours" && i + 2 < w.size()) {
            const auto span = parse_span(v, w[i + 2]);
            if (!span) return span.error().note;
            queue(w[1]).hours.push_back(*span);
            ++i;
            continue;
        }
        const QueueId other =
            w[i] == "overflow" || w[i] == "also" ? queue(v).id : QueueId{};  // May move the rest.
        QueueSetup& q = queue(w[1]);
        if ((w[i] == "level" || w[i] == "also") && q.rings.empty()) return "ring comes first";
        if (w[i] == "answer-within")
            q.answer_within = wait_of(v);
        else if (w[i] == "waiting-max")
            q.waiting_max = static_cast<std::size_t>(number_of(v));
        else if (w[i] == "callback-after")
            q.callback_after = wait_of(v);
        else if (w[i] == "voicemail-after")
            q.voicemail_after = wait_of(v);
        else if (w[i] == "duty")
            q.duty.push_back(v);
        else if (w[i] == "callbacks-at-once")
            q.callbacks_at_once = static_cast<std::size_t>(number_of(v));
        else if (w[i] == "priority")
            q.priority = static_cast<int>(number_of(v));
        else if (w[i] == "needs")
            q.needs.push_back(skill(v));
        else if (w[i] == "skill")
            q.skill = skill(v);
        else if (w[i] == "prefers-for")
            q.prefer_for = wait_of(v);
        else if (w[i] == "overflow")
            q.overflow = other;
        else if (w[i] == "ring")
            q.rings.push_back({.after = wait_of(v)});
        else if (w[i] == "level")
            q.rings.back().level_min = static_cast<int>(number_of(v));
        else if (w[i] == "also")
            q.rings.back().also = other;
        else if (w[i] == "strategy" && (v == "fewest-calls" || v == "least-talk"))
            q.strategy =
                v == "least-talk" ? routing::Strategy::LeastTalk : routing::Strategy::FewestCalls;
        else
            return "a queue has no " + w[i] + " " + v;
    }
    return "";
}

/// number 6001 rings billing [needs tibetan] [priority 2]: after a notice of one second
std::string Story::set_up_number(const Words& w) {
    if (w.size() < 4 || w[2] != "rings") return "a number rings a queue";
    queue(w[3]);
    std::string desk = "node desk queue\n  queue " + w[3] + "\n";
    for (std::size_t i = 4; i + 1 < w.size(); i += 2) {
        if (w[i] == "needs") skill(w[i + 1]);
        desk += "  " + w[i] + " " + w[i + 1] + "\n";
    }
    const std::string flow = "rings-" + w[1];
    setup_.flows[flow] = "flow " + flow +
                         "\nzone +08:00\nmust-hear recorded-notice\nstart notice\n"
                         "person desk\nfallback desk\n\nnode notice play\n  say recorded-notice\n"
                         "  barge-in no\n  -> desk\n\n" +
                         desk;
    setup_.numbers.push_back({.number = w[1], .centre = centre, .flow = flow});
    return "";
}

/// agent ann [queues repair elder+2] [skills heating 5 tibetan 3] [on phone 8001] [wrap-up 30s]
///   [ready at 5s]
std::string Story::set_up_person(const Words& w) {
    AgentSetup a;
    a.id = AgentId{setup_.agents.size() + 1};
    a.centre = centre;
    a.name = w[1];
    a.work_number = std::to_string(1000 + a.id.value);
    a.is_supervisor = w[0] == "supervisor";
    a.wrap_up_max = 30s;
    Person person{a.id, {}, 0, false};
    can(a, w);
    for (std::size_t i = 2; i + 1 < w.size(); ++i) {
        if (w[i] == "phone") person.seat = {SeatKind::SipPhone, w[i + 1]};
        if (w[i] == "outside") person.seat = {SeatKind::OutsideNumber, w[i + 1]};
        if (w[i] == "ready" && i + 2 < w.size()) {
            person.works = true;
            person.ready_at_s = static_cast<int>(wait_of(w[i + 2]).count() / 1000);
        }
    }
    setup_.agents.push_back(a);
    people_[w[1]] = person;
    return "";
}

/// What of a person's line is about routing: "queues repair skills heating 5 wrap-up 30s".
void Story::can(AgentSetup& a, const Words& w) {
    for (std::size_t i = 2; i + 1 < w.size(); ++i) {
        if (w[i] == "queues") serves(a, {w.begin() + static_cast<std::ptrdiff_t>(i) + 1, w.end()});
        if (w[i] == "skills")
            for (std::size_t k = i + 1; k + 1 < w.size() && number_of(w[k + 1]) > 0; k += 2)
                a.skills.push_back({skill(w[k]), static_cast<int>(number_of(w[k + 1]))});
        if (w[i] == "wrap-up") a.wrap_up_max = wait_of(w[i + 1]);
    }
}

/// at 12s rules queue repair priority 3 | rules agent bob queues repair elder skills tibetan 3 |
/// rules without queue neighbour: what is not named stays.
std::string Story::change_rules(const Words& w) {
    if (w.size() < 3) return "which rules?";
    if (w[0] == "without") {
        const QueueId gone = queue(w[2]).id;
        std::erase_if(setup_.queues, [&](const QueueSetup& q) { return q.id == gone; });
        for (AgentSetup& a : setup_.agents)
            std::erase_if(a.queues, [&](const routing::Service& s) { return s.queue == gone; });
    } else if (w[0] == "queue") {
        QueueSetup& q = queue(w[1]);
        if (std::ranges::count(w, "ring") > 0) q.rings.clear();
        if (std::ranges::count(w, "needs") > 0) q.needs.clear();
        if (std::ranges::count(w, "hours") > 0) q.hours.clear();
        if (std::string wrong = set_up_queue(w); !wrong.empty()) return wrong;
    } else {
        const auto a = std::ranges::find(setup_.agents, agent(w[1]), &AgentSetup::id);
        if (a == setup_.agents.end()) return "nobody is called " + w[1];
        if (std::ranges::count(w, "queues") > 0) a->queues.clear();
        if (std::ranges::count(w, "skills") > 0) a->skills.clear();
        can(*a, w);
    }
    Setup rules = setup_;
    rules.flows.clear();
    const auto may = edge_->coordinator().may_become(rules);
    if (!may) return may.error().note;
    edge_->tell(ChangeRules{setup_.agents.back().id, centre, joined(w, 0), "",
                            std::make_shared<Setup>(std::move(rules))});
    return "";
}

/// "repair elder+2": queues, each with the steps of head start this agent gives; until another
/// word.
void Story::serves(AgentSetup& a, const Words& w) const {
    for (const std::string& word : w) {
        const std::size_t sign = word.find_first_of("+-");
        const auto q = std::ranges::find(setup_.queues, word.substr(0, sign), &QueueSetup::name);
        if (q == setup_.queues.end()) return;
        const std::int64_t weight = sign == std::string::npos ? 0 : number_of(word.substr(sign));
        a.queues.push_back({q->id, static_cast<int>(weight)});
    }
}

}  // namespace ys::stories
