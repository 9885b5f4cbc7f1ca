// SPDX-License-Identifier: Apache-2.0
// Where a case stands, as a page shows it to who works on it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/case_sight.h"
#include "base/described.h"

namespace ys::api {

struct CaseUnitName {
    cases::UnitId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(CaseUnitName, (), (id, name))
struct CaseDemandView {
    std::uint32_t number = 0;
    std::string text;
    std::string answer;  ///< of the reply; "" for none yet
};
BOOST_DESCRIBE_STRUCT(CaseDemandView, (), (number, text, answer))
struct CasePartView {
    CaseUnitName unit;
    std::string task, reply;
    bool is_open = false, is_released = false;
};
BOOST_DESCRIBE_STRUCT(CasePartView, (), (unit, task, reply, is_open, is_released))
struct CaseReplyView {
    CaseUnitName unit;
    UserId by;
    std::string by_name;
    UtcTime at;
    UserId reviewed_by;
    std::string reviewed_by_name;
};
BOOST_DESCRIBE_STRUCT(CaseReplyView, (), (unit, by, by_name, at, reviewed_by, reviewed_by_name))
struct CaseAttemptView {
    UtcTime at;
    std::string by_name, channel, outcome;
};
BOOST_DESCRIBE_STRUCT(CaseAttemptView, (), (at, by_name, channel, outcome))
struct CaseConfirmationView {
    bool solved = false;
    std::optional<bool> satisfied;
    std::string words;
    UtcTime at;
};
BOOST_DESCRIBE_STRUCT(CaseConfirmationView, (), (solved, satisfied, words, at))
struct CaseClockView {
    std::string name;
    UtcTime started_at;
    std::optional<UtcTime> deadline, stopped_at;
    std::int64_t allowed_s = 0, used_s = 0, left_s = 0;  ///< counted time; left below 0 when late
    bool is_running = false, is_paused = false, is_broken = false;
};
BOOST_DESCRIBE_STRUCT(CaseClockView, (),
                      (name, started_at, deadline, stopped_at, allowed_s, used_s, left_s,
                       is_running, is_paused, is_broken))
struct CaseReasonView {
    std::string code;
    std::vector<std::string> names;
};
BOOST_DESCRIBE_STRUCT(CaseReasonView, (), (code, names))
struct CaseProposalView {
    CaseUnitName unit;  ///< id 0: none, and the reasons say why
    std::vector<CaseReasonView> reasons;
    std::vector<CaseUnitName> alternatives;
};
BOOST_DESCRIBE_STRUCT(CaseProposalView, (), (unit, reasons, alternatives))
struct CaseEventView {
    std::int64_t number = 0;
    std::string kind, verb;
    UtcTime at;
    UserId user_id;
    std::string user_name, role;
    CaseUnitName by_unit;
    std::string from, to;
    CaseUnitName unit, responsible;
    std::string clock;
    std::int32_t level = 0;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(CaseEventView, (),
                      (number, kind, verb, at, user_id, user_name, role, by_unit, from, to, unit,
                       responsible, clock, level, why))

struct CaseDuplicateView {
    CaseId id;
    std::string number;
};
BOOST_DESCRIBE_STRUCT(CaseDuplicateView, (), (id, number))

struct CaseProgressView {
    CaseId id;
    std::string number, type;
    std::int64_t version = 0;  ///< to be sent with the next act
    std::string state, now, workflow;
    std::optional<UtcTime> until;  ///< of the closing promise; nothing while the citizen is asked
    bool is_late = false, is_final = false, is_confidential = false, counts_in_scores = true;
    int round = 1, supervised = 0, urges = 0;
    CaseUnitName responsible, handler, first_receiver;
    std::vector<CaseUnitName> about_units;
    std::vector<CaseDemandView> demands;
    std::vector<CasePartView> parts;
    std::optional<CaseReplyView> reply;
    std::optional<UtcTime> told_at, paused_until;
    std::vector<CaseAttemptView> attempts;
    std::optional<CaseConfirmationView> confirmation;
    std::vector<CaseClockView> clocks;
    std::vector<CaseDuplicateView> duplicates;  ///< those that this user may see
    std::string legal_basis;
    std::vector<std::string> may;  ///< verbs this user can do now
    CaseProposalView proposal;
    std::vector<CaseEventView> history;
};
BOOST_DESCRIBE_STRUCT(CaseProgressView, (),
                      (id, number, type, version, state, now, workflow, until, is_late, is_final,
                       is_confidential, counts_in_scores, round, supervised, urges, responsible,
                       handler, first_receiver, about_units, demands, parts, reply, told_at,
                       paused_until, attempts, confirmation, clocks, duplicates, legal_basis, may,
                       proposal, history))

/// A file that the user sees, with what belongs to it.
struct SeenCase {
    cases::StoredFile stored;
    cases::CentreUnits units;
    CaseSight sight;
};
/// errors  not_found, also for what is hidden from them; not_filed when the case has no file
Result<SeenCase> seen_case(sql::Database& db, const CaseSeer& seer, CaseId id);

Result<CaseProgressView> progress_view(sql::Database& db, const Api& api, const SessionUser& user,
                                       const CaseSeer& seer, CaseId id, UtcTime now);

}  // namespace ys::api
