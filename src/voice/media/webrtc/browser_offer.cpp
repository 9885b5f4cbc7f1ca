// SPDX-License-Identifier: Apache-2.0
// What a browser's SDP offer says, as far as one audio line needs it; parsed within bounds.
#include "voice/media/webrtc/browser_offer.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace ys::media {
namespace {

using Text = std::string_view;

bool starts_with(Text text, Text prefix) { return text.substr(0, prefix.size()) == prefix; }

/// RFC 4566 §9 token-char: what we repeat in our answer can then hold no separator.
bool is_token(Text text, std::size_t size_max) {
    if (text.empty() || text.size() > size_max) return false;
    return std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return c > 0x20 && c < 0x7F &&
               Text("\"(),/:;<=>?@[\\]").find(static_cast<char>(c)) == Text::npos;
    });
}

bool is_protocol(Text text) {
    const auto parts = split(text, '/');
    return parts.size() <= 5 &&
           std::all_of(parts.begin(), parts.end(), [](Text part) { return is_token(part, 16); });
}

/// RFC 8839 §5.4: ice-char.
bool is_ice_text(Text text, std::size_t size_min) {
    return text.size() >= size_min && text.size() <= 256 &&
           std::all_of(text.begin(), text.end(), [](unsigned char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '+' || c == '/';
           });
}

/// "AB:CD:.." of 32 bytes.
bool is_sha256_text(Text text) {
    if (text.size() != 32 * 3 - 1) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const bool is_hex =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (i % 3 == 2 ? c != ':' : !is_hex) return false;
    }
    return true;
}

std::optional<int> small_number(Text text, unsigned long long max) {
    const auto number = parse_number(text);
    if (!number || *number > max) return std::nullopt;
    return static_cast<int>(*number);
}

Error broken(const char* what) {
    return Error(std::errc::bad_message, std::string("reading the offer: ") + what);
}

class Reader {
public:
    Result<Done> line(Text text) {
        const Text value = text.substr(2);
        switch (text[0]) {
            case 'm':
                return media_line(value);
            case 'a':
                return attribute(value);
            case 'o':
                return origin(value);
            default:
                return Done{};
        }
    }
    BrowserOffer offer;

private:
    BrowserOffer::Security& security() {
        return offer.media.empty() ? offer.session : offer.media.back().security;
    }

    /// o=<user> <session> <version> ..
    Result<Done> origin(Text value) {
        const auto words = split(value, ' ');
        const auto version = words.size() == 6 ? parse_number(words[2]) : std::nullopt;
        if (!version) return broken("o-line");
        offer.version = *version;
        return Done{};
    }

