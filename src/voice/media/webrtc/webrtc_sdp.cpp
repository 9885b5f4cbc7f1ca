// SPDX-License-Identifier: Apache-2.0
// A browser's SDP offer in, our answer and what the media port must know out.
#include "voice/media/webrtc/webrtc_sdp.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "voice/media/webrtc/browser_offer.h"

namespace ys::media {
namespace {

constexpr std::size_t ufrag_bytes = 8;
constexpr std::size_t pwd_bytes = 16;
constexpr std::size_t candidates_max = 16;

using Media = BrowserOffer::Media;
using Codec = BrowserAnswer::Codec;

Error unsuitable(const char* what) {
    return Error(std::errc::not_supported, std::string("answering the browser: ") + what);
}

const Media* audio_of(const BrowserOffer& offer) {
    const auto it = std::find_if(offer.media.begin(), offer.media.end(), [](const Media& media) {
        return media.kind == "audio" && !media.is_disabled &&
               (media.protocol == "UDP/TLS/RTP/SAVPF" || media.protocol == "UDP/TLS/RTP/SAVP");
    });
    return it == offer.media.end() ? nullptr : &*it;
}

Result<Done> check_security(const Media& audio) {
    const auto& security = audio.security;
    if (!audio.has_rtcp_mux) return unsuitable("no rtcp-mux");
    if (security.ufrag.empty() || security.pwd.empty()) return unsuitable("no ICE credentials");
    if (security.fingerprint.empty()) return unsuitable("no sha-256 fingerprint");
    // We are the DTLS server; "passive" would leave nobody to begin, "holdconn" no media.
    if (security.setup != "actpass" && security.setup != "active") return unsuitable("setup");
    return Done{};
}

struct Choice {
    Codec codec;
    const BrowserOffer::Format* format;
};

std::optional<Choice> choose_codec(const Media& audio) {
    struct Wanted {
        Codec codec;
        std::string_view encoding;
        int clock_rate;
        int channels;
    };
    static constexpr std::array<Wanted, 3> wanted{{{Codec::Pcma, "PCMA", 8000, 1},
                                                   {Codec::Pcmu, "PCMU", 8000, 1},
                                                   {Codec::Opus, "opus", 48000, 2}}};
    for (const Wanted& want : wanted) {
        for (const auto& format : audio.formats) {
            if (equals_ignoring_case(format.encoding, want.encoding) &&
                format.clock_rate == want.clock_rate && format.channels == want.channels) {
                return Choice{want.codec, &format};
            }
        }
    }
    return std::nullopt;
}

int telephone_event_of(const Media& audio, int clock_rate) {
    for (const auto& format : audio.formats) {
        if (equals_ignoring_case(format.encoding, "telephone-event") &&
            format.clock_rate == clock_rate) {
            return format.payload_type;
        }
    }
    return -1;
}

bool is_ipv6(const std::string& address) { return address.find(':') != std::string::npos; }

Result<Done> check_candidates(std::span<const Endpoint> candidates) {
    if (candidates.empty() || candidates.size() > candidates_max) {
        return Error(std::errc::invalid_argument, "answering the browser: number of candidates");
    }
    for (const Endpoint& at : candidates) {
        std::array<unsigned char, 16> unused{};
        const int family = is_ipv6(at.address) ? AF_INET6 : AF_INET;
        if (at.port == 0 || inet_pton(family, at.address.c_str(), unused.data()) != 1) {
            return Error(std::errc::invalid_argument, "answering the browser: " + at.address);
        }
    }
    return Done{};
}

const char* answer_direction(BrowserOffer::Direction offered) {
    switch (offered) {
        case BrowserOffer::Direction::SendOnly:
            return "recvonly";
        case BrowserOffer::Direction::RecvOnly:
            return "sendonly";
        case BrowserOffer::Direction::Inactive:
            return "inactive";
        case BrowserOffer::Direction::SendRecv:
            break;
    }
    return "sendrecv";
}

/// Lines of text, one add() each.
class Lines {
public:
    template <class... Parts>
    void add(const Parts&... parts) {
        (append(parts), ...);
        text_ += "\r\n";
    }
    std::string take() { return std::move(text_); }

private:
    void append(std::string_view part) { text_ += part; }
    void append(unsigned long part) { text_ += std::to_string(part); }
    void append(int part) { text_ += std::to_string(part); }
    std::string text_;
};

std::string_view connection_of(const Endpoint& at) {
    return is_ipv6(at.address) ? std::string_view("IN IP6 ") : std::string_view("IN IP4 ");
}

void add_candidates(Lines& out, std::span<const Endpoint> candidates) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        // RFC 8445 §5.1.2.1: type preference 126 (host), local preference falling, component 1.
        const unsigned long priority = (126UL << 24) | ((65'535UL - i) << 8) | 255UL;
        out.add("a=candidate:", i + 1, " 1 udp ", priority, " ", candidates[i].address, " ",
                static_cast<int>(candidates[i].port), " typ host");
    }
    out.add("a=end-of-candidates");
}

void add_codec(Lines& out, const BrowserAnswer& answer) {
    const int type = answer.payload_type;
    switch (answer.codec) {
        case Codec::Pcma:
            out.add("a=rtpmap:", type, " PCMA/8000");
            break;
        case Codec::Pcmu:
            out.add("a=rtpmap:", type, " PCMU/8000");
            break;
        case Codec::Opus:
            out.add("a=rtpmap:", type, " opus/48000/2");
            // RFC 7587 §6.1: speech in one channel, with what the decoder needs to bridge a loss.
            out.add("a=fmtp:", type, " minptime=20;useinbandfec=1;stereo=0");
            break;
    }
    if (answer.telephone_event_pt >= 0) {
        out.add("a=rtpmap:", answer.telephone_event_pt, " telephone-event/",
                answer.telephone_event_rate);
        out.add("a=fmtp:", answer.telephone_event_pt, " 0-15");
    }
    out.add("a=ptime:20");
}

void add_audio(Lines& out, const Media& audio, const BrowserAnswer& answer,
               const DtlsIdentity& identity, std::span<const Endpoint> candidates) {
    const std::string events =
        answer.telephone_event_pt < 0 ? "" : " " + std::to_string(answer.telephone_event_pt);
    const Endpoint& first = candidates.front();
    out.add("m=audio ", static_cast<int>(first.port), " ", audio.protocol, " ", answer.payload_type,
            events);
    out.add("c=", connection_of(first), first.address);
    if (!audio.mid.empty()) out.add("a=mid:", audio.mid);
    out.add("a=", answer_direction(audio.direction));
    out.add("a=msid:yingsheng audio");
    out.add("a=rtcp-mux");
    out.add("a=ice-ufrag:", answer.peer.local_ufrag);
    out.add("a=ice-pwd:", answer.peer.local_pwd);
    out.add("a=fingerprint:", identity.fingerprint());
    out.add("a=setup:passive");
    add_codec(out, answer);
    add_candidates(out, candidates);
}

/// RFC 3264 §6: a rejected line keeps its place and its format list.
void add_rejected(Lines& out, const Media& media) {
    out.add("m=", media.kind, " 0 ", media.protocol, " ", media.first_format);
    out.add("c=IN IP4 0.0.0.0");
    if (!media.mid.empty()) out.add("a=mid:", media.mid);
    out.add("a=inactive");
}

std::string write_answer(const BrowserOffer& offer, const Media& audio, const BrowserAnswer& answer,
                         const DtlsIdentity& identity, std::span<const Endpoint> candidates) {
    Lines out;
    out.add("v=0");
    // RFC 3264 §8: the version rises with every answer; the offer's does, so no state is needed.
    out.add("o=- 1 ", std::to_string(offer.version), " ", connection_of(candidates.front()),
            candidates.front().address);
    out.add("s=-");
    out.add("t=0 0");
    out.add("a=ice-lite");
    const bool is_bundled =
        std::find(offer.bundled.begin(), offer.bundled.end(), audio.mid) != offer.bundled.end();
    if (is_bundled && !audio.mid.empty()) out.add("a=group:BUNDLE ", audio.mid);
    out.add("a=msid-semantic: WMS yingsheng");
    for (const Media& media : offer.media) {
        if (&media == &audio) {
            add_audio(out, media, answer, identity, candidates);
        } else {
            add_rejected(out, media);
        }
    }
    return out.take();
}

}  // namespace

Result<BrowserAnswer> answer_browser_offer(std::string_view offer_text,
                                           const DtlsIdentity& identity,
                                           std::span<const Endpoint> candidates,
                                           std::string_view entropy) {
    if (entropy.size() < ufrag_bytes + pwd_bytes) {
        return Error(std::errc::invalid_argument, "answering the browser: too little entropy");
    }
    YS_TRY([[maybe_unused]] const Done usable, check_candidates(candidates));
    YS_TRY(const BrowserOffer offer, BrowserOffer::parse(offer_text));
    const Media* audio = audio_of(offer);
    if (audio == nullptr) return unsuitable("no audio");
    YS_TRY([[maybe_unused]] const Done secured, check_security(*audio));
    const auto choice = choose_codec(*audio);
    if (!choice) return unsuitable("no common codec");

    BrowserAnswer answer;
    answer.codec = choice->codec;
    answer.payload_type = choice->format->payload_type;
    answer.telephone_event_rate = choice->format->clock_rate;
    answer.telephone_event_pt = telephone_event_of(*audio, choice->format->clock_rate);
    // RFC 8839 §5.4: letters and digits are ice-chars, so hexadecimal is.
    answer.peer.local_ufrag = hex(entropy.substr(0, ufrag_bytes));
    answer.peer.local_pwd = hex(entropy.substr(ufrag_bytes, pwd_bytes));
    answer.peer.remote_ufrag = audio->security.ufrag;
    answer.peer.remote_pwd = audio->security.pwd;
    answer.peer.remote_fingerprint = "sha-256 " + std::string(audio->security.fingerprint);
    answer.sdp = write_answer(offer, *audio, answer, identity, candidates);
    return answer;
}

}  // namespace ys::media
