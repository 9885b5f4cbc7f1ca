// SPDX-License-Identifier: Apache-2.0
// The cases behind one figure: those that count, those that do not, and why.
#pragma once

#include <string>
#include <vector>

#include "reports/case_kpi.h"

namespace ys::reports {

/// 0 or none: of all.
struct ListOf {
    CaseFigure figure = CaseFigure::Closing;
    CentreId centre;
    std::uint64_t unit = 0;
    AgentId agent;
};

struct ListedCase {
    CaseId case_id;
    std::string number;
    std::string kind;
    std::string nature{};
    CentreId centre;
    std::uint64_t unit = 0;
    AgentId agent;
    UtcTime filed_at;
    std::string counted;      ///< "yes" "no" "apart"
    std::string why;          ///< a word of case_reasons()
    std::uint64_t parts = 0;  ///< milliseconds, of a mean that it counts in
    friend bool operator==(const ListedCase&, const ListedCase&) = default;
};
BOOST_DESCRIBE_STRUCT(ListedCase, (),
                      (case_id, number, kind, nature, centre, unit, agent, filed_at, counted, why,
                       parts))

/// By id. As many count, and as many do not, as the row of report() says.
std::vector<ListedCase> list_of(const std::vector<CountedCase>& cases, const ListOf& of);

}  // namespace ys::reports
