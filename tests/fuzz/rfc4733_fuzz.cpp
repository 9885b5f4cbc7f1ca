// SPDX-License-Identifier: Apache-2.0
// Fuzz target: telephone events in any order. Input: records of 7 bytes: delay, timestamp, payload.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/panic.h"
#include "voice/media/rfc4733.h"

using namespace ys;
using namespace ys::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    KeyReceiver receiver;
    Instant now{1s};
    std::size_t packets = 0;
    std::size_t keys = 0;
    for (std::size_t at = 0; at + 3 <= size; at += 7, ++packets) {
        now += Millis{data[at]};
        const std::uint32_t timestamp = data[at + 1] * 800U + (data[at + 2] << 24U);
        const std::size_t length = std::min<std::size_t>(4, size - at - 3);
        const std::vector<std::uint8_t> payload(data + at + 3, data + at + 3 + length);
        const auto key = receiver.on_packet(payload, timestamp, now);
        if (!key) continue;
        ++keys;
        YS_ASSERT(event_of_key(*key) == payload[0]);
        YS_ASSERT(!receiver.on_packet(payload, timestamp, now));  // Each press is heard once.
    }
    YS_ASSERT(keys <= packets);
    return 0;
}
