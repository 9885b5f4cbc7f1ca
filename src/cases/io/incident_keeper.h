// SPDX-License-Identifier: Apache-2.0
// Sees every case that was filed, proposes incidents, lets later cases join, and gives each person
// their closing. The tables are the truth; the watch in memory is rebuilt from them at any time.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "cases/io/case_store.h"
#include "cases/io/incident_store.h"
#include "cases/io/unit_store.h"

namespace ys::cases {

/// A rule, and what callers of the addresses hear while such an incident is open.
struct IncidentPlan {
    IncidentRule rule;
    std::string says;  ///< a prompt's name, "" for nothing
};

/// What a look found to be done outside the store.
struct IncidentLook {
    bool has_more = false;                 ///< look again at once
    std::vector<IncidentRow> to_announce;  ///< opened, not said yet
    std::vector<IncidentRow> to_end;       ///< over, and still being said
};

/// Used on the writer's thread only.
class IncidentKeeper {
public:
    /// errors  data_breaks_a_rule as IncidentWatch::build says
    static Result<std::shared_ptr<IncidentKeeper>> make(std::vector<IncidentPlan> plans,
                                                        std::shared_ptr<const Handbook> handbook);

    /// Follows what people decided, takes in new cases (at most `cases_at_once`), lets time pass,
    /// tells a few people. Everything it did is undone with the transaction; then call forget().
    Result<IncidentLook> look(sql::Transaction& tx, UtcTime now);
    /// What it knows may not be on disk: the next look reads all of it again.
    void forget() {
        watch_.reset();
        to_tell_.clear();
    }

    static constexpr std::size_t cases_at_once = 500;
    static constexpr std::size_t people_told_at_once = 20;

private:
    struct Telling {
        PersonalClosing closing;
        CentreId centre;
        UserId closer;
        CaseId parent;
        bool is_parent = false;  ///< the parent itself, after everybody
    };
    IncidentKeeper() = default;

    Result<Done> load(sql::Transaction& tx, UtcTime now);
    Result<Incident> stored(sql::Database& db, const IncidentRow& row);
    Result<Done> follow_people(sql::Transaction& tx);
    Result<bool> take_new(sql::Transaction& tx);
    Result<Done> let_time_pass(sql::Transaction& tx, UtcTime now);
    Result<Done> keep(sql::Transaction& tx, const IncidentEffects& effects, UtcTime now);
    Result<Done> keep_proposal(sql::Transaction& tx, const Incident& incident);
    Result<Done> keep_counts(sql::Transaction& tx);
    Result<Done> will_tell(sql::Database& db, const IncidentRow& row);
    Result<Done> tell_some(sql::Transaction& tx, UtcTime now);
    Result<Done> tell(sql::Transaction& tx, const Telling& each, UtcTime now);
    Result<IncidentCase> case_of(sql::Database& db, CentreId centre, CaseId id);
    Result<IncidentCase> case_of(sql::Database& db, const CaseRow& row);
    Result<Done> read_announcements(sql::Database& db, IncidentLook& look) const;

    std::vector<IncidentPlan> plans_;
    std::shared_ptr<const Handbook> handbook_;
    std::optional<IncidentWatch> watch_;
    CaseId seen_;                   ///< the last case taken in
    std::set<IncidentId> changed_;  ///< their counts are to be written
    std::deque<Telling> to_tell_;
    UtcTime next_tick_;
};

}  // namespace ys::cases
