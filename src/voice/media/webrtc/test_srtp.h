// SPDX-License-Identifier: Apache-2.0
// For tests: the browser's end of SRTP, straight on libsrtp2, with the keys split by the RFC's
// text.
#pragma once

#include <openssl/ssl.h>
#include <srtp2/srtp.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ys::media::test {

using Bytes = std::vector<std::uint8_t>;

class TestSrtp {
public:
    TestSrtp() = default;
    ~TestSrtp() {
        if (inbound_ != nullptr) srtp_dealloc(inbound_);
        if (outbound_ != nullptr) srtp_dealloc(outbound_);
    }
    TestSrtp(const TestSrtp&) = delete;
    TestSrtp& operator=(const TestSrtp&) = delete;
    bool has_keys() const { return inbound_ != nullptr && outbound_ != nullptr; }

    /// RFC 5764 §4.2, as the client.
    void take_keys(SSL* ssl) {
        const SRTP_PROTECTION_PROFILE* agreed = SSL_get_selected_srtp_profile(ssl);
        if (agreed == nullptr) return;
        const bool is_gcm = agreed->id == SRTP_AEAD_AES_128_GCM;
        const std::size_t salt = is_gcm ? 12 : 14;
        std::array<std::uint8_t, 60> m{};
        SSL_export_keying_material(ssl, m.data(), 2 * (16 + salt), "EXTRACTOR-dtls_srtp", 19,
                                   nullptr, 0, 0);
        Bytes client(m.begin(), m.begin() + 16), server(m.begin() + 16, m.begin() + 32);
        const auto salts = m.begin() + 32;
        client.insert(client.end(), salts, salts + static_cast<int>(salt));
        server.insert(server.end(), salts + static_cast<int>(salt),
                      salts + 2 * static_cast<int>(salt));
        srtp_init();
        outbound_ = stream(client, is_gcm, ssrc_any_outbound);
        inbound_ = stream(server, is_gcm, ssrc_any_inbound);
    }

    Bytes rtp(std::uint16_t seq, std::uint32_t ssrc = 7) {
        Bytes packet(12 + 160 + SRTP_MAX_TRAILER_LEN, 0xD5);
        const Bytes head{0x80,
                         8,
                         std::uint8_t(seq >> 8),
                         std::uint8_t(seq),
                         0,
                         0,
                         0,
                         0,
                         std::uint8_t(ssrc >> 24),
                         std::uint8_t(ssrc >> 16),
                         std::uint8_t(ssrc >> 8),
                         std::uint8_t(ssrc)};
        std::copy(head.begin(), head.end(), packet.begin());
        int size = 172;
        if (srtp_protect(outbound_, packet.data(), &size) != srtp_err_status_ok) size = 0;
        packet.resize(static_cast<std::size_t>(size));
        return packet;
    }
    Bytes rtcp() {
        Bytes packet(8 + SRTP_MAX_TRAILER_LEN, 0);
        const Bytes head{0x80, 201, 0, 1, 0, 0, 0, 7};
        std::copy(head.begin(), head.end(), packet.begin());
        int size = 8;
        if (srtp_protect_rtcp(outbound_, packet.data(), &size) != srtp_err_status_ok) size = 0;
        packet.resize(static_cast<std::size_t>(size));
        return packet;
    }
    /// The plain packet, or empty when it does not decrypt.
    Bytes opened(Bytes packet) {
        int size = static_cast<int>(packet.size());
        const bool is_rtcp = packet[1] >= 192 && packet[1] <= 223;
        const auto status = is_rtcp ? srtp_unprotect_rtcp(inbound_, packet.data(), &size)
                                    : srtp_unprotect(inbound_, packet.data(), &size);
        packet.resize(status == srtp_err_status_ok ? static_cast<std::size_t>(size) : 0);
        return packet;
    }

private:
    static srtp_t stream(Bytes& key, bool is_gcm, srtp_ssrc_type_t type) {
        srtp_policy_t policy{};
        auto* set = is_gcm ? srtp_crypto_policy_set_aes_gcm_128_16_auth
                           : srtp_crypto_policy_set_rtp_default;
        set(&policy.rtp);
        set(&policy.rtcp);
        policy.ssrc.type = type;
        policy.key = key.data();
        srtp_t made = nullptr;
        srtp_create(&made, &policy);
        return made;
    }
    srtp_t inbound_ = nullptr;
    srtp_t outbound_ = nullptr;
};

}  // namespace ys::media::test
