// SPDX-License-Identifier: Apache-2.0
// Surveys by link: whose turn it is, the pass of the link (only its digest is kept), and the one
// answer. The journal is read from a place of its own, so that no ended call is missed or asked
// about twice.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "outreach/survey.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::outreach {

const sql::Schema& survey_schema();

using SurveyId = Id<struct SurveyTag>;

struct SurveyRow {
    SurveyId id{};
    CentreId centre_id{};
    InteractionId interaction_id{};  ///< the call it is about, or none
    CaseId case_id{};                ///< the case it is about, or none
    AgentId agent_id{};
    QueueId queue_id{};
    CustomerId customer_id{};
    Private number{};
    UtcTime ended_at{};   ///< what it is about
    std::string state{};  ///< "waiting" "dropped" "made" (a message) "asked" "answered"
    std::string why{};    ///< of a dropped one: a word of survey.h
    std::optional<UtcTime> next_at{};  ///< of a waiting one: when it is decided
    std::optional<UtcTime> made_at{};
    std::optional<UtcTime> asked_at{};  ///< the gateway or mail server took it
    std::string channel{};              ///< "sms" "mail", once there is a link
    std::string pass_hash{};
    std::optional<UtcTime> expires_at{};
    std::optional<UtcTime> answered_at{};
    std::string solved{};  ///< "yes" "no"
    std::int32_t score = 0;
    Private words{};
    CaseId task_id{};  ///< the case that goes back to them, or none
};
BOOST_DESCRIBE_STRUCT(SurveyRow, (),
                      (id, centre_id, interaction_id, case_id, agent_id, queue_id, customer_id,
                       number, ended_at, state, why, next_at, made_at, asked_at, channel, pass_hash,
                       expires_at, answered_at, solved, score, words, task_id))

/// A call of the journal that has ended since the place was moved last.
struct EndedCall {
    InteractionId id{};
    CentreId centre{};
    UtcTime at{};
};

class SurveyStore {
public:
    /// Ended calls in the order of the journal, and the place after them.
    static Result<std::vector<EndedCall>> take_calls(sql::Transaction& tx, std::size_t limit);
    /// Nobody is asked: calls that have ended until now never will be.
    static Result<Done> skip_calls(sql::Transaction& tx);
    /// With an id of its own.
    static Result<SurveyRow> add(sql::Transaction& tx, SurveyRow row);
    static Result<Done> put(sql::Transaction& tx, const SurveyRow& row);
    /// Waiting ones whose moment has come.
    static Result<std::vector<SurveyRow>> due(sql::Database& db, UtcTime now, std::size_t limit);
    /// When this number, or another of the same person, was last asked about anything.
    static Result<std::optional<UtcTime>> asked_last(sql::Database& db, std::string_view number,
                                                     CustomerId customer);

    /// A new pass for its link, good from now on; the one before is good no longer.
    static Result<std::string> issue(sql::Transaction& tx, SurveyId id, std::string_view channel,
                                     const SurveyRules& rules, UtcTime now);
    /// It has gone out, with its fact; said twice it is said once, with the first channel.
    static Result<Done> asked(sql::Transaction& tx, SurveyId id, UtcTime now);
    /// Row and fact.
    /// errors  stale when it was answered before; not_found
    static Result<SurveyRow> answer(sql::Transaction& tx, SurveyId id, const SurveyAnswer& answer,
                                    UtcTime now);
    static Result<Done> keep_task(sql::Transaction& tx, SurveyId id, CaseId task);

    /// Also one that is over or was answered.
    static Result<std::optional<SurveyRow>> by_pass(sql::Database& db, std::string_view pass);
    static Result<std::optional<SurveyRow>> get(sql::Database& db, SurveyId id);
    /// Newest first.
    static Result<std::vector<SurveyRow>> list(sql::Database& db, const Scope& scope,
                                               std::size_t limit);
};

}  // namespace ys::outreach
