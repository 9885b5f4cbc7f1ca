// SPDX-License-Identifier: Apache-2.0
// Fuzz target: any order of arrivals and ticks at the jitter buffer.
// Input: a byte for the shape, then 0 = a tick, else a packet with timestamp and length.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/panic.h"
#include "voice/media/jitter_buffer.h"

using namespace ys::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    JitterBuffer buffer;
    const bool is_opus = (data[0] & 1) != 0;
    buffer.shape(is_opus ? 960 : 160, !is_opus, 0xD5);
    std::uint32_t base = 0;
    for (std::size_t at = 1; at < size; ++at) {
        if (data[at] == 0) {
            std::array<std::uint8_t, JitterBuffer::slot_bytes> out;
            std::size_t length = 0;
            const auto got = buffer.take(out, length, (data[0] & 2) != 0);
            YS_ASSERT(length <= out.size());
            YS_ASSERT((got == JitterBuffer::Got::Full) == (length > 0));
            if (!is_opus && length > 0) YS_ASSERT(length == 160);
            continue;
        }
        if (at + 2 >= size) break;
        if (data[at] == 255) base += 0x40000000;
        const std::vector<std::uint8_t> payload(data[at + 2] * 11U, data[at]);
        buffer.put(base + data[at + 1] * (is_opus ? 480U : 80U), payload);
        at += 2;
    }
    YS_ASSERT(buffer.delay_ms() >= 20 && buffer.delay_ms() <= 120);
    return 0;
}
