// SPDX-License-Identifier: Apache-2.0
#include "cases/io/unit_store.h"

#include <algorithm>

#include "platform/sql/described_rows.h"
#include "platform/sql/migration.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

std::vector<std::string> parts_of(std::string_view text, char between) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto end = std::min(text.find(between), text.size());
        if (end > 0) out.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

}  // namespace

bool UnitMemberRow::has(std::string_view role) const {
    const auto all = parts_of(roles, ',');
    return std::ranges::find(all, role) != all.end();
}

Result<UnitId> UnitStore::put_unit(sql::Transaction& tx, UnitRow unit) {
    YS_TRY(unit.id.value, sql::own_number(tx, "case_units", unit.id.value));
    tx.db().forget();
    YS_TRY([[maybe_unused]] const auto put, sql::put(tx, "case_units", unit));
    return unit.id;
}

Result<Done> UnitStore::put_member(sql::Transaction& tx, const UnitMemberRow& member) {
    return sql::done(sql::put(tx, "case_unit_members", member, "user_id, unit_id"));
}

Result<Done> UnitStore::put_duty(sql::Transaction& tx, const DutyRow& duty) {
    tx.db().forget();
    return sql::done(sql::put(tx, "case_duties", duty, "centre_id, title"));
}

Result<std::shared_ptr<const CentreUnits>> UnitStore::load(sql::Database& db, CentreId centre) {
    const std::string name = "units of " + std::to_string(centre.value);
    if (auto kept = db.kept<CentreUnits>(name)) return kept;
    YS_TRY(std::vector<UnitRow> rows, units(db, Scope::of(centre)));
    if (rows.empty()) return std::shared_ptr<const CentreUnits>{};
    std::vector<Unit> all;
    for (const UnitRow& row : rows) all.push_back({row.id, row.name, row.superior_id});
    std::erase_if(rows, [](const UnitRow& row) { return row.fallback_rank == 0; });
    std::ranges::stable_sort(rows, {}, &UnitRow::fallback_rank);
    std::vector<UnitId> owners;
    for (const UnitRow& row : rows) owners.push_back(row.id);
    CentreUnits out;
    YS_TRY(out.tree, UnitTree::build(std::move(all), std::move(owners)));
    std::vector<DutyRule> rules;
    YS_TRY(const auto duties,
           sql::select<DutyRow>(db, "FROM case_duties WHERE centre_id = ? ORDER BY title", centre));
    for (const DutyRow& duty : duties)
        rules.push_back(
            {duty.title, parts_of(duty.category, '/'), parts_of(duty.area, '/'), duty.unit_id});
    YS_TRY(out.duties, DutyCatalogue::build(std::move(rules), out.tree));
    auto read = std::make_shared<const CentreUnits>(std::move(out));
    db.keep(name, read);
    return read;
}

Result<std::vector<UnitRow>> UnitStore::units(sql::Database& db, const Scope& scope) {
    const sql::Where where(scope, "centre_id");
    return sql::select_with<UnitRow>(db, "FROM case_units" + where.text() + " ORDER BY id",
                                     where.values());
}

Result<std::vector<UnitMemberRow>> UnitStore::units_of(sql::Database& db, const Scope& scope,
                                                       UserId user) {
    sql::Where where(scope, "centre_id");
    where.also("user_id = ?", user);
    return sql::select_with<UnitMemberRow>(
        db, "FROM case_unit_members" + where.text() + " ORDER BY unit_id", where.values());
}

}  // namespace ys::cases
