// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a compound RTCP packet.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/panic.h"
#include "voice/media/rtcp.h"

using namespace ys::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::vector<std::uint8_t> exact(data, data + size);
    const auto report = parse_rtcp(exact, 0x11223344);
    if (report && report->has_block) YS_ASSERT(report->about_ssrc == 0x11223344 && size >= 32);
    return 0;
}
