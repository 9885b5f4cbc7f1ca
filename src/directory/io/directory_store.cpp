// SPDX-License-Identifier: Apache-2.0
#include "directory/io/directory_store.h"

#include <algorithm>

#include "base/opening_hours.h"
#include "centres/io/user_store.h"
#include "directory/io/document.h"
#include "interactions/io/setup_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/errc.h"
#include "platform/sql/where.h"

namespace ys::directory {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE directory_versions (number BIGINT PRIMARY KEY, centre_id BIGINT NOT NULL,
  state TEXT NOT NULL, entries TEXT NOT NULL, based_on BIGINT NOT NULL, written_by BIGINT NOT NULL,
  written_at BIGINT NOT NULL, why TEXT NOT NULL, published_by BIGINT NOT NULL,
  publish_why TEXT NOT NULL, published_at BIGINT, until_at BIGINT, document TEXT NOT NULL,
  key TEXT NOT NULL, signature TEXT NOT NULL);
CREATE INDEX directory_versions_state ON directory_versions (state);
)";

Error not_now() { return Error{std::errc::operation_not_permitted, "a version of the directory"}; }

Result<Done> tell(sql::Transaction& tx, const VersionRow& v, const char* verb, const Step& step) {
    const facts::Fact fact{step.now,
                           v.centre_id,
                           {},
                           AgentId{step.by.value},
                           facts::DirectoryMoved{v.number, verb, step.by.value}};
    return journal::Journal::append(tx, {&fact, 1});
}

Result<Done> save(sql::Transaction& tx, const VersionRow& v) {
    return sql::found(
        tx.db().run("UPDATE directory_versions SET state = ?, entries = ?, published_by = ?,"
                    " publish_why = ?, published_at = ?, until_at = ?, document = ?, key = ?,"
                    " signature = ? WHERE centre_id = ? AND number = ?",
                    v.state, v.entries, v.published_by, v.publish_why, v.published_at, v.until_at,
                    v.document, v.key, v.signature, v.centre_id, v.number),
        "a version of the directory");
}

Result<std::vector<VersionRow>> in_state(sql::Database& db, const char* state) {
    return sql::select<VersionRow>(
        db, "FROM directory_versions WHERE state = ? ORDER BY number DESC", state);
}

Result<VersionRow> version(sql::Database& db, const Scope& scope, std::uint32_t number) {
    YS_TRY(const auto v,
           sql::select_one<VersionRow>(db, "FROM directory_versions WHERE number = ?", number));
    if (!v || !scope.contains(v->centre_id))
        return Error{sql::errc::not_found, "a version of the directory"};
    return *v;
}

/// The centre that stands above all.
Result<CentreId> head_of(sql::Database& db) {
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    const auto head = std::ranges::find(centres, CentreId{}, &centres::CentreRow::parent_id);
    if (head == centres.end()) return Error{sql::errc::not_found, "a centre"};
    return head->id;
}

/// Hours of the queues that entries name, in them; a fault for each name that is none.
Result<std::vector<EntryFault>> look_up_hours(sql::Database& db, CentreId head,
                                              std::vector<Entry>& entries) {
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    YS_TRY(const auto setup, interactions::SetupStore::load(db));
    std::vector<EntryFault> out;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        Entry& each = entries[i];
        const auto centre = std::ranges::find(centres, each.centre, &centres::CentreRow::name);
        const std::string at = "entries." + std::to_string(i);
        if (!each.centre.empty() && centre == centres.end())
            out.push_back({at + ".centre", "unknown_centre"});
        if (each.queue.empty()) continue;
        const CentreId id = centre == centres.end() ? head : centre->id;
        const auto queue = std::ranges::find_if(
            setup.queues, [&](const auto& q) { return q.centre == id && q.name == each.queue; });
        if (queue == setup.queues.end())
            out.push_back({at + ".queue", "unknown_queue"});
        else
            each.hours = to_text(queue->hours);
    }
    return out;
}

/// errors  invalid_argument: every fault
Result<std::vector<Entry>> checked(sql::Database& db, CentreId head, std::vector<Entry> entries) {
    entries = tidied(std::move(entries));
    std::vector<EntryFault> all = faults(entries);
    if (entries.size() <= entries_max) {
        YS_TRY(const auto more, look_up_hours(db, head, entries));
        all.insert(all.end(), more.begin(), more.end());
    }
    if (all.empty()) return entries;
    std::string note;
    for (const EntryFault& each : all)
        note += (note.empty() ? "bad_field:" : ",") + each.field + "=" + std::string(each.code);
    return Error{std::errc::invalid_argument, note};
}

Result<VersionRow> add(sql::Transaction& tx, CentreId head, const std::vector<Entry>& entries,
                       std::uint32_t based_on, const Step& step) {
    VersionRow v;
    YS_TRY(v.number, tx.db().value<std::uint32_t>(
                         {}, "SELECT COALESCE(MAX(number), 0) + 1 FROM directory_versions"));
    v.centre_id = head;
    v.state = "draft";
    v.entries = entries_text(entries);
    v.based_on = based_on;
    v.written_by = step.by;
    v.written_at = step.now;
    v.why = step.why;
    YS_TRY([[maybe_unused]] const auto n, sql::insert(tx, "directory_versions", v));
    return v;
}

