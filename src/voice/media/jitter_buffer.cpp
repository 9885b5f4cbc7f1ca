// SPDX-License-Identifier: Apache-2.0
// The adaptive part: grows at once when packets are late, shrinks by one frame per 2 s of calm.
#include "voice/media/jitter_buffer.h"

#include <algorithm>
#include <cstring>

#include "base/panic.h"

namespace ys::media {

void JitterBuffer::shape(std::uint32_t units_per_frame, bool bytes_are_samples,
                         std::uint8_t filler) {
    YS_ASSERT(units_per_frame > 0);
    units_ = units_per_frame;
    bytes_are_samples_ = bytes_are_samples;
    filler_ = filler;
    restart();
}

void JitterBuffer::restart() {
    for (Slot& slot : slots_) slot.size = 0;
    used_ = 0;
    started_ = heard_ = has_lead_ = false;
    target_ = 2;
    dry_ = held_ = stretch_ = late_in_a_row_ = takes_ = cut_wish_ = 0;
}

void JitterBuffer::start_at(std::uint32_t timestamp) {
    for (Slot& slot : slots_) slot.size = 0;
    used_ = 0;
    play_ = timestamp - static_cast<std::uint32_t>(target_) * units_;
    started_ = true;
    dry_ = held_ = stretch_ = late_in_a_row_ = takes_ = cut_wish_ = 0;
    has_lead_ = false;
}

JitterBuffer::Put JitterBuffer::put(std::uint32_t timestamp,
                                    std::span<const std::uint8_t> payload) {
    if (payload.empty()) return Put::TooBig;
    if (bytes_are_samples_ ? payload.size() > slots * units_ : payload.size() > slot_bytes)
        return Put::TooBig;
    Put answer = Put::Kept;
    if (!started_) start_at(timestamp);
    if (std::abs(static_cast<std::int64_t>(ahead(timestamp))) > 50 * std::int64_t{frame()}) {
        start_at(timestamp);  // The far end began a new count of time.
        answer = Put::Restarted;
    }
    const std::int32_t lead = ahead(timestamp);
    if (lead + frame() <= 0) return note_late();
    late_in_a_row_ = 0;
    catch_up(lead);
    while (bytes_are_samples_ && payload.size() > units_) {
        const Put kept = keep(timestamp, payload.first(units_));
        if (kept == Put::Duplicate) return kept;
        timestamp += units_;
        payload = payload.subspan(units_);
    }
    const Put kept = keep(timestamp, payload);
    return kept == Put::Kept ? answer : kept;
}

JitterBuffer::Put JitterBuffer::note_late() {
    ++late_;
    if (++late_in_a_row_ > 10) {  // Every packet is late: it is our idea of time that is wrong.
        started_ = false;
        return Put::Late;
    }
    if (target_ < frames_max && stretch_ == 0) {
        ++target_;
        stretch_ = 1;
    }
    return Put::Late;
}

/// Measures how early the packet came, and gives up waiting time that silence let grow.
void JitterBuffer::catch_up(std::int32_t lead) {
    if (used_ == 0 && dry_ > 0) {
        if (lead > target_ * frame()) {  // After a pause in talking: nothing is lost by a jump.
            play_ += static_cast<std::uint32_t>(lead - target_ * frame());
        } else if (held_ > 0) {
            target_ = std::min(frames_max, target_ + held_);
        }
        dry_ = held_ = 0;
    }
    if (lead > (frames_max + 1) * frame()) {
        play_ += static_cast<std::uint32_t>(lead - target_ * frame());
        drop_played();
    }
    if (!has_lead_ || lead < least_lead_) least_lead_ = lead;
    has_lead_ = true;
}

JitterBuffer::Put JitterBuffer::keep(std::uint32_t timestamp,
                                     std::span<const std::uint8_t> payload) {
    Slot* place = nullptr;
    for (Slot& slot : slots_) {
        if (slot.size == 0) {
            if (place == nullptr) place = &slot;
        } else if (slot.timestamp == timestamp) {
            ++duplicates_;
            return Put::Duplicate;
        }
    }
    if (place == nullptr) return Put::TooBig;
    place->timestamp = timestamp;
    place->size = static_cast<std::uint16_t>(payload.size());
    std::memcpy(place->bytes.data(), payload.data(), payload.size());
    ++used_;
    return Put::Kept;
}

JitterBuffer::Got JitterBuffer::take_dry(bool pressed) {
    ++dry_;
    // Packets may only be late: let time stand still for them, 80 ms at most.
    if (!pressed && heard_ && dry_ <= 4) {
        ++held_;
    } else {
        play_ += units_;
    }
    return heard_ && dry_ <= 5 ? Got::Missing : Got::Idle;
}

/// A frame may be left out when the buffer was longer than needed for a whole window, best where
/// nobody hears it; after one more second anywhere.
bool JitterBuffer::may_cut() const {
    if (cut_wish_ == 0) return false;
    if (cut_wish_ > 50) return true;
    for (const Slot& slot : slots_) {
        if (slot.size == 0 || slot.timestamp != play_) continue;
        if (!bytes_are_samples_) return slot.size < 10;
        if (slot.size != units_) return false;
        int loud = 0;
        for (std::size_t i = 0; i < slot.size; i += 4)
            loud += ((slot.bytes[i] ^ 0x55) & 0x7F) > 0x20 ? 1 : 0;
        return loud == 0;
    }
    return false;
}

JitterBuffer::Got JitterBuffer::take(std::array<std::uint8_t, slot_bytes>& out, std::size_t& size,
                                     bool pressed) {
    size = 0;
    if (!started_) return Got::Idle;
    if (++takes_ >= window_takes) {
        if (has_lead_) {  // The wish follows what the network really needed.
            const int frames = least_lead_ / frame();
            if (frames >= 2 && cut_wish_ == 0) cut_wish_ = 1;
            target_ = std::clamp(frames, frames_min, target_);
        }
        takes_ = 0;
        has_lead_ = false;
    }
    if (used_ == 0) return take_dry(pressed);
    dry_ = held_ = 0;
    if (stretch_ > 0) {
        --stretch_;
        return heard_ ? Got::Missing : Got::Idle;
    }
    if (may_cut()) {
        play_ += units_;
        drop_played();
        target_ = std::max(frames_min, target_ - 1);
        cut_wish_ = 0;
        has_lead_ = false;
        takes_ = 0;
    } else if (cut_wish_ > 0) {
        ++cut_wish_;
    }
    const bool found = collect(out, size);
    play_ += units_;
    drop_played();
    heard_ = heard_ || found;
    if (found) return Got::Full;
    return heard_ ? Got::Missing : Got::Idle;
}

bool JitterBuffer::collect(std::array<std::uint8_t, slot_bytes>& out, std::size_t& size) {
    std::size_t filled = 0;
    for (Slot& slot : slots_) {
        if (slot.size == 0) continue;
        const std::int32_t from = ahead(slot.timestamp);
        if (from == 0 && (!bytes_are_samples_ || slot.size == units_)) {
            std::memcpy(out.data(), slot.bytes.data(), slot.size);
            size = slot.size;
            return true;
        }
        const std::int32_t to = from + (bytes_are_samples_ ? slot.size : frame());
        if (from >= frame() || to <= 0) continue;
        if (!bytes_are_samples_) {
            if (from < 0) continue;
            std::memcpy(out.data(), slot.bytes.data(), slot.size);
            size = slot.size;
            return true;
        }
        if (filled == 0) std::memset(out.data(), filler_, units_);
        const std::int32_t begin = std::max(from, 0);
        const std::int32_t end = std::min(to, frame());
        std::memcpy(out.data() + begin, slot.bytes.data() + (begin - from),
                    static_cast<std::size_t>(end - begin));
        filled += static_cast<std::size_t>(end - begin);
    }
    size = filled > 0 ? units_ : 0;
    return filled > 0;
}

void JitterBuffer::drop_played() {
    for (Slot& slot : slots_) {
        if (slot.size == 0) continue;
        const std::int32_t length = bytes_are_samples_ ? slot.size : frame();
        // A frame of Opus cannot be cut: it is past when its beginning is.
        const bool is_past =
            bytes_are_samples_ ? ahead(slot.timestamp) + length <= 0 : ahead(slot.timestamp) < 0;
        if (!is_past) continue;
        slot.size = 0;
        --used_;
    }
}

}  // namespace ys::media
