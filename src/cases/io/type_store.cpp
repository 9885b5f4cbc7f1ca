// SPDX-License-Identifier: Apache-2.0
#include "cases/io/type_store.h"

#include <algorithm>

#include "cases/io/case_type_json.h"
#include "cases/io/rule_store.h"
#include "platform/json/described_json.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::cases {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE case_types (id ID_KEY, centre_id BIGINT NOT NULL, code TEXT NOT NULL,
  version BIGINT NOT NULL, body TEXT NOT NULL, changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL, reason TEXT NOT NULL);
CREATE UNIQUE INDEX case_types_by_version ON case_types (centre_id, code, version);
CREATE TABLE case_answers (case_id ID_KEY, centre_id BIGINT NOT NULL,
  type_centre_id BIGINT NOT NULL, type TEXT NOT NULL, type_version BIGINT NOT NULL,
  class_code TEXT NOT NULL, answers TEXT NOT NULL, changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL);
)";

constexpr std::string_view with_newest =
    "version = (SELECT MAX(n.version) FROM case_types n"
    " WHERE n.centre_id = case_types.centre_id AND n.code = case_types.code)";

struct TypeRow {
    std::uint64_t id = 0;
    CentreId centre_id{};
    std::string code{};
    std::int64_t version = 0;
    std::string body{};
    UtcTime changed_at{};
    UserId changed_by{};
    std::string reason{};
};
BOOST_DESCRIBE_STRUCT(TypeRow, (),
                      (id, centre_id, code, version, body, changed_at, changed_by, reason))

Result<KnownType> known(const TypeRow& row) {
    YS_TRY(const TypeText text, json::from_json<TypeText>(row.body));
    YS_TRY(CaseType type, type_of(text, static_cast<int>(row.version)));
    return KnownType{row.centre_id, std::move(type), row.changed_at, row.changed_by, row.reason};
}

Result<std::vector<KnownType>> all_known(const std::vector<TypeRow>& rows) {
    std::vector<KnownType> out;
    for (const TypeRow& row : rows) {
        YS_TRY(out.emplace_back(), known(row));
    }
    return out;
}

Result<std::vector<TypeRow>> rows_where(sql::Database& db, const sql::Where& where,
                                        std::string_view order) {
    return sql::select_with<TypeRow>(
        db, "FROM case_types" + where.text() + " ORDER BY " + std::string(order), where.values());
}

/// 0 for the centre itself.
std::size_t distance(const Lineage& lineage, CentreId centre) {
    return static_cast<std::size_t>(std::ranges::find(lineage, centre) - lineage.begin());
}

/// The nearest centre's row, nothing when there is none.
std::optional<TypeRow> nearest(const Lineage& lineage, std::vector<TypeRow> rows) {
    const auto it = std::ranges::min_element(
        rows, {}, [&](const TypeRow& row) { return distance(lineage, row.centre_id); });
    if (it == rows.end()) return std::nullopt;
    return std::move(*it);
}

Result<std::optional<KnownType>> maybe_known(const std::optional<TypeRow>& row) {
    if (!row) return std::optional<KnownType>{};
    YS_TRY(KnownType type, known(*row));
    return std::optional(std::move(type));
}

}  // namespace

const sql::Schema& type_schema() {
    static const sql::Schema it{"case_types",
                                {sql::for_both(1, tables), sql::for_both(2, case_rules_tables)}};
    return it;
}

void take_type(CaseRow& row, const CaseType& type) {
    row.nature = word(type.nature);
    row.kind_title = type.title;
    row.is_confidential = row.is_confidential || type.is_confidential;
    const Urgency urgency = std::max(type.urgency, urgency_of(row.urgency));
    row.urgency = urgency == Urgency::Ordinary ? "normal" : word(urgency);
}

Result<CaseRow> with_type(sql::Database& db, CentreId centre, CaseRow row) {
    YS_TRY(const Lineage lineage, TypeStore::lineage(db, centre));
    YS_TRY(const auto known, TypeStore::newest(db, lineage, row.kind));
    if (known) take_type(row, known->type);
    return row;
}

Answers answers_of(const AnswersRow& row) {
    const auto read = json::from_json<Answers>(row.answers);
    // What cannot be opened any more is shown as not there: a page is better than none.
    return read ? *read : Answers{};
}

Private sealed(const Answers& answers) { return json::to_json(answers); }

