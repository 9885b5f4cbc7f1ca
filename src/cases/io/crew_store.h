// SPDX-License-Identifier: Apache-2.0
// Repairers, their foremen, and the jobs they were sent to: who has which, and what was done.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "cases/crew_duty.h"
#include "cases/io/case_file_store.h"
#include "platform/sql/migration.h"

namespace ys::cases {

const sql::Schema& crew_schema();

struct RepairerRow {
    UserId user_id{};
    CentreId centre_id{};
    UnitId unit_id{};
    std::string name{};
    std::string areas{};   ///< "云汀市/北桥区" with ";" between
    std::string skills{};  ///< "," between
    std::string shifts{};  ///< as base/opening_hours.h writes them
    bool works_holidays = false;
    std::int32_t open_jobs_max = 10;
};
BOOST_DESCRIBE_STRUCT(RepairerRow, (),
                      (user_id, centre_id, unit_id, name, areas, skills, shifts, works_holidays,
                       open_jobs_max))

/// A unit has a crew when it has a foreman.
struct ForemanRow {
    UnitId unit_id{};
    CentreId centre_id{};
    UserId user_id{};
    std::int64_t answer_within_s = 300;  ///< how long one repairer may think
};
BOOST_DESCRIBE_STRUCT(ForemanRow, (), (unit_id, centre_id, user_id, answer_within_s))

struct CrewJobRow {
    CaseId case_id{};
    CentreId centre_id{};
    UnitId unit_id{};
    std::string place{};  ///< "/" between
    std::string skill{};
    std::string state{};  ///< "offered" "taken" "arrived" "done" "called_off"
    UserId user_id{};     ///< whose it is
    bool is_foreman = false;
    std::string why{};    ///< reasons of crew_duty.h: "area:听松里,load:0"
    std::string tried{};  ///< ids, "," between
    UtcTime offered_at{};
    std::optional<UtcTime> until_at{};  ///< then the next has it; none with the foreman or taken
    std::optional<UtcTime> taken_at{}, arrived_at{}, done_at{};
    bool is_open() const { return state == "offered" || state == "taken" || state == "arrived"; }
};
BOOST_DESCRIBE_STRUCT(CrewJobRow, (),
                      (case_id, centre_id, unit_id, place, skill, state, user_id, is_foreman, why,
                       tried, offered_at, until_at, taken_at, arrived_at, done_at))

/// One line of what happened to a job; written once.
struct CrewEventRow {
    CaseId case_id{};
    CentreId centre_id{};
    UserId user_id{};
    std::string what{};  ///< as facts::CrewMoved, and "measured" "noted"
    UtcTime at{};        ///< when it was kept
    UtcTime said_at{};   ///< when it was done, by the phone of who did it
    Private words{};
    Private body{};                 ///< CrewSaid as JSON, "" for none
    std::string idempotency_key{};  ///< unique for a user; "" when the program did it
};
BOOST_DESCRIBE_STRUCT(CrewEventRow, (),
                      (case_id, centre_id, user_id, what, at, said_at, words, body,
                       idempotency_key))

struct Crew {
    CrewRoster roster;
    std::vector<ForemanRow> foremen;
    /// None when the unit has no crew.
    std::optional<Seconds> answer_within(UnitId unit) const;
};

class CrewStore {
public:
    static Result<Done> put_repairer(sql::Transaction& tx, const RepairerRow& repairer);
    static Result<Done> put_foreman(sql::Transaction& tx, const ForemanRow& foreman);
    /// errors  data_breaks_a_rule as check(roster) says; invalid_argument for shifts
    static Result<Crew> crew(sql::Database& db, CentreId centre);
    static Result<std::vector<CrewLoad>> loads(sql::Database& db, CentreId centre);

    static Result<std::optional<CrewJobRow>> job(sql::Database& db, const Scope& scope, CaseId id);
    /// Theirs: open, or done since `since`. The oldest promise is not known here; oldest offer
    /// first.
    static Result<std::vector<CrewJobRow>> jobs_of(sql::Database& db, const Scope& scope,
                                                   UserId user, UtcTime since);
    /// Open jobs of the units they lead.
    static Result<std::vector<CrewJobRow>> jobs_led_by(sql::Database& db, const Scope& scope,
                                                       UserId foreman);
    static Result<std::vector<CrewEventRow>> events(sql::Database& db, const Scope& scope,
                                                    CaseId id);
    /// Rises whenever the list of this user changes. 0 in the beginning.
    static Result<std::int64_t> version(sql::Database& db, UserId user);
    /// Rises with every event of everybody.
    static Result<std::int64_t> version_of_all(sql::Database& db);
    static Result<bool> is_kept(sql::Database& db, UserId user, std::string_view key);

    static Result<Done> put_job(sql::Transaction& tx, const CrewJobRow& job);
    /// The event, and its fact unless it is one of a visit's own ("measured" "noted").
    static Result<Done> note(sql::Transaction& tx, const CrewEventRow& event);
};

}  // namespace ys::cases
