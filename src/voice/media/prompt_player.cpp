// SPDX-License-Identifier: Apache-2.0
// Walking through the prompts of a play.
#include "voice/media/prompt_player.h"

#include <algorithm>

namespace ys::media {

void PromptPlayer::start(Play play) {
    play_ = std::move(play);
    prompt_ = offset_ = 0;
    has_sound_ = std::any_of(play_.prompts.begin(), play_.prompts.end(),
                             [](const auto& p) { return !p->alaw.empty(); });
}

bool PromptPlayer::next(AlawFrame& out) {
    std::size_t filled = 0;
    while (has_sound_ && filled < out.size()) {
        if (prompt_ == play_.prompts.size()) {
            if (!play_.repeats) break;
            prompt_ = offset_ = 0;
        }
        const std::vector<std::uint8_t>& sound = play_.prompts[prompt_]->alaw;
        const std::size_t count = std::min(out.size() - filled, sound.size() - offset_);
        std::copy_n(sound.data() + offset_, count, out.data() + filled);
        filled += count;
        offset_ += count;
        if (offset_ == sound.size()) {
            ++prompt_;
            offset_ = 0;
        }
    }
    std::fill(out.begin() + static_cast<std::ptrdiff_t>(filled), out.end(), alaw_silence);
    return filled > 0;
}

}  // namespace ys::media
