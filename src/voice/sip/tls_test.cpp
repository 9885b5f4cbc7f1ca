// SPDX-License-Identifier: Apache-2.0
// SIP over TLS with a certificate made on the spot.
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "voice/sip/stack_probe.h"

namespace ys::sip {
namespace {

/// A folder with agent.pem and cafile.pem of one self-signed certificate.
class Certificates {
public:
    Certificates() {
        std::string name = std::filesystem::temp_directory_path() / "ys-sip-tls-XXXXXX";
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
        for (const char* file : {"/agent.pem", "/cafile.pem"}) {
            FILE* out = fopen((folder_ + file).c_str(), "w");
            if (std::string{file} == "/agent.pem")
                PEM_write_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
            PEM_write_X509(out, x);
            fclose(out);
        }
        X509_free(x);
        EVP_PKEY_free(key);
    }
    ~Certificates() { std::filesystem::remove_all(folder_); }
    const std::string& folder() const { return folder_; }

private:
    std::string folder_;
};

SipStack::Config tls_config(const Certificates& certificates, std::uint64_t first_leg) {
    auto config = open_config(first_leg);
    config.tls_listen = "127.0.0.1:0";
    config.certificate_dir = certificates.folder();
    return config;
}

TEST(Tls, carries_a_whole_call_both_ways) {
    const Certificates certificates;
    StackProbe alice{tls_config(certificates, 1'000)}, bob{tls_config(certificates, 2'000)};
    OutgoingCall call;
    call.leg = LegId{9};
    call.to = OutgoingCall::To::Uri;
    call.target = "sip:6000@" + bob.tls() + ";transport=tls";
    call.from_user = "13812345678";
    call.sdp = sdp_a;
    alice->invite(call);
    const Incoming in = bob.wait<Incoming>();
    EXPECT_EQ(in.transport, "tls");
    bob->answer(in.leg, sdp_b);
    EXPECT_EQ(alice.wait<Answered>().sdp, sdp_b);
    bob->offer(in.leg, sdp_hold);
    EXPECT_EQ(alice.wait<Offered>().sdp, sdp_hold);
    alice->accept_offer(call.leg, sdp_a);
    bob.wait<Answered>();
    bob->hang_up(in.leg, "done");
    EXPECT_TRUE(alice.wait<Ended>().by_far_end);
    EXPECT_TRUE(alice.empties());
    EXPECT_TRUE(bob.empties());
}

TEST(Tls, an_abrupt_close_in_the_middle_of_an_invite_hurts_nobody) {  // AST-2018-005
    const Certificates certificates;
    StackProbe house{tls_config(certificates, 1)};
    SSL_CTX* ctx = SSL_CTX_new(TLS_client_method());
    for (int i = 0; i < 20; ++i) {
        const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in to = address_of(house.tls());
        ASSERT_EQ(connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to), 0);
        SSL* ssl = SSL_new(ctx);
        SSL_set_fd(ssl, fd);
        if (SSL_connect(ssl) == 1) {
            const std::string half =
                "INVITE sip:6000@x SIP/2.0\r\nVia: SIP/2.0/TLS 127.0.0.1:5061;branch=z9hG4bK" +
                std::to_string(i) + "\r\nFrom: <sip:a@x>;tag=1\r\nTo: <sip:6000@x>\r\nCall-ID: t" +
                std::to_string(i) + "\r\nCSeq: 1 INVITE\r\nContact: <sip:a@127.0.0.1>\r\n" +
                (i % 2 ? "Content-Length: 0\r\n\r\n" : "Content-Le");
            SSL_write(ssl, half.data(), static_cast<int>(half.size()));
        }
        SSL_free(ssl);
        close(fd);
    }
    SSL_CTX_free(ctx);
    for (int i = 0; i < 10; ++i) house->hang_up(house.wait<Incoming>().leg, "");
    EXPECT_TRUE(house.empties());
}

TEST(Tls, without_a_certificate_the_start_fails) {
    auto config = open_config(1);
    config.tls_listen = "127.0.0.1:0";
    config.certificate_dir = "/nonexistent";
    EXPECT_FALSE(SipStack::start(config, [](SipEvent) {}));
}

}  // namespace
}  // namespace ys::sip
