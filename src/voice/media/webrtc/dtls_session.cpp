// SPDX-License-Identifier: Apache-2.0
// One DTLS 1.2 server handshake over datagrams handed in and out, and the SRTP keys it yields.
#include "voice/media/webrtc/dtls_session.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <sys/time.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace ys::media {
namespace {

constexpr long mtu = 1200;  // Fits every path, IPv6 and tunnels included.
constexpr long ip_and_udp = 28;
constexpr int records_per_datagram_max = 32;
constexpr std::size_t record_header_size = 13;
constexpr std::uint8_t record_alert = 21;

/// RFC 6347 §4.2.4.1 starts at 1 s; real-time users may start lower. A browser waits for speech.
unsigned next_timer_us(SSL*, unsigned previous_us) {
    return previous_us == 0 ? 100'000U : std::min(previous_us * 2, 2'000'000U);
}

bool is_plain_alert(std::span<const std::uint8_t> datagram) {
    return datagram[0] == record_alert && datagram[3] == 0 && datagram[4] == 0;
}

}  // namespace

int DtlsSession::bio_write(BIO* bio, const char* data, int size) {
    auto* self = static_cast<DtlsSession*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    self->send_({reinterpret_cast<const std::uint8_t*>(data), static_cast<std::size_t>(size)});
    return size;  // A lost datagram is the network's business, not an error.
}

int DtlsSession::bio_read(BIO* bio, char* out, int size) {
    auto* self = static_cast<DtlsSession*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    if (self->incoming_.empty() || size <= 0) {
        BIO_set_retry_read(bio);
        return -1;
    }
    const std::size_t n = std::min(self->incoming_.size(), static_cast<std::size_t>(size));
    std::memcpy(out, self->incoming_.data(), n);
    self->incoming_ = {};
    return static_cast<int>(n);
}

long DtlsSession::bio_ctrl(BIO*, int command, long, void*) {
    switch (command) {
        case BIO_CTRL_FLUSH:
            return 1;
        case BIO_CTRL_DGRAM_QUERY_MTU:
            return mtu;
        case BIO_CTRL_DGRAM_GET_MTU_OVERHEAD:
            return ip_and_udp;
        default:
            return 0;
    }
}

const BIO_METHOD* DtlsSession::bio_method() {
    struct Free {
        void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
    };
    static const std::unique_ptr<BIO_METHOD, Free> method = [] {
        std::unique_ptr<BIO_METHOD, Free> made(
            BIO_meth_new(BIO_TYPE_SOURCE_SINK | BIO_get_new_index(), "one datagram per write"));
        if (made) {
            BIO_meth_set_write(made.get(), bio_write);
            BIO_meth_set_read(made.get(), bio_read);
            BIO_meth_set_ctrl(made.get(), bio_ctrl);
        }
        return made;
    }();
    return method.get();
}

std::unique_ptr<DtlsSession> DtlsSession::make(const DtlsIdentity& identity, Send send) {
    std::unique_ptr<DtlsSession> session(new DtlsSession(identity, std::move(send)));
    return session->attach() ? std::move(session) : nullptr;
}

DtlsSession::DtlsSession(const DtlsIdentity& identity, Send send)
    : send_(std::move(send)), ssl_(SSL_new(identity.context())) {}

bool DtlsSession::attach() {
    const BIO_METHOD* method = bio_method();
    if (ssl_ == nullptr || method == nullptr) return false;
    BIO* bio = BIO_new(method);
    if (bio == nullptr) return false;
    BIO_set_data(bio, this);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl_, bio, bio);
    SSL_set_accept_state(ssl_);
    DTLS_set_link_mtu(ssl_, mtu);
    DTLS_set_timer_cb(ssl_, next_timer_us);
    return true;
}

DtlsSession::~DtlsSession() { SSL_free(ssl_); }

