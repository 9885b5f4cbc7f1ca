// SPDX-License-Identifier: Apache-2.0
// The walk of people_walk.h, and that it sees what it should.
#include "ivr/testing/people_walk.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "base/dice.h"
#include "base/overloaded.h"
#include "ivr/flow_text.h"

namespace ys::ivr {
namespace testing {
namespace {

constexpr std::string_view all_keys = "0123456789*#";
constexpr int inputs_max = 400;  // far beyond what nodes_entered_max allows

enum class End { None, Queue, Recorder, HungUp };
enum class House { IsSlow, KnowsNoCase, TellsCase };

/// One caller on the way: the run, and what can be seen from outside.
class Walker {
public:
    Walker(const Flow& flow, const World& world)
        : flow_(&flow), now_{{}, world.when}, run_(flow, world.caller) {
        see(run_.start(now_));
    }

    void tell(const Input& input) {
        if (std::holds_alternative<PromptsEnded>(input)) {
            for (std::size_t i = 0; i < flow_->must_hear.size(); ++i)
                if (std::ranges::find(playing_, flow_->must_hear[i]) != playing_.end())
                    heard |= 1U << i;
            playing_.clear();
        }
        if (std::holds_alternative<WaitOver>(input)) waiting_ = false;
        see(run_.on(now_, input));
    }
    /// Presses a key and hears out what must be heard first.
    void press(char key) {
        tell(Key{key});
        while (held_ && !playing_.empty()) tell(PromptsEnded{});
    }
    /// The house's answer; who is told of no case is told nothing, or that a person can help.
    void be_told(bool knows, bool is_said = false) {
        if (asks == NodeKind::Guess) return be_offered(knows, is_said);
        if (asks == NodeKind::Progress)
            tell(knows ? CaseTold{{"told"}} : CaseTold{});
        else if (asks == NodeKind::Answer && (knows || is_said))
            tell(AnswerTold{{"told"}, knows ? 0 : 2});
        else if (asks == NodeKind::Answer)
            tell(AnswerTold{});
        else if (knows || is_said)
            tell(LiveTold{{"told"}, !knows});
        else
            tell(LiveTold{});
    }
    /// One thing, or all there are; nothing is looked up any more while they are offered.
    void be_offered(bool knows, bool is_said) {
        GuessesTold likely;
        if (knows || is_said) likely.kinds = {"case"};
        if (is_said) likely.kinds.emplace_back("again");
        looking = false;
        tell(likely);
    }
    /// Does nothing until the call ends; false when it does not, or comes to a node again.
    bool be_silent(House house) {
        typed_ahead = false;
        been_ = {node};
        goes_round_ = false;
        for (int i = 0; i < inputs_max && end == End::None && !goes_round_; ++i) {
            looked_up = looked_up || looking;
            if (!playing_.empty()) {
                tell(PromptsEnded{});
            } else if (waiting_ && looking && house != House::IsSlow) {
                be_told(house == House::TellsCase);
            } else if (waiting_) {
                ++timed_out;
                tell(WaitOver{});
            } else {
                return false;
            }
        }
        return end != End::None && !goes_round_;
    }
    /// A caller who has just come to `node`.
    void begin_here() {
        entered = asked = timed_out = 0;
        been_.clear();
    }
    bool is_saying() const { return !playing_.empty(); }
    bool is_waiting() const { return waiting_; }

    std::string node;
    End end = End::None;
    bool looking = false;                ///< the house looks a case up
    NodeKind asks = NodeKind::Progress;  ///< ... for a node of this kind
    bool looked_up = false;              ///< it did while the caller was silent
    unsigned heard = 0;                  ///< a bit for each must-hear prompt
    int entered = 0;                     ///< nodes
    int asked = 0;                       ///< questions after a node was entered
    int timed_out = 0;
    bool was_told = false;  ///< has been told at this node what to do
    bool chose = false;     ///< a key has been pressed
    bool missed = false;    ///< came to somebody without a must-hear prompt
    /// While they were silent, a menu took what they had pressed before: it was their choice.
    bool typed_ahead = false;

private:
    bool is_menu(const std::string& name) const {
        const Node* found = flow_->find(name);
        return found != nullptr && found->kind == NodeKind::Choose;
    }
    void see(const std::vector<Step>& steps) {
        for (const Step& step : steps)
            std::visit(overloaded{
                           [&](const EnterNode& s) {
                               node = s.node;
                               goes_round_ = !been_.insert(node).second || goes_round_;
                               ++entered;
                               looking = was_told = false;
                           },
                           [&](const Say& s) {
                               playing_ = s.prompts;
                               was_told = true;
                               held_ = !s.interruptible;
                           },
                           [&](const StopSaying&) { playing_.clear(); },
                           [&](const Wait& s) {
                               waiting_ = s.limit > Millis{0};
                               if (waiting_ && entered > 0) ++asked;
                           },
                           [&](const LookUpCase&) { look(NodeKind::Progress); },
                           [&](const LookUpLive&) { look(NodeKind::Live); },
                           [&](const AskGuesses&) { look(NodeKind::Guess); },
                           [&](const AskKnowledge&) { look(NodeKind::Answer); },
                           [&](const ToQueue&) { come_to(End::Queue); },
                           [&](const ToVoicemail&) { come_to(End::Recorder); },
                           [&](const Finish&) { end = End::HungUp; },
                           [&](const TellKeys& s) { typed_ahead = typed_ahead || is_menu(s.node); },
                           [](const auto&) {},
                       },
                       step);
    }
    void look(NodeKind for_node) {
        looking = true;
        asks = for_node;
    }
    void come_to(End where) {
        end = where;
        missed = heard + 1 != 1U << flow_->must_hear.size();
    }

