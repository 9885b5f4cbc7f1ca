// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_file_store.h"

#include <algorithm>
#include <set>

#include "base/overloaded.h"
#include "cases/case_engine.h"
#include "cases/errc.h"
#include "cases/io/case_file_json.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

struct FileRow {
    CaseId case_id{};
    CentreId centre_id{};
    std::string type{};
    std::int32_t type_version = 1;
    std::string state{};
    UnitId responsible{}, handler{};
    bool is_confidential = false;
    std::optional<UtcTime> deadline_at{}, wake_at{};
    Private body{};
    std::int64_t version = 1;
    std::string workflow{};  ///< "" when it was filed before types decided
    std::int32_t workflow_version = 0;
    std::string clock_preset{};
    bool is_automatic = false;
};
BOOST_DESCRIBE_STRUCT(FileRow, (),
                      (case_id, centre_id, type, type_version, state, responsible, handler,
                       is_confidential, deadline_at, wake_at, body, version, workflow,
                       workflow_version, clock_preset, is_automatic))

Result<StoredFile> read(const FileRow& row) {
    YS_TRY(CaseFile file, case_file_from_json(row.body));
    return StoredFile{std::move(file), row.centre_id, row.version};
}

enum class Known { No, Yes };  ///< whether the case had a file before

/// For worklists and for what is hidden from whom.
Result<Done> write_parties(sql::Transaction& tx, const CaseFile& file, Known known) {
    std::set<std::pair<std::uint64_t, std::string>> parties;
    const auto add = [&](UnitId unit, const char* part) {
        if (unit) parties.emplace(unit.value, part);
    };
    add(file.responsible, "responsible");
    add(file.handler, "handler");
    for (const CasePart& part : file.parts)
        if (part.is_open()) add(part.unit, "part");
    for (const UnitId unit : file.about_units) add(unit, "about");
    if (known == Known::Yes) {
        YS_TRY([[maybe_unused]] const Done gone,
               tx.db().run_soon("DELETE FROM case_parties WHERE case_id = ?", file.id));
    }
    for (const auto& [unit, part] : parties) {
        YS_TRY([[maybe_unused]] const Done done,
               tx.db().run_soon("INSERT INTO case_parties (case_id, unit_id, part)"
                                " VALUES (?, ?, ?)",
                                file.id, unit, part));
    }
    return Done{};
}

Result<Done> write_file(sql::Transaction& tx, const CaseRules& rules, const StoredFile& stored,
                        std::optional<UtcTime> wake_at, Known known) {
    const CaseFile& f = stored.file;
    const FileRow row{.case_id = f.id,
                      .centre_id = stored.centre_id,
                      .type = f.type,
                      .type_version = f.type_version,
                      .state = std::string(word(f.state)),
                      .responsible = f.responsible,
                      .handler = f.handler,
                      .is_confidential = f.is_confidential,
                      .deadline_at = closing_deadline(rules, f),
                      .wake_at = wake_at,
                      .body = to_json(f),
                      .version = stored.version,
                      .workflow = f.basis.workflow,
                      .workflow_version = f.basis.workflow_version,
                      .clock_preset = f.basis.clock_preset,
                      .is_automatic = f.basis.is_automatic};
    const auto written = known == Known::No ? sql::insert_soon(tx, "case_files", row)
                                            : sql::put_soon(tx, "case_files", row, "case_id");
    if (!written) return written;
    return write_parties(tx, f, known);
}

std::string_view word_of(CaseEventKind kind) {
    if (kind == CaseEventKind::Done) return "done";
    return kind == CaseEventKind::ClockWarned ? "clock_warned" : "clock_broken";
}

Result<Done> write_events(sql::Transaction& tx, const StoredFile& stored,
                          const std::vector<CaseEvent>& events, Known known) {
    std::int64_t number = 0;
    if (known == Known::Yes && !events.empty()) {
        YS_TRY(number, tx.db().value<std::int64_t>(
                           0, "SELECT COALESCE(MAX(number), 0) FROM case_events WHERE case_id = ?",
                           stored.file.id));
    }
    for (const CaseEvent& e : events) {
        const bool is_done = e.kind == CaseEventKind::Done;
        const CaseEventRow row{.case_id = stored.file.id,
                               .number = ++number,
                               .centre_id = stored.centre_id,
                               .kind = std::string(word_of(e.kind)),
                               .verb = is_done ? std::string(word(e.verb)) : "",
                               .at = e.at,
                               .user_id = e.by.user,
                               .role = e.by.role,
                               .by_unit_id = e.by.unit,
                               .from_state = std::string(word(e.from)),
                               .to_state = std::string(word(e.to)),
                               .unit_id = e.unit,
                               .responsible = e.responsible,
                               .clock = e.clock ? std::string(word(*e.clock)) : "",
                               .level = e.level,
                               .why = e.why};
        YS_TRY([[maybe_unused]] const Done inserted, sql::insert_soon(tx, "case_events", row));
    }
    return Done{};
}

