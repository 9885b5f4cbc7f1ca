// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a far end's session description, and what we answer to it.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/panic.h"
#include "voice/media/audio_plan.h"
#include "voice/media/sdp.h"

using namespace ys::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto sdp = parse_sdp({reinterpret_cast<const char*>(data), size});
    if (!sdp) return 0;
    YS_ASSERT(sdp->media.size() <= Sdp::media_max);
    for (const SdpMedia& media : sdp->media) YS_ASSERT(media.formats.size() <= Sdp::formats_max);
    const LocalEnd local{.address = "192.0.2.9", .port = 40000, .session = 1, .version = 1};
    if (const auto plan = plan_of_offer(*sdp)) {
        // Whatever was offered, our answer is one that we can read ourselves, line for line.
        const auto answer = parse_sdp(write_answer(local, *sdp, *plan));
        YS_ASSERT(answer && answer->media.size() == sdp->media.size());
        YS_ASSERT(plan_of_answer(*answer) && answer->media[plan->line].port == local.port);
    }
    static_cast<void>(plan_of_answer(*sdp));
    return 0;
}
