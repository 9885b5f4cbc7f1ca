// SPDX-License-Identifier: Apache-2.0
// Facts in, satisfaction out, by the way it was asked.
#pragma once

#include <map>

#include "facts/facts.h"
#include "reports/figures.h"
#include "reports/survey_figures.h"

namespace ys::reports {

/// Questions asked inside the window, followed for as long as facts are given. Order does not
/// matter beyond that a question comes before its answer.
class SurveyKpi {
public:
    explicit SurveyKpi(Window window) : window_(window) {}

    void on(const facts::Fact& fact);
    /// Ordered by centre or agent, about and channel; "all" stands after the channels.
    SurveyReport report() const;
    /// In the order they were asked.
    const std::vector<ListedSurvey>& list() const { return list_; }

private:
    void ask(const facts::Fact& fact, std::string about, std::string channel, CaseId case_id);
    void scored(const facts::Fact& fact, std::int32_t score);
    void answered(const facts::Fact& fact, const facts::SurveyAnswered& body);

    Window window_;
    std::vector<ListedSurvey> list_;
    std::map<InteractionId, std::size_t> on_keys_;    ///< place in list_
    std::map<std::uint64_t, std::size_t> by_survey_;  ///< place in list_
};

}  // namespace ys::reports
