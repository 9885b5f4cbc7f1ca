// SPDX-License-Identifier: Apache-2.0
// One leg's play: prompts one after another without a gap between them.
#pragma once

#include <memory>
#include <vector>

#include "base/id.h"
#include "voice/media/g711.h"
#include "voice/media/prompt_shelf.h"

namespace ys::media {

struct Play {
    PlayId id;
    std::vector<std::shared_ptr<const Prompt>> prompts;
    bool repeats = false;
    bool is_music = false;
    bool has_failed = false;  ///< some prompt of it could not be loaded
};

class PromptPlayer {
public:
    void start(Play play);
    void stop() { play_ = Play{}; }
    bool is_playing() const { return static_cast<bool>(play_.id); }
    bool is_music() const { return play_.is_music; }
    const Play& play() const { return play_; }
    /// The next 20 ms. False when nothing was left: the play is over.
    bool next(AlawFrame& out);

private:
    Play play_;
    std::size_t prompt_ = 0;
    std::size_t offset_ = 0;
    bool has_sound_ = false;
};

}  // namespace ys::media
