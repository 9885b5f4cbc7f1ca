// SPDX-License-Identifier: Apache-2.0
// Fuzz target: datagrams at a leg's RTP port, through source check, jitter buffer and decoding.
// Input: a byte for the codec, then datagrams, each after a byte that says its length.
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/panic.h"
#include "voice/media/leg_receiver.h"
#include "voice/media/rtp_packet.h"

using namespace ys;
using namespace ys::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) return 0;
    constexpr std::array codecs{Codec::Pcma, Codec::Pcmu, Codec::G722, Codec::Opus};
    AudioPlan plan;
    plan.rtp = *SocketAddress::parse("192.0.2.1", 4000);
    plan.codec = codecs[data[0] % codecs.size()];
    plan.receive_payload_type = static_cast<std::uint8_t>(facts_of(plan.codec).payload_type);
    const bool has_events = (data[0] & 0x80) != 0;
    if (has_events) plan.receive_event_type = 101;
    LegReceiver receiver;
    receiver.source().on_sdp(plan.rtp, false);
    receiver.on_plan(plan, Decoder::make(plan.codec),
                     has_events ? nullptr : KeyToneDetector::make());
    Instant now{1s};
    for (std::size_t at = 1; at < size; now += 10ms) {
        const std::size_t length = std::min<std::size_t>(data[at], size - at - 1);
        std::vector<std::uint8_t> datagram(data + at + 1, data + at + 1 + length);
        at += 1 + length;
        if (const auto packet = parse_rtp(datagram))
            YS_ASSERT(packet->payload.size() <= datagram.size() - rtp_header_size);
        receiver.on_rtp(datagram, plan.rtp, now);
        receiver.tick(now);
        if ((length & 1) != 0) static_cast<void>(receiver.linear());
    }
    return 0;
}
