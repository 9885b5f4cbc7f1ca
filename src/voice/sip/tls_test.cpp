// SPDX-License-Identifier: Apache-2.0
// SIP over TLS with a certificate made on the spot.
#include <openssl/ssl.h>

#include "voice/sip/stack_probe.h"
#include "voice/sip/test_certificate.h"

namespace ys::sip {
namespace {

SipStack::Config tls_config(const TestCertificate& certificates, std::uint64_t first_leg) {
    auto config = open_config(first_leg);
    config.tls_listen = "127.0.0.1:0";
    config.certificate_dir = certificates.folder();
    return config;
}

TEST(Tls, carries_a_whole_call_both_ways) {
    const TestCertificate certificates;
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
    const TestCertificate certificates;
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
    // A reset may have thrown any of them away, but not the house.
    RawUdp client{house.udp()};
    client.send("OPTIONS sip:x SIP/2.0\r\nVia: SIP/2.0/UDP " + client.here() +
                ";branch=z9hG4bKp\r\nFrom: <sip:p@x>;tag=1\r\nTo: <sip:p@x>\r\nCall-ID: p\r\n"
                "CSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(status_in(client.receive()), 200);
    for (std::uint64_t leg = 1; leg <= 20; ++leg) house->hang_up(LegId{leg}, "");
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
