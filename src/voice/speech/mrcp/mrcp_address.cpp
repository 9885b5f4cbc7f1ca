// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/mrcp/mrcp_address.h"

#include <algorithm>

#include "base/text.h"
#include "voice/media/socket_address.h"

namespace ys::speech {
namespace {

Error bad(const char* why) {
    return {std::errc::invalid_argument, std::string("speech.url of MRCP: ") + why};
}

bool is_user(std::string_view text) {
    if (text.empty() || text.size() > 64) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.';
    });
}

Result<Done> read_parameter(std::string_view text, MrcpAddress& out) {
    if (text == "transport=udp" || text == "transport=tcp") {
        out.target.append(";").append(text);
        return Done{};
    }
    if (!text.starts_with("pace=")) return bad("it knows ;transport=udp or tcp, and ;pace=");
    const auto pace = parse_number(text.substr(5));
    if (!pace || *pace < 1 || *pace > MrcpAddress::pace_max) return bad("pace is 1 to 20");
    out.pace = static_cast<unsigned>(*pace);
    return Done{};
}

}  // namespace

Result<MrcpAddress> parse_mrcp_address(std::string_view url) {
    if (!url.starts_with("sip:")) return bad("it begins with sip:");
    const auto parts = split(url.substr(4), ';');
    std::string_view rest = parts.front();
    if (const std::size_t at = rest.find('@'); at != std::string_view::npos) {
        if (!is_user(rest.substr(0, at))) return bad("letters and digits before the @");
        rest.remove_prefix(at + 1);
    }
    MrcpAddress out;
    const bool is_bracketed = rest.starts_with('[');
    const std::size_t end = is_bracketed ? rest.find(']') : std::min(rest.find(':'), rest.size());
    if (end == std::string_view::npos) return bad("a bracket is not closed");
    out.address = rest.substr(is_bracketed ? 1 : 0, end - (is_bracketed ? 1 : 0));
    rest.remove_prefix(is_bracketed ? end + 1 : end);
    if (!rest.empty()) {
        const auto port = rest.starts_with(':') ? parse_number(rest.substr(1)) : std::nullopt;
        if (!port || *port == 0 || *port > 65'535) return bad("the port is 1 to 65535");
        out.port = static_cast<std::uint16_t>(*port);
    }
    // Names are not looked up: the thread of SIP waits for no DNS.
    const auto address = media::SocketAddress::parse(out.address, out.port);
    if (!address || address->is_unspecified() || address->is_v6() != is_bracketed)
        return bad("the host is written as a number, sip:10.20.0.9:8060 or sip:[fd00::9]:8060");
    out.target = "sip:" + std::string(parts.front());
    for (std::size_t i = 1; i < parts.size(); ++i) {
        YS_TRY(Done read, read_parameter(parts[i], out));
        static_cast<void>(read);
    }
    return out;
}

}  // namespace ys::speech
