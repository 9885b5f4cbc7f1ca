// SPDX-License-Identifier: Apache-2.0
// Fuzz target: datagrams at a port that waits for a browser's handshake. Input: two bytes of
// length, whose top bit says "from a stranger", then that many bytes, and so on.
#include <netinet/in.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/panic.h"
#include "voice/media/webrtc/stun.h"
#include "voice/media/webrtc/webrtc_port.h"

using namespace ys;
using namespace ys::media;

namespace {

// No seed may be signed with it: a stranger who knows it is none.
const char password[] = "known to this file only";

sockaddr_storage address(std::uint16_t port) {
    sockaddr_storage out{};
    auto& in4 = reinterpret_cast<sockaddr_in&>(out);
    in4.sin_family = AF_INET;
    in4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    in4.sin_port = htons(port);
    return out;
}

std::shared_ptr<const DtlsIdentity> identity() {
    static const auto made = DtlsIdentity::make(UtcTime{1'800'000'000'000'000});
    return *made;
}

void validate(WebRtcPort& port, const sockaddr_storage& from) {
    StunWriter check(stun::binding_request, StunTransaction{1});
    check.add(stun::attr_username, "ufrag:theirs").add(stun::attr_use_candidate, "");
    const auto bytes = check.finish(password);
    std::vector<std::uint8_t> copy(bytes.begin(), bytes.end());
    port.on_datagram(copy, from, Instant{});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto home = address(1'000);
    const auto stranger = address(2'000);
    bool is_strangers_turn = false;
    WebRtcPort::Out out;
    out.send = [&](std::span<const std::uint8_t> datagram, const sockaddr_storage&) {
        YS_ASSERT(!is_strangers_turn && datagram.size() <= 1200);
    };
    out.up = [](LegId) { std::abort(); };  // Nobody here holds the certificate of that digest.
    out.rtp = [](LegId, std::span<std::uint8_t>, Instant) { std::abort(); };
    out.rtcp = out.rtp;
    WebRtcPort port(identity(), out);
    std::string digest = "sha-256 00";
    for (int i = 1; i < 32; ++i) digest += ":00";
    port.add(LegId{1}, {"ufrag", password, "theirs", "unused", digest}, Instant{});
    validate(port, home);
    while (size >= 2) {
        is_strangers_turn = (data[0] & 0x80) != 0;
        const std::size_t wanted = ((data[0] & 0x07U) << 8) | data[1];
        const std::size_t length = std::min(wanted, size - 2);
        std::vector<std::uint8_t> datagram(data + 2, data + 2 + length);
        port.on_datagram(datagram, is_strangers_turn ? stranger : home, Instant{});
        data += 2 + length;
        size -= 2 + length;
    }
    is_strangers_turn = false;
    port.on_tick(Instant{20ms});
    YS_ASSERT(port.counters().legs <= 1);
    return 0;
}
