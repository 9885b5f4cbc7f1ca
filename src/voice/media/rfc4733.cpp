// SPDX-License-Identifier: Apache-2.0
// Telephone events in and out.
#include "voice/media/rfc4733.h"

#include <algorithm>
#include <string_view>

#include "voice/media/rtp_packet.h"

namespace ys::media {
namespace {
constexpr std::string_view keys = "0123456789*#ABCD";
}

std::optional<char> key_of_event(std::uint8_t event) {
    if (event >= keys.size()) return std::nullopt;
    return keys[event];
}

std::optional<std::uint8_t> event_of_key(char key) {
    if (key >= 'a' && key <= 'd') key = static_cast<char>(key - 'a' + 'A');
    const std::size_t at = keys.find(key);
    if (at == std::string_view::npos) return std::nullopt;
    return static_cast<std::uint8_t>(at);
}

std::optional<char> KeyReceiver::on_packet(std::span<const std::uint8_t> payload,
                                           std::uint32_t timestamp, Instant now) {
    if (payload.size() < 4) return std::nullopt;
    const auto key = key_of_event(payload[0]);
    if (!key) return std::nullopt;
    const bool is_end = (payload[1] & 0x80) != 0;
    const bool is_same = has_press_ && press_timestamp_ == timestamp && press_event_ == payload[0];
    // A straggler of an earlier press has an older timestamp; it must not count again.
    if (has_press_ && !is_same && static_cast<std::int32_t>(timestamp - press_timestamp_) < 0 &&
        now - last_packet_ < 2s) {
        return std::nullopt;
    }
    last_packet_ = now;
    if (is_same) {
        has_ended_ = has_ended_ || is_end;
        return std::nullopt;
    }
    has_press_ = true;
    has_ended_ = is_end;
    press_timestamp_ = timestamp;
    press_event_ = payload[0];
    return key;
}

bool KeyReceiver::is_pressed(Instant now) const {
    return has_press_ && !has_ended_ && now - last_packet_ < 60ms;
}

bool KeySender::push(char key) {
    if (count_ == queue_max || !event_of_key(key)) return false;
    queue_[(head_ + count_++) % queue_max] = key;
    return true;
}

std::optional<KeySender::Payload> KeySender::next(std::uint32_t now_timestamp,
                                                  std::uint32_t ticks_per_frame) {
    if (phase_ == 0) {
        if (count_ == 0) return std::nullopt;
        event_ = *event_of_key(queue_[head_]);
        head_ = (head_ + 1) % queue_max;
        --count_;
        start_ = now_timestamp;
    }
    ++phase_;
    if (phase_ > packets_max) {
        if (phase_ >= pause_end) phase_ = 0;
        return std::nullopt;
    }
    const bool is_end = phase_ > sounding;
    const auto frames = static_cast<std::uint32_t>(std::min(phase_, sounding));
    Payload out{.bytes = {event_, static_cast<std::uint8_t>(10 | (is_end ? 0x80 : 0)), 0, 0},
                .timestamp = start_,
                .marker = phase_ == 1};
    write_u16(&out.bytes[2], std::min<std::uint32_t>(frames * ticks_per_frame, 0xFFFF));
    return out;
}

}  // namespace ys::media
