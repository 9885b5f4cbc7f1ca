// SPDX-License-Identifier: Apache-2.0
#include "voice/speech/mrcp/utterance_sender.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "voice/media/g711.h"
#include "voice/media/rtp_packet.h"

namespace ys::speech {
namespace {

constexpr std::chrono::microseconds frame_time{20'000};

}  // namespace

UtteranceSender::UtteranceSender(boost::asio::io_context& io, media::UdpSocket socket,
                                 std::span<const std::int16_t> samples, unsigned pace)
    : timer_(io),
      socket_(std::move(socket)),
      left_(samples),
      step_(frame_time / pace),
      sequence_(static_cast<std::uint16_t>(media::unguessable())),
      timestamp_(media::unguessable()),
      ssrc_(media::unguessable()) {}

void UtteranceSender::begin(const media::SocketAddress& to, bool is_ulaw) {
    to_ = to;
    is_ulaw_ = is_ulaw;
    timer_.expires_after(step_);
    wait();
}

void UtteranceSender::wait() {
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        send_next();
        // By the moment it was due: a late packet makes no other late.
        timer_.expires_at(timer_.expiry() + step_);
        wait();
    });
}

void UtteranceSender::send_next() {
    std::array<std::uint8_t, media::rtp_header_size + media::frame_samples> packet{};
    media::write_rtp_header(packet, {.payload_type = static_cast<std::uint8_t>(is_ulaw_ ? 0 : 8),
                                     .marker = is_first_,
                                     .sequence = sequence_,
                                     .timestamp = timestamp_,
                                     .ssrc = ssrc_,
                                     .payload = {}});
    const std::size_t count = std::min(left_.size(), media::frame_samples);
    for (std::size_t i = 0; i < media::frame_samples; ++i) {
        const std::int16_t sample = i < count ? left_[i] : std::int16_t{0};
        packet[media::rtp_header_size + i] =
            is_ulaw_ ? media::to_ulaw(sample) : media::to_alaw(sample);
    }
    left_ = left_.subspan(count);
    is_first_ = false;
    ++sequence_;
    timestamp_ += media::frame_samples;
    // What is lost is lost, as in any call.
    static_cast<void>(
        ::sendto(socket_.fd(), packet.data(), packet.size(), 0, to_.raw(), to_.size()));
}

}  // namespace ys::speech
