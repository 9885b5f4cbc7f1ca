// SPDX-License-Identifier: Apache-2.0
#include "cases/io/incident_keeper.h"

#include <algorithm>
#include <chrono>

#include "base/later.h"
#include "base/overloaded.h"
#include "cases/io/incident_closing.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"

namespace ys::cases {
namespace {

constexpr Seconds tick_every{60};

struct NewCase {
    CaseId case_id{};
    CentreId centre_id{};
};
BOOST_DESCRIBE_STRUCT(NewCase, (), (case_id, centre_id))

/// Who it is, for counting people: the customer when known, else the number.
std::string person_of(const CaseRow& row) {
    if (row.customer_id) return "c" + std::to_string(row.customer_id.value);
    return row.phone.empty() ? "" : "p" + row.phone;
}

Result<Done> put_case(sql::Transaction& tx, IncidentId incident, const IncidentCase& c) {
    const IncidentCaseRow row{.incident_id = incident,
                              .case_id = c.id,
                              .centre_id = c.centre,
                              .category = path_text(c.category),
                              .place = path_text(c.place),
                              .at = c.at};
    return sql::done(sql::insert(tx, "incident_cases", row, "ON CONFLICT DO NOTHING"));
}

facts::Fact fact_of(const Incident& i, std::string to, UtcTime at, CaseId id = {}) {
    return {at,
            i.centre,
            {},
            {},
            facts::IncidentMoved{.incident = i.id.value,
                                 .to = std::move(to),
                                 .title = i.title,
                                 .place = path_text(i.place),
                                 .case_id = id.value,
                                 .people = static_cast<std::uint32_t>(i.people())}};
}

}  // namespace

Result<std::shared_ptr<IncidentKeeper>> IncidentKeeper::make(
    std::vector<IncidentPlan> plans, std::shared_ptr<const Handbook> handbook) {
    std::vector<IncidentRule> rules;
    for (const IncidentPlan& plan : plans) rules.push_back(plan.rule);
    YS_TRY([[maybe_unused]] const auto good, IncidentWatch::build(std::move(rules)));
    std::shared_ptr<IncidentKeeper> it{new IncidentKeeper};
    it->plans_ = std::move(plans);
    it->handbook_ = std::move(handbook);
    return it;
}

Result<IncidentLook> IncidentKeeper::look(sql::Transaction& tx, UtcTime now) {
    if (!watch_) {
        YS_TRY([[maybe_unused]] const Done loaded, load(tx, now));
    }
    IncidentLook out;
    YS_TRY(Done done, follow_people(tx));
    YS_TRY(out.has_more, take_new(tx));
    YS_TRY(done, let_time_pass(tx, now));
    YS_TRY(done, keep_counts(tx));
    YS_TRY(done, tell_some(tx, now));
    out.has_more = out.has_more || !to_tell_.empty();
    YS_TRY(done, read_announcements(tx.db(), out));
    return out;
}

// ---- what is on disk ---------------------------------------------------------------------------

Result<IncidentCase> IncidentKeeper::case_of(sql::Database& db, CentreId centre, CaseId id) {
    YS_TRY(const auto row, CaseStore::get(db, Scope::of(centre), id));
    if (row) return case_of(db, *row);
    return IncidentCase{
        .id = id, .centre = centre, .person = {}, .category = {}, .place = {}, .at = {}};
}

Result<IncidentCase> IncidentKeeper::case_of(sql::Database& db, const CaseRow& row) {
    YS_TRY(const auto units, UnitStore::load(db, row.centre_id));
    return IncidentCase{
        .id = row.id,
        .centre = row.centre_id,
        .person = person_of(row),
        .category = category_of(row.kind, row.nature),
        .place = area_of(row.address, units ? units->duties.rules() : std::vector<DutyRule>{}),
        .at = row.created_at};
}

Result<Incident> IncidentKeeper::stored(sql::Database& db, const IncidentRow& row) {
    Incident out{.id = row.id,
                 .centre = row.centre_id,
                 .state = row.state == "open" ? IncidentState::Open : IncidentState::Proposed,
                 .title = row.title,
                 .category = path_of(row.category),
                 .place = path_of(row.place),
                 .since = row.since_at,
                 .last_at = row.last_at,
                 .cases = {}};
    YS_TRY(const auto members, IncidentStore::cases(db, row.id));
    for (const IncidentCaseRow& member : members) {
        YS_TRY(IncidentCase c, case_of(db, member.centre_id, member.case_id));
        // As it was when it joined, whatever was corrected since.
        c.category = path_of(member.category);
        c.place = path_of(member.place);
        c.at = member.at;
        out.cases.push_back(std::move(c));
    }
    return out;
}

/// Cases of the last window are taken in again, and whatever came after the last one that joined.
Result<Done> IncidentKeeper::load(sql::Transaction& tx, UtcTime now) {
    std::vector<IncidentRule> rules;
    Seconds longest{0};
    for (const IncidentPlan& plan : plans_) {
        rules.push_back(plan.rule);
        longest = std::max(longest, plan.rule.window);
    }
    YS_TRY(IncidentWatch watch, IncidentWatch::build(std::move(rules)));
    YS_TRY(const auto last, tx.db().value<std::uint64_t>({},
                                                         "SELECT COALESCE(MAX(id), 0) FROM"
                                                         " incidents"));
    watch.number_from(last + 1);
    YS_TRY(const auto old,
           tx.db().value<std::uint64_t>(0,
                                        "SELECT COALESCE((SELECT id FROM cases WHERE created_at < ?"
                                        " ORDER BY id DESC LIMIT 1), 0)",
                                        earlier(now, longest)));
    seen_ = CaseId{old};
    YS_TRY(const auto rows,
           sql::select<IncidentRow>(tx.db(), "FROM incidents WHERE state IN ('proposed', 'open')"));
    for (const IncidentRow& row : rows) {
        YS_TRY(Incident incident, stored(tx.db(), row));
        for (const IncidentCase& c : incident.cases)
            if (&c == &incident.cases.back()) seen_ = std::min(seen_, c.id);
        // One whose rule is gone stays as it is, and can still be opened and closed by hand.
        [[maybe_unused]] const auto restored = watch.restore(std::move(incident));
    }
    changed_.clear();
    watch_ = std::move(watch);
    return Done{};
}

Result<Done> IncidentKeeper::follow_people(sql::Transaction& tx) {
    for (const Incident* live : watch_->live()) {
        const IncidentId id = live->id;
        YS_TRY(const auto row,
               sql::select_one<IncidentRow>(tx.db(), "FROM incidents WHERE id = ?", id));
        if (!row || row->state == word(live->state)) continue;
        if (live->state == IncidentState::Proposed && row->state == "dismissed") {
            YS_TRY([[maybe_unused]] const auto gone, watch_->dismiss(id));
            continue;
        }
        if (live->state == IncidentState::Proposed) {
            YS_TRY([[maybe_unused]] const auto opened, watch_->open(id));
        }
        if (row->state != "closed") continue;
        YS_TRY([[maybe_unused]] const auto closed, watch_->close(id, row->words));
    }
    return Done{};
}

// ---- new cases, and time -----------------------------------------------------------------------

Result<bool> IncidentKeeper::take_new(sql::Transaction& tx) {
    YS_TRY(const auto fresh,
           sql::select<NewCase>(
               tx.db(),
               "FROM case_files WHERE case_id > ? AND is_confidential = 0"
               " AND NOT EXISTS (SELECT 1 FROM incident_cases i WHERE i.case_id ="
               " case_files.case_id) AND NOT EXISTS (SELECT 1 FROM incidents p WHERE"
               " p.parent_id > 0 AND p.parent_id = case_files.case_id) ORDER BY case_id LIMIT ?",
               seen_, cases_at_once));
    Scope scope;
    std::vector<CaseId> ids;
    for (const NewCase& each : fresh) {
        ids.push_back(each.case_id);
        if (!scope.contains(each.centre_id)) scope.centres.push_back(each.centre_id);
    }
    YS_TRY(const auto rows, CaseStore::of(tx.db(), scope, ids));
    for (const auto& [id, row] : rows) {
        YS_TRY(const IncidentCase filed, case_of(tx.db(), row));
        YS_TRY([[maybe_unused]] const Done kept, keep(tx, watch_->saw(filed), filed.at));
    }
    if (!fresh.empty()) seen_ = fresh.back().case_id;
    return fresh.size() == cases_at_once;
}

Result<Done> IncidentKeeper::let_time_pass(sql::Transaction& tx, UtcTime now) {
    if (now < next_tick_) return Done{};
    next_tick_ = later(now, tick_every);
    YS_TRY(const auto withdrawn,
           sql::select<IncidentCaseRow>(
               tx.db(),
               "FROM incident_cases WHERE incident_id IN (SELECT id FROM incidents WHERE state IN"
               " ('proposed', 'open')) AND EXISTS (SELECT 1 FROM case_files f WHERE f.case_id ="
               " incident_cases.case_id AND f.state = 'withdrawn')"));
    for (const IncidentCaseRow& row : withdrawn) {
        watch_->leave(row.case_id);
        YS_TRY([[maybe_unused]] const auto left,
               tx.db().run("DELETE FROM incident_cases WHERE incident_id = ? AND case_id = ?",
                           row.incident_id, row.case_id));
        changed_.insert(row.incident_id);
    }
    return keep(tx, watch_->tick(now), now);
}

Result<Done> IncidentKeeper::keep_proposal(sql::Transaction& tx, const Incident& incident) {
    const auto plan = std::ranges::find_if(
        plans_, [&](const IncidentPlan& p) { return p.rule.category == incident.category; });
    const IncidentRow row{.id = incident.id,
                          .centre_id = incident.centre,
                          .title = incident.title,
                          .category = path_text(incident.category),
                          .place = path_text(incident.place),
                          .since_at = incident.since,
                          .last_at = incident.last_at,
                          .people = static_cast<std::int64_t>(incident.people()),
                          .cases = static_cast<std::int64_t>(incident.cases.size()),
                          .says = plan == plans_.end() ? "" : plan->says};
    YS_TRY([[maybe_unused]] const auto put, sql::put(tx, "incidents", row));
    for (const IncidentCase& c : incident.cases) {
        YS_TRY([[maybe_unused]] const Done kept, put_case(tx, incident.id, c));
    }
    return Done{};
}

Result<Done> IncidentKeeper::keep(sql::Transaction& tx, const IncidentEffects& effects,
                                  UtcTime now) {
    std::vector<facts::Fact> facts;
    for (const IncidentEffect& effect : effects) {
        const IncidentId id = std::visit([](const auto& e) { return e.incident; }, effect);
        const Incident* incident = watch_->find(id);
        YS_ASSERT(incident != nullptr);
        if (std::holds_alternative<IncidentProposed>(effect)) {
            YS_TRY([[maybe_unused]] const Done kept, keep_proposal(tx, *incident));
            facts.push_back(fact_of(*incident, "proposed", now));
        } else if (std::holds_alternative<IncidentLapsed>(effect)) {
            YS_TRY([[maybe_unused]] const auto lapsed,
                   tx.db().run("UPDATE incidents SET state = 'lapsed', ended_at = ? WHERE id = ?",
                               now, id));
            facts.push_back(fact_of(*incident, "lapsed", now));
        } else {
            YS_TRY([[maybe_unused]] const Done kept, put_case(tx, id, incident->cases.back()));
            changed_.insert(id);
            if (const auto* joined = std::get_if<CaseJoined>(&effect))
                facts.push_back(fact_of(*incident, "joined", now, joined->id));
        }
    }
    return journal::Journal::append(tx, facts);
}

/// Once for all cases of a look: people are counted over the whole incident.
Result<Done> IncidentKeeper::keep_counts(sql::Transaction& tx) {
    for (const IncidentId id : changed_) {
        const Incident* incident = watch_->find(id);
        if (incident == nullptr) continue;
        YS_TRY([[maybe_unused]] const auto kept,
               tx.db().run("UPDATE incidents SET people = ?, cases = ?, last_at = ? WHERE id = ?",
                           incident->people(), incident->cases.size(), incident->last_at, id));
    }
    changed_.clear();
    return Done{};
}

// ---- the end -----------------------------------------------------------------------------------

Result<Done> IncidentKeeper::will_tell(sql::Database& db, const IncidentRow& row) {
    YS_TRY(Incident incident, stored(db, row));
    YS_TRY(const auto members, IncidentStore::cases(db, row.id));
    std::erase_if(incident.cases, [&](const IncidentCase& c) {
        const auto member = std::ranges::find(members, c.id, &IncidentCaseRow::case_id);
        return member == members.end() || !member->told.empty();
    });
    for (PersonalClosing& closing : personal_closings(incident, row.words))
        to_tell_.push_back({std::move(closing), row.centre_id, row.ended_by, row.parent_id});
    to_tell_.push_back(
        {{row.id, "", {}, row.words}, row.centre_id, row.ended_by, row.parent_id, true});
    return Done{};
}

Result<Done> IncidentKeeper::tell_some(sql::Transaction& tx, UtcTime now) {
    if (to_tell_.empty()) {
        YS_TRY(const auto closed, sql::select<IncidentRow>(
                                      tx.db(), "FROM incidents WHERE is_telling = 1 ORDER BY id"));
        for (const IncidentRow& row : closed) {
            YS_TRY([[maybe_unused]] const Done noted, will_tell(tx.db(), row));
        }
    }
    for (std::size_t i = 0; i < people_told_at_once && !to_tell_.empty(); ++i) {
        const Telling each = std::move(to_tell_.front());
        to_tell_.pop_front();
        YS_TRY([[maybe_unused]] const Done told, tell(tx, each, now));
    }
    return Done{};
}

Result<Done> IncidentKeeper::tell(sql::Transaction& tx, const Telling& each, UtcTime now) {
    IncidentClosing closing{each.closer, each.closing.words, each.parent, now, false};
    if (each.is_parent) {
        YS_TRY(
            [[maybe_unused]] const auto told,
            tx.db().run("UPDATE incidents SET is_telling = 0 WHERE id = ?", each.closing.incident));
        return close_parent(tx, *handbook_, each.centre, closing);
    }
    for (const CaseId id : each.closing.cases) {
        YS_TRY(const std::string told, close_member(tx, *handbook_, each.centre, id, closing));
        YS_TRY([[maybe_unused]] const auto kept,
               tx.db().run("UPDATE incident_cases SET told = ? WHERE incident_id = ? AND"
                           " case_id = ?",
                           told, each.closing.incident, id));
        closing.is_quiet = closing.is_quiet || told != "over";
    }
    return Done{};
}

Result<Done> IncidentKeeper::read_announcements(sql::Database& db, IncidentLook& look) const {
    YS_TRY(look.to_announce, sql::select<IncidentRow>(db,
                                                      "FROM incidents WHERE announced = 'wanted'"
                                                      " AND state = 'open'"));
    YS_TRY(look.to_end, sql::select<IncidentRow>(db,
                                                 "FROM incidents WHERE announced = 'in_force'"
                                                 " AND state = 'closed'"));
    return Done{};
}

}  // namespace ys::cases
