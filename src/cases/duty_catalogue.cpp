// SPDX-License-Identifier: Apache-2.0
// Finds the narrowest rule and says why it is.
#include "cases/duty_catalogue.h"

#include <algorithm>

#include "cases/errc.h"

namespace ys::cases {
namespace {

bool begins(const DutyPath& path, const DutyPath& prefix) {
    return prefix.size() <= path.size() && std::equal(prefix.begin(), prefix.end(), path.begin());
}

/// Both fit the same question, so their paths begin alike and only the lengths differ.
bool is_narrower(const DutyRule& a, const DutyRule& b) {
    return &a != &b && a.category.size() >= b.category.size() && a.area.size() >= b.area.size();
}

bool has(const std::vector<UnitId>& all, UnitId unit) {
    return std::ranges::find(all, unit) != all.end();
}

void add_reasons(DutyProposal& out, const DutyRule& best,
                 const std::vector<const DutyRule*>& fitting) {
    out.reasons.push_back({"rule", {best.title}});
    if (!best.category.empty()) out.reasons.push_back({"category", {best.category.back()}});
    if (!best.area.empty()) out.reasons.push_back({"area", {best.area.back()}});
    if (best.category.empty() && best.area.empty()) out.reasons.push_back({"everything", {}});
    for (const DutyRule* other : fitting)
        if (is_narrower(best, *other)) out.reasons.push_back({"narrower_than", {other->title}});
}

}  // namespace

Result<DutyCatalogue> DutyCatalogue::build(std::vector<DutyRule> rules, const UnitTree& units) {
    const auto breaks = [](const DutyRule& rule, const char* why) {
        return Error(Errc::DataBreaksARule, "duty \"" + rule.title + "\": " + why);
    };
    for (auto it = rules.begin(); it != rules.end(); ++it) {
        if (it->title.empty()) return breaks(*it, "no title");
        if (!units.has(it->unit)) return breaks(*it, "an unknown unit");
        for (const DutyPath* path : {&it->category, &it->area})
            if (std::ranges::find(*path, "") != path->end())
                return breaks(*it, "an empty step in a path");
        if (std::any_of(rules.begin(), it, [&](const DutyRule& r) {
                return r.category == it->category && r.area == it->area;
            }))
            return breaks(*it, "another rule has the same paths");
    }
    DutyCatalogue out;
    out.rules_ = std::move(rules);
    return out;
}

DutyProposal DutyCatalogue::propose(const DutyQuestion& question) const {
    DutyProposal out;
    std::vector<const DutyRule*> fitting;
    for (const DutyRule& rule : rules_) {
        if (!begins(question.category, rule.category) || !begins(question.area, rule.area))
            continue;
        if (has(question.complained_of, rule.unit))
            out.reasons.push_back({"own_complaint", {rule.title}});
        else if (has(question.returned_by, rule.unit))
            out.reasons.push_back({"returned", {rule.title}});
        else
            fitting.push_back(&rule);
    }
    if (fitting.empty()) {
        out.reasons.push_back({"nothing_fits", {}});
        return out;
    }
    std::ranges::stable_sort(fitting, [](const DutyRule* a, const DutyRule* b) {
        return a->category.size() + a->area.size() > b->category.size() + b->area.size();
    });
    std::vector<std::string> narrowest;
    bool agree = true;
    for (const DutyRule* rule : fitting) {
        if (std::ranges::any_of(fitting, [&](const auto* r) { return is_narrower(*r, *rule); }))
            continue;
        narrowest.push_back(rule->title);
        agree = agree && rule->unit == fitting.front()->unit;
    }
    if (agree) {
        out.unit = fitting.front()->unit;
        add_reasons(out, *fitting.front(), fitting);
    } else {
        out.reasons.push_back({"equally_narrow", narrowest});
    }
    for (const DutyRule* rule : fitting)
        if (rule->unit != out.unit && !has(out.alternatives, rule->unit))
            out.alternatives.push_back(rule->unit);
    return out;
}

}  // namespace ys::cases
