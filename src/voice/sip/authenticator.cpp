// SPDX-License-Identifier: Apache-2.0
// Digest as a server: one path for known and unknown users.
#include "voice/sip/authenticator.h"

namespace ys::sip {

Authenticator::Authenticator(std::string realm, std::string nonce_key)
    : realm_(std::move(realm)),
      nonces_(nonce_key),
      nobody_{digest_secret(DigestAlgorithm::Md5, nonce_key, realm_, nonce_key),
              digest_secret(DigestAlgorithm::Sha256, nonce_key, realm_, nonce_key)} {}

void Authenticator::set_phones(const std::vector<PhoneAccount>& phones) {
    secrets_.clear();
    for (const PhoneAccount& phone : phones) {
        const std::string& password = phone.password.reveal();
        if (phone.user.empty() || password.empty()) continue;  // Nobody logs in with nothing.
        secrets_[phone.user] = {
            digest_secret(DigestAlgorithm::Md5, phone.user, realm_, password),
            digest_secret(DigestAlgorithm::Sha256, phone.user, realm_, password)};
    }
}

Authenticator::Outcome Authenticator::check(Instant now, const std::string& source,
                                            std::string_view method,
                                            const std::vector<std::string>& shown) {
    for (const std::string& value : shown) {
        const auto credentials = parse_credentials(value);
        if (!credentials || credentials->realm != realm_) continue;
        const std::string& user = credentials->user;
        if (bans_.banned(now, source, user)) return {Verdict::Banned, user};
        const NonceMint::Verdict nonce = nonces_.check(credentials->nonce, now);
        if (nonce != NonceMint::Verdict::Good) return {Verdict::Stale, user};

        const auto found = secrets_.find(user);
        const Secrets& secrets = found == secrets_.end() ? nobody_ : found->second;
        const bool md5 = credentials->algorithm == DigestAlgorithm::Md5;
        const std::string expected =
            digest_response(*credentials, md5 ? secrets.md5 : secrets.sha256, method);
        if (!same_secret(expected, credentials->response) || found == secrets_.end()) {
            bans_.failed(now, source, user);
            return {Verdict::Wrong, user};
        }
        if (!nonces_.use(credentials->nonce, credentials->nonce_count, now))
            return {Verdict::Stale, user};
        bans_.succeeded(source, user);
        return {Verdict::Proved, user};
    }
    return {};
}

Authenticator::Challenges Authenticator::challenges(Instant now, bool stale) {
    DigestChallenge challenge{.realm = realm_,
                              .nonce = nonces_.mint(now),
                              .opaque = "",
                              .algorithm = DigestAlgorithm::Sha256,
                              .offers_auth = true,
                              .stale = stale};
    Challenges both;
    both.sha256 = to_header(challenge);
    challenge.algorithm = DigestAlgorithm::Md5;
    both.md5 = to_header(challenge);
    return both;
}

}  // namespace ys::sip
