// SPDX-License-Identifier: Apache-2.0
// Whether somebody who claims to be one of our phones is.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "voice/sip/digest.h"
#include "voice/sip/failure_ban.h"
#include "voice/sip/nonce.h"
#include "voice/sip/sip_stack.h"

namespace ys::sip {

class Authenticator {
public:
    Authenticator(std::string realm, std::string nonce_key);

    void set_phones(const std::vector<PhoneAccount>& phones);
    bool knows(const std::string& user) const { return secrets_.contains(user); }
    bool empty() const { return secrets_.empty(); }

    enum class Verdict { Proved, Challenge, Stale, Wrong, Banned };
    struct Outcome {
        Verdict verdict = Verdict::Challenge;
        std::string user;  ///< who was proved, or who was claimed
    };
    /// Looks for credentials of our realm among `shown` (values of Authorization headers). Known
    /// and unknown users take the same path and the same time.
    Outcome check(Instant now, const std::string& source, std::string_view method,
                  const std::vector<std::string>& shown);

    /// Header values to send, the stronger algorithm first (RFC 8760 §2.4).
    struct Challenges {
        std::string sha256, md5;
    };
    Challenges challenges(Instant now, bool stale);

private:
    struct Secrets {
        std::string md5, sha256;
    };
    std::string realm_;
    NonceMint nonces_;
    FailureBan bans_;
    Secrets nobody_;  // Hashed against for unknown users; no response fits it.
    std::unordered_map<std::string, Secrets> secrets_;
};

}  // namespace ys::sip
