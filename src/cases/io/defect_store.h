// SPDX-License-Identifier: Apache-2.0
// Defects and suggestions as they are kept: which contacts each is about, who sees to it, and all
// that was done.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cases/io/cause_store.h"

namespace ys::cases {

const sql::Schema& defect_schema();

using DefectId = Id<struct DefectTag>;

struct DefectRow {
    DefectId id{};
    CentreId centre_id{};
    std::string kind{};  ///< "defect" "suggestion"
    std::string title{};
    std::string state{};  ///< a word of cases/defect.h
    std::string owner{}, partner{}, due_on{};
    std::optional<UtcTime> done_at{};
    std::int32_t close_below_percent = 50;
    UserId made_by{};
    UtcTime made_at{}, changed_at{};
    std::int64_t version = 1;  ///< rises with each move
    Defect defect() const;
    void set(const Defect& defect);
};
BOOST_DESCRIBE_STRUCT(DefectRow, (),
                      (id, centre_id, kind, title, state, owner, partner, due_on, done_at,
                       close_below_percent, made_by, made_at, changed_at, version))

/// One move, by a person here or by the organisation that mends it.
struct DefectEventRow {
    DefectId defect_id{};
    std::int64_t number = 0;  ///< from 1: the version it made
    CentreId centre_id{};
    UtcTime at{};
    UserId user_id{};
    std::string partner{};  ///< who moved it from outside, "" for a person here
    std::string verb{};     ///< "make", or a word of cases/defect.h
    std::string state{};    ///< afterwards
    std::string owner{}, due_on{}, words{};
};
BOOST_DESCRIBE_STRUCT(DefectEventRow, (),
                      (defect_id, number, centre_id, at, user_id, partner, verb, state, owner,
                       due_on, words))

/// Who moves it, and from which version on; 0 for whatever it is now.
struct DefectActing {
    UserId user{};
    std::string partner{};
    std::int64_t version = 0;
};
struct DefectActed {
    DefectRow row;
    std::optional<DefectRefusal> refused{};  ///< then nothing was changed
    WeekCounts counts{};                     ///< of weeks_of_fix, for one that is done
};

/// Both weeks of a defect: those around its repair, else the last two.
struct DefectWeeks {
    FixWeeks weeks;
    WeekCounts counts;
};

class DefectStore {
public:
    static constexpr std::size_t matches_max = 20;
    /// Gives it its id. errors  not_found when a match names a cause that the centre does not know
    static Result<DefectRow> make(sql::Transaction& tx, DefectRow row,
                                  const std::vector<CauseMatch>& matches);
    /// Newest first, at most 500. is_live  without those that are closed or dropped
    static Result<std::vector<DefectRow>> list(sql::Database& db, const Scope& scope, bool is_live);
    static Result<std::optional<DefectRow>> get(sql::Database& db, const Scope& scope, DefectId id);
    /// For the sender and the way back in: the partner it names is the right.
    static Result<std::optional<DefectRow>> of_partner(sql::Database& db, std::string_view partner,
                                                       DefectId id);
    static Result<std::vector<CauseMatch>> matches(sql::Database& db, DefectId id);
    /// The newest first.
    static Result<std::vector<DefectEventRow>> events(sql::Database& db, DefectId id);
    static Result<DefectWeeks> weeks(sql::Database& db, const DefectRow& row, UtcTime now);

    /// errors  stale when it is another version by now
    static Result<DefectActed> act(sql::Transaction& tx, DefectRow row,
                                   const DefectCommand& command, const DefectActing& by);

    /// Whether what this organisation sent under this id came before; else it is remembered.
    static Result<bool> seen_before(sql::Transaction& tx, std::string_view partner,
                                    std::string_view webhook_id, UtcTime now);
};

}  // namespace ys::cases
