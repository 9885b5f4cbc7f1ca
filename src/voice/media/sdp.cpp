// SPDX-License-Identifier: Apache-2.0
// Line by line, without recursion, every list bounded.
#include "voice/media/sdp.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "voice/media/codec.h"
#include "voice/media/errc.h"

namespace ys::media {
namespace {

struct StaticType {
    int payload_type;
    std::string_view name;
};
constexpr std::array static_types{StaticType{0, "pcmu"}, StaticType{8, "pcma"},
                                  StaticType{9, "g722"}};

constexpr std::array direction_names{
    std::pair{"sendrecv", Direction::SendRecv}, std::pair{"sendonly", Direction::SendOnly},
    std::pair{"recvonly", Direction::RecvOnly}, std::pair{"inactive", Direction::Inactive}};

Error bad(const char* why) { return {make_error_code(Errc::bad_sdp), why}; }

/// The token up to `stop`, taken off `text`.
std::string_view take(std::string_view& text, char stop) {
    const std::size_t at = text.find(stop);
    const std::string_view out = text.substr(0, at);
    text = at == std::string_view::npos ? std::string_view{} : text.substr(at + 1);
    return out;
}

bool is_token(std::string_view text, std::size_t limit) {
    if (text.empty() || text.size() > limit) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '/' || c == '-' || c == '.' || c == '_' || c == '*' || c == '+';
    });
}

std::optional<std::uint16_t> port_of(std::string_view text) {
    const auto number = parse_number(take(text, '/'));
    if (!number || *number > 65535) return std::nullopt;
    return static_cast<std::uint16_t>(*number);
}

/// "IN IP4 192.0.2.1": the address, a multicast suffix cut.
std::optional<std::string> address_of(std::string_view value) {
    if (take(value, ' ') != "IN") return std::nullopt;
    const std::string_view family = take(value, ' ');
    if (family != "IP4" && family != "IP6") return std::nullopt;
    const std::string_view address = take(value, '/');
    if (address.empty() || address.size() > 255) return std::nullopt;
    return std::string(trimmed(address));
}

bool read_formats(std::string_view list, SdpMedia& media) {
    while (!list.empty()) {
        const std::string_view word = take(list, ' ');
        if (word.empty()) continue;
        if (!is_token(word, 32)) return false;
        if (!media.formats_text.empty()) media.formats_text += ' ';
        if (media.formats_text.size() < 512) media.formats_text += word;
        const auto number = parse_number(word);
        if (!number || *number > 127 || media.formats.size() >= Sdp::formats_max) continue;
        SdpFormat format;
        format.payload_type = static_cast<int>(*number);
        for (const StaticType& known : static_types) {
            if (known.payload_type != format.payload_type) continue;
            format.name = known.name;
            format.clock_rate = 8000;
        }
        media.formats.push_back(std::move(format));
    }
    return !media.formats_text.empty();
}

std::optional<SdpMedia> read_media_line(std::string_view value) {
    SdpMedia out;
    const std::string_view kind = take(value, ' ');
    const auto port = port_of(take(value, ' '));
    const std::string_view protocol = take(value, ' ');
    if (!is_token(kind, 32) || !port || !is_token(protocol, 64)) return std::nullopt;
    out.kind = kind;
    out.port = *port;
    out.protocol = protocol;
    if (!read_formats(value, out)) return std::nullopt;
    return out;
}

SdpFormat* format_of(SdpMedia& media, std::string_view number_text) {
    const auto number = parse_number(number_text);
    if (!number) return nullptr;
    for (SdpFormat& format : media.formats)
        if (static_cast<unsigned long long>(format.payload_type) == *number) return &format;
    return nullptr;
}

void read_rtpmap(std::string_view value, SdpMedia& media) {
    SdpFormat* format = format_of(media, take(value, ' '));
    if (format == nullptr) return;
    const std::string_view name = take(value, '/');
    const auto rate = parse_number(trimmed(take(value, '/')));
    if (!is_token(name, 32) || !rate || *rate > 192'000) return;
    format->name = lowered(name);
    format->clock_rate = static_cast<std::uint32_t>(*rate);
}

void read_attribute(std::string_view value, Direction& direction, SdpMedia* media) {
    const std::string_view name = take(value, ':');
    for (const auto& [text, meaning] : direction_names)
        if (name == text) direction = meaning;
    if (media == nullptr) return;
    if (name == "rtcp-mux") media->has_rtcp_mux = true;
    if (name == "rtpmap") read_rtpmap(value, *media);
    if (name == "rtcp") media->rtcp_port = port_of(take(value, ' ')).value_or(0);
    if (name == "ptime") {
        const auto ms = parse_number(trimmed(value));
        if (ms && *ms <= 200) media->ptime_ms = static_cast<int>(*ms);
    }
    if (name == "fmtp" && value.size() <= 256) {
        SdpFormat* format = format_of(*media, take(value, ' '));
        if (format != nullptr) format->parameters = value;
    }
}

}  // namespace

Result<Sdp> parse_sdp(std::string_view text) {
    if (text.size() > Sdp::bytes_max) return bad("too long");
    if (!text.starts_with("v=0")) return bad("no v=0");
    Sdp out;
    std::string session_address;
    Direction session_direction = Direction::SendRecv;
    while (!text.empty()) {
        std::string_view line = take(text, '\n');
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty()) continue;
        if (line.size() < 2 || line[1] != '=') return bad("a line without type");
        const std::string_view value = line.substr(2);
        SdpMedia* media = out.media.empty() ? nullptr : &out.media.back();
        if (line[0] == 'm') {
            if (out.media.size() == Sdp::media_max) return bad("too many media");
            auto next = read_media_line(value);
            if (!next) return bad("bad m=");
            next->address = session_address;
            next->direction = session_direction;
            out.media.push_back(std::move(*next));
        } else if (line[0] == 'c') {
            auto address = address_of(value);
            if (!address) return bad("bad c=");
            (media == nullptr ? session_address : media->address) = std::move(*address);
        } else if (line[0] == 'a') {
            read_attribute(value, media == nullptr ? session_direction : media->direction, media);
        }
    }
    return out;
}

std::string_view text_of(Direction direction) {
    for (const auto& [text, meaning] : direction_names)
        if (meaning == direction) return text;
    return "inactive";
}

Direction mirrored(Direction direction) {
    if (direction == Direction::SendOnly) return Direction::RecvOnly;
    if (direction == Direction::RecvOnly) return Direction::SendOnly;
    return direction;
}

}  // namespace ys::media
