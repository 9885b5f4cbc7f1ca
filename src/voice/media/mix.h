// SPDX-License-Identifier: Apache-2.0
// The sum of what one ear hears in one tick; a single A-law voice goes through untouched.
#pragma once

#include <array>
#include <cstddef>

#include "voice/media/g711.h"

namespace ys::media {

/// Keeps pointers only: the frames live until the tick is over.
class Mix {
public:
    static constexpr std::size_t voices_max = 16;  ///< more are not heard

    void clear() { count_ = 0; }
    void add(const AlawFrame& voice, float gain);
    void add(const Frame& voice, float gain);
    bool is_empty() const { return count_ == 0; }
    /// The one voice when it is A-law at gain 1; else null and render() is needed.
    const AlawFrame* untouched() const;
    void render(Frame& out) const;

private:
    struct Voice {
        const AlawFrame* alaw;
        const Frame* linear;
        std::int32_t gain;  ///< 1.0 is 4096
    };
    void add(Voice voice, float gain);
    std::array<Voice, voices_max> voices_;
    std::size_t count_ = 0;
};

}  // namespace ys::media
