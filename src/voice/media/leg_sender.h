// SPDX-License-Identifier: Apache-2.0
// The speaking half of a leg: frames and keys become RTP packets, 50 a second.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "voice/media/audio_plan.h"
#include "voice/media/codec.h"
#include "voice/media/key_tones.h"
#include "voice/media/mix.h"
#include "voice/media/rfc4733.h"

namespace ys::media {

class LegSender {
public:
    static constexpr std::size_t packet_room = 12 + Encoder::bytes_max + 64;
    struct Start {
        std::uint32_t ssrc = 0;
        std::uint32_t timestamp = 0;
        std::uint16_t sequence = 0;
    };

    explicit LegSender(Start start)
        : ssrc_(start.ssrc), timestamp_(start.timestamp), sequence_(start.sequence) {}

    /// encoder  null for G.711
    /// tones    null when telephone events were agreed
    void on_plan(const AudioPlan& plan, std::unique_ptr<Encoder> encoder,
                 std::unique_ptr<KeyTones> tones);
    bool push_key(char key);

    /// Once every 20 ms: writes the packet of this tick. Silence when the mix is empty.
    /// out: packet_room bytes. returns its size, 0 when nothing is to be sent
    std::size_t next(const Mix& mix, std::span<std::uint8_t> out);
    /// A tick in which the leg may not send: time goes on.
    void skip();

    std::uint32_t ssrc() const { return ssrc_; }
    std::uint32_t timestamp() const { return timestamp_; }
    std::uint64_t packets() const { return packets_; }
    std::uint64_t bytes() const { return bytes_; }

private:
    std::size_t finish(std::span<std::uint8_t> out, std::uint8_t type, std::uint32_t timestamp,
                       bool marker, std::size_t payload_size);
    std::size_t write_voice(const Mix& mix, std::span<std::uint8_t> payload);

    AudioPlan plan_;
    std::uint32_t units_ = 160;
    std::unique_ptr<Encoder> encoder_;
    std::unique_ptr<KeyTones> tones_;
    KeySender keys_;
    std::uint32_t ssrc_;
    std::uint32_t timestamp_;
    std::uint16_t sequence_;
    bool is_first_ = true;
    std::uint64_t packets_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace ys::media