    const Flow* flow_;
    Now now_;
    Run run_;
    std::vector<std::string> playing_;
    std::set<std::string> been_;  ///< since the caller fell silent
    bool goes_round_ = false;
    bool waiting_ = false;
    bool held_ = false;
};

/// All callers of one world.
class Crowd {
public:
    Crowd(const Flow& flow, const World& world) : flow_(flow), world_(world) {}

    std::string walk() {
        arrive(Walker(flow_, world_));
        while (!open_.empty() && met_.empty()) {
            const Walker at = std::move(open_.front());
            open_.pop_front();
            for (const Walker& moment : moments_of(at)) be_every_caller(moment);
        }
        return met_;
    }

private:
    void meet(const Walker& from, const std::string& what) {
        if (met_.empty()) met_ = from.node + ": " + what;
    }
    bool is_a_person(const Walker& w) const {
        return w.end == End::Queue || (w.end == End::Recorder && world_.closed);
    }
    /// A caller who has come to a node is walked on from there, once for all who came alike.
    void arrive(Walker w) {
        if (w.missed) return meet(w, "came to somebody without a must-hear prompt");
        const bool is_new = w.entered > 0;
        w.begin_here();
        if (is_new && w.end == End::None && seen_.insert({w.node, w.heard, w.chose}).second)
            open_.push_back(std::move(w));
    }

    /// While it is said, after it was said, while a case is told: whenever a key may come.
    std::vector<Walker> moments_of(const Walker& at) {
        std::vector<Walker> out{at};
        if (at.looking && at.is_waiting()) {
            Walker told = at;
            told.be_told(true);
            out.push_back(std::move(told));
            Walker none = at;
            none.be_told(false);
            // To whom nothing is offered, nothing has been refused: the menu that follows is
            // walked.
            if (at.asks != NodeKind::Guess) must_be_helped(at, none, "whose case is not found");
            arrive(std::move(none));
            Walker offered = at;
            offered.be_told(false, true);
            if (at.asks != NodeKind::Progress) out.push_back(std::move(offered));
        }
        for (std::size_t i = 0; i < out.size(); ++i) {
            if (!out[i].is_saying()) continue;
            Walker after = out[i];
            after.tell(PromptsEnded{});
            if (after.entered > 0 || after.end != End::None)
                arrive(std::move(after));
            else
                out.push_back(std::move(after));
        }
        return out;
    }

    /// However the house answers.
    void must_be_helped(const Walker& from, const Walker& at, const std::string& who) {
        for (const House house : {House::IsSlow, House::KnowsNoCase, House::TellsCase}) {
            Walker w = at;
            const bool has_ended = w.be_silent(house);
            if (w.typed_ahead) continue;
            if (!has_ended) return meet(from, who + " comes to no end");
            if (!is_a_person(w)) meet(from, who + " comes to no person");
            if (w.missed) meet(from, who + " missed a must-hear prompt");
            if (!w.looked_up) return;
        }
    }

    void be_every_caller(const Walker& moment) {
        Walker zero = moment;
        zero.press(is_within_a_number(moment) ? '*' : '0');
        must_be_helped(moment, zero, "who presses 0");
        zero.be_silent(House::IsSlow);
        if (zero.asked > 0 && !world_.closed) meet(moment, "who presses 0 is asked again");
        be_silent(moment);
        helped_.clear();
        for (const char key : all_keys) press(moment, key);
    }

    /// Came with digits typed ahead: 0 is one more of them here, and * asks for a person.
    bool is_within_a_number(const Walker& moment) const {
        const Node* node = flow_.find(moment.node);
        return node != nullptr && node->kind == NodeKind::Digits && !moment.was_told;
    }

