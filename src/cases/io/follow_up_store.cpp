// SPDX-License-Identifier: Apache-2.0
#include "cases/io/follow_up_store.h"

#include <algorithm>

#include "cases/case_engine.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/errc.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

// The second index is over somebody else's table: of all moves of all cases few are of this kind.
constexpr std::string_view tables = R"(
CREATE TABLE case_follow_ups (case_id ID_KEY, centre_id BIGINT NOT NULL, taken_by BIGINT NOT NULL,
  taken_at BIGINT, attempts BIGINT NOT NULL, tried_at BIGINT, outcome TEXT NOT NULL,
  closed_at BIGINT);
CREATE INDEX case_events_settled ON case_events (centre_id, at, case_id) WHERE verb = 'settle';
CREATE INDEX cases_closed ON cases (centre_id, changed_at) WHERE status = 'closed';
)";

constexpr std::string_view not_asked =
    " NOT EXISTS (SELECT 1 FROM case_follow_ups u WHERE u.case_id = c.id AND u.outcome <> '')";

Result<Done> add_ids(sql::Database& db, std::string_view from, const sql::Where& where,
                     std::string_view order, std::vector<CaseId>& out,
                     std::string_view limit = " LIMIT ?") {
    return sql::done(db.run_with("SELECT c.id " + std::string(from) + where.text() + " ORDER BY " +
                                     std::string(order) + std::string(limit),
                                 where.values(),
                                 [&](const sql::Row& row) { row.get(0, out.emplace_back()); }));
}

/// Told, or to be told; the clock that speaks first comes first.
Result<Done> add_replied(sql::Database& db, const Scope& scope, std::size_t limit,
                         std::vector<CaseId>& out) {
    sql::Where where(scope, "f.centre_id");
    where.also("f.state IN ('reviewed', 'awaiting_confirmation')");
    where.value(limit);
    return add_ids(db, "FROM case_files f JOIN cases c ON c.id = f.case_id", where,
                   "COALESCE(f.wake_at, f.deadline_at, c.changed_at), c.id", out);
}

/// Settled while they were on the line; whether somebody asked is in the file (is_asked), which
/// lies sealed: so page by page, after the settling that was looked at last.
Result<Done> add_settled(sql::Database& db, const Scope& scope, std::size_t limit,
                         std::size_t looked_at, std::vector<CaseId>& out) {
    sql::Where where(scope, "e.centre_id");
    where.also("e.verb = 'settle'");
    where.also("f.state = 'closed'");
    where.also(not_asked);
    where.value(limit);
    where.value(looked_at);
    return add_ids(db,
                   "FROM case_events e JOIN case_files f ON f.case_id = e.case_id"
                   " JOIN cases c ON c.id = e.case_id",
                   where, "e.at, c.id", out, " LIMIT ? OFFSET ?");
}

/// Of centres without units: nobody's engine asked.
Result<Done> add_plain(sql::Database& db, const Scope& scope, std::size_t limit,
                       std::vector<CaseId>& out) {
    sql::Where where(scope, "c.centre_id");
    where.also("c.status = 'closed'");
    where.also("NOT EXISTS (SELECT 1 FROM case_files f WHERE f.case_id = c.id)");
    where.also(not_asked);
    where.value(limit);
    return add_ids(db, "FROM cases c", where, "c.changed_at, c.id", out);
}

/// Of a closed file: whether the citizen was asked, or rung in vain often enough.
bool is_asked(const CaseFile& file) {
    if (!file.confirmation) return true;  // Closed by attempts: the engine counted them.
    return has_citizens_word(file);
}

bool is_wanted(const FollowUp& it) {
    if (it.is_open()) return true;
    if (!it.own.outcome.empty() || it.row.status != "closed") return false;
    if (!it.stored) return true;
    const CaseFile& file = it.stored->file;
    return file.state == CaseState::Closed && !is_asked(file);
}

void add_attempts(FollowUp& it) {
    it.attempts = it.own.attempts;
    it.tried_at = it.own.tried_at;
    if (!it.stored) return;
    for (const CaseAttempt& each : it.stored->file.attempts) {
        if (it.stored->file.told_at && each.at < *it.stored->file.told_at) continue;
        ++it.attempts;
        it.tried_at = std::max(it.tried_at.value_or(each.at), each.at);
    }
}

Result<std::optional<FollowUp>> read(sql::Database& db, const Handbook& handbook,
                                     const Scope& scope, CaseId id) {
    YS_TRY(auto row, CaseStore::get(db, scope, id));
    if (!row) return std::optional<FollowUp>{};
    FollowUp out{.row = *std::move(row)};
    YS_TRY(out.stored, CaseFileStore::get(db, scope, id));
    YS_TRY(const auto own,
           sql::select_one<FollowUpRow>(db, "FROM case_follow_ups WHERE case_id = ?", id));
    out.own = own.value_or(FollowUpRow{.case_id = id, .centre_id = out.row.centre_id});
    if (!is_wanted(out)) return std::optional<FollowUp>{};
    add_attempts(out);
    if (!out.is_open()) return std::optional{std::move(out)};
    const CaseFile& file = out.stored->file;
    const bool is_told = file.state == CaseState::AwaitingConfirmation;
    if (const auto& clock = file.clock(is_told ? ClockName::FollowUp : ClockName::Close))
        out.due_at = deadline(clock->clock, handbook.calendar());
    YS_TRY(const auto units, UnitStore::load(db, out.stored->centre_id));
    if (units) out.may_close = is_told && is_tried_enough(handbook.rules(file, units->tree), file);
    return std::optional{std::move(out)};
}

}  // namespace

