// SPDX-License-Identifier: Apache-2.0
// A citizen's call from a web page, without sockets: the server side of `/api/v1/web-call`.
// Everything here runs on the control loop.
#pragma once

#include <string>

#include <boost/json.hpp>

#include "base/id.h"
#include "base/result.h"

namespace ys::api {

using WebCallId = Id<struct WebCallTag>;  ///< One socket of a citizen's page; never used twice.

struct WebCallPort {
    virtual ~WebCallPort() = default;
    /// A page sent its first offer over a socket opened with a valid token.
    /// number  the hotline number the token was issued for
    /// errors  api::refused(code): the page is told `{"type":"state","state":"ended"}`, then closed
    virtual Result<Done> offer(WebCallId call, const std::string& number, const std::string& sdp,
                               const std::string& remote_address) = 0;
    virtual void key(WebCallId call, char key) = 0;  ///< 0-9 * #
    virtual void hang_up(WebCallId call) = 0;
    /// The socket is gone; nothing more may be sent to this id.
    virtual void closed(WebCallId call) = 0;
    /// True when this hotline number takes web calls; asked before a token is issued.
    virtual bool is_offered(const std::string& number) = 0;
};

class WebCallSockets {
public:
    virtual ~WebCallSockets() = default;
    /// `{"type":"answer","sdp":…}` or `{"type":"state",…}`.
    virtual void send(WebCallId call, const boost::json::object& message) = 0;
    virtual void close(WebCallId call) = 0;
};

}  // namespace ys::api
