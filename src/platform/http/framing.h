// SPDX-License-Identifier: Apache-2.0
// One strict framing rule for what comes in, and the head of what goes out.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "base/result.h"
#include "base/text.h"
#include "platform/http/message.h"

namespace ys::http {

struct Refused {
    int status = 400;
    std::string_view why;  ///< lives as long as the process
};

/// Makes a Request of a header that parsed, or says why not:
/// - a body is framed by one Content-Length; any Transfer-Encoding is refused with 411, since two
///   ways to frame are how requests are smuggled (RFC 9112 §11.2);
/// - HTTP/1.1 has exactly one Host;
/// - Upgrade needs a WebSocket handshake of version 13 whose Origin is the Host (403 otherwise).
///
/// version  11 for HTTP/1.1
/// headers  names in lower case
std::variant<Request, Refused> framed(std::string_view method, std::string_view target,
                                      unsigned version, Pairs headers);

/// Status line and headers with the empty line, Content-Length and the headers of every answer
/// (nosniff, Referrer-Policy). A CR or LF in a header's value becomes a space.
std::string head_of(const Response& response, bool keep_alive);

bool is_loopback_address(std::string_view address);

template <class View>
std::string_view to_view(const View& v) {
    return {v.data(), v.size()};
}

}  // namespace ys::http
