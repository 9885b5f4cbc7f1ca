// SPDX-License-Identifier: Apache-2.0
// Sends an utterance as RTP, a packet for every 20 ms of it, and silence after its end: a
// recogniser knows by the silence that the speaker has finished.
#pragma once

#include <chrono>
#include <cstdint>
#include <span>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "voice/media/socket_address.h"
#include "voice/media/udp_socket.h"

namespace ys::speech {

class UtteranceSender {
public:
    /// pace  1: as fast as it was spoken
    UtteranceSender(boost::asio::io_context& io, media::UdpSocket socket,
                    std::span<const std::int16_t> samples, unsigned pace);
    std::uint16_t port() const { return socket_.port(); }
    /// Goes on until it is destroyed.
    void begin(const media::SocketAddress& to, bool is_ulaw);

private:
    void send_next();
    void wait();

    boost::asio::steady_timer timer_;
    media::UdpSocket socket_;
    std::span<const std::int16_t> left_;
    std::chrono::microseconds step_;
    media::SocketAddress to_;
    bool is_ulaw_ = true;
    bool is_first_ = true;
    std::uint16_t sequence_;
    std::uint32_t timestamp_, ssrc_;
};

}  // namespace ys::speech
