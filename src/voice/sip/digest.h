// SPDX-License-Identifier: Apache-2.0
// HTTP digest as SIP uses it (RFC 7616, RFC 8760), MD5 and SHA-256: pure text and hashes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace ys::sip {

enum class DigestAlgorithm { Md5, Sha256 };

std::string_view name_of(DigestAlgorithm algorithm);  ///< "MD5", "SHA-256"

/// What a server asks for.
struct DigestChallenge {
    std::string realm;
    std::string nonce;
    std::string opaque;
    DigestAlgorithm algorithm = DigestAlgorithm::Md5;
    bool offers_auth = false;  ///< qop contains "auth"
    bool stale = false;
};

/// What a client shows.
struct DigestCredentials {
    std::string user;
    std::string realm;
    std::string nonce;
    std::string uri;
    std::string response;
    std::string opaque;
    std::string cnonce;
    std::uint32_t nonce_count = 0;  ///< 0 when there is no qop
    bool auth = false;              ///< qop=auth
    DigestAlgorithm algorithm = DigestAlgorithm::Md5;
};

/// H(user:realm:password). RFC 7616 §3.4.2
std::string digest_secret(DigestAlgorithm algorithm, std::string_view user, std::string_view realm,
                          std::string_view password);

/// The `response` that proves `secret` for this request. RFC 7616 §3.4.1
std::string digest_response(const DigestCredentials& shown, std::string_view secret,
                            std::string_view method);

/// Compares in a time that does not tell where the texts differ.
bool same_secret(std::string_view a, std::string_view b);

/// Reads a header value ("Digest realm=..., nonce=..."); nothing when it is no digest, asks for an
/// algorithm that is not ours, or lacks what RFC 7616 demands.
std::optional<DigestChallenge> parse_challenge(std::string_view value);
std::optional<DigestCredentials> parse_credentials(std::string_view value);

/// Header values, quoted and escaped.
std::string to_header(const DigestChallenge& challenge);
std::string to_header(const DigestCredentials& credentials);

/// Text from outside made fit for a quoted-string: quotes and backslashes escaped, controls gone.
std::string quoted(std::string_view text);

}  // namespace ys::sip
