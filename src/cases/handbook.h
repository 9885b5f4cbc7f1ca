// SPDX-License-Identifier: Apache-2.0
// By what the cases of a centre go: its calendar, the workflows and clocks, and which type takes
// which.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cases/case_file.h"
#include "cases/duty_catalogue.h"

namespace ys::cases {

class Handbook {
public:
    /// The workflows and presets that come with the program.
    /// calendar  its row "office" is added when missing: Monday to Friday 08:30-12:00, 13:00-17:30
    static Result<std::shared_ptr<const Handbook>> make(Calendar calendar);
    /// errors  what parse_workflow and parse_clock_presets say; data_breaks_a_rule when a preset
    ///         that a type needs is missing
    static Result<std::shared_ptr<const Handbook>> make(Calendar calendar,
                                                        std::string_view presets);

    /// For a file of this type. Refers to the handbook and `units`.
    CaseRules rules(std::string_view type, const UnitTree& units) const;
    const Calendar& calendar() const { return calendar_; }

private:
    Calendar calendar_;
    Workflow standard_, short_;
    std::vector<ClockPreset> presets_;
};

/// What a case of this kind is about, for the duty catalogue: {"repair", "no_heat"}, {"billing"}.
DutyPath category_of(std::string_view kind);

/// Whether it is kept from the unit it complains of (举报).
bool is_confidential(std::string_view kind);

/// Where an address lies among the areas that the duties name: the longest of them whose narrowest
/// step stands in the text; where two areas contradict each other, only what they have in common.
DutyPath area_of(std::string_view address, const std::vector<DutyRule>& rules);

}  // namespace ys::cases
