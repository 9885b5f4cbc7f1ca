// SPDX-License-Identifier: Apache-2.0
// What a story expects to see.
#include <algorithm>

#include "base/text.h"
#include "story.h"

namespace ys::stories {

using namespace ys::interactions;

namespace {

std::string differs(const std::string& expected, const std::string& is) {
    return expected == is ? "" : "expected: " + expected + "\n    but is:   " + is;
}

}  // namespace

std::string Story::expect(const Words& w) {
    if (w.size() < 2) return "no such sentence";
    if (w[0] == "told") return expect_fact({w.begin() + 1, w.end()});
    if (w[0] == "nobody" && w.size() == 4 && w[2] == "to") {
        const std::string text = "number " + w[3] + " rings";
        return number_leg(w[3]) ? text : "";
    }
    if (w[0] == "recording") return expect_recording({w.begin() + 1, w.end()});
    if (w[0] == "nobody" && w[1] == "waits")
        return differs(
            "0 waiting",
            std::to_string(edge_->coordinator().waiting(CentreId{1}).size()) + " waiting");
    if (w[1] == "hears") return hears(w[0], {w.begin() + 2, w.end()});
    if (callers_.contains(w[0]) || call_of(w[0]))
        return expect_caller(w[0], {w.begin() + 1, w.end()});
    if (people_.contains(w[0])) return expect_agent(agent(w[0]), {w.begin() + 1, w.end()});
    return "nobody is called " + w[0];
}

/// "c1 hears ann bob", "c1 hears music", "c1 hears prompts agent-number ...", "c1 hears nothing"
std::string Story::hears(const std::string& who, const Words& w) {
    const LegId ear = leg_of(who);
    const auto leg = edge_->legs.find(ear);
    if (leg == edge_->legs.end()) return who + " is not on the line";
    std::vector<std::string> voices;
    for (const Hears& h : edge_->mixes[leg->second.call])
        if (h.ear == ear) voices.push_back(name_of(h.mouth));
    std::ranges::sort(voices);
    const auto& prompts = leg->second.prompts;
    std::string is = joined(voices, 0);
    if (prompts == Words{"music"})
        is += is.empty() ? "music" : " music";
    else if (!prompts.empty())
        is += (is.empty() ? "prompts " : " prompts ") + joined(prompts, 0);
    if (is.empty()) is = "nothing";
    Words wanted = w;
    if (wanted[0] != "prompts") std::ranges::sort(wanted);
    return differs(joined(wanted, 0), is);
}

std::string Story::end_of(const std::string& caller) const {
    for (const facts::Fact& fact : edge_->facts)
        if (const auto* ended = std::get_if<facts::CallEnded>(&fact.body))
            if (fact.interaction == call_of(caller))
                return "ended because " + ended->cause + " by " + ended->who;
    return "has not ended";
}

/// expect c1 because 已扩大到第 2 圈: the last proposal's sentence has these words
std::string Story::why_of(const std::string& caller, const std::string& words) const {
    std::string why = "never proposed";
    for (const facts::Fact& fact : edge_->facts)
        if (const auto* p = std::get_if<facts::Proposed>(&fact.body))
            if (fact.interaction == call_of(caller)) why = p->why;
    return why.find(words) == std::string::npos ? differs(words, why) : "";
}

/// c1 waits in repair at 2 | is proposed to ann | talks with ann | ended because X by Y
std::string Story::expect_caller(const std::string& who, const Words& w) {
    const std::string wanted = joined(w, 0);
    if (w[0] == "because") return why_of(who, joined(w, 1));
    if (w[0] == "ended") return differs(wanted, end_of(who));
    if (w[0] == "waits" || w[0] == "is") {
        std::string is = "is not waiting";
        for (const WaitingView& v : edge_->coordinator().waiting(CentreId{1})) {
            if (v.interaction != call_of(who)) continue;
            const auto q = std::ranges::find(setup_.queues, v.queue, &QueueSetup::id);
            is = "waits in " + q->name + " at " + std::to_string(v.position);
        }
        for (const auto& [name, person] : people_) {
            const auto view = edge_->coordinator().desk_view(person.id);
            if (view->interaction == call_of(who) && view->state == "Alerted")
                is = "is proposed to " + name;
        }
        return differs(wanted, is);
    }
    if (w[0] == "talks") {
        Words with;
        for (const Hears& h : edge_->mixes[call_of(who)])
            if (h.ear == leg_of(who)) with.push_back(name_of(h.mouth));
        std::ranges::sort(with);
        Words wanted_names;
        for (std::size_t i = 2; i < w.size(); ++i)
            if (w[i] != "and") wanted_names.push_back(w[i]);
        std::ranges::sort(wanted_names);
        return differs(joined(wanted_names, 0), joined(with, 0));
    }
    return "no such expectation of a caller";
}

/// ann is ready|ringing|busy|in wrap-up|signed out|on break because X; ann's call is held;
/// ann is refused CODE; ann is going on break; ann sees ... because is 'why'
std::string Story::expect_agent(AgentId id, const Words& w) {
    const auto view = *edge_->coordinator().desk_view(id);
    const std::string wanted = joined(w, 0);
    if (wanted.starts_with("has a call")) {
        return differs(wanted, "has a call " + view.call_state);
    }
    if (wanted.starts_with("is refused")) {
        for (std::size_t i = refusals_; i < edge_->refusals.size(); ++i)
            if (edge_->refusals[i].agent == id && edge_->refusals[i].code == w.back()) {
                refusals_ = i + 1;
                return "";
            }
        return "was not refused so";
    }
    if (wanted.starts_with("is going")) return differs(wanted, "is going on " + view.next_state);
    std::string is = view.state == "Ready"     ? "is ready"
                     : view.state == "Alerted" ? "is ringing"
                     : view.state == "Busy"    ? "is busy"
                     : view.state == "WrapUp"  ? "is in wrap-up"
                     : view.state == "Break"   ? "is on break because " + view.reason
                                               : "is signed out";
    return differs(wanted, is);
}

/// expect told TransferEnded returned: since the last "told", such a fact was written
std::string Story::expect_fact(const Words& w) {
    const std::string wanted = joined(w, 0);
    std::string seen;
    for (std::size_t i = told_; i < edge_->facts.size(); ++i) {
        const std::string text = test::text_of(edge_->facts[i]);
        if (text.starts_with(wanted)) {
            told_ = i + 1;
            return "";
        }
        if (text.starts_with(w[0])) seen += "\n    " + text;
    }
    return "was not told." + (seen.empty() ? "" : " Of this kind was:" + seen);
}

/// expect recording call: left c1 right ann bob
std::string Story::expect_recording(const Words& w) {
    std::string all;
    for (const auto& [id, plan] : edge_->recordings) {
        Words right;
        for (const LegId leg : plan.right) right.push_back(name_of(leg));
        std::ranges::sort(right);
        std::string is = plan.purpose + " left";
        for (const LegId leg : plan.left) is += " " + name_of(leg);
        is += " right";
        for (const std::string& name : right) is += " " + name;
        if (is == joined(w, 0)) return "";
        all += "\n    " + is;
    }
    return "no such recording. There are:" + all;
}

}  // namespace ys::stories
