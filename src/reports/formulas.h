// SPDX-License-Identifier: Apache-2.0
// How each figure comes about, in words, exported with the figures so that anybody can recompute
// them from the facts.
#pragma once

#include <string>
#include <vector>

#include "base/described.h"

namespace ys::reports {

struct Formula {
    std::string
        figure;  ///< field of CallFigures or AgentFigures, SurveyRow, or a word of case_figures.h
    std::string zh;
    std::string en;
    std::string window;  ///< which facts of the window count
};
BOOST_DESCRIBE_STRUCT(Formula, (), (figure, zh, en, window))

/// One for every figure, in the order of the structs.
std::vector<Formula> call_formulas();
std::vector<Formula> agent_formulas();
std::vector<Formula> case_formulas();
std::vector<Formula> survey_formulas();

/// Why a case counts or does not.
struct Reason {
    std::string why;  ///< as in CaseVerdict
    std::string zh;
    std::string en;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (why, zh, en))
std::vector<Reason> case_reasons();

}  // namespace ys::reports