bool DtlsSession::on_datagram(std::span<const std::uint8_t> datagram) {
    if (datagram.size() < record_header_size || state_ == State::Failed ||
        state_ == State::Closed) {
        return false;
    }
    // Anyone can write an unencrypted alert; a handshake that really failed times out instead.
    if (is_plain_alert(datagram)) return false;
    incoming_ = datagram;
    refused_ = false;
    step();
    incoming_ = {};
    return !refused_;
}

void DtlsSession::step() {
    if (state_ == State::Handshaking) {
        ERR_clear_error();
        const int done = SSL_do_handshake(ssl_);
        if (done == 1) {
            state_ = State::Up;
        } else if (SSL_get_error(ssl_, done) != SSL_ERROR_WANT_READ) {
            state_ = State::Failed;
            refused_ = true;
        }
    }
    std::array<char, 2048> unwanted;  // RFC 5764 carries no data over DTLS itself.
    for (int i = 0; state_ == State::Up && i < records_per_datagram_max; ++i) {
        ERR_clear_error();
        const int got = SSL_read(ssl_, unwanted.data(), static_cast<int>(unwanted.size()));
        if (got > 0) continue;
        const int error = SSL_get_error(ssl_, got);
        if (error == SSL_ERROR_ZERO_RETURN) state_ = State::Closed;
        // Any other error leaves the SRTP keys in force: CVE-2023-49786 and its kin ended calls.
        refused_ = error != SSL_ERROR_WANT_READ && error != SSL_ERROR_ZERO_RETURN;
        break;
    }
    ERR_clear_error();
}

void DtlsSession::on_tick() {
    timeval left{};
    if (state_ != State::Handshaking || DTLSv1_get_timeout(ssl_, &left) != 1) return;
    if (left.tv_sec != 0 || left.tv_usec != 0) return;
    ERR_clear_error();
    if (DTLSv1_handle_timeout(ssl_) < 0) state_ = State::Failed;
    ERR_clear_error();
}

void DtlsSession::close() {
    if (state_ != State::Up) return;
    ERR_clear_error();
    SSL_shutdown(ssl_);
    ERR_clear_error();
    state_ = State::Closed;
}

std::string DtlsSession::peer_fingerprint() const {
    struct Free {
        void operator()(X509* certificate) const { X509_free(certificate); }
    };
    const std::unique_ptr<X509, Free> certificate(SSL_get1_peer_certificate(ssl_));
    return certificate ? fingerprint_of(certificate.get()) : std::string{};
}

std::optional<SrtpKeys> DtlsSession::keys() const {
    const SRTP_PROTECTION_PROFILE* agreed = SSL_get_selected_srtp_profile(ssl_);
    if (state_ != State::Up || agreed == nullptr) return std::nullopt;
    SrtpKeys keys;
    keys.profile = agreed->id == SRTP_AEAD_AES_128_GCM ? SrtpProfile::AeadAes128Gcm
                                                       : SrtpProfile::Aes128CmSha1_80;
    const std::size_t salt = srtp_salt_size(keys.profile);
    std::array<std::uint8_t, 2 * (srtp_key_size + 14)> material{};
    static constexpr char label[] = "EXTRACTOR-dtls_srtp";
    const bool is_exported =
        SSL_export_keying_material(ssl_, material.data(), 2 * (srtp_key_size + salt), label,
                                   sizeof label - 1, nullptr, 0, 0) == 1;
    // RFC 5764 §4.2: client key, server key, client salt, server salt. The browser is the client.
    const std::uint8_t* salts = material.data() + 2 * srtp_key_size;
    std::copy_n(material.data(), srtp_key_size, keys.inbound.begin());
    std::copy_n(salts, salt, keys.inbound.begin() + srtp_key_size);
    std::copy_n(material.data() + srtp_key_size, srtp_key_size, keys.outbound.begin());
    std::copy_n(salts + salt, salt, keys.outbound.begin() + srtp_key_size);
    OPENSSL_cleanse(material.data(), material.size());
    if (!is_exported) return std::nullopt;
    return keys;
}

}  // namespace ys::media