Result<Done> write_notices(sql::Transaction& tx, const StoredFile& stored, UtcTime now,
                           const std::vector<CaseEffect>& effects, bool is_quiet) {
    for (const CaseEffect& effect : effects) {
        if (is_quiet && std::holds_alternative<NoticeToCitizen>(effect)) continue;
        CaseNoticeRow row{.case_id = stored.file.id, .centre_id = stored.centre_id, .at = now};
        if (const auto* to = std::get_if<NoticeToUnit>(&effect)) {
            row.receiver = "unit";
            row.unit_id = to->unit;
            row.reason = to->reason;
            if (to->clock) row.clock = word(*to->clock);
        } else if (const auto* citizen = std::get_if<NoticeToCitizen>(&effect)) {
            row.receiver = "citizen";
            row.reason = citizen->reason;
            row.words = citizen->words;
            row.until_at = citizen->until;
        } else {
            continue;
        }
        YS_TRY([[maybe_unused]] const Done inserted, sql::insert_soon(tx, "case_notices", row));
    }
    return Done{};
}

facts::Body body_of(CaseId id, const CaseEvent& e) {
    if (e.kind != CaseEventKind::Done)
        return facts::CaseClockTold{
            .case_id = id.value,
            .clock = e.clock ? std::string(word(*e.clock)) : "",
            .what = e.kind == CaseEventKind::ClockWarned ? "warned" : "broken",
            .responsible = e.responsible.value};
    return facts::CaseMoved{.case_id = id.value,
                            .verb = std::string(word(e.verb)),
                            .from = std::string(word(e.from)),
                            .to = std::string(word(e.to)),
                            .user = e.by.user.value,
                            .role = e.by.role,
                            .unit = e.unit.value,
                            .responsible = e.responsible.value,
                            .level = e.level,
                            .why = e.why};
}

/// The citizen's own word that this command brings, or that they could not be asked.
std::optional<facts::CaseConfirmed> said_by(CaseId id, const CaseCommand& command) {
    const auto yes_no = [](bool is_yes) { return is_yes ? "yes" : "no"; };
    const auto satisfied = [&](const std::optional<bool>& is) {
        return is ? yes_no(*is) : "not_said";
    };
    const char* channel = command.by.role == "citizen" ? "page" : "desk";
    if (const auto* word = std::get_if<ConfirmCase>(&command.action))
        return facts::CaseConfirmed{id.value, channel, yes_no(word->solved),
                                    satisfied(word->satisfied)};
    const auto* settled = std::get_if<SettleCase>(&command.action);
    if (settled != nullptr && settled->satisfied)  // Else nobody asked them.
        return facts::CaseConfirmed{id.value, channel, "yes", satisfied(settled->satisfied)};
    if (std::holds_alternative<CloseCase>(command.action))
        return facts::CaseConfirmed{id.value, channel, "unreached", "not_said"};
    return std::nullopt;
}

Result<Done> write_facts(sql::Transaction& tx, const StoredFile& stored,
                         const std::vector<CaseEvent>& events, const CaseCommand& command) {
    std::vector<facts::Fact> all;
    if (const auto said = said_by(stored.file.id, command); said && !events.empty())
        all.push_back({events.front().at, stored.centre_id, {}, {}, *said});
    for (const CaseEvent& e : events)
        all.push_back({e.at, stored.centre_id, {}, {}, body_of(stored.file.id, e)});
    return journal::Journal::append(tx, all);
}

/// A case that is over is closed in every list.
Result<Done> write_status(sql::Transaction& tx, const StoredFile& stored, UtcTime now,
                          UserId user) {
    const char* status = is_final(stored.file.state) ? "closed" : "open";
    return tx.db().run_soon(
        "UPDATE cases SET status = ?, changed_at = ?, changed_by = ?, version = version + 1"
        " WHERE id = ? AND status <> ?",
        status, now, user, stored.file.id, status);
}

/// Lets the engine decide and keeps all that follows, apart from links.
Result<CaseOutcome> decide(sql::Transaction& tx, const CaseRules& rules, StoredFile& stored,
                           const CaseActing& acting) {
    // The machine's clock may be set back; what was done last stays last.
    const UtcTime now = std::max(acting.now, stored.file.last_at);
    YS_TRY(CaseOutcome outcome, on(rules, stored.file, now, acting.command));
    const Known known = stored.version == 0 ? Known::No : Known::Yes;
    if (!outcome.events.empty()) ++stored.version;
    YS_TRY(Done done, write_file(tx, rules, stored, outcome.wake_at, known));
    YS_TRY(done, write_events(tx, stored, outcome.events, known));
    YS_TRY(done, write_notices(tx, stored, now, outcome.effects, acting.is_quiet));
    YS_TRY(done, write_facts(tx, stored, outcome.events, acting.command));
    // A row is made open or closed by who makes it.
    if (known == Known::Yes || is_final(stored.file.state)) {
        YS_TRY(done, write_status(tx, stored, now, acting.command.by.user));
    }
    return outcome;
}

