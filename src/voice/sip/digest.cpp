// SPDX-License-Identifier: Apache-2.0
// HTTP digest, MD5 and SHA-256, by OpenSSL's EVP.
#include "voice/sip/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <fmt/format.h>

#include "base/text.h"

namespace ys::sip {
namespace {

constexpr std::size_t value_max = 2048;  // A longer header is an attack, not a login.

std::string hashed(DigestAlgorithm algorithm, std::string_view text) {
    unsigned char out[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    const EVP_MD* md = algorithm == DigestAlgorithm::Md5 ? EVP_md5() : EVP_sha256();
    EVP_Digest(text.data(), text.size(), out, &size, md, nullptr);
    return hex({reinterpret_cast<const char*>(out), size});
}

/// Walks `name=value, name="va\"lue", ...` and hands over each pair, unescaped.
template <class Take>
bool for_each_parameter(std::string_view text, Take take) {
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t equals = text.find('=', at);
        if (equals == std::string_view::npos) return trimmed(text.substr(at)).empty();
        const std::string_view name = trimmed(text.substr(at, equals - at));
        at = equals + 1;
        while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
        std::string value;
        if (at < text.size() && text[at] == '"') {
            for (++at; at < text.size() && text[at] != '"'; ++at) {
                if (text[at] == '\\' && at + 1 < text.size()) ++at;
                value.push_back(text[at]);
            }
            if (at >= text.size()) return false;  // No closing quote.
            ++at;
        } else {
            const std::size_t end = std::min(text.find(',', at), text.size());
            value = trimmed(text.substr(at, end - at));
            at = end;
        }
        take(name, std::move(value));
        const std::size_t comma = text.find(',', at);
        at = comma == std::string_view::npos ? text.size() : comma + 1;
    }
    return true;
}

std::optional<DigestAlgorithm> algorithm_of(std::string_view name) {
    if (equals_ignoring_case(name, "MD5")) return DigestAlgorithm::Md5;
    if (equals_ignoring_case(name, "SHA-256")) return DigestAlgorithm::Sha256;
    return std::nullopt;
}

std::optional<std::string_view> after_scheme(std::string_view value) {
    value = trimmed(value);
    constexpr std::string_view scheme = "Digest";
    if (value.size() > value_max || value.size() <= scheme.size()) return std::nullopt;
    if (!equals_ignoring_case(value.substr(0, scheme.size()), scheme)) return std::nullopt;
    return value.substr(scheme.size() + 1);
}

bool has_token(std::string_view list, std::string_view wanted) {
    for (std::string_view piece : split(list, ','))
        if (equals_ignoring_case(trimmed(piece), wanted)) return true;
    return false;
}

std::optional<std::uint32_t> parse_nonce_count(std::string_view text) {
    if (text.size() != 8) return std::nullopt;  // RFC 7616 §3.4: 8LHEX
    std::uint32_t value = 0;
    for (char c : text) {
        const char low = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
        const bool digit = low >= '0' && low <= '9';
        if (!digit && !(low >= 'a' && low <= 'f')) return std::nullopt;
        value = value << 4 | static_cast<std::uint32_t>(digit ? low - '0' : low - 'a' + 10);
    }
    return value;
}

}  // namespace

std::string_view name_of(DigestAlgorithm algorithm) {
    return algorithm == DigestAlgorithm::Md5 ? "MD5" : "SHA-256";
}

std::string digest_secret(DigestAlgorithm algorithm, std::string_view user, std::string_view realm,
                          std::string_view password) {
    return hashed(algorithm, fmt::format("{}:{}:{}", user, realm, password));
}

std::string digest_response(const DigestCredentials& shown, std::string_view secret,
                            std::string_view method) {
    const std::string a2 = hashed(shown.algorithm, fmt::format("{}:{}", method, shown.uri));
    if (!shown.auth)
        return hashed(shown.algorithm, fmt::format("{}:{}:{}", secret, shown.nonce, a2));
    return hashed(shown.algorithm, fmt::format("{}:{}:{:08x}:{}:auth:{}", secret, shown.nonce,
                                               shown.nonce_count, shown.cnonce, a2));
}

bool same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::optional<DigestChallenge> parse_challenge(std::string_view value) {
    const auto parameters = after_scheme(value);
    if (!parameters) return std::nullopt;
    DigestChallenge challenge;
    bool ours = true;
    const bool whole = for_each_parameter(*parameters, [&](std::string_view name, std::string v) {
        if (equals_ignoring_case(name, "realm")) {
            challenge.realm = std::move(v);
        } else if (equals_ignoring_case(name, "nonce")) {
            challenge.nonce = std::move(v);
        } else if (equals_ignoring_case(name, "opaque")) {
            challenge.opaque = std::move(v);
        } else if (equals_ignoring_case(name, "stale")) {
            challenge.stale = equals_ignoring_case(v, "true");
        } else if (equals_ignoring_case(name, "qop")) {
            challenge.offers_auth = has_token(v, "auth");
            ours = ours && challenge.offers_auth;
        } else if (equals_ignoring_case(name, "algorithm")) {
            const auto algorithm = algorithm_of(v);
            ours = ours && algorithm.has_value();
            challenge.algorithm = algorithm.value_or(DigestAlgorithm::Md5);
        }
    });
    if (!whole || !ours || challenge.nonce.empty()) return std::nullopt;
    return challenge;
}

std::optional<DigestCredentials> parse_credentials(std::string_view value) {
    const auto parameters = after_scheme(value);
    if (!parameters) return std::nullopt;
    DigestCredentials shown;
    bool ours = true;
    const bool whole = for_each_parameter(*parameters, [&](std::string_view name, std::string v) {
        if (equals_ignoring_case(name, "username")) {
            shown.user = std::move(v);
        } else if (equals_ignoring_case(name, "realm")) {
            shown.realm = std::move(v);
        } else if (equals_ignoring_case(name, "nonce")) {
            shown.nonce = std::move(v);
        } else if (equals_ignoring_case(name, "uri")) {
            shown.uri = std::move(v);
        } else if (equals_ignoring_case(name, "response")) {
            shown.response = std::move(v);
        } else if (equals_ignoring_case(name, "opaque")) {
            shown.opaque = std::move(v);
        } else if (equals_ignoring_case(name, "cnonce")) {
            shown.cnonce = std::move(v);
        } else if (equals_ignoring_case(name, "nc")) {
            const auto count = parse_nonce_count(v);
            ours = ours && count && *count > 0;
            shown.nonce_count = count.value_or(0);
        } else if (equals_ignoring_case(name, "qop")) {
            shown.auth = equals_ignoring_case(v, "auth");
            ours = ours && shown.auth;
        } else if (equals_ignoring_case(name, "algorithm")) {
            const auto algorithm = algorithm_of(v);
            ours = ours && algorithm.has_value();
            shown.algorithm = algorithm.value_or(DigestAlgorithm::Md5);
        }
    });
    const bool complete = !shown.user.empty() && !shown.nonce.empty() && !shown.uri.empty() &&
                          !shown.response.empty();
    const bool counted = !shown.auth || (shown.nonce_count > 0 && !shown.cnonce.empty());
    if (!whole || !ours || !complete || !counted) return std::nullopt;
    return shown;
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (char c : text) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) continue;
        if (c == '"' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    out.push_back('"');
    return out;
}

std::string to_header(const DigestChallenge& challenge) {
    std::string out =
        fmt::format("Digest realm={}, nonce={}, algorithm={}", quoted(challenge.realm),
                    quoted(challenge.nonce), name_of(challenge.algorithm));
    if (challenge.offers_auth) out += ", qop=\"auth\"";
    if (!challenge.opaque.empty()) out += ", opaque=" + quoted(challenge.opaque);
    if (challenge.stale) out += ", stale=true";
    return out;
}

std::string to_header(const DigestCredentials& shown) {
    std::string out =
        fmt::format("Digest username={}, realm={}, nonce={}, uri={}, response=\"{}\", algorithm={}",
                    quoted(shown.user), quoted(shown.realm), quoted(shown.nonce), quoted(shown.uri),
                    shown.response, name_of(shown.algorithm));
    if (shown.auth)
        out += fmt::format(", qop=auth, nc={:08x}, cnonce={}", shown.nonce_count,
                           quoted(shown.cnonce));
    if (!shown.opaque.empty()) out += ", opaque=" + quoted(shown.opaque);
    return out;
}

}  // namespace ys::sip
