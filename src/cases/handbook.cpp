// SPDX-License-Identifier: Apache-2.0
// Types and the rules they take; areas found in an address.
#include "cases/handbook.h"

#include <algorithm>

#include "cases/case_form.h"
#include "cases/errc.h"

namespace ys::cases {
namespace {

struct TypeRules {
    std::string_view kind;
    bool is_short;
    std::string_view preset;
};

// Repairs go to who repairs, without a review; questions are answered soon.
constexpr std::array type_rules{
    TypeRules{"leak", true, "emergency"},      TypeRules{"no_heat", true, "urgent"},
    TypeRules{"repair", true, "urgent"},       TypeRules{"question", false, "inquiry"},
    TypeRules{"billing", false, "inquiry"},    TypeRules{"outage", false, "inquiry"},
    TypeRules{"complaint", false, "ordinary"},
};
constexpr TypeRules other_types{"", false, "ordinary"};

const TypeRules& rules_of(std::string_view kind) {
    const auto it = std::ranges::find(type_rules, kind, &TypeRules::kind);
    return it == type_rules.end() ? other_types : *it;
}

DutyPath common_beginning(const DutyPath& a, const DutyPath& b) {
    const auto [end, unused] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return {a.begin(), end};
}

bool begins_with(const DutyPath& path, const DutyPath& beginning) {
    return common_beginning(path, beginning).size() == beginning.size();
}

}  // namespace

Result<std::shared_ptr<const Handbook>> Handbook::make(Calendar calendar) {
    return make(std::move(calendar), standard_clock_presets);
}

Result<std::shared_ptr<const Handbook>> Handbook::make(Calendar calendar,
                                                       std::string_view presets) {
    auto it = std::make_shared<Handbook>();
    it->calendar_ = std::move(calendar);
    if (!it->calendar_.hours.contains("office")) {
        YS_TRY(const std::uint8_t weekdays, parse_weekdays("mon-fri"));
        it->calendar_.hours["office"] = {Span{weekdays, 510, 720}, Span{weekdays, 780, 1050}};
    }
    YS_TRY(it->standard_, parse_workflow(standard_workflow));
    YS_TRY(it->short_, parse_workflow(short_workflow));
    YS_TRY(it->presets_, parse_clock_presets(presets));
    const auto is_there = [&](const TypeRules& type) {
        return find_preset(it->presets_, type.preset) != nullptr;
    };
    if (!std::ranges::all_of(type_rules, is_there) || !is_there(other_types))
        return Error(Errc::DataBreaksARule, "a clock preset is missing");
    return std::shared_ptr<const Handbook>(std::move(it));
}

CaseRules Handbook::rules(std::string_view type, const UnitTree& units) const {
    const TypeRules& is = rules_of(type);
    const ClockPreset* preset = find_preset(presets_, is.preset);
    YS_ASSERT(preset != nullptr);
    return {.calendar = calendar_,
            .units = units,
            .workflow = is.is_short ? short_ : standard_,
            .preset = *preset};
}

DutyPath category_of(std::string_view kind) {
    const Kind* known = find_kind(kind);
    if (known == nullptr) return {};
    if (known->nature != Nature::Repair || kind == "repair") return {std::string(kind)};
    return {"repair", std::string(kind)};
}

bool is_confidential(std::string_view kind) {
    const Kind* known = find_kind(kind);
    return known != nullptr && known->nature == Nature::Report;
}

DutyPath area_of(std::string_view address, const std::vector<DutyRule>& rules) {
    std::optional<DutyPath> found;
    for (const DutyRule& rule : rules) {
        const DutyPath& area = rule.area;
        if (area.empty() || address.find(area.back()) == address.npos) continue;
        if (!found || begins_with(area, *found))
            found = area;
        else if (!begins_with(*found, area))
            found = common_beginning(*found, area);
    }
    return found.value_or(DutyPath{});
}

}  // namespace ys::cases
