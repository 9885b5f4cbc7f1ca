// SPDX-License-Identifier: Apache-2.0
// The certificate this process shows to browsers: self-signed, made in memory, never written.
#include "voice/media/webrtc/dtls_identity.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/x509.h>

#include <array>
#include <ctime>

namespace ys::media {
namespace {

constexpr long day_s = 24L * 60 * 60;
constexpr long client_chain_bytes_max = 16'384;

template <auto Free>
struct Freed {
    template <class T>
    void operator()(T* p) const {
        Free(p);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509_free>>;
using Context = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;

bool set_serial(X509* certificate) {
    std::array<unsigned char, 8> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) return false;
    std::uint64_t serial = 1;
    for (unsigned char b : bytes) serial = (serial << 7) ^ b;
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial) == 1;
}

Certificate make_certificate(EVP_PKEY* key, UtcTime now) {
    Certificate certificate(X509_new());
    if (!certificate || X509_set_version(certificate.get(), 2) != 1) return nullptr;
    auto at = static_cast<std::time_t>(now.us / 1'000'000);
    const bool is_dated =
        X509_time_adj_ex(X509_getm_notBefore(certificate.get()), -1, 0, &at) != nullptr &&
        X509_time_adj_ex(X509_getm_notAfter(certificate.get()), 0, 30 * day_s, &at) != nullptr;
    // RFC 8827 §6.5: nothing in the name tells who we are.
    X509_NAME* name = X509_get_subject_name(certificate.get());
    const auto* words = reinterpret_cast<const unsigned char*>("WebRTC");
    const bool is_named =
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, words, -1, -1, 0) == 1 &&
        X509_set_issuer_name(certificate.get(), name) == 1;
    if (!is_dated || !is_named || !set_serial(certificate.get()) ||
        X509_set_pubkey(certificate.get(), key) != 1 ||
        X509_sign(certificate.get(), key, EVP_sha256()) == 0) {
        return nullptr;
    }
    return certificate;
}

/// The chain means nothing: the fingerprint from SDP is what is checked, after the handshake.
int accept_any_certificate(int, X509_STORE_CTX*) { return 1; }

Context make_context(EVP_PKEY* key, X509* certificate) {
    Context context(SSL_CTX_new(DTLS_server_method()));
    if (!context) return nullptr;
    SSL_CTX* c = context.get();
    SSL_CTX_set_options(c, SSL_OP_NO_QUERY_MTU | SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION |
                               SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    // A resumed session would skip the client's certificate.
    SSL_CTX_set_session_cache_mode(c, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_verify(c, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                       accept_any_certificate);
    SSL_CTX_set_max_cert_list(c, client_chain_bytes_max);
    const bool is_set =
        SSL_CTX_set_min_proto_version(c, DTLS1_2_VERSION) == 1 &&
        SSL_CTX_set_max_proto_version(c, DTLS1_2_VERSION) == 1 &&
        SSL_CTX_set_cipher_list(c,
                                "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
                                "ECDHE-ECDSA-CHACHA20-POLY1305") == 1 &&
        SSL_CTX_use_certificate(c, certificate) == 1 && SSL_CTX_use_PrivateKey(c, key) == 1 &&
        // This one returns 0 on success.
        SSL_CTX_set_tlsext_use_srtp(c, "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80") == 0;
    return is_set ? std::move(context) : nullptr;
}

}  // namespace

std::string fingerprint_of(const X509* certificate) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1) return {};
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string text = "sha-256 ";
    for (unsigned i = 0; i < size; ++i) {
        if (i != 0) text += ':';
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 15];
    }
    return text;
}

DtlsIdentity::DtlsIdentity(SSL_CTX* context, std::string fingerprint)
    : context_(context), fingerprint_(std::move(fingerprint)) {}

DtlsIdentity::~DtlsIdentity() { SSL_CTX_free(context_); }

Result<std::shared_ptr<const DtlsIdentity>> DtlsIdentity::make(UtcTime now) {
    Key key(EVP_EC_gen("P-256"));
    if (!key) return Error(std::errc::not_enough_memory, "making the DTLS key");
    Certificate certificate = make_certificate(key.get(), now);
    if (!certificate) return Error(std::errc::protocol_error, "signing the DTLS certificate");
    Context context = make_context(key.get(), certificate.get());
    std::string fingerprint = fingerprint_of(certificate.get());
    ERR_clear_error();
    if (!context || fingerprint.empty()) {
        return Error(std::errc::protocol_error, "setting up DTLS 1.2");
    }
    return std::shared_ptr<const DtlsIdentity>(
        new DtlsIdentity(context.release(), std::move(fingerprint)));
}

}  // namespace ys::media