    /// m=<kind> <port> <protocol> <format> ..
    Result<Done> media_line(Text value) {
        if (offer.media.size() == BrowserOffer::media_max) return broken("too many m-lines");
        const auto words = split(value, ' ');
        if (words.size() < 4) return broken("m-line");
        const auto port = small_number(words[1].substr(0, words[1].find('/')), 65'535);
        BrowserOffer::Media media;
        media.kind = words[0];
        media.protocol = words[2];
        media.first_format = words[3];
        if (!port || !is_token(media.kind, 32) || !is_protocol(media.protocol) ||
            !is_token(media.first_format, 64)) {
            return broken("m-line");
        }
        media.is_disabled = *port == 0;
        if (words.size() - 3 > BrowserOffer::formats_max) return broken("too many formats");
        for (std::size_t i = 3; media.kind == "audio" && i < words.size(); ++i) {
            const auto type = small_number(words[i], 127);
            if (!type) return broken("payload type");
            media.formats.push_back(static_format(*type));
        }
        offer.media.push_back(std::move(media));
        return Done{};
    }

    /// RFC 3551 §6: 0 and 8 need no a=rtpmap.
    static BrowserOffer::Format static_format(int type) {
        if (type == 0) return {0, "PCMU", 8000, 1};
        if (type == 8) return {8, "PCMA", 8000, 1};
        return {type, {}, 0, 1};
    }

    Result<Done> attribute(Text text) {
        const auto colon = text.find(':');
        const Text name = text.substr(0, colon);
        const Text value = colon == Text::npos ? Text{} : text.substr(colon + 1);
        if (name == "ice-ufrag") {
            if (!is_ice_text(value, 4)) return broken("ice-ufrag");
            security().ufrag = value;
        } else if (name == "ice-pwd") {
            if (!is_ice_text(value, 22)) return broken("ice-pwd");
            security().pwd = value;
        } else if (name == "fingerprint") {
            return fingerprint(value);
        } else if (name == "setup") {
            security().setup = value;
        } else if (name == "group" && offer.media.empty()) {
            return group(value);
        } else if (!offer.media.empty()) {
            return media_attribute(name, value);
        }
        return Done{};
    }

    Result<Done> fingerprint(Text value) {
        const auto space = value.find(' ');
        if (!equals_ignoring_case(value.substr(0, space), "sha-256")) return Done{};
        const Text digest = space == Text::npos ? Text{} : trimmed(value.substr(space + 1));
        if (!is_sha256_text(digest)) return broken("fingerprint");
        security().fingerprint = digest;
        return Done{};
    }

    Result<Done> group(Text value) {
        if (!starts_with(value, "BUNDLE") || offer.has_bundle) return Done{};
        offer.has_bundle = true;
        auto words = split(value, ' ');
        if (words[0] != "BUNDLE" || words.size() > BrowserOffer::media_max + 1) {
            return broken("BUNDLE");
        }
        words.erase(words.begin());
        offer.bundled = std::move(words);
        return Done{};
    }

    Result<Done> media_attribute(Text name, Text value) {
        auto& media = offer.media.back();
        if (name == "mid") {
            if (!is_token(value, 64)) return broken("mid");
            media.mid = value;
        } else if (name == "bundle-only") {
            media.is_disabled = false;  // RFC 9143 §6: port 0 then means "with the bundle".
        } else if (name == "rtcp-mux") {
            media.has_rtcp_mux = true;
        } else if (name == "sendrecv") {
            media.direction = BrowserOffer::Direction::SendRecv;
        } else if (name == "sendonly") {
            media.direction = BrowserOffer::Direction::SendOnly;
        } else if (name == "recvonly") {
            media.direction = BrowserOffer::Direction::RecvOnly;
        } else if (name == "inactive") {
            media.direction = BrowserOffer::Direction::Inactive;
        } else if (name == "rtpmap" && media.kind == "audio") {
            return rtpmap(media, value);
        }
        return Done{};
    }

    /// a=rtpmap:<type> <encoding>/<rate>[/<channels>]
    static Result<Done> rtpmap(BrowserOffer::Media& media, Text value) {
        const auto space = value.find(' ');
        if (space == Text::npos) return broken("rtpmap");
        const auto type = small_number(value.substr(0, space), 127);
        const auto parts = split(trimmed(value.substr(space + 1)), '/');
        if (!type || parts.size() < 2 || parts.size() > 3) return broken("rtpmap");
        const auto rate = small_number(parts[1], 1'000'000);
        const auto channels = parts.size() == 3 ? small_number(parts[2], 255) : 1;
        if (!rate || !channels) return broken("rtpmap");
        for (auto& format : media.formats) {
            if (format.payload_type == *type) format = {*type, parts[0], *rate, *channels};
        }
        return Done{};
    }
};

void inherit(BrowserOffer::Security& media, const BrowserOffer::Security& session) {
    if (media.ufrag.empty() && media.pwd.empty()) {
        media.ufrag = session.ufrag;
        media.pwd = session.pwd;
    }
    if (media.fingerprint.empty()) media.fingerprint = session.fingerprint;
    if (media.setup.empty()) media.setup = session.setup;
}

}  // namespace

Result<BrowserOffer> BrowserOffer::parse(std::string_view text) {
    if (text.size() > size_max) return broken("too long");
    if (!starts_with(text, "v=0\r\n") && !starts_with(text, "v=0\n")) return broken("v=0");
    const auto lines = split(text, '\n');
    if (lines.size() > lines_max) return broken("too many lines");
    Reader reader;
    for (Text line : lines) {
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        if (line.empty()) continue;
        if (line.size() < 2 || line[1] != '=') return broken("a line without =");
        const auto taken = reader.line(line);
        if (!taken) return taken.error();
    }
    for (auto& media : reader.offer.media) inherit(media.security, reader.offer.session);
    return std::move(reader.offer);
}

}  // namespace ys::media
