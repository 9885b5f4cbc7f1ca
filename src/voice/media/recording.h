// SPDX-License-Identifier: Apache-2.0
// The media thread's side of a recording: frames go into blocks, full blocks to the writer.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "voice/media/g711.h"
#include "voice/media/media_engine.h"
#include "voice/media/recording_writer.h"

namespace ys::media {

/// Left and right by turns; frames are counted against the clock, so that a gap is seen.
class Recording {
public:
    Recording(RecordingPlan plan, RecordingWriter& writer, Instant now);
    RecordingId id() const { return plan_.recording; }
    const RecordingPlan& plan() const { return plan_; }
    void set_legs(std::vector<LegId> left, std::vector<LegId> right);

    /// Once every 20 ms. Null is silence.
    void append(const AlawFrame* left, const AlawFrame* right, Instant now);
    void note_rtp() { has_rtp_ = true; }
    bool has_rtp() const { return has_rtp_; }
    void mark(Span span, bool begins);
    /// False when the writer cannot take it yet: call again at the next tick.
    bool finish(Instant now);

private:
    void hand_over();
    std::size_t first_block_bytes() const;
    std::int64_t offset_ms() const { return frames_ * 20; }

    RecordingPlan plan_;
    RecordingWriter& writer_;
    std::unique_ptr<RecordingBlock> block_;
    std::size_t full_at_;  ///< bytes of the block being filled
    Instant begun_;
    Instant last_{};
    std::int64_t frames_ = 0;
    std::int64_t lost_frames_ = 0;
    bool has_rtp_ = false;
};

}  // namespace ys::media
