// SPDX-License-Identifier: Apache-2.0
// One leg's SRTP keys in both directions (RFC 3711, RFC 7714), over libsrtp2.
#pragma once

#include <srtp2/srtp.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

namespace ys::media {

enum class SrtpProfile { AeadAes128Gcm, Aes128CmSha1_80 };

/// Master key followed by master salt; 28 bytes for GCM, 30 for CM.
struct SrtpKeys {
    SrtpProfile profile = SrtpProfile::AeadAes128Gcm;
    std::array<std::uint8_t, 30> inbound{};
    std::array<std::uint8_t, 30> outbound{};
    ~SrtpKeys();  ///< wipes
};

constexpr std::size_t srtp_key_size = 16;
constexpr std::size_t srtp_salt_size(SrtpProfile profile) {
    return profile == SrtpProfile::AeadAes128Gcm ? 12 : 14;
}

/// Any SSRC in either direction; at most `sources_max` inbound ones, so that a far end that holds
/// the keys cannot make libsrtp grow without bound.
class SrtpSession {
public:
    static constexpr std::size_t sources_max = 16;
    static constexpr std::size_t trailer_max = 32;  ///< GCM tag 16, CM tag 10, RTCP index 4

    /// Null when libsrtp refuses the keys.
    static std::unique_ptr<SrtpSession> make(const SrtpKeys& keys);
    ~SrtpSession();
    SrtpSession(const SrtpSession&) = delete;
    SrtpSession& operator=(const SrtpSession&) = delete;

    /// In place; the plain packet's size, or nothing for garbage, forgery and replay.
    std::optional<std::size_t> unprotect_rtp(std::span<std::uint8_t> packet);
    std::optional<std::size_t> unprotect_rtcp(std::span<std::uint8_t> packet);
    /// In place; the encrypted packet's size. `buffer` has trailer_max spare bytes after `size`.
    std::optional<std::size_t> protect_rtp(std::span<std::uint8_t> buffer, std::size_t size);
    std::optional<std::size_t> protect_rtcp(std::span<std::uint8_t> buffer, std::size_t size);

private:
    SrtpSession(srtp_t inbound, srtp_t outbound) : inbound_(inbound), outbound_(outbound) {}
    bool may_receive(std::uint32_t ssrc) const;
    void remember(std::uint32_t ssrc);
    srtp_t inbound_;
    srtp_t outbound_;
    std::array<std::uint32_t, sources_max> sources_{};
    std::size_t source_count_ = 0;
};

}  // namespace ys::media
