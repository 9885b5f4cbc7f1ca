// SPDX-License-Identifier: Apache-2.0
#include "centres/io/user_store.h"

#include "base/text.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::centres {
namespace {

constexpr std::string_view tables = R"(
CREATE TABLE centres (id ID_KEY, parent_id BIGINT NOT NULL, name TEXT NOT NULL,
  wrap_up_max_s BIGINT NOT NULL);
CREATE TABLE users (id ID_KEY, centre_id BIGINT NOT NULL REFERENCES centres (id),
  login TEXT NOT NULL UNIQUE, work_number TEXT NOT NULL, name TEXT NOT NULL,
  password_hash TEXT NOT NULL, roles TEXT NOT NULL, is_active BIGINT NOT NULL,
  seat_kind TEXT NOT NULL, seat_address TEXT NOT NULL);
CREATE UNIQUE INDEX users_by_work_number ON users (centre_id, work_number) WHERE work_number <> '';
CREATE TABLE sessions (token_hash TEXT PRIMARY KEY,
  user_id BIGINT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  created_at BIGINT NOT NULL, expires_at BIGINT NOT NULL, csrf TEXT NOT NULL);
CREATE INDEX sessions_by_user ON sessions (user_id);
)";

}  // namespace

const sql::Schema& schema() {
    static const sql::Schema it{"centres", {sql::for_both(1, tables)}};
    return it;
}

Result<CentreTree> tree_of(const std::vector<CentreRow>& rows) {
    CentreTree tree;
    for (const CentreRow& row : rows) {
        YS_TRY([[maybe_unused]] const Done added, tree.add(row.id, row.parent_id));
    }
    return tree;
}

bool has_role(std::string_view roles, std::string_view role) {
    for (const std::string_view each : split(roles, ','))
        if (trimmed(each) == role) return true;
    return false;
}

Result<CentreId> UserStore::put_centre(sql::Transaction& tx, CentreRow centre) {
    YS_TRY(centre.id.value, sql::own_number(tx, "centres", centre.id.value));
    YS_TRY([[maybe_unused]] const auto n, sql::put(tx, "centres", centre));
    return centre.id;
}

Result<Done> UserStore::rename_centre(sql::Transaction& tx, CentreId centre,
                                      const std::string& name) {
    return sql::found(tx.db().run("UPDATE centres SET name = ? WHERE id = ?", name, centre),
                      "renaming a centre");
}

Result<std::vector<CentreRow>> UserStore::centres(sql::Database& db, const Scope& scope) {
    const sql::Where where(scope, "id");
    return sql::select_with<CentreRow>(db, "FROM centres" + where.text() + " ORDER BY id",
                                       where.values());
}

Result<std::vector<CentreRow>> UserStore::all_centres(sql::Database& db) {
    return sql::select<CentreRow>(db, "FROM centres ORDER BY id");
}

Result<UserId> UserStore::put_user(sql::Transaction& tx, UserRow user) {
    YS_TRY(user.id.value, sql::own_number(tx, "users", user.id.value));
    YS_TRY([[maybe_unused]] const auto n, sql::put(tx, "users", user));
    return user.id;
}

Result<std::optional<UserRow>> UserStore::user(sql::Database& db, const Scope& scope, UserId id) {
    sql::Where where(scope, "centre_id");
    where.also("id = ?", id);
    return sql::select_one_with<UserRow>(db, "FROM users" + where.text(), where.values());
}

Result<std::vector<UserRow>> UserStore::users(sql::Database& db, const Scope& scope) {
    const sql::Where where(scope, "centre_id");
    return sql::select_with<UserRow>(db, "FROM users" + where.text() + " ORDER BY work_number, id",
                                     where.values());
}

Result<Done> UserStore::set_password(sql::Transaction& tx, CentreId centre, UserId id,
                                     const Secret<std::string>& hash) {
    return sql::found(
        tx.db().run("UPDATE users SET password_hash = ? WHERE centre_id = ? AND id = ?", hash,
                    centre, id),
        "setting a password");
}

Result<Done> UserStore::set_active(sql::Transaction& tx, CentreId centre, UserId id, bool active) {
    return sql::found(tx.db().run("UPDATE users SET is_active = ? WHERE centre_id = ? AND id = ?",
                                  active, centre, id),
                      "switching a user");
}

Result<std::optional<UserRow>> UserStore::find_login(sql::Database& db, std::string_view login) {
    return sql::select_one<UserRow>(db, "FROM users WHERE login = ?", login);
}

Result<std::optional<UserStore::Signed>> UserStore::find_session(sql::Database& db,
                                                                 std::string_view token_hash,
                                                                 UtcTime now) {
    std::optional<Signed> out;
    static const std::string text =
        "SELECT " + sql::columns<SessionRow>("s.") + ", " + sql::columns<UserRow>("u.") +
        " FROM sessions s JOIN users u ON u.id = s.user_id"
        " WHERE s.token_hash = ? AND s.expires_at > ? AND u.is_active = 1";
    YS_TRY([[maybe_unused]] const auto read,
           db.each(
               text,
               [&](const sql::Row& row) {
                   constexpr auto user_at = boost::mp11::mp_size<sql::fields_of<SessionRow>>::value;
                   out.emplace(sql::read_row<SessionRow>(row),
                               sql::read_row<UserRow>(row, user_at));
               },
               token_hash, now));
    return out;
}

Result<Done> UserStore::add_session(sql::Transaction& tx, const SessionRow& session) {
    return sql::done(sql::insert(tx, "sessions", session));
}

Result<Done> UserStore::delete_session(sql::Transaction& tx, std::string_view token_hash) {
    return sql::done(tx.db().run("DELETE FROM sessions WHERE token_hash = ?", token_hash));
}

Result<Done> UserStore::delete_sessions_of(sql::Transaction& tx, UserId user) {
    return sql::done(tx.db().run("DELETE FROM sessions WHERE user_id = ?", user));
}

Result<Done> UserStore::delete_expired_sessions(sql::Transaction& tx, UtcTime now) {
    return sql::done(tx.db().run("DELETE FROM sessions WHERE expires_at <= ?", now));
}

}  // namespace ys::centres
