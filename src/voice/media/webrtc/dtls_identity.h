// SPDX-License-Identifier: Apache-2.0
// The certificate this process shows to browsers: self-signed, made in memory, never written.
#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace ys::media {

/// ECDSA P-256 key, its certificate, and the DTLS 1.2 settings that go with them. Immutable after
/// make(), so media threads share it.
class DtlsIdentity {
public:
    /// The certificate is valid from one day before `now` (clocks differ) to 30 days after it.
    /// errors: std::errc::not_enough_memory, std::errc::protocol_error when OpenSSL refuses
    static Result<std::shared_ptr<const DtlsIdentity>> make(UtcTime now);
    ~DtlsIdentity();
    DtlsIdentity(const DtlsIdentity&) = delete;
    DtlsIdentity& operator=(const DtlsIdentity&) = delete;

    /// "sha-256 AB:CD:..", as an SDP a=fingerprint value (RFC 8122 §5).
    const std::string& fingerprint() const { return fingerprint_; }
    /// For new DTLS server sessions.
    SSL_CTX* context() const { return context_; }

private:
    DtlsIdentity(SSL_CTX* context, std::string fingerprint);
    SSL_CTX* context_;
    std::string fingerprint_;
};

/// "sha-256 AB:CD:.." of a certificate; empty when OpenSSL cannot digest it.
std::string fingerprint_of(const X509* certificate);

}  // namespace ys::media
