// SPDX-License-Identifier: Apache-2.0
// Centres, the people who work in them, and their sessions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/secret.h"
#include "centres/centre_tree.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::centres {

const sql::Schema& schema();

struct CentreRow {
    CentreId id{};
    CentreId parent_id{};  ///< none for the head
    std::string name{};
    std::int64_t wrap_up_max_s = 60;
};
BOOST_DESCRIBE_STRUCT(CentreRow, (), (id, parent_id, name, wrap_up_max_s))

/// errors  invalid_argument when a centre stands before its parent
Result<CentreTree> tree_of(const std::vector<CentreRow>& rows);

struct UserRow {
    UserId id{};
    CentreId centre_id{};
    std::string login{};        ///< unique over all centres, kept as typed
    std::string work_number{};  ///< 工号, unique within the centre unless empty
    std::string name{};
    Secret<std::string> password_hash{};  ///< Argon2id, encoded
    std::string roles{};  ///< "agent,supervisor": agent supervisor quality knowledge admin
    bool is_active = true;
    std::string seat_kind = "Browser";  ///< SeatKind: Browser SipPhone OutsideNumber
    std::string seat_address{};
};
BOOST_DESCRIBE_STRUCT(UserRow, (),
                      (id, centre_id, login, work_number, name, password_hash, roles, is_active,
                       seat_kind, seat_address))

/// True when `role` is one of the words of `roles`.
bool has_role(std::string_view roles, std::string_view role);

struct SessionRow {
    std::string token_hash{};  ///< never the token itself
    UserId user_id{};
    UtcTime created_at{};
    UtcTime expires_at{};
    Secret<std::string> csrf{};
};
BOOST_DESCRIBE_STRUCT(SessionRow, (), (token_hash, user_id, created_at, expires_at, csrf))

/// Every error is a sql::errc.
class UserStore {
public:
    /// Inserts or replaces; id 0 gets a new one.
    static Result<CentreId> put_centre(sql::Transaction& tx, CentreRow centre);
    /// errors  not_found
    static Result<Done> rename_centre(sql::Transaction& tx, CentreId centre,
                                      const std::string& name);
    static Result<std::vector<CentreRow>> centres(sql::Database& db, const Scope& scope);
    /// Every centre there is: to build scopes and at start-up, never for a screen.
    static Result<std::vector<CentreRow>> all_centres(sql::Database& db);

    /// Inserts or replaces; id 0 gets a new one. unique_violation when login or work number is
    /// taken.
    static Result<UserId> put_user(sql::Transaction& tx, UserRow user);
    static Result<std::optional<UserRow>> user(sql::Database& db, const Scope& scope, UserId id);
    /// Of the scope, by work number; also those who are not active.
    static Result<std::vector<UserRow>> users(sql::Database& db, const Scope& scope);
    /// not_found when the user is not of this centre.
    static Result<Done> set_password(sql::Transaction& tx, CentreId centre, UserId id,
                                     const Secret<std::string>& hash);
    static Result<Done> set_active(sql::Transaction& tx, CentreId centre, UserId id, bool active);

    // Before anybody is known there is no centre: these two find it.
    static Result<std::optional<UserRow>> find_login(sql::Database& db, std::string_view login);
    /// The session and its user; nothing when it has expired or the user is not active.
    struct Signed {
        SessionRow session;
        UserRow user;
    };
    static Result<std::optional<Signed>> find_session(sql::Database& db,
                                                      std::string_view token_hash, UtcTime now);

    static Result<Done> add_session(sql::Transaction& tx, const SessionRow& session);
    static Result<Done> delete_session(sql::Transaction& tx, std::string_view token_hash);
    static Result<Done> delete_sessions_of(sql::Transaction& tx, UserId user);
    static Result<Done> delete_expired_sessions(sql::Transaction& tx, UtcTime now);
};

}  // namespace ys::centres
