// SPDX-License-Identifier: Apache-2.0
// Nonces: milliseconds and a running number in hexadecimal, then half an HMAC over them.
#include "voice/sip/nonce.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <fmt/format.h>

#include "base/text.h"
#include "voice/sip/digest.h"

namespace ys::sip {
namespace {

constexpr std::size_t stamp_size = 24;  // 16 digits of time, 8 of the running number
constexpr std::size_t proof_size = 32;  // 16 bytes

std::int64_t millis(Instant t) {
    return std::chrono::duration_cast<Millis>(t.time_since_epoch()).count();
}

}  // namespace

std::string NonceMint::proof(std::string_view stamp) const {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
         reinterpret_cast<const unsigned char*>(stamp.data()), stamp.size(), out, &size);
    return hex({reinterpret_cast<const char*>(out), proof_size / 2});
}

std::string NonceMint::mint(Instant now) {
    ++minted_;
    const std::string stamp = fmt::format("{:016x}{:08x}", static_cast<std::uint64_t>(millis(now)),
                                          static_cast<std::uint32_t>(minted_));
    return stamp + proof(stamp);
}

NonceMint::Verdict NonceMint::check(std::string_view nonce, Instant now) const {
    if (nonce.size() != stamp_size + proof_size) return Verdict::Forged;
    const std::string_view stamp = nonce.substr(0, stamp_size);
    if (!same_secret(nonce.substr(stamp_size), proof(stamp))) return Verdict::Forged;
    std::uint64_t made = 0;  // Ours, so it is sixteen lower-case digits.
    for (char c : stamp.substr(0, 16))
        made = made << 4 | static_cast<std::uint64_t>(c <= '9' ? c - '0' : c - 'a' + 10);
    const auto age = Millis{millis(now) - static_cast<std::int64_t>(made)};
    return age > lifetime ? Verdict::Stale : Verdict::Good;
}

bool NonceMint::use(std::string_view nonce, std::uint32_t nonce_count, Instant now) {
    if (now - swept_ > lifetime) forget(now);
    const auto known = uses_.find(nonce);
    if (known != uses_.end()) {
        if (nonce_count <= known->second.count) return false;
        known->second.count = nonce_count;
        return true;
    }
    if (uses_.size() >= remembered_max) forget(now);
    if (uses_.size() >= remembered_max) return false;
    uses_.emplace(nonce, Use{nonce_count, now + lifetime});
    return true;
}

void NonceMint::forget(Instant now) {
    swept_ = now;
    std::erase_if(uses_, [&](const auto& use) { return use.second.forget_at < now; });
}

}  // namespace ys::sip