Result<KnownType> TypeStore::put(sql::Transaction& tx, const Lineage& lineage, CaseType type,
                                 const TypeChange& change) {
    YS_TRY(const auto there, versions(tx.db(), lineage, type.code));
    YS_TRY(auto now, newest(tx.db(), lineage, type.code));
    if (change.based_on != (now ? now->type.version : 0))
        return Error{sql::errc::stale, "changing a case type"};
    if (now) {
        type.version = now->type.version;
        if (type == now->type) return *std::move(now);
    }
    // Above all that are above, so that a number means one thing in a centre.
    type.version = there.empty() ? 1 : there.front().type.version + 1;
    TypeRow row{.centre_id = lineage.front(),
                .code = type.code,
                .version = type.version,
                .body = json::to_json(text_of(type)),
                .changed_at = change.now,
                .changed_by = change.user,
                .reason = change.reason};
    YS_TRY(row.id, sql::next_number(tx, "case_types"));
    YS_TRY([[maybe_unused]] const auto inserted, sql::insert(tx, "case_types", row));
    return KnownType{row.centre_id, std::move(type), change.now, change.user, change.reason};
}

Result<std::vector<KnownType>> TypeStore::newest(sql::Database& db, const Lineage& lineage) {
    sql::Where where(Scope{lineage}, "centre_id");
    where.also(with_newest);
    YS_TRY(std::vector<TypeRow> rows,
           rows_where(db, where,
                      "(SELECT MIN(f.id) FROM case_types f"
                      " WHERE f.centre_id = case_types.centre_id AND f.code = case_types.code)"));
    std::vector<TypeRow> shown;
    for (TypeRow& row : rows) {
        const auto same = std::ranges::find(shown, row.code, &TypeRow::code);
        if (same == shown.end())
            shown.push_back(std::move(row));
        else if (distance(lineage, row.centre_id) < distance(lineage, same->centre_id))
            *same = std::move(row);
    }
    return all_known(shown);
}

Result<std::optional<KnownType>> TypeStore::newest(sql::Database& db, const Lineage& lineage,
                                                   std::string_view code) {
    sql::Where where(Scope{lineage}, "centre_id");
    where.also("code = ?", code).also(with_newest);
    YS_TRY(std::vector<TypeRow> rows, rows_where(db, where, "id"));
    return maybe_known(nearest(lineage, std::move(rows)));
}

Result<std::vector<KnownType>> TypeStore::versions(sql::Database& db, const Lineage& lineage,
                                                   std::string_view code) {
    sql::Where where(Scope{lineage}, "centre_id");
    where.also("code = ?", code);
    YS_TRY(const std::vector<TypeRow> rows, rows_where(db, where, "version DESC, id DESC"));
    return all_known(rows);
}

Result<std::optional<KnownType>> TypeStore::find(sql::Database& db, const Lineage& lineage,
                                                 std::string_view code, std::int64_t version) {
    sql::Where where(Scope{lineage}, "centre_id");
    where.also("code = ?", code).also("version = ?", version);
    YS_TRY(std::vector<TypeRow> rows, rows_where(db, where, "id"));
    return maybe_known(nearest(lineage, std::move(rows)));
}

Result<Lineage> TypeStore::lineage(sql::Database& db, CentreId centre) {
    constexpr std::size_t depth_max = 32;
    Lineage out{centre};
    while (out.size() < depth_max) {
        YS_TRY(const CentreId above,
               db.value<CentreId>({}, "SELECT parent_id FROM centres WHERE id = ?", out.back()));
        if (!above) break;
        out.push_back(above);
    }
    return out;
}

Result<Done> TypeStore::leave_form_open(sql::Transaction& tx, const CaseRow& row, UtcTime now) {
    YS_TRY(const auto there, answers(tx.db(), Scope::of(row.centre_id), row.id));
    YS_TRY(const Lineage above, lineage(tx.db(), row.centre_id));
    YS_TRY(const auto known, newest(tx.db(), above, row.kind));
    if (there || !known) return Done{};
    return put_answers(tx, {.case_id = row.id,
                            .centre_id = row.centre_id,
                            .type_centre_id = known->centre,
                            .type = known->type.code,
                            .type_version = known->type.version,
                            .answers = sealed(Answers{}),
                            .changed_at = now});
}

Result<Done> TypeStore::put_answers(sql::Transaction& tx, const AnswersRow& row) {
    return sql::put_soon(tx, "case_answers", row, "case_id");
}

Result<std::optional<AnswersRow>> TypeStore::answers(sql::Database& db, const Scope& scope,
                                                     CaseId id) {
    sql::Where where(scope, "centre_id");
    where.also("case_id = ?", id);
    return sql::select_one_with<AnswersRow>(db, "FROM case_answers" + where.text(), where.values());
}

}  // namespace ys::cases
