// SPDX-License-Identifier: Apache-2.0
#include "cases/io/view_store.h"

#include <algorithm>

#include "platform/sql/described_rows.h"

namespace ys::cases {

const sql::Schema& view_schema() {
    static const sql::Schema it{
        "case_views",
        {sql::for_both(1,
                       "CREATE TABLE case_views (id ID_KEY, user_id BIGINT NOT NULL,"
                       " name TEXT NOT NULL, query TEXT NOT NULL);"
                       "CREATE UNIQUE INDEX case_views_by_name ON case_views (user_id, name);")}};
    return it;
}

Result<ViewRow> ViewStore::put(sql::Transaction& tx, ViewRow row) {
    YS_TRY(const auto own, of(tx.db(), row.user_id));
    const auto same = std::ranges::find(own, row.name, &ViewRow::name);
    if (same != own.end()) {
        row.id = same->id;
    } else {
        if (own.size() >= views_max) return Error{std::errc::result_out_of_range, "saving a view"};
        YS_TRY(row.id.value, sql::next_number(tx, "case_views"));
    }
    YS_TRY([[maybe_unused]] const auto done, sql::put(tx, "case_views", row));
    return row;
}

Result<Done> ViewStore::drop(sql::Transaction& tx, UserId user, ViewId id) {
    YS_TRY(const auto changed,
           tx.db().run("DELETE FROM case_views WHERE id = ? AND user_id = ?", id, user));
    if (changed == 0) return Error{sql::errc::not_found, "dropping a view"};
    return Done{};
}

Result<std::vector<ViewRow>> ViewStore::of(sql::Database& db, UserId user) {
    return sql::select<ViewRow>(db, "FROM case_views WHERE user_id = ? ORDER BY name", user);
}

}  // namespace ys::cases
