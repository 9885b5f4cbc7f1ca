// SPDX-License-Identifier: Apache-2.0
// A bound, non-blocking UDP socket, and the pair of them that a plain RTP leg wants.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "base/result.h"
#include "voice/media/socket_address.h"

namespace ys::media {

class UdpSocket {
public:
    UdpSocket() = default;
    /// port 0: chosen by the system. errors: media::no_port
    static Result<UdpSocket> bind(const std::string& address, std::uint16_t port);
    ~UdpSocket();
    UdpSocket(UdpSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    UdpSocket& operator=(UdpSocket&& other) noexcept;
    UdpSocket(const UdpSocket&) = delete;
    UdpSocket& operator=(const UdpSocket&) = delete;

    bool is_open() const { return fd_ >= 0; }
    int fd() const { return fd_; }
    std::uint16_t port() const;
    void close();
    /// Asks the system for a bigger receive buffer: a socket that many legs share.
    void widen(int bytes);

private:
    int fd_ = -1;
};

struct RtpSockets {
    UdpSocket rtp;
    UdpSocket rtcp;  ///< closed when RTCP is multiplexed
    std::uint16_t port = 0;
};

/// An even port and, when wanted, the odd one after it (RFC 3550 §11).
/// first, last  0: any port the system likes; else tried from a random place on, so that a port
///              cannot be guessed
/// errors       media::no_port
Result<RtpSockets> bind_rtp(const std::string& address, std::uint16_t first, std::uint16_t last,
                            bool wants_rtcp);

/// From the system's generator; for SSRCs, first sequence numbers and ports (RFC 3550 §8.1).
std::uint32_t unguessable();

}  // namespace ys::media
