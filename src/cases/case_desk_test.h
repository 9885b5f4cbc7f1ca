// SPDX-License-Identifier: Apache-2.0
// A city with units, and people who do things to a case: for the tests of the engine.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cases/case_engine.h"
#include "cases/errc.h"

namespace ys::cases::testing {

// The bureau is above the heating and the water company, the heating company above two stations.
// The hotline and the inspection own what nobody takes.
inline constexpr UnitId hotline{1}, inspection{2}, bureau{3}, heating{4}, water{5}, north{6},
    south{7};

inline UtcTime cst(const std::string& text) {
    return *parse_rfc3339("2026-" + text.substr(0, 5) + "T" + text.substr(6, 5) + ":00+08:00");
}

inline const Calendar& office() {
    static const Calendar calendar = [] {
        Calendar c;
        const std::uint8_t weekdays = *parse_weekdays("mon-fri");
        c.hours["office"] = {Span{weekdays, 510, 720}, Span{weekdays, 780, 1050}};
        return c;
    }();
    return calendar;
}

inline const UnitTree& city() {
    static const UnitTree tree = *UnitTree::build({{hotline, "热线", {}},
                                                   {inspection, "监察", {}},
                                                   {bureau, "城管局", {}},
                                                   {heating, "热力公司", bureau},
                                                   {water, "水务公司", bureau},
                                                   {north, "北站", heating},
                                                   {south, "南站", heating}},
                                                  {hotline, inspection});
    return tree;
}

inline const Workflow& standard() {
    static const Workflow workflow = *parse_workflow(standard_workflow);
    return workflow;
}

inline const Workflow& brief() {
    static const Workflow workflow = *parse_workflow(short_workflow);
    return workflow;
}

inline const ClockPreset& preset(std::string_view name) {
    static const std::vector<ClockPreset> presets = *parse_clock_presets(standard_clock_presets);
    return *find_preset(presets, name);
}

inline CaseActor citizen() { return {{}, "citizen", {}}; }
inline CaseActor clock_itself() { return {{}, "system", {}}; }
inline CaseActor agent() { return {UserId{11}, "agent", hotline}; }
inline CaseActor dispatcher() { return {UserId{12}, "dispatcher", hotline}; }
inline CaseActor reviewer() { return {UserId{13}, "reviewer", hotline}; }
inline CaseActor supervisor() { return {UserId{14}, "supervisor", hotline}; }
inline CaseActor of(UnitId unit) { return {UserId{100 + unit.value}, "unit", unit}; }
inline CaseActor head_of(UnitId unit) { return {UserId{200 + unit.value}, "superior", unit}; }

/// One case on the desk, and a clock that only the test moves.
struct Desk {
    explicit Desk(const Workflow& workflow = standard(), std::string_view deadlines = "ordinary")
        : rules{office(), city(), workflow, preset(deadlines)} {}
    CaseRules rules;
    CaseFile file;
    UtcTime now = cst("11-23 09:00");  // a Monday
    CaseOutcome last;
    std::vector<CaseEvent> history;

    void later(Seconds by) { now.us += Micros(by).count(); }

    /// "" or the word of the error. The invariants hold afterwards, done or refused.
    std::string does(const CaseActor& by, CaseAction action) {
        const CaseFile before = file;
        auto got = on(rules, file, now, {by, std::move(action)});
        if (const std::string rule = broken_invariant(rules, file); !rule.empty())
            return "broken: " + rule;
        if (!got)
            return file == before ? std::string(word(static_cast<Errc>(got.error().code.value())))
                                  : "refused, but changed";
        last = *std::move(got);
        history.insert(history.end(), last.events.begin(), last.events.end());
        return "";
    }

    std::string files(std::vector<UnitId> about = {}) {
        return does(agent(), FileCase{CaseId{1},
                                      "complaint",
                                      1,
                                      false,
                                      {{1, "家里不热"}, {2, "要求退费"}},
                                      std::move(about)});
    }
    std::string replies(UnitId unit) {
        return does(of(unit), ReplyToCase{{{1, "阀门已修好"}, {2, "按天退费"}}});
    }
    /// From the filing to the citizen who was told.
    void until_told(UnitId unit) {
        files();
        does(dispatcher(), DispatchCase{unit, "辖区"});
        does(of(unit), AcceptCase{});
        replies(unit);
        does(reviewer(), ReviewReply{true, ""});
        does(agent(), TellCitizen{"voice"});
    }
    /// The clock fires whenever it asked to, until `until`.
    std::string waits(UtcTime until) {
        for (int i = 0; i < 1000; ++i) {
            const auto wake = next_wake(rules, file);
            if (!wake || *wake > until) break;
            now = std::max(now, *wake);
            const std::string wrong = does(clock_itself(), ClockFired{});
            if (!wrong.empty()) return wrong;
        }
        now = until;
        return "";
    }
    bool has_notice(UnitId unit, const std::string& reason) const {
        for (const CaseEffect& e : last.effects)
            if (const auto* n = std::get_if<NoticeToUnit>(&e); n && n->unit == unit)
                if (n->reason == reason) return true;
        return false;
    }
};

}  // namespace ys::cases::testing
