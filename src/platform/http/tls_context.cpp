// SPDX-License-Identifier: Apache-2.0
#include "platform/http/tls_context.h"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include <boost/asio/ip/address.hpp>

namespace ys::http {
namespace {

template <class T, void (*Free)(T*)>
struct Freed {
    void operator()(T* p) const { Free(p); }
};
using Key = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY, EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freed<X509, X509_free>>;
struct FreeBio {
    void operator()(BIO* p) const { BIO_free(p); }
};
using Bio = std::unique_ptr<BIO, FreeBio>;

std::string text_of(const Bio& bio) {
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio.get(), &data);
    return {data, static_cast<std::size_t>(length)};
}

Result<Done> write_file(const std::filesystem::path& path, const std::string& text, mode_t mode) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    const bool is_written =
        fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    const int why = errno;
    if (fd >= 0) ::close(fd);
    if (is_written) return Done{};
    return Error{std::error_code(why, std::generic_category()), "writing " + path.string()};
}

bool add_extension(X509* certificate, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
    if (!extension) return false;
    const bool is_added = X509_add_ext(certificate, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_added;
}

/// Names go into OpenSSL's configuration syntax, so only the characters of names are let in.
bool is_plain_name(const std::string& name) {
    return !name.empty() && name.size() <= 253 &&
           name.find_first_not_of(
               "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
               ".-:") == std::string::npos;
}

std::string alternative_names(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) {
        boost::system::error_code ec;
        boost::asio::ip::make_address(name, ec);
        out += (out.empty() ? "" : ",") + std::string(ec ? "DNS:" : "IP:") + name;
    }
    return out;
}

bool fill(X509* certificate, EVP_PKEY* key, const std::vector<std::string>& names, UtcTime now) {
    unsigned char serial[16];
    if (RAND_bytes(serial, sizeof serial) != 1) return false;
    serial[0] &= 0x7f;  // RFC 5280 §4.1.2.2: positive.
    BIGNUM* number = BN_bin2bn(serial, sizeof serial, nullptr);
    BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate));
    BN_free(number);
    constexpr std::int64_t day_s = 86'400;
    const std::int64_t begin_s = now.us / 1'000'000 - day_s;
    ASN1_TIME_set(X509_getm_notBefore(certificate), begin_s);
    ASN1_TIME_set(X509_getm_notAfter(certificate), begin_s + 825 * day_s);
    X509_NAME* subject = X509_get_subject_name(certificate);
    const auto* common = reinterpret_cast<const unsigned char*>(names.front().c_str());
    return X509_set_version(certificate, 2) == 1 && X509_set_pubkey(certificate, key) == 1 &&
           X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, common, -1, -1, 0) == 1 &&
           X509_set_issuer_name(certificate, subject) == 1 &&
           add_extension(certificate, NID_subject_alt_name, alternative_names(names)) &&
           add_extension(certificate, NID_basic_constraints, "critical,CA:FALSE") &&
           add_extension(certificate, NID_ext_key_usage, "serverAuth") &&
           X509_sign(certificate, key, EVP_sha256()) > 0;
}

}  // namespace

Result<std::shared_ptr<boost::asio::ssl::context>> tls_context(
    const std::filesystem::path& certificate, const std::filesystem::path& key) {
    namespace ssl = boost::asio::ssl;
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    boost::system::error_code ec;
    context->set_options(ssl::context::default_workarounds | ssl::context::no_tlsv1 |
                             ssl::context::no_tlsv1_1 | SSL_OP_CIPHER_SERVER_PREFERENCE |
                             SSL_OP_NO_RENEGOTIATION,
                         ec);
    if (!ec) context->use_certificate_chain_file(certificate.string(), ec);
    if (ec) return Error{ec, "reading the certificate " + certificate.string()};
    context->use_private_key_file(key.string(), ssl::context::pem, ec);
    if (ec) return Error{ec, "reading the key " + key.string()};
    if (SSL_CTX_check_private_key(context->native_handle()) != 1)
        return Error{std::errc::invalid_argument,
                     key.string() + " is not the key of " + certificate.string()};
    return context;
}

Result<Done> make_self_signed(const std::filesystem::path& certificate_path,
                              const std::filesystem::path& key_path,
                              const std::vector<std::string>& names, UtcTime now) {
    if (names.empty()) return Error{std::errc::invalid_argument, "a certificate without a name"};
    for (const std::string& name : names)
        if (!is_plain_name(name))
            return Error{std::errc::invalid_argument, "not a host name or address: " + name};
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate || !fill(certificate.get(), key.get(), names, now))
        return Error{std::errc::io_error, "making a certificate"};
    const Bio key_text(BIO_new(BIO_s_mem()));
    const Bio certificate_text(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                 nullptr) != 1 ||
        PEM_write_bio_X509(certificate_text.get(), certificate.get()) != 1)
        return Error{std::errc::io_error, "writing a certificate as PEM"};
    if (auto done = write_file(key_path, text_of(key_text), 0600); !done) return done;
    return write_file(certificate_path, text_of(certificate_text), 0644);
}

}  // namespace ys::http
