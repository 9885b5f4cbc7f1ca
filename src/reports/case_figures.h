// SPDX-License-Identifier: Apache-2.0
// The figures of cases that cities are ranked by, as plain structs; case_formulas.cpp says each.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/id.h"
#include "base/time.h"

namespace ys::reports {

enum class CaseFigure {
    ComplaintTimely,  ///< 投诉处理及时率
    Closing,          ///< 结案率
    Complaints,       ///< 百万客户投诉量
    Dispatch,         ///< 转办效率
    DispatchTime,     ///< 转办平均时长
    FollowUp,         ///< 回访率
    FirstTime,        ///< 首次解决率
    Solved,           ///< 解决率
    Satisfied,        ///< 满意率
};
inline constexpr std::array case_figures{
    CaseFigure::ComplaintTimely, CaseFigure::Closing,      CaseFigure::Complaints,
    CaseFigure::Dispatch,        CaseFigure::DispatchTime, CaseFigure::FollowUp,
    CaseFigure::FirstTime,       CaseFigure::Solved,       CaseFigure::Satisfied};

/// "complaint_timely_rate" .. "satisfied_rate", as printed and sent
std::string_view word(CaseFigure figure);
std::optional<CaseFigure> case_figure_from(std::string_view word);

enum class Counted {
    Yes,    ///< in numerator and denominator
    No,     ///< in the denominator only
    Apart,  ///< in neither
};
/// "yes" "no" "apart"
std::string_view word(Counted counted);

/// What one case is to one figure.
struct CaseVerdict {
    CaseFigure figure = CaseFigure::Closing;
    Counted counted = Counted::Apart;
    std::string_view why;     ///< a word of reason_texts()
    std::uint64_t unit = 0;   ///< whose figure it is in, or none
    std::uint64_t parts = 1;  ///< what Yes adds to the numerator: milliseconds of a mean
    /// False for the word on a unit that had the case before another: that unit's figure only.
    bool is_last = true;
    friend bool operator==(const CaseVerdict&, const CaseVerdict&) = default;
};

/// A case of the window and all it counts in.
struct CountedCase {
    std::uint64_t case_id = 0;
    std::string number;
    std::string kind;
    std::string nature{};  ///< of its type; "" in facts of before types said so
    CentreId centre;
    AgentId agent;  ///< who wrote it down; none for a robot's or the citizen's own
    UtcTime filed_at;
    std::vector<CaseVerdict> verdicts;
    friend bool operator==(const CountedCase&, const CountedCase&) = default;
};

struct CaseRate {
    std::string figure;
    std::string measure;  ///< "share" (0 to 1) "per_million" "mean_ms"
    std::uint64_t numerator = 0;
    std::uint64_t denominator = 0;
    std::uint64_t apart = 0;      ///< cases in neither
    std::optional<double> value;  ///< nothing when there is nothing to divide by
    friend bool operator==(const CaseRate&, const CaseRate&) = default;
};
/// Of a centre; of a unit, when `unit` is given; of an agent, when `agent` is.
struct CaseRow {
    CentreId centre;
    std::uint64_t unit = 0;
    AgentId agent;
    std::uint64_t cases = 0;
    std::vector<CaseRate> figures;
    friend bool operator==(const CaseRow&, const CaseRow&) = default;
};
struct CaseReport {
    UtcTime from, to;
    UtcTime counted_until;  ///< cases of the window were followed up to here
    std::vector<CaseRow> centres, units, agents;
    friend bool operator==(const CaseReport&, const CaseReport&) = default;
};
BOOST_DESCRIBE_STRUCT(CaseRate, (), (figure, measure, numerator, denominator, apart, value))
BOOST_DESCRIBE_STRUCT(CaseRow, (), (centre, unit, agent, cases, figures))
BOOST_DESCRIBE_STRUCT(CaseReport, (), (from, to, counted_until, centres, units, agents))

}  // namespace ys::reports
