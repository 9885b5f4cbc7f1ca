// SPDX-License-Identifier: Apache-2.0
// The session as the browser sees it: the answer to signing in and part of the desk's hello.
#pragma once

#include <string>
#include <vector>

#include "api/session_user.h"
#include "base/described.h"
#include "platform/task/task.h"

namespace ys::api {

class Api;

struct UserView {
    UserId id;
    std::string login, name, work_number;
    std::vector<std::string> roles;
    CentreId centre_id;
    std::string centre_name;
    std::string seat_kind, seat_address;
};
BOOST_DESCRIBE_STRUCT(UserView, (),
                      (id, login, name, work_number, roles, centre_id, centre_name, seat_kind,
                       seat_address))

struct SessionView {
    UserView user;
    std::string csrf;
    UtcTime server_time;
    std::string version;
    std::string hotline;
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (user, csrf, server_time, version, hotline))

Task<SessionView> session_view(Api& api, const SessionUser& user);

}  // namespace ys::api
