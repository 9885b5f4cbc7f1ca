// SPDX-License-Identifier: Apache-2.0
// Defects and the board they are ranked on, as pages are shown them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "cases/io/defect_store.h"

namespace ys::api {

/// Both weeks of a defect, and what keeps it open.
struct DefectView {
    cases::DefectId id;
    CentreId centre_id;
    std::string kind, title, state, owner, partner, due_on;
    std::optional<UtcTime> done_at;
    std::string made_by_name;
    UtcTime made_at, changed_at;
    std::int64_t version = 1;
    UtcTime before_from, before_to;
    std::int64_t before =
        0;  ///< contacts of the week before the repair, else of the one before last
    std::optional<UtcTime> since_from, since_to;
    std::optional<std::int64_t> since;  ///< of the last full week; none while the first is not over
    UtcTime ready_at;                   ///< when it is
    std::int64_t fewer_than = 1;        ///< the last week must have fewer, to close it
    std::string held_open;              ///< why it may not be closed: "not_now" ...; "" when it may
    std::vector<std::string> may;       ///< verbs of the table from this state
    std::vector<cases::CauseMatch> matches;
};
BOOST_DESCRIBE_STRUCT(DefectView, (),
                      (id, centre_id, kind, title, state, owner, partner, due_on, done_at,
                       made_by_name, made_at, changed_at, version, before_from, before_to, before,
                       since_from, since_to, since, ready_at, fewer_than, held_open, may, matches))

struct DefectEventView {
    UtcTime at;
    std::string by;  ///< a person's name, or the organisation's
    bool is_partner = false;
    std::string verb, state, owner, due_on, words;
};
BOOST_DESCRIBE_STRUCT(DefectEventView, (), (at, by, is_partner, verb, state, owner, due_on, words))

struct DefectDetail {
    DefectView defect;
    std::vector<std::int64_t> weeks;  ///< contacts of the last eight weeks, the oldest first
    std::vector<DefectEventView> events;
};
BOOST_DESCRIBE_STRUCT(DefectDetail, (), (defect, weeks, events))

/// Contacts of one cause and one value that no repair has been asked for yet, or that are in one.
struct BoardGroup {
    std::string cause, cause_title, cause_title_en, kind;
    std::string value, value_title;  ///< type, place or route, by what was asked
    std::int64_t before = 0, since = 0;
    cases::DefectId defect_id;  ///< the live one that it belongs to, or none
};
BOOST_DESCRIBE_STRUCT(BoardGroup, (),
                      (cause, cause_title, cause_title_en, kind, value, value_title, before, since,
                       defect_id))

struct BoardView {
    UtcTime before_from, since_from, since_to;
    std::vector<std::string> partners;  ///< who can be told by webhook
    std::vector<BoardGroup> groups;     ///< those that caused most in the last week first
    std::vector<DefectView> defects;    ///< likewise
};
BOOST_DESCRIBE_STRUCT(BoardView, (), (before_from, since_from, since_to, partners, groups, defects))

/// scope  whose people are called by name
Result<DefectView> defect_view(sql::Database& db, const Scope& scope, const cases::DefectRow& row,
                               UtcTime now);
Result<DefectDetail> defect_detail(sql::Database& db, const Scope& scope,
                                   const cases::DefectRow& row, UtcTime now);

struct BoardAsked {
    Scope scope;
    CentreId centre;   ///< whose list of causes it is read by
    std::string kind;  ///< "defect" "suggestion", "" for both
    cases::GroupedBy by = cases::GroupedBy::Cause;
    cases::CauseMatch wanted;
    bool with_ended = false;  ///< also what is closed or dropped
};
Result<BoardView> board_view(sql::Database& db, const BoardAsked& asked, UtcTime now);

}  // namespace ys::api
