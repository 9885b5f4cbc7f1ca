// SPDX-License-Identifier: Apache-2.0
// What can be told of a flow's lines without walking through it.
#include <algorithm>
#include <chrono>
#include <set>

#include "ivr/proof.h"

namespace ys::ivr {
namespace {

using K = FaultKind;

constexpr std::uint8_t all_week = 0x7f;

bool asks(const Node& node) {
    return node.kind == NodeKind::Choose || node.kind == NodeKind::Digits;
}

void prove_speech(const Node& node, const Flow& flow, Findings& found) {
    const bool ends_unheard = node.kind == NodeKind::Voicemail || node.kind == NodeKind::HangUp;
    const bool must_speak =
        asks(node) || node.kind == NodeKind::Play || (ends_unheard && !flow.measuring);
    if (must_speak && node.say.empty())
        found.add(K::SaysNothing, node, "it says nothing; it needs a line: say <prompt>");
    if (flow.measuring || !asks(node) || node.say.empty()) return;
    const bool tells_notice = std::ranges::any_of(
        flow.must_hear, [&](const std::string& prompt) { return says(node, prompt); });
    if (!node.interruptible && !tells_notice)
        found.add(K::MenuHoldsKeys, node,
                  "a menu without a must-hear prompt may be interrupted: who knows the key, or "
                  "wants a person, need not hear it out (leave out: barge-in no)");
    const bool ends_on_notice =
        std::ranges::find(flow.must_hear, node.say.back()) != flow.must_hear.end();
    if (node.say.size() > 1 && ends_on_notice)
        found.add(K::OptionsBeforeNotice, node,
                  "“" + node.say.back() +
                      "” is said after the options; say it first, so that the keys are the last "
                      "thing heard");
}

void prove_keys(const Node& node, Findings& found) {
    if (node.kind == NodeKind::Choose && node.keys.empty())
        found.add(K::NoKeys, node, "it takes no key");
    const std::size_t options = node.keys.size() - node.keys.count('0');
    if (options > options_max)
        found.add(K::TooManyOptions, node,
                  "it offers " + std::to_string(options) +
                      " keys besides 0, which nobody "
                      "remembers; at most " +
                      std::to_string(options_max));
    if (asks(node) && node.wait < wait_min)
        found.add(K::WaitTooShort, node,
                  "a slow finger needs more time; wait at least " +
                      std::to_string(wait_min.count() / 1000) + "s");
}

void prove_subject(const Node& node, Findings& found) {
    if (node.kind != NodeKind::Live) return;
    const LiveKind* kind = live_kind(node.about);
    if (kind == nullptr)
        found.add(K::LiveAboutNothing, node,
                  "what it asks about is missing; it needs: about <kind>");
    else if (kind->is_personal && !node.place.empty())
        found.add(K::LiveAboutNothing, node,
                  "“" + node.about + "” is about a person, so it has no “place”");
}

void prove_turns(const Node& node, Findings& found) {
    if (node.kind != NodeKind::Answer) return;
    if (node.matter.empty() && node.say.empty())
        found.add(K::SaysNothing, node,
                  "it listens and nobody knows: it needs a line: say <prompt>, or matter <code>");
    if (node.again > 1)
        found.add(K::AsksAgainTooOften, node,
                  "who was not understood twice wants a person; ask again at most once");
}

void prove_guesses(const Node& node, Findings& found) {
    if (node.kind == NodeKind::Guess && node.guesses.empty())
        found.add(K::NoKeys, node, "it has nothing to offer; it needs: guess case -> <node>");
}

void prove_secrets(const Node& node, Findings& found) {
    if (node.piece == CasePiece::Code && !node.secure)
        found.add(K::CodeNotSecure, node,
                  "the code would be in recording and journal; it needs: secure yes");
    if (node.secure && node.keys_territory)
        found.add(K::SecureTerritory, node,
                  "the code of a place goes into the journal, so it cannot be secure");
}

/// Whether whoever `later` is meant for has already gone by `earlier`.
bool shadows(const Rule& earlier, const Rule& later) {
    if (earlier.on != later.on) return false;
    switch (later.on) {
        case Rule::On::Number:
            return later.word.starts_with(earlier.word);
        case Rule::On::Time:
            return earlier.span == later.span;
        default:
            return earlier.word == later.word;
    }
}

std::string words_of(const Rule& rule) {
    switch (rule.on) {
        case Rule::On::Tag:
            return "tag " + rule.word;
        case Rule::On::Number:
            return "number " + rule.word;
        case Rule::On::Withheld:
            return "withheld";
        case Rule::On::Open:
            return "open " + rule.word;
        case Rule::On::Holiday:
            return "holiday";
        case Rule::On::Time:
            return "time " + to_text(rule.span);
    }
    return "";
}

void prove_rules(const Node& node, const Flow& flow, Findings& found) {
    bool knows_holidays = false;
    for (auto rule = node.rules.begin(); rule != node.rules.end(); ++rule) {
        if (rule->on == Rule::On::Open && !flow.calendar.hours.contains(rule->word))
            found.add(K::HoursUnknown, node, "there are no hours named “" + rule->word + "”");
        const bool is_shadowed =
            std::any_of(node.rules.begin(), rule, [&](const Rule& r) { return shadows(r, *rule); });
        if (is_shadowed)
            found.add(K::RuleNeverHolds, node,
                      "“" + words_of(*rule) + "” never decides: a line above takes its callers");
        knows_holidays =
            knows_holidays || rule->on == Rule::On::Holiday || rule->on == Rule::On::Open;
        if (rule->on == Rule::On::Time && rule->span.weekdays != all_week && !knows_holidays &&
            !flow.measuring)
            found.add(K::TimeWithoutHolidays, node,
                      "“" + words_of(*rule) +
                          "” takes a holiday for any other day; put “holiday -> "
                          "<node>” above it, or use hours and “open”");
        const auto goes_there = [&](const Rule& r) { return r.to == rule->to; };
        if (rule->on == Rule::On::Open && node.next == rule->to &&
            std::all_of(rule, node.rules.end(), goes_there))
            found.add(K::ClosedAsOpen, node,
                      "who calls when “" + rule->word + "” is closed is led to “" + rule->to +
                          "” like everybody; give “else” a way of its own");
    }
}

void prove_node(const Node& node, const Flow& flow, Findings& found) {
    prove_speech(node, flow, found);
    prove_keys(node, found);
    prove_secrets(node, found);
    prove_subject(node, found);
    prove_turns(node, found);
    prove_guesses(node, found);
    prove_rules(node, flow, found);
    const bool goes_on = node.kind == NodeKind::Digits || node.kind == NodeKind::Branch ||
                         looks_up(node.kind) ||
                         (node.kind == NodeKind::Play && node.again != again_for_ever);
    if (goes_on && node.next.empty())
        found.add(K::DeadEnd, node, "a dead end: the way on (-> <node>) is missing");
    if (node.kind == NodeKind::Queue && node.queue.empty())
        found.add(K::QueueUnnamed, node, "the queue's name is missing");
    const bool endless = node.kind == NodeKind::Wait || node.again == again_for_ever;
    if (endless && !flow.measuring)
        found.add(K::NeverEnds, node, "it never ends; only a flow for measuring may do so");
}

bool is_weekend(Day day) {
    const std::chrono::year_month_day date{
        std::chrono::year{day.year}, std::chrono::month{day.month}, std::chrono::day{day.day}};
    const auto weekday = std::chrono::weekday{std::chrono::sys_days{date}}.iso_encoding();
    return weekday >= 6;
}

}  // namespace

bool says(const Node& node, const std::string& prompt) {
    return std::ranges::find(node.say, prompt) != node.say.end();
}

void prove_frame(const Graph& graph, Findings& found) {
    const Flow& flow = graph.flow();
    if (graph.find(flow.start) == nowhere) found.add(K::StartNowhere, "“start” names no node");
    if (flow.measuring) return;
    if (flow.person.empty())
        found.add(K::PersonMissing, "the line “person <node>” is missing: where does 0 lead?");
    else if (graph.find(flow.person) == nowhere)
        found.add(K::PersonNowhere, "“person” names no node: " + flow.person);
    const Node* fallback = flow.find(flow.fallback);
    const bool is_told = flow.fallback == flow.person && fallback == nullptr;
    if (!is_told && (fallback == nullptr || fallback->kind != NodeKind::Queue))
        found.add(K::FallbackNoQueue, "“fallback” must name a queue node");
    if (flow.recorded && flow.must_hear.empty())
        found.add(K::NoticeUnnamed,
                  "calls are recorded, so a line “must-hear <prompt>” must name the notice");
    for (const std::string& prompt : flow.must_hear)
        if (std::ranges::none_of(flow.nodes, [&](const Node& n) { return says(n, prompt); }))
            found.add(K::NoticeUnsaid, "no node says “" + prompt + "”, which everybody must hear");
}

void prove_calendar(const Graph& graph, Findings& found) {
    const Flow& flow = graph.flow();
    if (flow.measuring) return;
    std::set<std::string> used;
    bool asks_for_holidays = false;
    for (const Node& node : flow.nodes)
        for (const Rule& rule : node.rules) {
            if (rule.on == Rule::On::Open) used.insert(rule.word);
            asks_for_holidays = asks_for_holidays || rule.on == Rule::On::Holiday;
        }
    for (const auto& [name, spans] : flow.calendar.hours) {
        if (!used.contains(name))
            found.add(K::HoursUnused, "hours “" + name +
                                          "” are written down, but no branch asks “open " + name +
                                          "”: callers out of hours would not be told");
        const bool is_a_working_week =
            std::ranges::none_of(spans, [](const Span& span) { return span.weekdays == all_week; });
        if (used.contains(name) && is_a_working_week && !asks_for_holidays &&
            flow.calendar.holidays.empty())
            found.add(K::HolidaysMissing,
                      "hours “" + name +
                          "” leave out days of the week, but no holiday is written "
                          "down (holiday 2026-10-01 国庆节): it would count as open on a holiday");
    }
    for (const Day& day : flow.calendar.workdays) {
        if (flow.calendar.holidays.contains(day))
            found.add(K::DayIsBoth, to_text(day) + " is a holiday and a workday; which is it?");
        else if (!is_weekend(day))
            found.add(K::WorkdayInTheWeek, to_text(day) +
                                               " is no weekend day; “workday” is for a "
                                               "Saturday or Sunday that is worked");
    }
}

void prove_nodes(const Graph& graph, Findings& found) {
    for (const Node& node : graph.flow().nodes) prove_node(node, graph.flow(), found);
}

void prove_names(const Graph& graph, Findings& found) {
    for (int at = 0; at < graph.size(); ++at) {
        std::set<std::string> told;  // One key of a menu is enough to say it.
        for (const Exit& e : graph.exits(at))
            if (e.node == nowhere && e.to != graph.flow().person && told.insert(e.to).second)
                found.add(K::NoSuchNode, graph.node(at), "there is no node named “" + e.to + "”");
    }
}

}  // namespace ys::ivr
