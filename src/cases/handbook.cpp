// SPDX-License-Identifier: Apache-2.0
// Workflows and clocks by their names, and which of them a case takes; areas found in an address.
#include "cases/handbook.h"

#include <algorithm>
#include <array>

#include "cases/case_form.h"
#include "cases/errc.h"

namespace ys::cases {
namespace {

struct KindRules {
    std::string_view kind;
    std::string_view workflow;
    std::string_view preset;
};

// Repairs go to who repairs, without a review; questions are answered soon.
constexpr std::array kind_rules{
    KindRules{"leak", "short", "emergency"},        KindRules{"no_heat", "short", "urgent"},
    KindRules{"repair", "short", "urgent"},         KindRules{"question", "standard", "inquiry"},
    KindRules{"billing", "standard", "inquiry"},    KindRules{"outage", "standard", "inquiry"},
    KindRules{"complaint", "standard", "ordinary"},
};
constexpr KindRules other_kinds{"", "standard", "ordinary"};

const KindRules& rules_of(std::string_view kind) {
    const auto it = std::ranges::find(kind_rules, kind, &KindRules::kind);
    return it == kind_rules.end() ? other_kinds : *it;
}

constexpr std::size_t name_bytes_max = 40;

bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= name_bytes_max && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

Error other_contents(const std::string& what) {
    return Error(Errc::VersionIsTaken, what + " is there with other contents");
}

DutyPath common_beginning(const DutyPath& a, const DutyPath& b) {
    const auto [end, unused] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return {a.begin(), end};
}

bool begins_with(const DutyPath& path, const DutyPath& beginning) {
    return common_beginning(path, beginning).size() == beginning.size();
}

}  // namespace

RuleTexts standard_rules() {
    RuleTexts out;
    out.workflows = {{"", std::string(standard_workflow)}, {"", std::string(short_workflow)}};
    out.presets = {{"", std::string(standard_clock_presets)}};
    return out;
}

Result<std::shared_ptr<const Handbook>> Handbook::make(Calendar calendar, const RuleTexts& more) {
    auto it = std::make_shared<Handbook>();
    it->calendar_ = std::move(calendar);
    if (!it->calendar_.hours.contains("office")) {
        YS_TRY(const std::uint8_t weekdays, parse_weekdays("mon-fri"));
        it->calendar_.hours["office"] = {Span{weekdays, 510, 720}, Span{weekdays, 780, 1050}};
    }
    YS_TRY([[maybe_unused]] Done done, it->add(standard_rules()));
    YS_TRY(done, it->add(more));
    return std::shared_ptr<const Handbook>(std::move(it));
}

Result<Done> Handbook::add(const RuleTexts& texts) {
    for (const RuleTexts::Workflow& each : texts.workflows) {
        YS_TRY(Workflow workflow, parse_workflow(each.text));
        YS_TRY([[maybe_unused]] Done done, check(workflow));
        YS_TRY(done, add(std::move(workflow), each.title));
    }
    for (const RuleTexts::Preset& each : texts.presets) {
        YS_TRY(auto presets, parse_clock_presets(each.row));
        for (ClockPreset& preset : presets) {
            YS_TRY([[maybe_unused]] const Done done, add(std::move(preset), each.title));
        }
    }
    return Done{};
}

Result<Done> Handbook::add(Workflow workflow, const std::string& title) {
    const std::string what =
        "workflow \"" + workflow.name + " " + std::to_string(workflow.version) + "\"";
    if (!is_name(workflow.name))
        return Error(Errc::DataDoesNotRead, what + ": a name is a-z 0-9 _");
    if (const Workflow* there = this->workflow(workflow.name, workflow.version)) {
        if (*there == workflow) return Done{};
        return other_contents(what);
    }
    workflows_.push_back({title, std::move(workflow)});
    return Done{};
}

Result<Done> Handbook::add(ClockPreset preset, const std::string& title) {
    const std::string what = "clock preset \"" + preset.name + "\"";
    if (!is_name(preset.name)) return Error(Errc::DataDoesNotRead, what + ": a name is a-z 0-9 _");
    if (!calendar_.hours.contains(preset.hours))
        return Error(Errc::DataBreaksARule, what + ": no hours \"" + preset.hours + "\"");
    if (const ClockPreset* there = this->preset(preset.name)) {
        if (there->row == preset.row) return Done{};
        return other_contents(what);
    }
    presets_.push_back({title, std::move(preset)});
    return Done{};
}

const Workflow* Handbook::workflow(std::string_view name, int version) const {
    for (const auto& each : workflows_)
        if (each.rule.name == name && each.rule.version == version) return &each.rule;
    return nullptr;
}

const Workflow* Handbook::newest_workflow(std::string_view name) const {
    const Workflow* best = nullptr;
    for (const auto& each : workflows_)
        if (each.rule.name == name && (best == nullptr || each.rule.version > best->version))
            best = &each.rule;
    return best;
}

const ClockPreset* Handbook::preset(std::string_view name) const {
    for (const auto& each : presets_)
        if (each.rule.name == name) return &each.rule;
    return nullptr;
}

CaseRules Handbook::rules(const CaseFile& file, const UnitTree& units) const {
    return rules(file.type, file.basis, units);
}

CaseRules Handbook::rules(std::string_view type, const CaseBasis& basis,
                          const UnitTree& units) const {
    const Workflow* flow = workflow(basis.workflow, basis.workflow_version);
    const ClockPreset* clocks = preset(basis.clock_preset);
    // The start has seen to it that what a case recorded is there.
    const CaseBasis by_kind = basis_of_kind(type, basis.nature);
    if (flow == nullptr) flow = workflow(by_kind.workflow, by_kind.workflow_version);
    if (clocks == nullptr) clocks = preset(by_kind.clock_preset);
    YS_ASSERT(flow != nullptr && clocks != nullptr);
    return {.calendar = calendar_, .units = units, .workflow = *flow, .preset = *clocks};
}

CaseBasis Handbook::basis_of(const CaseType& type) const {
    CaseBasis out = basis_of_kind(type.code, word(type.nature));
    out.is_automatic = type.is_automatic;
    // A type of a scenario of before names were looked at may name what never was.
    if (const Workflow* flow = newest_workflow(type.workflow)) {
        out.workflow = flow->name;
        out.workflow_version = flow->version;
    }
    if (preset(type.clock_preset) != nullptr) out.clock_preset = type.clock_preset;
    return out;
}

bool is_for_crews(const Workflow& workflow) {
    const auto goes = [&](CaseState from, Verb verb, CaseState to) {
        const CaseMove* move = workflow.find(from, verb);
        return move != nullptr && move->to == to;
    };
    return goes(CaseState::Filed, Verb::Dispatch, CaseState::Dispatched) &&
           goes(CaseState::Dispatched, Verb::Accept, CaseState::Accepted) &&
           goes(CaseState::Accepted, Verb::Begin, CaseState::Working) &&
           workflow.find(CaseState::Working, Verb::Reply) != nullptr;
}

CaseBasis basis_of_kind(std::string_view kind, std::string_view nature) {
    const Kind* known = kind_for(kind, nature);
    const KindRules& rules = rules_of(known == nullptr ? std::string_view{} : known->name);
    return {.nature = std::string(known == nullptr ? std::string_view{} : word(known->nature)),
            .workflow = std::string(rules.workflow),
            .workflow_version = 1,
            .clock_preset = std::string(rules.preset),
            .is_automatic = known != nullptr && known->nature == Nature::Repair};
}

DutyPath category_of(std::string_view kind, std::string_view nature) {
    const Kind* known = find_kind(kind);
    if (known == nullptr) {
        if (kind_for(kind, nature) == nullptr) return {};
        return {std::string(nature), std::string(kind)};
    }
    if (known->nature != Nature::Repair || kind == "repair") return {std::string(kind)};
    return {"repair", std::string(kind)};
}

bool is_confidential(std::string_view kind, std::string_view nature) {
    if (!nature.empty()) return nature == word(Nature::Report);
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
