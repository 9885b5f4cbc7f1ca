// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/flow_store.h"

#include <algorithm>

#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/errc.h"
#include "platform/sql/where.h"

namespace ys::interactions {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE flows (name TEXT PRIMARY KEY, centre_id BIGINT NOT NULL, in_force BIGINT NOT NULL);
CREATE TABLE flow_versions (flow TEXT NOT NULL, number BIGINT NOT NULL, centre_id BIGINT NOT NULL,
  text TEXT NOT NULL, based_on BIGINT NOT NULL, state TEXT NOT NULL, written_by BIGINT NOT NULL,
  written_at BIGINT NOT NULL, why TEXT NOT NULL, published_by BIGINT NOT NULL,
  publish_why TEXT NOT NULL, from_at BIGINT, in_force_at BIGINT, until_at BIGINT,
  refused TEXT NOT NULL, PRIMARY KEY (flow, number));
CREATE INDEX flow_versions_due ON flow_versions (from_at) WHERE state = 'scheduled';
)";

Error not_in_that_state() {
    return Error{std::errc::operation_not_permitted, "a version of a flow"};
}

Result<Done> tell(sql::Transaction& tx, const FlowVersionRow& v, const char* verb, UserId by,
                  const std::string& why, UtcTime now) {
    const facts::Fact fact{now,
                           v.centre_id,
                           {},
                           AgentId{by.value},
                           facts::FlowMoved{v.flow, v.number, verb, by.value, why}};
    return journal::Journal::append(tx, {&fact, 1});
}

Result<Done> save(sql::Transaction& tx, const FlowVersionRow& v) {
    return sql::found(
        tx.db().run("UPDATE flow_versions SET state = ?, published_by = ?, publish_why = ?,"
                    " from_at = ?, in_force_at = ?, until_at = ?, refused = ?"
                    " WHERE centre_id = ? AND flow = ? AND number = ?",
                    v.state, v.published_by, v.publish_why, v.from_at, v.in_force_at, v.until_at,
                    v.refused, v.centre_id, v.flow, v.number),
        "a version of a flow");
}

/// Those of one flow in this state, of its own centre.
Result<std::vector<FlowVersionRow>> in_state(sql::Transaction& tx, const std::string& flow,
                                             const char* state) {
    return sql::select<FlowVersionRow>(
        tx.db(), "FROM flow_versions WHERE flow = ? AND state = ? ORDER BY number DESC", flow,
        state);
}

Result<Done> drop_all(sql::Transaction& tx, const std::string& flow, const char* state,
                      const FlowStep& step) {
    YS_TRY(auto there, in_state(tx, flow, state));
    for (FlowVersionRow& each : there) {
        each.state = "dropped";
        YS_TRY(Done done, save(tx, each));
        YS_TRY(done, tell(tx, each, "drop", step.by, step.why, step.now));
        static_cast<void>(done);
    }
    return Done{};
}

/// The next number of the flow.
Result<FlowVersionRow> add(sql::Transaction& tx, CentreId centre, const std::string& flow,
                           const std::string& text, std::uint32_t based_on, const char* state,
                           const FlowStep& step) {
    FlowVersionRow v;
    YS_TRY(v.number,
           tx.db().value<std::uint32_t>(
               {}, "SELECT COALESCE(MAX(number), 0) + 1 FROM flow_versions WHERE flow = ?", flow));
    v.flow = flow;
    v.centre_id = centre;
    v.text = text;
    v.based_on = based_on;
    v.state = state;
    v.written_by = step.by;
    v.written_at = step.now;
    v.why = step.why;
    YS_TRY([[maybe_unused]] const auto n, sql::insert(tx, "flow_versions", v));
    return v;
}

Result<FlowRow> known(sql::Database& db, const Scope& scope, const std::string& name) {
    YS_TRY(const auto flow, FlowStore::flow(db, scope, name));
    if (!flow) return Error{sql::errc::not_found, "a flow"};
    return *flow;
}

Result<Done> schedule(sql::Transaction& tx, FlowVersionRow v, const char* verb, UtcTime from,
                      const FlowStep& step) {
    YS_TRY([[maybe_unused]] Done done, drop_all(tx, v.flow, "scheduled", step));
    v.state = "scheduled";
    v.published_by = step.by;
    v.publish_why = step.why;
    v.from_at = from;
    v.refused.clear();
    YS_TRY(done, save(tx, v));
    return tell(tx, v, verb, step.by, step.why, step.now);
}

}  // namespace

const sql::Schema& flow_schema() {
    static const sql::Schema it{"flows", {sql::for_both(1, tables)}};
    return it;
}

Result<std::vector<FlowRow>> FlowStore::flows(sql::Database& db, const Scope& scope) {
    const sql::Where where(scope, "centre_id");
    return sql::select_with<FlowRow>(db, "FROM flows" + where.text() + " ORDER BY name",
                                     where.values());
}

