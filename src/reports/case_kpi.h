// SPDX-License-Identifier: Apache-2.0
// Facts of cases in, figures out: `yingsheng kpi`, its lists and the page run this same code.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "reports/case_figures.h"
#include "reports/case_story.h"
#include "reports/figures.h"

namespace ys::reports {

/// How many customers each centre serves.
using CustomersServed = std::map<CentreId, std::uint64_t>;

/// A case belongs to the window it was written down in and is followed up to `until`. Facts may
/// come in any order; those of other windows and after `until` are passed over.
class CaseKpi {
public:
    CaseKpi(Window window, UtcTime until) : window_(window), until_(until) {}

    void on(const facts::Fact& fact);

    /// The cases of the window, by id.
    std::vector<CountedCase> cases() const;
    /// Sums of what cases() says and nothing else. Rows by id; a unit's and an agent's for each
    /// centre they worked for.
    CaseReport report(const CustomersServed& served) const;

private:
    Window window_;
    UtcTime until_;
    std::map<std::uint64_t, CaseStory> stories_;
};

/// What is listed under this figure of a centre (unit 0) or of a unit.
const CaseVerdict* verdict_of(const CountedCase& one, CaseFigure figure, std::uint64_t unit);

}  // namespace ys::reports
