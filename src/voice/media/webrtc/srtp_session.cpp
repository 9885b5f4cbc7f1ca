// SPDX-License-Identifier: Apache-2.0
// One leg's SRTP keys in both directions (RFC 3711, RFC 7714), over libsrtp2.
#include "voice/media/webrtc/srtp_session.h"

#include <openssl/crypto.h>

#include <algorithm>

namespace ys::media {
namespace {

constexpr std::size_t rtp_header_size = 12;
constexpr std::size_t rtcp_header_size = 8;

/// srtp_init is global to the process and says "failed" when somebody else called it before us; a
/// real failure shows in srtp_create.
void prepare_library() { [[maybe_unused]] static const auto status = srtp_init(); }

std::uint32_t ssrc_at(std::span<const std::uint8_t> packet, std::size_t at) {
    return (std::uint32_t{packet[at]} << 24) | (std::uint32_t{packet[at + 1]} << 16) |
           (std::uint32_t{packet[at + 2]} << 8) | std::uint32_t{packet[at + 3]};
}

srtp_t make_stream(SrtpProfile profile, const std::array<std::uint8_t, 30>& key,
                   srtp_ssrc_type_t direction) {
    srtp_policy_t policy{};
    const auto id = profile == SrtpProfile::AeadAes128Gcm ? srtp_profile_aead_aes_128_gcm
                                                          : srtp_profile_aes128_cm_sha1_80;
    if (srtp_crypto_policy_set_from_profile_for_rtp(&policy.rtp, id) != srtp_err_status_ok ||
        srtp_crypto_policy_set_from_profile_for_rtcp(&policy.rtcp, id) != srtp_err_status_ok) {
        return nullptr;
    }
    auto copy = key;
    policy.ssrc.type = direction;
    policy.key = copy.data();
    policy.window_size = 1024;  // 20 s of 20 ms packets: late is for the jitter buffer to judge
    srtp_t stream = nullptr;
    const auto status = srtp_create(&stream, &policy);
    OPENSSL_cleanse(copy.data(), copy.size());
    return status == srtp_err_status_ok ? stream : nullptr;
}

}  // namespace

SrtpKeys::~SrtpKeys() {
    OPENSSL_cleanse(inbound.data(), inbound.size());
    OPENSSL_cleanse(outbound.data(), outbound.size());
}

std::unique_ptr<SrtpSession> SrtpSession::make(const SrtpKeys& keys) {
    prepare_library();
    srtp_t inbound = make_stream(keys.profile, keys.inbound, ssrc_any_inbound);
    srtp_t outbound = make_stream(keys.profile, keys.outbound, ssrc_any_outbound);
    std::unique_ptr<SrtpSession> session(new SrtpSession(inbound, outbound));
    return inbound != nullptr && outbound != nullptr ? std::move(session) : nullptr;
}

SrtpSession::~SrtpSession() {
    if (inbound_ != nullptr) srtp_dealloc(inbound_);
    if (outbound_ != nullptr) srtp_dealloc(outbound_);
}

bool SrtpSession::may_receive(std::uint32_t ssrc) const {
    const auto end = sources_.begin() + static_cast<std::ptrdiff_t>(source_count_);
    return source_count_ < sources_max || std::find(sources_.begin(), end, ssrc) != end;
}

void SrtpSession::remember(std::uint32_t ssrc) {
    const auto end = sources_.begin() + static_cast<std::ptrdiff_t>(source_count_);
    if (source_count_ < sources_max && std::find(sources_.begin(), end, ssrc) == end) {
        sources_[source_count_++] = ssrc;
    }
}

std::optional<std::size_t> SrtpSession::unprotect_rtp(std::span<std::uint8_t> packet) {
    if (packet.size() < rtp_header_size) return std::nullopt;
    const std::uint32_t ssrc = ssrc_at(packet, 8);
    int size = static_cast<int>(packet.size());
    if (!may_receive(ssrc) ||
        srtp_unprotect(inbound_, packet.data(), &size) != srtp_err_status_ok || size < 0) {
        return std::nullopt;
    }
    remember(ssrc);
    return static_cast<std::size_t>(size);
}

std::optional<std::size_t> SrtpSession::unprotect_rtcp(std::span<std::uint8_t> packet) {
    if (packet.size() < rtcp_header_size) return std::nullopt;
    const std::uint32_t ssrc = ssrc_at(packet, 4);
    int size = static_cast<int>(packet.size());
    if (!may_receive(ssrc) ||
        srtp_unprotect_rtcp(inbound_, packet.data(), &size) != srtp_err_status_ok || size < 0) {
        return std::nullopt;
    }
    remember(ssrc);
    return static_cast<std::size_t>(size);
}

std::optional<std::size_t> SrtpSession::protect_rtp(std::span<std::uint8_t> buffer,
                                                    std::size_t size) {
    if (size < rtp_header_size || buffer.size() < size + trailer_max) return std::nullopt;
    int out = static_cast<int>(size);
    if (srtp_protect(outbound_, buffer.data(), &out) != srtp_err_status_ok) return std::nullopt;
    return static_cast<std::size_t>(out);
}

std::optional<std::size_t> SrtpSession::protect_rtcp(std::span<std::uint8_t> buffer,
                                                     std::size_t size) {
    if (size < rtcp_header_size || buffer.size() < size + trailer_max) return std::nullopt;
    int out = static_cast<int>(size);
    if (srtp_protect_rtcp(outbound_, buffer.data(), &out) != srtp_err_status_ok) {
        return std::nullopt;
    }
    return static_cast<std::size_t>(out);
}

}  // namespace ys::media
