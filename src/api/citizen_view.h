// SPDX-License-Identifier: Apache-2.0
// A case as its citizen sees it: words for plain sentences, nothing of what is inside the house.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/api.h"
#include "api/case_people.h"
#include "base/described.h"

namespace ys::api {

struct CitizenDemand {
    std::uint32_t number = 0;
    std::string text;
    std::string answer;  ///< "" until the reply was reviewed
};
BOOST_DESCRIBE_STRUCT(CitizenDemand, (), (number, text, answer))
struct CitizenEvent {
    UtcTime at;
    std::string what;   ///< a verb of the workflow, or "late"
    std::string unit;   ///< name of the unit it is about; "" for none
    std::string words;  ///< the citizen's own, or what they are told: a cause, a law
    std::int32_t level = 0;
    bool is_mine = false;  ///< done by the citizen
};
BOOST_DESCRIBE_STRUCT(CitizenEvent, (), (at, what, unit, words, level, is_mine))
struct CitizenStretch {
    UtcTime from, until;
    bool counts = false;
    std::string because, note;
};
BOOST_DESCRIBE_STRUCT(CitizenStretch, (), (from, until, counts, because, note))
struct CitizenSight {
    UtcTime at;
    std::string role;         ///< "citizen" or a role; "" when it is not known any more
    std::string work_number;  ///< never a name
    std::string how;          ///< "page" "code" "evidence" ...
};
BOOST_DESCRIBE_STRUCT(CitizenSight, (), (at, role, work_number, how))

struct CitizenCase {
    std::string number, title, address, centre, hotline;
    std::string now;  ///< as cases::CaseProgress, or "open" for a case that no unit has
    int step = 1;     ///< of 5: taken down, sent, handled, answered, asked
    std::string unit, cause;
    std::optional<UtcTime> until, urge_again_at, paused_until;
    bool is_late = false, is_over = false, is_confidential = false;
    int supervised = 0, urges = 0, round = 1;
    std::vector<CitizenDemand> demands;
    std::string legal_basis;
    bool may_urge = false, may_confirm = false, may_reopen = false, may_withdraw = false;
    std::optional<UtcTime> promised_at;   ///< the deadline of the closing clock
    std::vector<CitizenStretch> account;  ///< of the closing clock
    std::vector<CitizenEvent> timeline;   ///< newest first
    std::vector<CitizenSight> seen;       ///< newest first
    std::vector<CasePersonView> people;   ///< beside who filed; masked
    UtcTime server_time;
};
BOOST_DESCRIBE_STRUCT(CitizenCase, (),
                      (number, title, address, centre, hotline, now, step, unit, cause, until,
                       urge_again_at, paused_until, is_late, is_over, is_confidential, supervised,
                       urges, round, demands, legal_basis, may_urge, may_confirm, may_reopen,
                       may_withdraw, promised_at, account, timeline, seen, people, server_time))

/// errors  not_found when the case is gone
Result<CitizenCase> citizen_case(sql::Database& db, const Api& api, const cases::CasePass& pass,
                                 UtcTime now);

/// Writes CaseSeen for the citizen unless they were here within the hour.
Result<Done> note_visit(sql::Transaction& tx, const cases::CasePass& pass, UtcTime now);

}  // namespace ys::api
