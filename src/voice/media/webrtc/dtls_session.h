// SPDX-License-Identifier: Apache-2.0
// One DTLS 1.2 server handshake over datagrams handed in and out, and the SRTP keys it yields.
#pragma once

#include <openssl/ssl.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "voice/media/webrtc/dtls_identity.h"
#include "voice/media/webrtc/srtp_session.h"

namespace ys::media {

/// Handshaking -> Up -> Closed, or Handshaking -> Failed. Only an authenticated close_notify leads
/// from Up to Closed; whatever else arrives then is ignored.
class DtlsSession {
public:
    enum class State { Handshaking, Up, Failed, Closed };
    using Send = std::function<void(std::span<const std::uint8_t>)>;

    /// `send` takes one datagram of at most 1200 - 28 bytes; called only inside the two calls
    /// below. Null when OpenSSL has no memory.
    static std::unique_ptr<DtlsSession> make(const DtlsIdentity& identity, Send send);
    ~DtlsSession();
    DtlsSession(const DtlsSession&) = delete;
    DtlsSession& operator=(const DtlsSession&) = delete;

    /// False when the datagram was of no use (dropped before OpenSSL, or refused by it).
    bool on_datagram(std::span<const std::uint8_t> datagram);
    /// Retransmits the last flight when OpenSSL's timer says so (RFC 6347 §4.2.4). OpenSSL keeps
    /// that timer on the system clock.
    void on_tick();
    /// Tells the far end that we leave; nothing when the handshake has not ended.
    void close();

    State state() const { return state_; }
    /// Once Up: "sha-256 AB:CD:.." of the far end's certificate.
    std::string peer_fingerprint() const;
    /// Once Up: RFC 5764 §4.2; nothing when no SRTP profile was agreed.
    std::optional<SrtpKeys> keys() const;

private:
    DtlsSession(const DtlsIdentity& identity, Send send);
    bool attach();
    void step();
    static int bio_write(BIO* bio, const char* data, int size);
    static int bio_read(BIO* bio, char* out, int size);
    static long bio_ctrl(BIO* bio, int command, long number, void* pointer);
    static const BIO_METHOD* bio_method();

    Send send_;
    SSL* ssl_;
    State state_ = State::Handshaking;
    std::span<const std::uint8_t> incoming_;
    bool refused_ = false;
};

}  // namespace ys::media
