// SPDX-License-Identifier: Apache-2.0
#include "reports/case_list.h"

namespace ys::reports {

std::vector<ListedCase> list_of(const std::vector<CountedCase>& cases, const ListOf& of) {
    std::vector<ListedCase> out;
    for (const CountedCase& one : cases) {
        if (of.centre && one.centre != of.centre) continue;
        if (of.agent && one.agent != of.agent) continue;
        const CaseVerdict* verdict = verdict_of(one, of.figure, of.unit);
        if (verdict == nullptr) continue;
        const bool is_time = of.figure == CaseFigure::DispatchTime;
        out.push_back({.case_id = CaseId{one.case_id},
                       .number = one.number,
                       .kind = one.kind,
                       .nature = one.nature,
                       .centre = one.centre,
                       .unit = verdict->unit,
                       .agent = one.agent,
                       .filed_at = one.filed_at,
                       .counted = std::string(word(verdict->counted)),
                       .why = std::string(verdict->why),
                       .parts = is_time && verdict->counted == Counted::Yes ? verdict->parts : 0});
    }
    return out;
}

}  // namespace ys::reports