Result<std::optional<FlowRow>> FlowStore::flow(sql::Database& db, const Scope& scope,
                                               const std::string& name) {
    YS_TRY(const auto all, flows(db, scope));
    const auto it = std::ranges::find(all, name, &FlowRow::name);
    if (it == all.end()) return std::optional<FlowRow>{};
    return std::optional<FlowRow>{*it};
}

Result<std::vector<FlowVersionRow>> FlowStore::versions(sql::Database& db, const Scope& scope,
                                                        const std::string& flow) {
    YS_TRY(const FlowRow row, known(db, scope, flow));
    return sql::select<FlowVersionRow>(
        db,
        "FROM flow_versions WHERE centre_id = ? AND flow = ? ORDER BY number DESC LIMIT " +
            std::to_string(versions_max),
        row.centre_id, flow);
}

Result<FlowVersionRow> FlowStore::version(sql::Database& db, const Scope& scope,
                                          const std::string& flow, std::uint32_t number) {
    YS_TRY(const FlowRow row, known(db, scope, flow));
    YS_TRY(auto v, sql::select_one<FlowVersionRow>(
                       db, "FROM flow_versions WHERE centre_id = ? AND flow = ? AND number = ?",
                       row.centre_id, flow, number));
    if (!v) return Error{sql::errc::not_found, "a version of a flow"};
    return *std::move(v);
}

Result<FlowVersionRow> FlowStore::write(sql::Transaction& tx, const Scope& scope,
                                        const std::string& flow, const std::string& text,
                                        std::uint32_t based_on, const FlowStep& step) {
    YS_TRY(const FlowRow row, known(tx.db(), scope, flow));
    YS_TRY(const auto since,
           tx.db().value<std::uint32_t>(
               {},
               "SELECT COUNT(*) FROM flow_versions WHERE centre_id = ? AND flow = ?"
               " AND number > ? AND state <> 'dropped'",
               row.centre_id, flow, based_on));
    if (since > 0) return Error{sql::errc::stale, "a flow"};
    YS_TRY([[maybe_unused]] Done done, drop_all(tx, flow, "draft", step));
    YS_TRY(const FlowVersionRow v, add(tx, row.centre_id, flow, text, based_on, "draft", step));
    YS_TRY(done, tell(tx, v, "write", step.by, step.why, step.now));
    return v;
}

Result<Done> FlowStore::publish(sql::Transaction& tx, const Scope& scope, const std::string& flow,
                                std::uint32_t number, UtcTime from, const FlowStep& step) {
    YS_TRY(FlowVersionRow v, version(tx.db(), scope, flow, number));
    if (v.state != "draft") return not_in_that_state();
    return schedule(tx, std::move(v), "publish", from, step);
}

Result<Done> FlowStore::drop(sql::Transaction& tx, const Scope& scope, const std::string& flow,
                             std::uint32_t number, const FlowStep& step) {
    YS_TRY(FlowVersionRow v, version(tx.db(), scope, flow, number));
    if (v.state != "draft") return not_in_that_state();
    v.state = "dropped";
    YS_TRY([[maybe_unused]] const Done done, save(tx, v));
    return tell(tx, v, "drop", step.by, step.why, step.now);
}

Result<Done> FlowStore::withdraw(sql::Transaction& tx, const Scope& scope, const std::string& flow,
                                 std::uint32_t number, const FlowStep& step) {
    YS_TRY(FlowVersionRow v, version(tx.db(), scope, flow, number));
    if (v.state != "scheduled") return not_in_that_state();
    // Somebody may have begun another draft since.
    YS_TRY(const auto drafts, in_state(tx, flow, "draft"));
    v.state = drafts.empty() ? "draft" : "dropped";
    v.from_at.reset();
    YS_TRY([[maybe_unused]] const Done done, save(tx, v));
    return tell(tx, v, "withdraw", step.by, step.why, step.now);
}

Result<FlowVersionRow> FlowStore::roll_back(sql::Transaction& tx, const Scope& scope,
                                            const std::string& flow, std::uint32_t number,
                                            UtcTime from, const FlowStep& step) {
    YS_TRY(const FlowVersionRow old, version(tx.db(), scope, flow, number));
    if (old.state != "past" && old.state != "dropped") return not_in_that_state();
    YS_TRY(FlowVersionRow v, add(tx, old.centre_id, flow, old.text, old.number, "draft", step));
    YS_TRY([[maybe_unused]] const Done done, schedule(tx, v, "roll_back", from, step));
    return version(tx.db(), scope, flow, v.number);
}

Result<std::vector<FlowVersionRow>> FlowStore::due(sql::Database& db, UtcTime now) {
    return sql::select<FlowVersionRow>(
        db, "FROM flow_versions WHERE state = 'scheduled' AND from_at <= ? ORDER BY from_at", now);
}

