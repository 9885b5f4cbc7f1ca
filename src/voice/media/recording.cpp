// SPDX-License-Identifier: Apache-2.0
// Filling blocks.
#include "voice/media/recording.h"

#include <algorithm>

namespace ys::media {

Recording::Recording(RecordingPlan plan, RecordingWriter& writer, Instant now)
    : plan_(std::move(plan)), writer_(writer), full_at_(first_block_bytes()), begun_(now) {
    writer_.open(plan_.recording, plan_.file);
}

/// Recordings that begin together would fill their blocks together, and each wait for the disk with
/// a second one in hand; a first block of another length each spreads that over 4 s.
std::size_t Recording::first_block_bytes() const {
    constexpr std::size_t frame_bytes = 2 * frame_samples;
    constexpr std::size_t frames_max = RecordingBlock::bytes_max / frame_bytes;
    // Neighbouring ids end up far apart. (Knuth's 2^32 / phi.)
    const auto spread = static_cast<std::uint32_t>(plan_.recording.value) * 2654435769U;
    return (1 + (spread >> 8) % frames_max) * frame_bytes;
}

void Recording::set_legs(std::vector<LegId> left, std::vector<LegId> right) {
    plan_.left = std::move(left);
    plan_.right = std::move(right);
}

void Recording::append(const AlawFrame* left, const AlawFrame* right, Instant now) {
    last_ = now;
    ++frames_;
    if (block_ == nullptr) block_ = writer_.blank();
    if (block_ == nullptr) {
        ++lost_frames_;
        return;
    }
    std::uint8_t* out = block_->bytes.data() + block_->used;
    for (std::size_t i = 0; i < frame_samples; ++i) {
        out[2 * i] = left != nullptr ? (*left)[i] : alaw_silence;
        out[2 * i + 1] = right != nullptr ? (*right)[i] : alaw_silence;
    }
    block_->used += 2 * frame_samples;
    if (block_->used == full_at_) hand_over();
}

void Recording::hand_over() {
    const auto frames = static_cast<std::int64_t>(block_->used / (2 * frame_samples));
    if (!writer_.write(plan_.recording, std::move(block_))) lost_frames_ += frames;
    block_ = nullptr;
    full_at_ = RecordingBlock::bytes_max;
}

void Recording::mark(Span span, bool begins) {
    writer_.mark(plan_.recording, offset_ms(), span, begins);
}

bool Recording::finish(Instant now) {
    if (block_ != nullptr && block_->used > 0) hand_over();
    const auto elapsed = std::chrono::duration_cast<Millis>(now - begun_).count();
    return writer_.close(plan_.recording, {.length_ms = (frames_ - lost_frames_) * 20,
                                           .elapsed_ms = elapsed,
                                           .lost_frames = lost_frames_,
                                           .has_rtp = has_rtp_});
}

}  // namespace ys::media
