// SPDX-License-Identifier: Apache-2.0
// Evens out when packets arrive: 20 ms frames come out at each tick, 20 to 120 ms behind.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/time.h"

namespace ys::media {

/// Pure: it keeps no clock, take() is what passes time. Timestamps, not sequence numbers, say what
/// belongs where, so reordering, duplicates, gaps, other packet lengths and clock drift need no
/// cases of their own.
class JitterBuffer {
public:
    static constexpr std::size_t slot_bytes = 320;
    static constexpr int frames_min = 1;  ///< of 20 ms
    static constexpr int frames_max = 6;

    enum class Put { Kept, Duplicate, Late, TooBig, Restarted };
    enum class Got {
        Idle,     ///< nothing is expected: not started, or silent for long
        Full,     ///< `out` is filled
        Missing,  ///< a frame should have been here: conceal it
    };

    /// units_per_frame    RTP clock units in 20 ms: 160, or 960 for Opus
    /// bytes_are_samples  one byte per clock unit (G.711, G.722): packets may be cut and joined
    /// filler             byte put where half a frame is missing
    void shape(std::uint32_t units_per_frame, bool bytes_are_samples, std::uint8_t filler);
    /// Forgets everything but the shape: a new stream begins.
    void restart();

    Put put(std::uint32_t timestamp, std::span<const std::uint8_t> payload);
    /// Call once every 20 ms. pressed: the far end holds a key and sends no audio meanwhile.
    Got take(std::array<std::uint8_t, slot_bytes>& out, std::size_t& size, bool pressed = false);

    /// How far behind the newest packet is played, in ms.
    int delay_ms() const { return target_ * 20; }
    std::uint64_t late() const { return late_; }
    std::uint64_t duplicates() const { return duplicates_; }

private:
    static constexpr std::size_t slots = 16;
    static constexpr int window_takes = 100;  // 2 s
    struct Slot {
        std::uint32_t timestamp;
        std::uint16_t size;  ///< 0: free
        std::array<std::uint8_t, slot_bytes> bytes;
    };

    std::int32_t ahead(std::uint32_t timestamp) const {
        return static_cast<std::int32_t>(timestamp - play_);
    }
    std::int32_t frame() const { return static_cast<std::int32_t>(units_); }
    void start_at(std::uint32_t timestamp);
    Put keep(std::uint32_t timestamp, std::span<const std::uint8_t> payload);
    Put note_late();
    void catch_up(std::int32_t lead);
    Got take_dry(bool pressed);
    bool may_cut() const;
    bool collect(std::array<std::uint8_t, slot_bytes>& out, std::size_t& size);
    void drop_played();

    std::array<Slot, slots> slots_{};
    std::uint32_t units_ = 160;
    bool bytes_are_samples_ = true;
    std::uint8_t filler_ = 0xD5;
    bool started_ = false;
    bool heard_ = false;
    std::uint32_t play_ = 0;  ///< timestamp of the next frame
    int used_ = 0;
    int target_ = 2;
    int dry_ = 0;      ///< takes in a row that found the buffer empty
    int held_ = 0;     ///< of these, takes that let time stand still
    int stretch_ = 0;  ///< takes that shall let time stand still
    int late_in_a_row_ = 0;
    int takes_ = 0;
    std::int32_t least_lead_ = 0;
    bool has_lead_ = false;
    int cut_wish_ = 0;  ///< takes since it was found that the buffer is too long
    std::uint64_t late_ = 0;
    std::uint64_t duplicates_ = 0;
};

}  // namespace ys::media
