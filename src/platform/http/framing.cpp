// SPDX-License-Identifier: Apache-2.0
#include "platform/http/framing.h"

#include <algorithm>

#include "platform/http/syntax.h"

namespace ys::http {
namespace {

std::ptrdiff_t count_of(const Pairs& headers, std::string_view name) {
    return std::ranges::count(headers, name, &Pairs::value_type::first);
}

bool has_token(std::string_view list, std::string_view token) {
    return std::ranges::any_of(split(list, ','), [&](std::string_view t) {
        return equals_ignoring_case(trimmed(t), token);
    });
}

/// Sets request.is_upgrade, or says why the handshake is not taken.
std::variant<Done, Refused> check_upgrade(Request& request) {
    if (request.header("upgrade").empty()) return Done{};
    const bool is_handshake = request.method == "GET" &&
                              equals_ignoring_case(request.header("upgrade"), "websocket") &&
                              has_token(request.header("connection"), "upgrade") &&
                              request.header("sec-websocket-version") == "13" &&
                              request.header("sec-websocket-key").size() == 24;
    if (!is_handshake) return Refused{400, "this is not a WebSocket handshake of version 13"};
    // A page of another site could otherwise open it with our user's cookie.
    if (!is_same_origin(request.header("origin"), request.header("host")))
        return Refused{403, "a WebSocket is opened from this site's own pages only"};
    request.is_upgrade = true;
    return Done{};
}

void append_header(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append(": ");
    for (const char c : value) out.push_back(c == '\r' || c == '\n' || c == '\0' ? ' ' : c);
    out.append("\r\n");
}

}  // namespace

std::variant<Request, Refused> framed(std::string_view method, std::string_view target,
                                      unsigned version, Pairs headers) {
    if (version != 10 && version != 11) return Refused{400, "HTTP/1.1 is spoken here"};
    if (count_of(headers, "transfer-encoding") > 0)
        return Refused{411, "a body is sent with Content-Length"};
    if (count_of(headers, "content-length") > 1) return Refused{400, "two lengths"};
    // "5, 5" is allowed to be read as 5 (RFC 9110 §8.6); refusing it is allowed too, and safer.
    for (const auto& [name, value] : headers)
        if (name == "content-length" && !parse_number(value)) return Refused{400, "no length"};
    const auto hosts = count_of(headers, "host");
    if (hosts > 1 || (version == 11 && hosts == 0)) return Refused{400, "one Host is needed"};
    auto where = parse_target(target);
    if (!where) return Refused{400, "this is not a path that can be asked for"};
    Request request;
    request.method = method;
    request.path = std::move(where->path);
    request.query = std::move(where->query);
    request.headers = std::move(headers);
    request.cookies = parse_cookies(request.header("cookie"));
    const auto upgrade = check_upgrade(request);
    if (const auto* refused = std::get_if<Refused>(&upgrade)) return *refused;
    return request;
}

std::string head_of(const Response& response, bool keep_alive) {
    std::string out;
    out.reserve(512);
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(reason_of(response.status)).append("\r\n");
    for (const auto& [name, value] : response.headers) append_header(out, name, value);
    // RFC 9110 §8.6: no Content-Length with 204; a 304 has none of its own either.
    if (response.status != 204 && response.status != 304) {
        const std::uint64_t length = response.file           ? response.file->length
                                     : response.body.empty() ? response.constant_body.size()
                                                             : response.body.size();
        append_header(out, "Content-Length", std::to_string(length));
    }
    if (!response.has("cache-control")) append_header(out, "Cache-Control", "no-store");
    append_header(out, "X-Content-Type-Options", "nosniff");
    append_header(out, "Referrer-Policy", "same-origin");
    append_header(out, "Connection", keep_alive ? "keep-alive" : "close");
    out.append("\r\n");
    return out;
}

bool is_loopback_address(std::string_view address) {
    return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

}  // namespace ys::http
