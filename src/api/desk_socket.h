// SPDX-License-Identifier: Apache-2.0
// One open desk page: its commands in, its messages out (docs/desk-protocol.md).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "api/desk_request.h"
#include "api/desk_sockets.h"
#include "api/session_user.h"
#include "platform/http/message.h"
#include "platform/task/task.h"

namespace ys::api {

class Api;
class Sessions;

/// Commands one page may send: so many at once, and so many a second afterwards.
inline constexpr double commands_burst = 60;
inline constexpr double commands_per_second = 20;

/// The right a command needs; nothing when there is no such command.
std::optional<centres::Action> action_of_command(std::string_view name);

/// session  what hello carries
std::shared_ptr<http::WebSocketHandler> make_desk_socket(Api& api, SessionUser user,
                                                         boost::json::value session);

/// Closes every socket whose session is gone or whose user has lost it; updates roles of the rest.
asio::awaitable<void> recheck_sockets(DeskSockets& desks, Sessions& sessions);

}  // namespace ys::api
