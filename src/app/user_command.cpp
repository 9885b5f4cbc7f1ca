// SPDX-License-Identifier: Apache-2.0
// `yingsheng user`: the people of a hotline, from the command line.
#include <fstream>
#include <iostream>
#include <iterator>

#include <boost/json.hpp>

#include "app/commands.h"
#include "app/seed.h"
#include "base/text.h"
#include "centres/io/user_store.h"
#include "centres/role.h"
#include "platform/password/password.h"

namespace ys::app {
namespace {

using centres::UserRow;
using centres::UserStore;

Error wrong(std::string note) { return Error{std::errc::invalid_argument, std::move(note)}; }

Result<Secret<std::string>> read_password(const std::string& file) {
    std::string text;
    if (file == "-") {
        std::getline(std::cin, text);
    } else {
        std::ifstream in{file};
        if (!in) return Error{std::errc::no_such_file_or_directory, "password file " + file};
        std::getline(in, text);
    }
    YS_TRY(std::string hash, password::hash(Secret<std::string>{text}));
    return Secret<std::string>{std::move(hash)};
}

boost::json::object told(const UserRow& user) {
    return {{"id", user.id.value},         {"login", user.login},
            {"name", user.name},           {"work_number", user.work_number},
            {"roles", user.roles},         {"centre_id", user.centre_id.value},
            {"is_active", user.is_active}, {"seat_kind", user.seat_kind}};
}

Result<boost::json::array> list(sql::Database& db) {
    YS_TRY(const auto centres, UserStore::all_centres(db));
    Scope everywhere;
    for (const auto& centre : centres) everywhere.centres.push_back(centre.id);
    YS_TRY(const auto users, UserStore::users(db, everywhere));
    boost::json::array out;
    for (const UserRow& user : users) out.push_back(told(user));
    return out;
}

Result<boost::json::array> add(sql::Transaction& tx, const UserFlags& flags) {
    if (flags.name.empty() || flags.roles.empty() || flags.password_file.empty())
        return wrong("user add needs --name, --roles and --password-file");
    for (const auto role : split(flags.roles, ','))
        if (!centres::role_named(role)) return wrong("no role is called " + std::string{role});
    UserRow user{.centre_id = CentreId{flags.centre},
                 .login = flags.login,
                 .work_number = flags.work_number,
                 .name = flags.name,
                 .roles = flags.roles};
    YS_TRY(user.password_hash, read_password(flags.password_file));
    YS_TRY(user.id, UserStore::put_user(tx, user));
    return boost::json::array{told(user)};
}

Result<boost::json::array> change(sql::Transaction& tx, const UserFlags& flags) {
    YS_TRY(auto user, UserStore::find_login(tx.db(), flags.login));
    if (!user) return wrong("no user signs in as " + flags.login);
    if (flags.action == "password") {
        if (flags.password_file.empty()) return wrong("user password needs --password-file");
        YS_TRY(const auto hash, read_password(flags.password_file));
        YS_TRY([[maybe_unused]] const Done done,
               UserStore::set_password(tx, user->centre_id, user->id, hash));
    } else {
        user->is_active = flags.action == "enable";
        YS_TRY([[maybe_unused]] const Done done,
               UserStore::set_active(tx, user->centre_id, user->id, user->is_active));
    }
    // A changed or closed account is signed out everywhere.
    YS_TRY([[maybe_unused]] const Done out, UserStore::delete_sessions_of(tx, user->id));
    return boost::json::array{told(*user)};
}

Result<boost::json::array> act(const UserFlags& flags) {
    YS_TRY(auto db, sql::Database::open(flags.store.url()));
    YS_TRY([[maybe_unused]] const Done migrated, migrate_all(db));
    if (flags.action == "list") return list(db);
    if (flags.login.empty()) return wrong("say the login name");
    YS_TRY(auto tx, sql::Transaction::begin(db));
    auto users = flags.action == "add" ? add(tx, flags) : change(tx, flags);
    if (!users) return users;
    YS_TRY([[maybe_unused]] const Done done, tx.commit());
    return users;
}

}  // namespace

int run_user(const UserFlags& flags) {
    const auto users = act(flags);
    if (!users) {
        print_error(users.error(), flags.store.as_json);
        return users.error().code == std::errc::invalid_argument ? exit_wrong_use : exit_failed;
    }
    if (flags.store.as_json) {
        std::cout << boost::json::serialize(*users) << "\n";
        return exit_done;
    }
    for (const auto& user : *users) {
        const auto& o = user.as_object();
        std::cout << o.at("login").as_string().c_str() << "  " << o.at("name").as_string().c_str()
                  << "  " << o.at("roles").as_string().c_str()
                  << (o.at("is_active").as_bool() ? "" : "  (closed)") << "\n";
    }
    return exit_done;
}

}  // namespace ys::app
