// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/mrcp/mrcp_sdp.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "voice/media/sdp.h"
#include "voice/media/socket_address.h"
#include "voice/speech/errc.h"

namespace ys::speech {
namespace {

constexpr std::size_t channel_max = 128;
constexpr int pcmu = 0, pcma = 8;

Error bad(const char* why) { return {Errc::failed, std::string("SDP of the recogniser: ") + why}; }

/// Attributes of the control line that telephones do not know.
struct Control {
    std::string_view channel, setup, connection;
};

Control control_of(std::string_view sdp, std::size_t wanted_line) {
    Control out;
    std::size_t lines = 0;
    for (std::string_view line : split(sdp, '\n')) {
        line = trimmed(line);
        if (line.starts_with("m=")) ++lines;
        const bool is_inside = lines == wanted_line + 1;
        const auto take = [&](std::string_view name, std::string_view& into) {
            if (line.starts_with(name) && into.empty()) into = trimmed(line.substr(name.size()));
        };
        // RFC 4145 §4: setup may be said once for the whole session.
        if (is_inside || lines == 0) take("a=setup:", out.setup);
        if (!is_inside) continue;
        take("a=channel:", out.channel);
        take("a=connection:", out.connection);
    }
    return out;
}

/// It goes into a header, so nothing but what RFC 6787 §6.2.1 lets it be made of.
bool is_channel(std::string_view text) {
    const std::size_t at = text.find('@');
    if (at == 0 || at == std::string_view::npos || text.size() > channel_max) return false;
    if (!equals_ignoring_case(text.substr(at + 1), "speechrecog")) return false;
    return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '_' || c == '.' || c == ':';
    });
}

bool is_numeric(const std::string& address) {
    const auto parsed = media::SocketAddress::parse(address, 1);
    return parsed && !parsed->is_unspecified();
}

/// The first of the two codecs that the server names: it is the one it likes.
std::optional<bool> is_ulaw(const media::SdpMedia& audio) {
    for (const media::SdpFormat& format : audio.formats) {
        if (format.payload_type == pcmu) return true;
        if (format.payload_type == pcma) return false;
    }
    return std::nullopt;
}

}  // namespace

std::string write_mrcp_offer(const MrcpOffer& offer) {
    const std::string family = offer.address.find(':') == std::string::npos ? "IP4 " : "IP6 ";
    const std::string session = std::to_string(offer.session);
    return "v=0\r\no=yingsheng " + session + " 1 IN " + family + offer.address +
           "\r\ns=-\r\nc=IN " + family + offer.address +
           "\r\nt=0 0\r\n"
           // Port 9 stands for "we connect" (RFC 4145 §4.1).
           "m=application 9 TCP/MRCPv2 1\r\n"
           "a=setup:active\r\na=connection:new\r\na=resource:speechrecog\r\na=cmid:1\r\n"
           "m=audio " +
           std::to_string(offer.rtp_port) +
           " RTP/AVP 0 8\r\n"
           "a=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=ptime:20\r\n"
           "a=sendonly\r\na=mid:1\r\n";
}

Result<MrcpAnswer> read_mrcp_answer(std::string_view text) {
    YS_TRY(const media::Sdp sdp, media::parse_sdp(text));
    MrcpAnswer out;
    for (std::size_t i = 0; i < sdp.media.size(); ++i) {
        const media::SdpMedia& line = sdp.media[i];
        if (line.port == 0) continue;
        if (line.kind == "application" && line.protocol == "TCP/MRCPv2" && out.channel.empty()) {
            const Control control = control_of(text, i);
            if (!is_channel(control.channel)) return bad("no channel");
            if (!control.setup.empty() && control.setup != "passive")
                return bad("it does not wait for our connection");
            if (!control.connection.empty() && control.connection != "new")
                return bad("a connection that we do not have");
            out.channel = control.channel;
            out.control_address = line.address;
            out.control_port = line.port;
        } else if (line.is_plain_audio() && out.rtp_port == 0) {
            const auto codec = is_ulaw(line);
            if (!codec) return bad("no codec of ours");
            if (line.direction != media::Direction::RecvOnly &&
                line.direction != media::Direction::SendRecv)
                return bad("it takes no sound");
            out.is_ulaw = *codec;
            out.rtp_address = line.address;
            out.rtp_port = line.port;
        }
    }
    if (out.channel.empty()) return bad("no control channel");
    if (out.rtp_port == 0) return bad("no sound");
    if (!is_numeric(out.control_address) || !is_numeric(out.rtp_address))
        return bad("an address that is no number");
    return out;
}

}  // namespace ys::speech