Result<std::optional<UtcTime>> FlowStore::next_due(sql::Database& db) {
    std::optional<UtcTime> out;
    YS_TRY([[maybe_unused]] const auto read,
           db.each("SELECT from_at FROM flow_versions WHERE state = 'scheduled'"
                   " ORDER BY from_at LIMIT 1",
                   [&](const sql::Row& row) { row.get(0, out); }));
    return out;
}

Result<Done> FlowStore::put_in_force(sql::Transaction& tx, const FlowVersionRow& wanted,
                                     UtcTime now) {
    YS_TRY(FlowVersionRow v,
           version(tx.db(), Scope::of(wanted.centre_id), wanted.flow, wanted.number));
    if (v.state != "scheduled") return not_in_that_state();
    YS_TRY(auto before, in_state(tx, v.flow, "in_force"));
    for (FlowVersionRow& each : before) {
        each.state = "past";
        each.until_at = now;
        YS_TRY([[maybe_unused]] const Done saved, save(tx, each));
    }
    v.state = "in_force";
    v.in_force_at = now;
    YS_TRY([[maybe_unused]] Done done, save(tx, v));
    YS_TRY(done, sql::found(tx.db().run("UPDATE flows SET in_force = ? WHERE centre_id = ?"
                                        " AND name = ?",
                                        v.number, v.centre_id, v.flow),
                            "a flow"));
    return tell(tx, v, "in_force", {}, v.publish_why, now);
}

Result<Done> FlowStore::refuse(sql::Transaction& tx, const FlowVersionRow& wanted,
                               const std::string& faults, UtcTime now) {
    YS_TRY(FlowVersionRow v,
           version(tx.db(), Scope::of(wanted.centre_id), wanted.flow, wanted.number));
    if (v.state != "scheduled") return not_in_that_state();
    YS_TRY(const auto drafts, in_state(tx, v.flow, "draft"));
    v.state = drafts.empty() ? "draft" : "dropped";
    v.refused = faults;
    YS_TRY([[maybe_unused]] const Done done, save(tx, v));
    return tell(tx, v, "refuse", {}, faults, now);
}

Result<std::map<std::string, std::string>> FlowStore::texts_in_force(sql::Database& db) {
    std::map<std::string, std::string> out;
    YS_TRY([[maybe_unused]] const auto read,
           db.each("SELECT flow, text FROM flow_versions WHERE state = 'in_force'",
                   [&](const sql::Row& row) {
                       std::string name;
                       row.get(0, name);
                       row.get(1, out[name]);
                   }));
    return out;
}

Result<Done> FlowStore::take_file(sql::Transaction& tx, CentreId centre, const std::string& flow,
                                  const std::string& text, UtcTime now) {
    YS_TRY(const auto all,
           sql::select<FlowVersionRow>(
               tx.db(), "FROM flow_versions WHERE flow = ? ORDER BY number DESC", flow));
    if (all.empty()) {
        const FlowRow row{flow, centre, 0};
        YS_TRY([[maybe_unused]] const auto n, sql::insert(tx, "flows", row));
        YS_TRY(const FlowVersionRow v, add(tx, centre, flow, text, 0, "draft", {.now = now}));
        YS_TRY([[maybe_unused]] const Done done, schedule(tx, v, "publish", now, {.now = now}));
        return put_in_force(tx, v, now);
    }
    const auto came = std::ranges::find_if(
        all, [](const FlowVersionRow& v) { return v.written_by == UserId{} && v.why.empty(); });
    if (came != all.end() && came->text == text) return Done{};
    const auto is_ours = [](const FlowVersionRow& v) { return v.written_by == UserId{}; };
    if (std::ranges::all_of(all, is_ours)) {
        YS_TRY([[maybe_unused]] const auto v, force(tx, flow, text, {.now = now}));
        return Done{};
    }
    const bool has_draft = std::ranges::count(all, "draft", &FlowVersionRow::state) > 0;
    YS_TRY(const FlowVersionRow v,
           add(tx, all.front().centre_id, flow, text, came == all.end() ? 0 : came->number,
               has_draft ? "dropped" : "draft", {.now = now}));
    return tell(tx, v, "write", {}, "", now);
}

Result<FlowVersionRow> FlowStore::force(sql::Transaction& tx, const std::string& flow,
                                        const std::string& text, const FlowStep& step) {
    YS_TRY(const auto row, sql::select_one<FlowRow>(tx.db(), "FROM flows WHERE name = ?", flow));
    if (!row) return Error{sql::errc::not_found, "a flow"};
    YS_TRY(const FlowVersionRow v,
           add(tx, row->centre_id, flow, text, row->in_force, "draft", step));
    YS_TRY([[maybe_unused]] Done done, schedule(tx, v, "publish", step.now, step));
    YS_TRY(done, put_in_force(tx, v, step.now));
    return v;
}

}  // namespace ys::interactions
