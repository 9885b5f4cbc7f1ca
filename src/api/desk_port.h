// SPDX-License-Identifier: Apache-2.0
// What the desk's WebSocket asks of the rest: the server side of docs/desk-protocol.md, without
// sockets. Everything here runs on the control loop.
#pragma once

#include <string_view>

#include <boost/json.hpp>

#include "base/id.h"
#include "base/result.h"

namespace ys::api {

struct DeskPort {
    virtual ~DeskPort() = default;
    /// The user's first desk socket opened.
    virtual void connected(UserId user) = 0;
    /// The user's last desk socket closed (page closed, network gone, session revoked).
    virtual void disconnected(UserId user) = 0;
    /// The socket that sent the last `answer` or `offer` closed while others stay open: its peer
    /// connection is gone with its page.
    virtual void media_page_closed(UserId) {}
    /// A further socket opened, or a page was reloaded: its hello has been sent, with desk().
    virtual void page_opened(UserId) {}
    /// The `desk` of `hello`: the DeskView as JSON, or null when the user has none.
    virtual boost::json::value desk(UserId user) = 0;
    /// name    one of the commands of docs/desk-protocol.md (checked), except ping
    /// errors  api::refused("not_in_a_call"): answered with `refused` and that code
    virtual Result<Done> command(UserId user, std::string_view name,
                                 const boost::json::object& args) = 0;
};

}  // namespace ys::api
