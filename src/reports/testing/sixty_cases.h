// SPDX-License-Identifier: Apache-2.0
// Reads tests/stories/cases/sixty.txt: cases as facts, and what was counted by hand.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "facts/facts.h"
#include "reports/case_figures.h"
#include "reports/figures.h"

namespace ys::reports::testing {

/// The columns, in their order; "M" is CaseFigure::Complaints and "W" DispatchTime.
inline constexpr std::array columns{
    CaseFigure::ComplaintTimely, CaseFigure::Closing,      CaseFigure::Complaints,
    CaseFigure::Dispatch,        CaseFigure::DispatchTime, CaseFigure::FollowUp,
    CaseFigure::FirstTime,       CaseFigure::Solved,       CaseFigure::Satisfied};

struct HandCounted {
    std::uint64_t case_id = 0;
    std::string line;
    std::vector<facts::Fact> facts;
    std::array<std::string, columns.size()> marks;  ///< "Y" "N" "-" "x" or minutes
};
/// "centre 1 closing_rate" -> {39, 48}
using HandSums = std::map<std::string, std::pair<std::uint64_t, std::uint64_t>>;

struct SixtyCases {
    std::vector<HandCounted> cases;
    HandSums sums;
    Window window;
    std::vector<facts::Fact> facts() const;
};
/// Ends the test when the file does not read.
SixtyCases sixty_cases();

}  // namespace ys::reports::testing
