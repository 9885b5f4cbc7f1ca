// SPDX-License-Identifier: Apache-2.0
// Keys as telephone events (RFC 4733): hearing each press once, and sending presses.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/time.h"

namespace ys::media {

/// '0'..'9' '*' '#' 'A'..'D' as event 0..15; nothing for the rest.
std::optional<char> key_of_event(std::uint8_t event);
std::optional<std::uint8_t> event_of_key(char key);

class KeyReceiver {
public:
    /// Says the key at the first packet of a press and nothing at its other packets.
    /// payload    of a telephone-event packet, 4 bytes or more
    /// timestamp  of the packet: all packets of one press carry the same (RFC 4733 §2.1)
    std::optional<char> on_packet(std::span<const std::uint8_t> payload, std::uint32_t timestamp,
                                  Instant now);
    /// True while a key is held, and for 60 ms after the last packet when the end was lost.
    bool is_pressed(Instant now) const;
    void restart() { *this = KeyReceiver{}; }

private:
    bool has_press_ = false;
    bool has_ended_ = false;
    std::uint32_t press_timestamp_ = 0;
    std::uint8_t press_event_ = 0;
    Instant last_packet_{};
};

/// Turns queued keys into one payload each 20 ms.
class KeySender {
public:
    struct Payload {
        std::array<std::uint8_t, 4> bytes;
        std::uint32_t timestamp;
        bool marker;
    };
    static constexpr std::size_t queue_max = 64;

    /// false when the key is none of ours or the queue is full.
    bool push(char key);
    bool is_busy() const { return count_ > 0 || phase_ != 0; }
    /// True when the coming tick belongs to a key: audio is then not sent.
    bool is_sounding() const { return phase_ > 0 && phase_ <= packets_max; }
    /// now_timestamp   the RTP timestamp the audio of this tick would carry
    /// ticks_per_frame RTP clock units in 20 ms
    std::optional<Payload> next(std::uint32_t now_timestamp, std::uint32_t ticks_per_frame);

private:
    static constexpr int sounding = 5;                // 100 ms
    static constexpr int packets_max = sounding + 3;  // The end three times: §2.5.1.4.
    static constexpr int pause_end = packets_max + 4;
    std::array<char, queue_max> queue_{};
    std::size_t head_ = 0;
    std::size_t count_ = 0;
    int phase_ = 0;
    std::uint8_t event_ = 0;
    std::uint32_t start_ = 0;
};

}  // namespace ys::media