Result<VersionRow> put_in_force(sql::Transaction& tx, VersionRow v, const Press& press,
                                const char* verb, const Step& step) {
    YS_TRY(std::vector<Entry> entries, entries_of(v.entries));
    YS_TRY(entries, checked(tx.db(), v.centre_id, std::move(entries)));
    YS_TRY(auto before, in_state(tx.db(), "in_force"));
    for (VersionRow& each : before) {
        each.state = "past";
        each.until_at = step.now;
        YS_TRY([[maybe_unused]] const Done done, save(tx, each));
    }
    v.state = "in_force";
    v.entries = entries_text(entries);
    v.published_by = step.by;
    v.publish_why = step.why;
    v.published_at = step.now;
    v.document = document_text(press.name, v.number, step.now, entries);
    v.key = press.key->public_key();
    YS_TRY(v.signature, press.key->sign(v.document));
    YS_TRY([[maybe_unused]] Done done, save(tx, v));
    YS_TRY(done, tell(tx, v, verb, step));
    return v;
}

Result<Done> drop_drafts(sql::Transaction& tx, const Step& step) {
    YS_TRY(auto drafts, in_state(tx.db(), "draft"));
    for (VersionRow& each : drafts) {
        each.state = "dropped";
        YS_TRY([[maybe_unused]] Done done, save(tx, each));
        YS_TRY(done, tell(tx, each, "drop", step));
    }
    return Done{};
}

}  // namespace

const sql::Schema& directory_schema() {
    static const sql::Schema it{"directory", {sql::for_both(1, tables)}};
    return it;
}

Result<std::optional<VersionRow>> DirectoryStore::in_force(sql::Database& db) {
    return sql::select_one<VersionRow>(
        db, "FROM directory_versions WHERE state = 'in_force' ORDER BY number DESC LIMIT 1");
}

Result<std::vector<Entry>> DirectoryStore::entries_in_force(sql::Database& db) {
    YS_TRY(const auto row, in_force(db));
    if (!row) return std::vector<Entry>{};
    return entries_of(row->entries);
}

Result<std::vector<VersionRow>> DirectoryStore::versions(sql::Database& db, const Scope& scope) {
    const sql::Where where(scope, "centre_id");
    return sql::select_with<VersionRow>(db,
                                        "FROM directory_versions" + where.text() +
                                            " ORDER BY number DESC LIMIT " +
                                            std::to_string(versions_max),
                                        where.values());
}

Result<VersionRow> DirectoryStore::write(sql::Transaction& tx, const Scope& scope,
                                         std::vector<Entry> entries, std::uint32_t based_on,
                                         const Step& step) {
    YS_TRY(const CentreId head, head_of(tx.db()));
    if (!scope.contains(head)) return Error{sql::errc::not_found, "the directory"};
    YS_TRY(const auto since,
           tx.db().value<std::uint32_t>({},
                                        "SELECT COUNT(*) FROM directory_versions WHERE number > ?"
                                        " AND state <> 'dropped'",
                                        based_on));
    if (since > 0) return Error{sql::errc::stale, "the directory"};
    YS_TRY(entries, checked(tx.db(), head, std::move(entries)));
    YS_TRY([[maybe_unused]] Done done, drop_drafts(tx, step));
    YS_TRY(const VersionRow v, add(tx, head, entries, based_on, step));
    YS_TRY(done, tell(tx, v, "write", step));
    return v;
}

Result<VersionRow> DirectoryStore::publish(sql::Transaction& tx, const Scope& scope,
                                           std::uint32_t number, const Press& press,
                                           const Step& step) {
    YS_TRY(const VersionRow v, version(tx.db(), scope, number));
    if (v.state != "draft") return not_now();
    if (v.written_by == step.by)
        return Error{std::errc::permission_denied, "publishing one's own draft"};
    return put_in_force(tx, v, press, "publish", step);
}

Result<Done> DirectoryStore::drop(sql::Transaction& tx, const Scope& scope, std::uint32_t number,
                                  const Step& step) {
    YS_TRY(const VersionRow v, version(tx.db(), scope, number));
    if (v.state != "draft") return not_now();
    return drop_drafts(tx, step);
}

Result<Done> DirectoryStore::take_file(sql::Transaction& tx, CentreId head,
                                       std::vector<Entry> entries, const Press& press,
                                       UtcTime now) {
    if (entries.empty()) return Done{};
    YS_TRY(entries, checked(tx.db(), head, std::move(entries)));
    YS_TRY(const auto by_people,
           tx.db().value<std::uint32_t>({},
                                        "SELECT COUNT(*) FROM directory_versions"
                                        " WHERE written_by <> 0 AND state <> 'dropped'"));
    YS_TRY(const auto there, in_force(tx.db()));
    const bool is_same = there && there->entries == entries_text(entries);
    if (by_people > 0 || is_same) return Done{};
    const Step step{{}, "", now};
    YS_TRY(const VersionRow v, add(tx, head, entries, there ? there->number : 0, step));
    YS_TRY([[maybe_unused]] const VersionRow published,
           put_in_force(tx, v, press, "publish", step));
    return Done{};
}

Result<std::vector<std::string>> DirectoryStore::moved_hours(sql::Database& db, CentreId head,
                                                             const std::vector<Entry>& entries) {
    std::vector<Entry> now = entries;
    YS_TRY([[maybe_unused]] const auto unknown, look_up_hours(db, head, now));
    std::vector<std::string> out;
    for (std::size_t i = 0; i < now.size(); ++i)
        if (now[i].hours != entries[i].hours) out.push_back(now[i].code);
    return out;
}

}  // namespace ys::directory
