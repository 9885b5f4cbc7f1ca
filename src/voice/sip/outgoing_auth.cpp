// SPDX-License-Identifier: Apache-2.0
// Digest as a client, bound to realm and address.
#include "voice/sip/outgoing_auth.h"

namespace ys::sip {

OutgoingAuth::OutgoingAuth(std::string user, Secret<std::string> password, std::string realm,
                           std::string proxy_host)
    : user_(std::move(user)),
      password_(std::move(password)),
      realm_(std::move(realm)),
      proxy_host_(std::move(proxy_host)) {}

bool OutgoingAuth::take(const std::vector<std::string>& challenges, const std::string& from_host,
                        bool by_proxy) {
    if (user_.empty() || realm_.empty() || from_host != proxy_host_) return false;
    std::optional<DigestChallenge> best;
    for (const std::string& value : challenges) {
        auto one = parse_challenge(value);
        if (!one || one->realm != realm_) continue;
        // RFC 8760 §2.3 lets the client prefer; the stronger hash is preferred here.
        if (!best || one->algorithm == DigestAlgorithm::Sha256) best = std::move(one);
    }
    if (!best) return false;
    const bool again = challenge_.has_value();
    if (again && (!best->stale || best->nonce == challenge_->nonce)) return false;
    challenge_ = std::move(best);
    by_proxy_ = by_proxy;
    count_ = 0;
    return true;
}

std::string OutgoingAuth::header(const std::string& method, const std::string& uri,
                                 std::string cnonce) {
    DigestCredentials shown{.user = user_,
                            .realm = realm_,
                            .nonce = challenge_->nonce,
                            .uri = uri,
                            .response = "",
                            .opaque = challenge_->opaque,
                            .cnonce = "",
                            .nonce_count = 0,
                            .auth = challenge_->offers_auth,
                            .algorithm = challenge_->algorithm};
    if (shown.auth) {
        shown.cnonce = std::move(cnonce);
        shown.nonce_count = ++count_;
    }
    const std::string secret = digest_secret(shown.algorithm, user_, realm_, password_.reveal());
    shown.response = digest_response(shown, secret, method);
    return to_header(shown);
}

}  // namespace ys::sip
