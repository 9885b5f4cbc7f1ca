// SPDX-License-Identifier: Apache-2.0
// Fuzz target: a WAV file, as prompt and as recording.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/panic.h"
#include "voice/media/peaks.h"
#include "voice/media/wav_file.h"

using namespace ys::media;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::vector<std::uint8_t> exact(data, data + size);
    const auto wav = parse_wav(exact);
    const auto prompt = alaw_of_wav(exact);
    if (!wav) {
        YS_ASSERT(!prompt);
        return 0;
    }
    YS_ASSERT(wav->data.size() <= size);
    if (prompt) YS_ASSERT(prompt->size() <= wav->data.size());
    PeakMeter meter;
    meter.eat(wav->data);
    const Peaks peaks = meter.finish();
    YS_ASSERT(peaks.left.size() == peaks.right.size());
    return 0;
}