/// The other case gets the same link; that it has it already is well.
Result<Done> link_back(sql::Transaction& tx, const Handbook& handbook, const CentreUnits& units,
                       const StoredFile& from, CaseId other, const CaseActing& acting) {
    YS_TRY(auto stored, CaseFileStore::get(tx.db(), Scope::of(from.centre_id), other));
    if (!stored) return Error{sql::errc::not_found, "linking a duplicate"};
    const CaseActing back{acting.now, {acting.command.by, LinkDuplicate{from.file.id}}, {}};
    const auto linked = decide(tx, handbook.rules(stored->file, units.tree), *stored, back);
    if (!linked && linked.error().code != make_error_code(Errc::LinkedBefore))
        return linked.error();
    return Done{};
}

}  // namespace

Result<StoredFile> CaseFileStore::file(sql::Transaction& tx, const Handbook& handbook,
                                       const CentreUnits& units, CentreId centre,
                                       const CaseActing& acting) {
    const auto* what = std::get_if<FileCase>(&acting.command.action);
    YS_ASSERT(what != nullptr);
    StoredFile stored{{}, centre, 0};
    YS_TRY([[maybe_unused]] const auto decided,
           decide(tx, handbook.rules(what->type, what->basis, units.tree), stored, acting));
    return stored;
}

Result<StoredFile> CaseFileStore::act(sql::Transaction& tx, const Handbook& handbook,
                                      const Scope& scope, CaseId id, const CaseActing& acting) {
    YS_TRY(auto stored, get(tx.db(), scope, id));
    if (!stored) return Error{sql::errc::not_found, "acting on a case"};
    if (acting.version && *acting.version != stored->version)
        return Error{sql::errc::stale, "acting on a case"};
    YS_TRY(const auto units, UnitStore::load(tx.db(), stored->centre_id));
    if (!units) return Error(Errc::UnknownUnit, "the centre has no units");
    YS_TRY(const CaseOutcome outcome,
           decide(tx, handbook.rules(stored->file, units->tree), *stored, acting));
    for (const CaseEffect& effect : outcome.effects) {
        const auto* link = std::get_if<LinkBack>(&effect);
        if (link == nullptr) continue;
        YS_TRY([[maybe_unused]] const Done linked,
               link_back(tx, handbook, *units, *stored, link->other, acting));
    }
    return *std::move(stored);
}

Result<std::optional<StoredFile>> CaseFileStore::get(sql::Database& db, const Scope& scope,
                                                     CaseId id) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ?", id);
    YS_TRY(const auto row,
           sql::select_one_with<FileRow>(db, "FROM case_files" + where.text(), where.values()));
    if (!row) return std::optional<StoredFile>{};
    YS_TRY(StoredFile stored, read(*row));
    return std::optional(std::move(stored));
}

Result<std::map<CaseId, StoredFile>> CaseFileStore::of(sql::Database& db, const Scope& scope,
                                                       const std::vector<CaseId>& ids) {
    std::map<CaseId, StoredFile> out;
    if (ids.empty()) return out;
    sql::Where where(scope, "+centre_id");
    where.among("case_id", ids);
    YS_TRY(const auto rows,
           sql::select_with<FileRow>(db, "FROM case_files" + where.text(), where.values()));
    for (const FileRow& row : rows) {
        YS_TRY(StoredFile stored, read(row));
        out.emplace(row.case_id, std::move(stored));
    }
    return out;
}

Result<std::vector<CaseEventRow>> CaseFileStore::history(sql::Database& db, const Scope& scope,
                                                         CaseId id) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ?", id);
    return sql::select_with<CaseEventRow>(
        db, "FROM case_events" + where.text() + " ORDER BY number", where.values());
}

Result<std::vector<CaseNoticeRow>> CaseFileStore::notices(sql::Database& db, const Scope& scope,
                                                          CaseId id) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ?", id);
    return sql::select_with<CaseNoticeRow>(db, "FROM case_notices" + where.text() + " ORDER BY id",
                                           where.values());
}

Result<std::vector<CaseId>> CaseFileStore::due(sql::Database& db, UtcTime now, std::size_t limit) {
    std::vector<CaseId> out;
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with("SELECT case_id FROM case_files WHERE wake_at <= ? ORDER BY wake_at LIMIT ?",
                       std::vector<sql::Value>{sql::to_sql(now), sql::to_sql(limit)},
                       [&](const sql::Row& row) { row.get(0, out.emplace_back()); }));
    return out;
}

Result<Done> CaseFileStore::fire(sql::Transaction& tx, const Handbook& handbook, CaseId id,
                                 UtcTime now) {
    YS_TRY(const auto row,
           sql::select_one<FileRow>(tx.db(), "FROM case_files WHERE case_id = ?", id));
    if (!row) return Done{};
    YS_TRY([[maybe_unused]] const auto fired,
           act(tx, handbook, Scope::of(row->centre_id), id,
               {now, {CaseActor{{}, "system", {}}, ClockFired{}}, {}}));
    return Done{};
}

}  // namespace ys::cases
