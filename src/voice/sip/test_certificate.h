// SPDX-License-Identifier: Apache-2.0
// For tests: a folder with a certificate made on the spot, gone with its object.
#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#ifdef __SANITIZE_ADDRESS__
// Debian's sofia-sip never frees the SSL object of a connection (tls_free in tport_tls.c); it shows
// as allocations of OpenSSL, and hides nothing of ours but OpenSSL's own.
extern "C" __attribute__((weak, used)) const char* __lsan_default_suppressions() {
    return "leak:libcrypto.so\nleak:libssl.so\n";
}
#endif

namespace ys::sip {

class TestCertificate {
public:
    TestCertificate() {
        std::string name = std::filesystem::temp_directory_path() / "ys-sip-XXXXXX";
        folder_ = mkdtemp(name.data());
        EVP_PKEY* key = EVP_EC_gen("P-256");
        X509* x = X509_new();
        X509_set_version(x, 2);
        ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
        X509_gmtime_adj(X509_getm_notBefore(x), -3600);
        X509_gmtime_adj(X509_getm_notAfter(x), 86400);
        X509_set_pubkey(x, key);
        X509_NAME* subject = X509_get_subject_name(x);
        X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>("127.0.0.1"), -1, -1, 0);
        X509_set_issuer_name(x, subject);
        X509_sign(x, key, EVP_sha256());
        write("/agent.pem", key, x);
        write("/cafile.pem", nullptr, x);
        X509_free(x);
        EVP_PKEY_free(key);
    }
    ~TestCertificate() { std::filesystem::remove_all(folder_); }
    TestCertificate(const TestCertificate&) = delete;
    TestCertificate& operator=(const TestCertificate&) = delete;
    const std::string& folder() const { return folder_; }

private:
    void write(const char* file, EVP_PKEY* key, X509* x) const {
        FILE* out = fopen((folder_ + file).c_str(), "w");
        if (key) PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
        PEM_write_X509(out, x);
        fclose(out);
    }
    std::string folder_;
};

}  // namespace ys::sip
