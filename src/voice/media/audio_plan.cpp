// SPDX-License-Identifier: Apache-2.0
// Offer and answer for one audio stream.
#include "voice/media/audio_plan.h"

#include <fmt/format.h>

#include <iterator>
#include <optional>

#include "base/text.h"
#include "voice/media/errc.h"

namespace ys::media {
namespace {

constexpr int event_type_8000 = 101;
constexpr int event_type_48000 = 110;
constexpr std::string_view opus_parameters = "maxaveragebitrate=24000;stereo=0;useinbandfec=0";

const SdpFormat* find_format(const SdpMedia& media, const CodecFacts& codec) {
    for (const SdpFormat& format : media.formats)
        if (equals_ignoring_case(format.name, codec.name) && format.clock_rate == codec.rtp_clock)
            return &format;
    return nullptr;
}

int find_events(const SdpMedia& media, std::uint32_t clock_rate) {
    for (const SdpFormat& format : media.formats)
        if (format.name == "telephone-event" && format.clock_rate == clock_rate)
            return format.payload_type;
    return -1;
}

/// The far end's side of one m-line: where, and which way.
Result<AudioPlan> plan_of_line(const SdpMedia& media, std::size_t line) {
    AudioPlan out;
    out.line = line;
    const auto address = SocketAddress::parse(media.address, media.port);
    if (!address) return Error{make_error_code(Errc::bad_sdp), "no numeric c= address"};
    const bool is_held = address->is_unspecified();  // RFC 3264 §8.4: the old way to hold.
    out.we_send = !is_held && (media.direction == Direction::SendRecv ||
                               media.direction == Direction::RecvOnly);
    out.they_send =
        media.direction == Direction::SendRecv || media.direction == Direction::SendOnly;
    out.has_rtcp_mux = media.has_rtcp_mux;
    if (is_held) return out;
    out.rtp = *address;
    const std::uint16_t next_port = static_cast<std::uint16_t>(media.port + 1);
    const std::uint16_t rtcp_port = media.rtcp_port != 0 ? media.rtcp_port : next_port;
    out.rtcp = media.has_rtcp_mux ? *address : address->with_port(rtcp_port);
    return out;
}

/// The codec the plan uses: ours in our order for an offer, theirs in their order for an answer.
const CodecFacts* choose(const SdpMedia& media, bool by_our_order, const SdpFormat*& chosen) {
    if (by_our_order) {
        for (const CodecFacts& codec : known_codecs()) {
            chosen = find_format(media, codec);
            if (chosen != nullptr) return &codec;
        }
        return nullptr;
    }
    for (const SdpFormat& format : media.formats) {
        for (const CodecFacts& codec : known_codecs()) {
            if (!equals_ignoring_case(format.name, codec.name)) continue;
            if (format.clock_rate != codec.rtp_clock) continue;
            chosen = &format;
            return &codec;
        }
    }
    return nullptr;
}

Result<AudioPlan> plan_of(const Sdp& sdp, bool is_offer) {
    for (std::size_t i = 0; i < sdp.media.size(); ++i) {
        const SdpMedia& media = sdp.media[i];
        if (!media.is_plain_audio() || media.port == 0) continue;
        const SdpFormat* format = nullptr;
        const CodecFacts* codec = choose(media, is_offer, format);
        if (codec == nullptr) continue;
        YS_TRY(AudioPlan out, plan_of_line(media, i));
        out.codec = codec->codec;
        out.send_payload_type = static_cast<std::uint8_t>(format->payload_type);
        out.send_event_type = find_events(media, codec->rtp_clock);
        // RFC 3264 §6.1: in an answer we use the offer's numbers; to our offer they send ours.
        out.receive_payload_type = out.send_payload_type;
        out.receive_event_type = out.send_event_type;
        if (!is_offer) {
            out.receive_payload_type = static_cast<std::uint8_t>(codec->payload_type);
            if (out.send_event_type >= 0)
                out.receive_event_type =
                    codec->rtp_clock == 48000 ? event_type_48000 : event_type_8000;
        }
        return out;
    }
    return Error{make_error_code(Errc::no_common_codec), "no audio line we can take"};
}

void write_head(std::string& out, const LocalEnd& local) {
    const std::string_view family = local.address.find(':') == std::string::npos ? "IP4" : "IP6";
    fmt::format_to(std::back_inserter(out),
                   "v=0\r\no=- {} {} IN {} {}\r\ns=-\r\nc=IN {} {}\r\nt=0 0\r\n", local.session,
                   local.version, family, local.address, family, local.address);
}

void write_codec(std::string& out, const CodecFacts& codec, int payload_type) {
    fmt::format_to(std::back_inserter(out), "a=rtpmap:{} {}/{}{}\r\n", payload_type, codec.name,
                   codec.rtp_clock, codec.codec == Codec::Opus ? "/2" : "");
    if (codec.codec == Codec::Opus)
        fmt::format_to(std::back_inserter(out), "a=fmtp:{} {}\r\n", payload_type, opus_parameters);
}

void write_events(std::string& out, int payload_type, std::uint32_t clock_rate) {
    fmt::format_to(std::back_inserter(out), "a=rtpmap:{} telephone-event/{}\r\na=fmtp:{} 0-15\r\n",
                   payload_type, clock_rate, payload_type);
}

void write_rejected(std::string& out, const SdpMedia& media) {
    fmt::format_to(std::back_inserter(out), "m={} 0 {} {}\r\n", media.kind, media.protocol,
                   media.formats_text);
}

}  // namespace

Result<AudioPlan> plan_of_offer(const Sdp& offer) { return plan_of(offer, true); }
Result<AudioPlan> plan_of_answer(const Sdp& answer) { return plan_of(answer, false); }

std::string write_offer(const LocalEnd& local) {
    std::string out;
    write_head(out, local);
    fmt::format_to(std::back_inserter(out), "m=audio {} RTP/AVP", local.port);
    for (const CodecFacts& codec : known_codecs())
        fmt::format_to(std::back_inserter(out), " {}", codec.payload_type);
    fmt::format_to(std::back_inserter(out), " {} {}\r\n", event_type_8000, event_type_48000);
    for (const CodecFacts& codec : known_codecs()) write_codec(out, codec, codec.payload_type);
    write_events(out, event_type_8000, 8000);
    write_events(out, event_type_48000, 48000);
    out += "a=ptime:20\r\na=maxptime:60\r\na=rtcp-mux\r\na=sendrecv\r\n";
    return out;
}

std::string write_answer(const LocalEnd& local, const Sdp& offer, const AudioPlan& plan) {
    std::string out;
    write_head(out, local);
    for (std::size_t i = 0; i < offer.media.size(); ++i) {
        const SdpMedia& media = offer.media[i];
        if (i != plan.line) {
            write_rejected(out, media);
            continue;
        }
        const CodecFacts& codec = facts_of(plan.codec);
        fmt::format_to(std::back_inserter(out), "m=audio {} RTP/AVP {}", local.port,
                       plan.send_payload_type);
        if (plan.send_event_type >= 0)
            fmt::format_to(std::back_inserter(out), " {}", plan.send_event_type);
        out += "\r\n";
        write_codec(out, codec, plan.send_payload_type);
        if (plan.send_event_type >= 0) write_events(out, plan.send_event_type, codec.rtp_clock);
        out += "a=ptime:20\r\n";
        if (plan.has_rtcp_mux) out += "a=rtcp-mux\r\n";
        fmt::format_to(std::back_inserter(out), "a={}\r\n", text_of(mirrored(media.direction)));
    }
    return out;
}

}  // namespace ys::media
