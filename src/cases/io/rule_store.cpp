// SPDX-License-Identifier: Apache-2.0
#include "cases/io/rule_store.h"

#include "base/described.h"
#include "cases/errc.h"
#include "platform/sql/described_rows.h"

namespace ys::cases {
namespace {

constexpr std::string_view workflow_word = "workflow", preset_word = "clock_preset";

struct RuleRow {
    std::string what{};  ///< "workflow" "clock_preset"
    std::string name{};
    std::int32_t version = 0;  ///< 0 for a preset: it has none
    std::string title{};
    std::string body{};  ///< as text_of gives a workflow, the row of a preset
};
BOOST_DESCRIBE_STRUCT(RuleRow, (), (what, name, version, title, body))

RuleRow row_of(const Handbook::Known<Workflow>& known) {
    return {std::string(workflow_word), known.rule.name, known.rule.version, known.title,
            text_of(known.rule)};
}

RuleRow row_of(const Handbook::Known<ClockPreset>& known) {
    return {std::string(preset_word), known.rule.name, 0, known.title, known.rule.row};
}

std::string said(const RuleRow& row) {
    if (row.what == preset_word) return "clock preset \"" + row.name + "\"";
    return "workflow \"" + row.name + " " + std::to_string(row.version) + "\"";
}

/// Cases of before types decided recorded nothing and go by version 1 of what the program has.
Result<bool> is_used_by_a_case(sql::Database& db, const RuleRow& row) {
    if (row.what == preset_word) {
        YS_TRY(const std::uint64_t one,
               db.value<std::uint64_t>(0,
                                       "SELECT case_id FROM case_files WHERE clock_preset = ?"
                                       " OR clock_preset = '' LIMIT 1",
                                       row.name));
        return one != 0;
    }
    YS_TRY(const std::uint64_t one,
           db.value<std::uint64_t>(0,
                                   "SELECT case_id FROM case_files WHERE (workflow = ?"
                                   " AND workflow_version = ?) OR workflow = '' LIMIT 1",
                                   row.name, row.version));
    return one != 0;
}

/// By its name in what we wrote ourselves: text_of has no blanks between key and value.
Result<bool> is_named_by_a_type(sql::Database& db, const RuleRow& row) {
    const std::string named = "%\"" + row.what + "\":\"" + row.name + "\"%";
    YS_TRY(
        const std::uint64_t one,
        db.value<std::uint64_t>(0, "SELECT id FROM case_types WHERE body LIKE ? LIMIT 1", named));
    return one != 0;
}

Result<std::vector<RuleRow>> rows_before(sql::Database& db) {
    return sql::select<RuleRow>(db, "FROM case_rules ORDER BY what, name, version");
}

Result<Done> put(sql::Transaction& tx, const RuleRow& row) {
    return sql::done(
        tx.db().run("INSERT INTO case_rules (what, name, version, title, body)"
                    " VALUES (?, ?, ?, ?, ?) ON CONFLICT (what, name, version)"
                    " DO UPDATE SET title = excluded.title, body = excluded.body",
                    row.what, row.name, row.version, row.title, row.body));
}

Result<Done> drop(sql::Transaction& tx, const RuleRow& row) {
    return sql::done(
        tx.db().run("DELETE FROM case_rules WHERE what = ? AND name = ? AND version = ?", row.what,
                    row.name, row.version));
}

std::vector<RuleRow> rows_of(const Handbook& handbook) {
    std::vector<RuleRow> out;
    for (const auto& each : handbook.workflows()) out.push_back(row_of(each));
    for (const auto& each : handbook.presets()) out.push_back(row_of(each));
    return out;
}

const RuleRow* same_name(const std::vector<RuleRow>& rows, const RuleRow& row) {
    for (const RuleRow& each : rows)
        if (each.what == row.what && each.name == row.name && each.version == row.version)
            return &each;
    return nullptr;
}

/// What the scenario says no more is kept as it was while anything goes by it.
Result<Done> settle(sql::Transaction& tx, const RuleRow& before, const RuleRow* now,
                    RuleTexts& texts) {
    if (now != nullptr && now->body == before.body) return Done{};
    YS_TRY(bool is_used, is_used_by_a_case(tx.db(), before));
    if (is_used && now != nullptr)
        return Error(Errc::VersionIsTaken,
                     said(before) +
                         ": cases go by it, and its contents are not those they were"
                         " filed with; give the new one another " +
                         (before.what == preset_word ? "name" : "version"));
    if (now != nullptr) return Done{};
    if (!is_used) {
        YS_TRY(is_used, is_named_by_a_type(tx.db(), before));
    }
    if (!is_used) return drop(tx, before);
    if (before.what == preset_word)
        texts.presets.push_back({before.title, before.body});
    else
        texts.workflows.push_back({before.title, before.body});
    return Done{};
}

}  // namespace

Result<std::shared_ptr<const Handbook>> RuleStore::handbook(sql::Transaction& tx,
                                                            const Calendar& calendar,
                                                            const RuleTexts& scenario) {
    YS_TRY(const auto now, Handbook::make(calendar, scenario));
    const std::vector<RuleRow> in_force = rows_of(*now);
    YS_TRY(const std::vector<RuleRow> before, rows_before(tx.db()));
    RuleTexts texts = scenario;
    for (const RuleRow& row : before) {
        YS_TRY([[maybe_unused]] const Done settled,
               settle(tx, row, same_name(in_force, row), texts));
    }
    for (const RuleRow& row : in_force) {
        YS_TRY([[maybe_unused]] const Done kept, put(tx, row));
    }
    return Handbook::make(calendar, texts);
}

}  // namespace ys::cases
