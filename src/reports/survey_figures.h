// SPDX-License-Identifier: Apache-2.0
// Satisfaction by the way it was asked: how many were, how many answered, what they said. Side by
// side, because who answers on the keys is not who answers a link. formulas.h says each in words.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/id.h"
#include "base/time.h"

namespace ys::reports {

/// Of a centre, or of one agent when `agent` is given. Rates and means are empty when there is
/// nothing to divide by.
struct SurveyRow {
    CentreId centre;
    AgentId agent;
    std::string about;    ///< "call" "case"
    std::string channel;  ///< "keys" "sms" "mail"; "all" together
    std::uint64_t asked = 0;
    std::uint64_t answered = 0;
    std::uint64_t solved_yes = 0;
    std::uint64_t solved_no = 0;
    std::uint64_t satisfied = 0;  ///< a score of 3 (基本满意) to 5
    std::optional<double> response_rate, score_mean, satisfied_rate, solved_rate;
    friend bool operator==(const SurveyRow&, const SurveyRow&) = default;
};

/// One question, and what came of it.
struct ListedSurvey {
    CentreId centre;
    AgentId agent;
    InteractionId interaction;
    CaseId case_id;
    std::string about, channel;
    UtcTime asked_at;
    std::optional<UtcTime> answered_at;
    std::string solved;      ///< "yes" "no"; "" when not answered, and on the keys
    std::int32_t score = 0;  ///< 0: not answered
    friend bool operator==(const ListedSurvey&, const ListedSurvey&) = default;
};

struct SurveyReport {
    std::vector<SurveyRow> centres, agents;
    friend bool operator==(const SurveyReport&, const SurveyReport&) = default;
};
BOOST_DESCRIBE_STRUCT(SurveyRow, (),
                      (centre, agent, about, channel, asked, answered, solved_yes, solved_no,
                       satisfied, response_rate, score_mean, satisfied_rate, solved_rate))
BOOST_DESCRIBE_STRUCT(ListedSurvey, (),
                      (centre, agent, interaction, case_id, about, channel, asked_at, answered_at,
                       solved, score))
BOOST_DESCRIBE_STRUCT(SurveyReport, (), (centres, agents))

}  // namespace ys::reports
