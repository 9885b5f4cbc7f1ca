// SPDX-License-Identifier: Apache-2.0
// One open desk page: its commands in, its messages out (docs/desk-protocol.md).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json.hpp>

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

struct DeskRequest {
    std::int64_t id = 0;
    std::string name;
    boost::json::object args;
};
/// A command as it comes over the socket; at most 32 levels deep.
/// errors  bad_json, bad_request
Result<DeskRequest> parse_desk_request(std::string_view text);

/// The right a command needs; nothing when there is no such command.
std::optional<centres::Action> action_of_command(std::string_view name);

/// session  what hello carries
std::shared_ptr<http::WebSocketHandler> make_desk_socket(Api& api, SessionUser user,
                                                         boost::json::value session);

/// Closes every socket whose session is gone or whose user has lost it; updates roles of the rest.
asio::awaitable<void> recheck_sockets(DeskSockets& desks, Sessions& sessions);

}  // namespace ys::api
