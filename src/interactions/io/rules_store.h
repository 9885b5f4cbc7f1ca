// SPDX-License-Identifier: Apache-2.0
// Rules that were changed while the hotline runs: written whole or not at all, each centre's with
// a version, so that two editors do not overwrite each other.
#pragma once

#include "interactions/io/centre_rules.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::interactions {

const sql::Schema& rules_schema();

class RulesStore {
public:
    /// What load() of the set-up store needs from here: slides and special days.
    static Result<Done> add_to(sql::Database& db, Setup& setup);

    /// Counts the changes of a centre's rules, from 1.
    static Result<std::int64_t> version(sql::Database& db, CentreId centre);
    /// Gives ids to the new queues and skills of a form; they are used by nobody until put().
    static Result<Done> number_new(sql::Transaction& tx, CentreRules& form);
    /// Writes what is different. Part of one transaction.
    /// errors  stale: the rules of the centre are not of this version any more
    static Result<Done> put(sql::Transaction& tx, CentreId centre, std::int64_t version,
                            const Setup& before, const Setup& after);

    static Result<Done> put_slide(sql::Transaction& tx, CentreId centre, QueueId queue,
                                  std::optional<Millis> slid_to);
    /// A supervisor slid a queue: below zero for never. Whoever edits these rules has to look
    /// again.
    static Result<Done> slid(sql::Transaction& tx, CentreId centre, QueueId queue, Millis to);
    /// The special days of one year, whole. They are everybody's: of the state, not of a centre.
    static Result<Done> put_days(sql::Transaction& tx, int year, const std::vector<DaySetup>& days);
};

}  // namespace ys::interactions
