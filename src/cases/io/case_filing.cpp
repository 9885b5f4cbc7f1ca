// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_filing.h"

#include "cases/case_engine.h"
#include "cases/io/crew_dispatch.h"
#include "cases/io/type_store.h"
#include "platform/sql/described_rows.h"

namespace ys::cases {
namespace {

const CaseActor system_itself{{}, "system", {}};

std::vector<CaseDemand> demands_of(const CaseRow& row, const Filing& filing) {
    std::vector<CaseDemand> out;
    for (const std::string& text : filing.demands)
        if (!text.empty()) out.push_back({static_cast<std::uint32_t>(out.size() + 1), text});
    if (!out.empty()) return out;
    std::string text = row.title;
    if (!row.detail.empty() && row.detail != row.title)
        text += (text.empty() ? "" : "\n") + row.detail;
    // Cases of old may say nothing at all; their number does.
    return {{1, text.empty() ? row.number : text}};
}

/// For whom an agent files and settles: their own unit, else the first fallback owner.
UnitId unit_of_agent(const std::vector<UnitMemberRow>& own, const CaseFile& file,
                     const UnitTree& tree) {
    for (const UnitMemberRow& each : own)
        if (each.has("agent") && tree.has(each.unit_id) && !file.is_about(each.unit_id))
            return each.unit_id;
    return fallback_owner(tree, file);
}

Result<StoredFile> settle(sql::Transaction& tx, const Handbook& handbook, const CentreUnits& units,
                          const CaseRow& row, const std::vector<UnitMemberRow>& own,
                          const StoredFile& stored, UtcTime now) {
    SettleCase what;
    for (const CaseDemand& demand : stored.file.demands)
        what.answers[demand.number] = row.detail.empty() ? row.title : row.detail;
    for (auto& [number, text] : what.answers)
        if (text.empty()) text = row.number;
    const UnitId unit = unit_of_agent(own, stored.file, units.tree);
    return CaseFileStore::act(tx, handbook, Scope::of(row.centre_id), row.id,
                              {now, {{row.created_by, "agent", unit}, what}, {}});
}

/// By which type: its form's own version first, so that a case has one.
Result<std::optional<CaseType>> type_of(sql::Database& db, const CaseRow& row,
                                        const Filing& filing) {
    if (filing.type) return filing.type;
    YS_TRY(const auto form, TypeStore::answers(db, Scope::of(row.centre_id), row.id));
    std::optional<KnownType> known;
    if (form) {
        YS_TRY(known, TypeStore::find(db, {form->type_centre_id}, form->type, form->type_version));
    } else {
        YS_TRY(const Lineage lineage, TypeStore::lineage(db, row.centre_id));
        YS_TRY(known, TypeStore::newest(db, lineage, row.kind));
    }
    if (!known || known->type.code != row.kind) return std::optional<CaseType>{};
    return std::optional(std::move(known->type));
}

Result<std::vector<UnitMemberRow>> own_units(sql::Database& db, const CaseRow& row,
                                             const Filing& filing) {
    if (filing.own_units) return *filing.own_units;
    return UnitStore::units_of(db, Scope::of(row.centre_id), row.created_by);
}

Result<StoredFile> file_new(sql::Transaction& tx, const Handbook& handbook,
                            const CentreUnits& units, const CaseRow& row, const Filing& filing,
                            UtcTime now) {
    FileCase what{.id = row.id,
                  .type = row.kind,
                  .is_confidential = row.is_confidential,
                  .demands = demands_of(row, filing),
                  .about_units = filing.about_units,
                  .basis = basis_of_kind(row.kind, row.nature)};
    YS_TRY(const auto type, type_of(tx.db(), row, filing));
    if (type) {
        what.type_version = type->version;
        what.basis = handbook.basis_of(*type);
    }
    CaseActor by = system_itself;
    std::vector<UnitMemberRow> own;
    if (row.created_by) {
        YS_TRY(own, own_units(tx.db(), row, filing));
        CaseFile about;
        about.about_units = filing.about_units;
        by = {row.created_by, "agent", unit_of_agent(own, about, units.tree)};
    }
    YS_TRY(const StoredFile stored,
           CaseFileStore::file(tx, handbook, units, row.centre_id, {now, {by, what}, {}}));
    const Workflow& flow = handbook.rules(stored.file, units.tree).workflow;
    const bool is_settled = row.status == "closed" && row.created_by;
    if (is_settled && flow.find(CaseState::Filed, Verb::Settle) != nullptr)
        return settle(tx, handbook, units, row, own, stored, now);
    const DutyProposal proposal = proposal_for(stored.file, row.address, units.duties);
    if (!proposal.unit || flow.find(CaseState::Filed, Verb::Dispatch) == nullptr) return stored;
    const DispatchCase dispatch{proposal.unit, proposal.reasons.front().names.front()};
    YS_TRY(const StoredFile sent, CaseFileStore::act(tx, handbook, Scope::of(row.centre_id), row.id,
                                                     {now, {system_itself, dispatch}, {}}));
    YS_TRY([[maybe_unused]] const Done offered,
           offer_to_crew(tx, handbook, sent, row.address, now));
    return sent;
}

}  // namespace

DutyProposal proposal_for(const CaseFile& file, std::string_view address,
                          const DutyCatalogue& duties) {
    return duties.propose({.category = category_of(file.type, file.basis.nature),
                           .area = area_of(address, duties.rules()),
                           .complained_of = file.about_units,
                           .returned_by = file.returned_by});
}

Result<std::optional<StoredFile>> file_case(sql::Transaction& tx, const Handbook& handbook,
                                            const CaseRow& row, const Filing& filing, UtcTime now) {
    YS_TRY(auto there, CaseFileStore::get(tx.db(), Scope::of(row.centre_id), row.id));
    if (there) return there;
    YS_TRY(const auto units, UnitStore::load(tx.db(), row.centre_id));
    if (!units) return std::optional<StoredFile>{};
    YS_TRY(StoredFile filed, file_new(tx, handbook, *units, row, filing, now));
    return std::optional(std::move(filed));
}

Result<CaseRow> file_and_promise(sql::Transaction& tx, const Handbook& handbook, const CaseRow& row,
                                 const Filing& filing, UtcTime now) {
    if (!filing.is_new) {
        YS_TRY(const auto there, CaseFileStore::get(tx.db(), Scope::of(row.centre_id), row.id));
        if (there) return row;
    }
    YS_TRY(const auto units, UnitStore::load(tx.db(), row.centre_id));
    if (!units) return row;
    YS_TRY(const StoredFile stored, file_new(tx, handbook, *units, row, filing, now));
    CaseRow promised = row;
    promised.promised_at = closing_deadline(handbook.rules(stored.file, units->tree), stored.file);
    promised.status = is_final(stored.file.state) ? "closed" : row.status;
    YS_TRY([[maybe_unused]] const Done kept,
           tx.db().run_soon("UPDATE cases SET promised_at = ? WHERE id = ?", promised.promised_at,
                            row.id));
    return promised;
}

Result<std::size_t> file_what_is_left(sql::Transaction& tx, const Handbook& handbook, UtcTime now,
                                      std::size_t limit) {
    YS_TRY(const auto rows,
           sql::select<CaseRow>(tx.db(),
                                "FROM cases WHERE centre_id IN (SELECT centre_id FROM case_units)"
                                " AND NOT EXISTS (SELECT 1 FROM case_files f WHERE"
                                " f.case_id = cases.id) ORDER BY id LIMIT ?",
                                limit));
    for (const CaseRow& row : rows) {
        YS_TRY([[maybe_unused]] const auto filed, file_case(tx, handbook, row, {}, now));
    }
    return rows.size();
}

}  // namespace ys::cases
