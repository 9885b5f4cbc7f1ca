// SPDX-License-Identifier: Apache-2.0
// Who asks: the user of a session, as every handler and socket gets it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/secret.h"
#include "base/time.h"
#include "centres/authorisation.h"
#include "centres/io/user_store.h"
#include "platform/sql/scope.h"

namespace ys::api {

struct SessionUser {
    centres::User user;
    std::string login, name, work_number;
    std::string seat_kind;  ///< "browser" "sip_phone" "outside_number"
    std::string seat_address;
    std::string token_hash;  ///< names the session; the token itself is nowhere kept
    Secret<std::string> csrf;
    UtcTime expires_at;
};

SessionUser session_user(const centres::UserStore::Signed& row);

/// Names of a Roles value, as in the protocol.
std::vector<std::string> role_names(centres::Roles roles);
centres::Roles roles_of(std::string_view words);

}  // namespace ys::api
