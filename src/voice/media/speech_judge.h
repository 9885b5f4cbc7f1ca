// SPDX-License-Identifier: Apache-2.0
// The port for what tells a voice from other sound, where loudness alone cannot: a slammed door, a
// horn, music. It works beside the media thread and is a little behind.
#pragma once

#include <optional>

#include "voice/media/g711.h"

namespace ys::media {

/// Lent to one listener; back when it is destroyed. Both are of the media thread, which neither may
/// keep waiting: no lock, no allocation.
class SpeechJudge {
public:
    virtual ~SpeechJudge() = default;
    /// Once every 20 ms.
    virtual void hear(const Frame& frame) noexcept = 0;
    /// Whether it hears a voice by now; none while it cannot say: then loudness decides.
    virtual std::optional<bool> hears_voice() const noexcept = 0;
};

}  // namespace ys::media
