// SPDX-License-Identifier: Apache-2.0
#include "api/session_user.h"

#include "base/text.h"

namespace ys::api {

centres::Roles roles_of(std::string_view words) {
    centres::Roles roles;
    for (const std::string_view word : split(words, ','))
        if (const auto role = centres::role_named(trimmed(word))) roles.add(*role);
    return roles;
}

std::vector<std::string> role_names(centres::Roles roles) {
    std::vector<std::string> out;
    for (const centres::Role role : centres::all_roles)
        if (roles.has(role)) out.emplace_back(centres::name_of(role));
    return out;
}

SessionUser session_user(const centres::UserStore::Signed& row) {
    const centres::UserRow& user = row.user;
    SessionUser out;
    out.user = {.id = user.id,
                .centre = user.centre_id,
                .roles = roles_of(user.roles),
                .is_disabled = !user.is_active};
    out.login = user.login;
    out.name = user.name;
    out.work_number = user.work_number;
    out.seat_kind = user.seat_kind == "SipPhone"        ? "sip_phone"
                    : user.seat_kind == "OutsideNumber" ? "outside_number"
                                                        : "browser";
    out.seat_address = user.seat_address;
    out.token_hash = row.session.token_hash;
    out.csrf = row.session.csrf;
    out.expires_at = row.session.expires_at;
    return out;
}

}  // namespace ys::api