const sql::Schema& follow_up_schema() {
    static const sql::Schema it{"case_follow_ups", {sql::for_both(1, tables)}};
    return it;
}

bool has_citizens_word(const CaseFile& file) {
    if (!file.confirmation) return false;
    const bool is_settled = file.told_at && *file.told_at == file.confirmation->at;
    return !is_settled || file.confirmation->satisfied;
}

bool FollowUp::is_open() const {
    return stored && (stored->file.state == CaseState::Reviewed ||
                      stored->file.state == CaseState::AwaitingConfirmation);
}

Result<std::vector<FollowUp>> FollowUpStore::list(sql::Database& db, const Handbook& handbook,
                                                  const Scope& scope, std::size_t limit) {
    std::vector<FollowUp> out;
    const auto keep_wanted = [&](const std::vector<CaseId>& ids) -> Result<Done> {
        for (const CaseId id : ids) {
            YS_TRY(auto each, read(db, handbook, scope, id));
            if (each) out.push_back(*std::move(each));
        }
        return Done{};
    };
    std::vector<CaseId> ids;
    YS_TRY(Done done, add_replied(db, scope, limit, ids));
    YS_TRY(done, add_plain(db, scope, limit, ids));
    YS_TRY(done, keep_wanted(ids));
    for (std::size_t looked_at = 0; out.size() < limit; looked_at += limit) {
        ids.clear();
        YS_TRY(done, add_settled(db, scope, limit, looked_at, ids));
        YS_TRY(done, keep_wanted(ids));
        if (ids.size() < limit) break;
    }
    // Who has a promise comes before who has none.
    std::ranges::stable_sort(out, [](const FollowUp& a, const FollowUp& b) {
        if (a.due_at.has_value() != b.due_at.has_value()) return a.due_at.has_value();
        const UtcTime first = a.due_at.value_or(a.row.changed_at);
        const UtcTime second = b.due_at.value_or(b.row.changed_at);
        return first.us != second.us ? first < second : a.row.id < b.row.id;
    });
    if (out.size() > limit) out.erase(out.begin() + static_cast<std::ptrdiff_t>(limit), out.end());
    return out;
}

Result<FollowUp> FollowUpStore::one(sql::Database& db, const Handbook& handbook, const Scope& scope,
                                    CaseId id) {
    YS_TRY(auto found, read(db, handbook, scope, id));
    if (!found) return Error{sql::errc::not_found, "a case to ask about"};
    return *std::move(found);
}

Result<FollowUp> FollowUpStore::take(sql::Transaction& tx, const Handbook& handbook,
                                     const Scope& scope, CaseId id, UserId user, UtcTime now) {
    YS_TRY(FollowUp it, one(tx.db(), handbook, scope, id));
    const bool is_theirs = it.own.taken_by && it.own.taken_by != user && it.own.taken_at &&
                           now.us - it.own.taken_at->us < Micros(taken_for).count();
    if (is_theirs) return Error{sql::errc::stale, "a citizen somebody else rings"};
    it.own.taken_by = user;
    it.own.taken_at = now;
    YS_TRY([[maybe_unused]] const auto put, sql::put(tx, "case_follow_ups", it.own, "case_id"));
    return it;
}

Result<Done> FollowUpStore::release(sql::Transaction& tx, CaseId id) {
    return sql::done(tx.db().run(
        "UPDATE case_follow_ups SET taken_by = 0, taken_at = NULL WHERE case_id = ?", id));
}

Result<Done> FollowUpStore::keep(sql::Transaction& tx, const FollowUp& about,
                                 const FollowUpAnswer& answer, UtcTime now) {
    FollowUpRow own = about.own;
    own.taken_by = {};
    own.taken_at.reset();
    if (!answer.is_reached) {
        ++own.attempts;
        own.tried_at = now;
    }
    if (answer.is_reached || own.attempts >= attempts_max) {
        own.outcome = answer.is_reached ? "answered" : "unreached";
        own.closed_at = now;
    }
    // What was not solved is opened again, and asked about again when it is closed.
    if (answer.is_reached && !answer.is_solved) {
        own.outcome.clear();
        own.closed_at.reset();
        own.attempts = 0;
    }
    YS_TRY([[maybe_unused]] const auto put, sql::put(tx, "case_follow_ups", own, "case_id"));
    const auto yes_no = [](bool is_yes) { return is_yes ? "yes" : "no"; };
    facts::CaseConfirmed said{about.row.id.value, answer.channel, "unreached", "not_said"};
    if (answer.is_reached) {
        said.solved = yes_no(answer.is_solved);
        if (answer.satisfied) said.satisfied = yes_no(*answer.satisfied);
    }
    const facts::Fact fact{now, about.row.centre_id, {}, {}, std::move(said)};
    return journal::Journal::append(tx, {&fact, 1});
}

}  // namespace ys::cases
