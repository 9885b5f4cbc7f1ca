// SPDX-License-Identifier: Apache-2.0
// By what the cases of a centre go: its calendar, and every workflow and table of clocks that a
// type may name or a case was filed with.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cases/case_file.h"
#include "cases/case_type.h"
#include "cases/duty_catalogue.h"

namespace ys::cases {

/// Rules beside those that come with the program, as they are written.
struct RuleTexts {
    struct Workflow {
        std::string title;  ///< "表扬办理"; "" for one of the program, which every page knows
        std::string text;   ///< as parse_workflow reads it
        friend bool operator==(const Workflow&, const Workflow&) = default;
    };
    struct Preset {
        std::string title;
        std::string row;  ///< as parse_clock_presets reads it
        friend bool operator==(const Preset&, const Preset&) = default;
    };
    std::vector<Workflow> workflows;
    std::vector<Preset> presets;
};

/// The workflows and clocks that come with the program.
RuleTexts standard_rules();

class Handbook {
public:
    template <class Rule>
    struct Known {
        std::string title;
        Rule rule;
    };

    /// calendar  its row "office" is added when missing: Monday to Friday 08:30-12:00, 13:00-17:30
    /// more      beside standard_rules(); the same again changes nothing
    /// errors    what parse_workflow, check and parse_clock_presets say; data_does_not_read for a
    ///           name that is no code; data_breaks_a_rule for hours that the calendar has not, and
    ///           with other contents for a workflow's version or a preset's name that is there
    static Result<std::shared_ptr<const Handbook>> make(Calendar calendar,
                                                        const RuleTexts& more = {});

    /// Refers to the handbook and `units`. A file that recorded nothing goes by what its kind
    /// always had.
    CaseRules rules(const CaseFile& file, const UnitTree& units) const;
    /// The same before there is a file.
    CaseRules rules(std::string_view type, const CaseBasis& basis, const UnitTree& units) const;

    /// What a case filed now by this type is to record: the newest version of its workflow.
    CaseBasis basis_of(const CaseType& type) const;

    /// nullptr when there is none.
    const Workflow* workflow(std::string_view name, int version) const;
    const Workflow* newest_workflow(std::string_view name) const;
    const ClockPreset* preset(std::string_view name) const;
    /// All of them, for who chooses; workflows in each version.
    const std::deque<Known<Workflow>>& workflows() const { return workflows_; }
    const std::deque<Known<ClockPreset>>& presets() const { return presets_; }
    const Calendar& calendar() const { return calendar_; }

private:
    Result<Done> add(const RuleTexts& texts);
    Result<Done> add(Workflow workflow, const std::string& title);
    Result<Done> add(ClockPreset preset, const std::string& title);

    Calendar calendar_;
    std::deque<Known<Workflow>> workflows_;
    std::deque<Known<ClockPreset>> presets_;
};

/// Whether a repairer gets through it from the dispatch to the reply, as an automatic type needs.
bool is_for_crews(const Workflow& workflow);

/// What cases of this kind went by before types decided; of a kind that only a type knows, what its
/// nature has.
CaseBasis basis_of_kind(std::string_view kind, std::string_view nature = {});

/// What a case is about, for the duty catalogue: {"repair", "no_heat"}, {"billing"}; for a kind
/// that only a type knows its nature and itself, {"complaint", "noise"}.
DutyPath category_of(std::string_view kind, std::string_view nature = {});

/// Whether it is kept from the unit it complains of (举报). "" goes by the kind alone.
bool is_confidential(std::string_view kind, std::string_view nature = {});

/// Where an address lies among the areas that the duties name: the longest of them whose narrowest
/// step stands in the text; where two areas contradict each other, only what they have in common.
DutyPath area_of(std::string_view address, const std::vector<DutyRule>& rules);

}  // namespace ys::cases