    void be_silent(const Walker& moment) {
        for (const House house : {House::IsSlow, House::KnowsNoCase, House::TellsCase}) {
            Walker w = moment;
            const bool has_ended = w.be_silent(house);
            if (w.typed_ahead) continue;
            if (!has_ended) return meet(moment, "silence comes to no end");
            const bool was_turned_away = w.timed_out > 0 || !w.chose;
            if (was_turned_away && !is_a_person(w))
                meet(moment, "who presses nothing comes to no person");
            if (!w.looked_up) break;
        }
        Walker w = moment;
        w.typed_ahead = false;
        while (w.entered == 0 && w.end == End::None && w.is_waiting()) {
            w.tell(WaitOver{});
            while (w.entered == 0 && w.is_saying()) w.tell(PromptsEnded{});
        }
        w.chose = w.typed_ahead;
        arrive(std::move(w));
    }

    void press(const Walker& moment, char key) {
        Walker w = moment;
        w.chose = true;
        w.press(key);
        const Node* node = flow_.find(moment.node);
        const bool is_wrong = node != nullptr && node->kind == NodeKind::Choose && key != '0' &&
                              !node->keys.contains(key);
        if (is_wrong) {
            if (helped_.insert(w.node).second)  // All of them go one way.
                must_be_helped(moment, w, "who presses a wrong key");
            w.chose = false;
        }
        for (int more = 0; more < 40 && w.entered == 0 && w.end == End::None; ++more) {
            Walker hash = w;
            hash.press('#');
            if (hash.entered > 0) arrive(std::move(hash));
            if (!w.is_waiting()) break;
            w.press(key);
        }
        arrive(std::move(w));
    }

    const Flow& flow_;
    const World& world_;
    std::deque<Walker> open_;
    std::set<std::string> helped_;  ///< where wrong keys of this moment lead
    std::set<std::tuple<std::string, unsigned, bool>> seen_;
    std::string met_;
};

/// Callers who press one key for as long as they are let, the way beyond nodes_entered_max, and
/// such as press anything.
std::string met_by_the_playful(const Flow& flow, const World& world) {
    Dice dice(50);
    for (std::size_t caller = 0; caller < all_keys.size() + 3; ++caller) {
        Walker w(flow, world);
        for (int i = 0; i < inputs_max && w.end == End::None; ++i) {
            const bool is_stubborn = caller < all_keys.size();
            if (w.is_saying() && (is_stubborn || dice.chance(0.5)))
                w.tell(PromptsEnded{});
            else
                w.press(all_keys[is_stubborn ? caller : dice.below(all_keys.size())]);
        }
        // Keys kept from before may lead round for as long as there are any.
        for (int i = 0; i < nodes_entered_max && w.end == End::None; ++i)
            w.be_silent(House::IsSlow);
        if (w.end == End::None) return "who keeps pressing keys comes to no end";
        if (w.missed) return "who keeps pressing keys missed a must-hear prompt";
    }
    return "";
}

std::vector<Caller> callers_of(const Flow& flow) {
    std::vector<Caller> out{{"99900001111", {}}};
    std::set<std::string> told;
    for (const Node& node : flow.nodes)
        for (const Rule& rule : node.rules) {
            if (rule.on == Rule::On::Tag && told.insert("t" + rule.word).second)
                out.push_back({"99900001111", {rule.word}});
            if (rule.on == Rule::On::Number && told.insert("n" + rule.word).second)
                out.push_back({rule.word + "000", {}});
            if (rule.on == Rule::On::Withheld && told.insert("withheld").second)
                out.push_back({"", {}});
        }
    return out;
}

std::vector<Span> spans_of(const Flow& flow) {
    std::vector<Span> out;
    for (const auto& [name, spans] : flow.calendar.hours)
        out.insert(out.end(), spans.begin(), spans.end());
    for (const Node& node : flow.nodes)
        for (const Rule& rule : node.rules)
            if (rule.on == Rule::On::Time) out.push_back(rule.span);
    return out;
}

/// Around every edge of every span, on each day of a week and on the special days.
std::vector<UtcTime> moments_of(const Flow& flow) {
    constexpr std::int64_t minute_us = 60'000'000;
    constexpr std::int64_t day_us = 24 * 60 * minute_us;
    const auto midnight = [&](Day day) {
        const UtcTime utc = *parse_rfc3339(to_text(day) + "T00:00:00Z");
        return utc.us - flow.calendar.zone_minutes * minute_us;
    };
    std::set<std::int64_t> days;
    for (int i = 0; i < 7; ++i) days.insert(midnight({2026, 11, 16}) + i * day_us);
    for (const auto& [day, name] : flow.calendar.holidays) days.insert(midnight(day));
    for (const Day& day : flow.calendar.workdays) days.insert(midnight(day));
    std::set<int> minutes{0, 12 * 60};
    for (const Span& span : spans_of(flow))
        for (const int edge : {span.from - 1, span.from, span.until - 1, span.until})
            minutes.insert(std::clamp(edge, 0, 24 * 60 - 1));
    std::vector<UtcTime> out;
    for (const std::int64_t day : days)
        for (const int minute : minutes) out.push_back({day + minute * minute_us});
    return out;
}

/// What the flow's rules can ask of a moment, and whether some of its hours are over.
std::pair<std::string, bool> seen_by_rules(const Flow& flow, UtcTime when) {
    std::string answers = flow.calendar.is_holiday(when) ? "h" : "-";
    bool closed = flow.calendar.is_holiday(when);
    for (const auto& [name, spans] : flow.calendar.hours) {
        const bool open = flow.calendar.is_open(name, when);
        closed = closed || !open;
        answers += open ? 'o' : 'c';
    }
    for (const Node& node : flow.nodes)
        for (const Rule& rule : node.rules)
            if (rule.on == Rule::On::Time) {
                closed = true;  // What is in the span and what is outside is the author's word.
                answers += flow.calendar.is_in(rule.span, when) ? 'i' : 'x';
            }
    return {answers, closed};
}

}  // namespace

std::vector<World> worlds_of(const Flow& flow) {
    std::map<std::string, World> times;
    for (const UtcTime when : moments_of(flow)) {
        const auto [answers, closed] = seen_by_rules(flow, when);
        times.try_emplace(answers, World{when, {}, closed});
    }
    std::vector<World> out;
    for (const auto& [answers, time] : times)
        for (const Caller& caller : callers_of(flow))
            out.push_back({time.when, caller, time.closed});
    return out;
}

std::string met_by_callers(const Flow& flow) {
    for (const World& world : worlds_of(flow)) {
        const std::string met = Crowd(flow, world).walk();
        if (!met.empty()) return met;
        const std::string played = met_by_the_playful(flow, world);
        if (!played.empty()) return played;
    }
    return "";
}

}  // namespace testing

namespace {

using testing::met_by_callers;

std::string met(const std::string& nodes) {
    const auto flow = parse_flow(
        "person desk\nmust-hear notice\nnode hi play\n  say notice\n"
        "  barge-in no\n  -> m\n" +
        nodes + "node desk queue\n  queue q\nnode bye hang-up\n  say bye\n");
    EXPECT_TRUE(flow) << flow.error().note;
    return flow ? met_by_callers(*flow) : "does not read";
}

TEST(people_walk, sees_nothing_wrong_where_nothing_is) {
    EXPECT_EQ(met("node m choose\n  say m\n  key 1 -> bye\n  key 2 -> m\n"), "");
    EXPECT_EQ(met("node m digits\n  say m\n  digits 3-4\n  -> p\nnode p progress\n  -> bye\n"), "");
}

TEST(people_walk, sees_what_callers_would_meet) {
    EXPECT_EQ(met("node m choose\n  say m\n  key 0 -> bye\n"),
              "m: who presses 0 comes to no person");
    EXPECT_EQ(met("node m choose\n  say m\n  key 0 -> m\n"), "m: who presses 0 is asked again");
    EXPECT_EQ(met("node m choose\n  say m\n  key 1 -> desk\n  nothing -> bye\n"),
              "hi: who presses nothing comes to no person");
    EXPECT_EQ(met("node m choose\n  say m\n  key 1 -> desk\n  other -> bye\n"),
              "m: who presses a wrong key comes to no person");
    EXPECT_EQ(met("node m progress\n  other -> bye\n  -> desk\n"),
              "hi: who presses nothing comes to no person");
    EXPECT_EQ(met("node m live\n  about Hall\n  place hall\n  other -> bye\n  -> desk\n"),
              "hi: who presses nothing comes to no person");
    EXPECT_EQ(met("node m choose\n  say m\n  key 1 -> p\nnode p progress\n  other -> bye\n"
                  "  -> desk\n"),
              "p: whose case is not found comes to no person");
    EXPECT_EQ(met("node m play\n  say m\n  -> m\n"), "hi: silence comes to no end");
    EXPECT_EQ(met("node m play\n  say m\n  -> bye\n"),
              "hi: who presses nothing comes to no person");
    EXPECT_EQ(met("node m voicemail\n  say m\n"), "hi: who presses nothing comes to no person");
}

TEST(people_walk, sees_a_notice_that_a_key_skips) {
    const auto flow = parse_flow(
        "person desk\nmust-hear notice\nnode hi play\n  say notice\n  -> desk\n"
        "node desk queue\n  queue q\n");
    EXPECT_EQ(met_by_callers(*flow), "hi: who presses 0 missed a must-hear prompt");
}

}  // namespace
}  // namespace ys::ivr
