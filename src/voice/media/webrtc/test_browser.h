// SPDX-License-Identifier: Apache-2.0
// For tests: a browser's media side made of OpenSSL's DTLS client and libsrtp2, without sockets.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "voice/media/webrtc/dtls_identity.h"
#include "voice/media/webrtc/stun.h"
#include "voice/media/webrtc/test_srtp.h"
#include "voice/media/webrtc/webrtc_peer.h"

namespace ys::media::test {

inline sockaddr_storage address(const char* ip, std::uint16_t port) {
    sockaddr_storage out{};
    if (std::strchr(ip, ':') != nullptr) {
        auto& in6 = reinterpret_cast<sockaddr_in6&>(out);
        in6.sin6_family = AF_INET6;
        in6.sin6_port = htons(port);
        inet_pton(AF_INET6, ip, &in6.sin6_addr);
    } else {
        auto& in4 = reinterpret_cast<sockaddr_in&>(out);
        in4.sin_family = AF_INET;
        in4.sin_port = htons(port);
        inet_pton(AF_INET, ip, &in4.sin_addr);
    }
    return out;
}

struct Settings {
    std::string profiles = "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80";
    std::string ciphers = "ECDHE-ECDSA-AES128-GCM-SHA256";
    long mtu = 1200;
    bool has_long_hello = false;
    bool has_certificate = true;
};

class TestBrowser {
public:
    explicit TestBrowser(const DtlsIdentity& identity, Settings settings = {})
        : context_(SSL_CTX_new(DTLS_client_method())), method_(make_method()) {
        // The browser's certificate is made as ours is: any self-signed P-256 will do.
        SSL_CTX* theirs = identity.context();
        SSL_CTX_set_verify(context_.get(), SSL_VERIFY_NONE, nullptr);
        if (settings.has_certificate) {
            SSL_CTX_use_certificate(context_.get(), SSL_CTX_get0_certificate(theirs));
            SSL_CTX_use_PrivateKey(context_.get(), SSL_CTX_get0_privatekey(theirs));
        }
        SSL_CTX_set_options(context_.get(), SSL_OP_NO_QUERY_MTU);
        SSL_CTX_set_security_level(context_.get(), 0);
        SSL_CTX_set_cipher_list(context_.get(), settings.ciphers.c_str());
        SSL_CTX_set_tlsext_use_srtp(context_.get(), settings.profiles.c_str());
        ssl_.reset(SSL_new(context_.get()));
        BIO* bio = BIO_new(method_.get());
        BIO_set_data(bio, this);
        BIO_set_init(bio, 1);
        SSL_set_bio(ssl_.get(), bio, bio);
        SSL_set_connect_state(ssl_.get());
        DTLS_set_link_mtu(ssl_.get(), settings.mtu);
        if (settings.has_long_hello) {
            // Four names of 250 bytes: a hello as long as one with a post-quantum key share.
            Bytes names;
            for (int i = 0; i < 4; ++i) {
                names.push_back(250);
                names.insert(names.end(), 250, static_cast<std::uint8_t>('a' + i));
            }
            SSL_set_alpn_protos(ssl_.get(), names.data(), static_cast<unsigned>(names.size()));
        }
    }
    ~TestBrowser() = default;
    TestBrowser(const TestBrowser&) = delete;
    TestBrowser& operator=(const TestBrowser&) = delete;

    struct Check {
        bool use_candidate = true;
        bool is_controlled = false;
        std::uint16_t extra = 0;
        std::string user{}, password{};
    };
    Bytes check(const WebRtcPeer& peer, Check how) {
        StunTransaction id{};
        const std::uint64_t number = ++checks_;
        std::memcpy(id.data(), &number, sizeof number);
        StunWriter writer(stun::binding_request, id);
        const std::string user = peer.local_ufrag + ":" + peer.remote_ufrag;
        const std::array<std::uint8_t, 8> tie{1};
        writer.add(stun::attr_username, how.user.empty() ? user : how.user);
        writer.add(how.is_controlled ? stun::attr_ice_controlled : stun::attr_ice_controlling, tie);
        if (how.use_candidate) writer.add(stun::attr_use_candidate, std::string_view{});
        if (how.extra != 0) writer.add(how.extra, "x");
        const auto bytes = writer.finish(how.password.empty() ? peer.local_pwd : how.password);
        return Bytes(bytes.begin(), bytes.end());
    }
    Bytes check(const WebRtcPeer& peer) { return check(peer, Check{}); }

    /// DTLS in; DTLS out is in `out`.
    void step(const Bytes& datagram = {}) {
        ERR_clear_error();  // What another session left would be taken for this one's.
        incoming_ = datagram;
        const int done = SSL_do_handshake(ssl_.get());
        if (done == 1 && !is_connected) {
            is_connected = true;
            srtp.take_keys(ssl_.get());
        }
        if (is_connected) {
            char unused[256];
            const int got = SSL_read(ssl_.get(), unused, sizeof unused);
            if (SSL_get_error(ssl_.get(), got) == SSL_ERROR_ZERO_RETURN) is_closed = true;
        }
    }
    void tick() {
        ERR_clear_error();
        DTLSv1_handle_timeout(ssl_.get());
    }
    void close() { SSL_shutdown(ssl_.get()); }
    SSL* ssl() { return ssl_.get(); }

    std::vector<Bytes> out;
    bool is_connected = false, is_closed = false;
    TestSrtp srtp;

private:
    static BIO_METHOD* make_method() {
        BIO_METHOD* method = BIO_meth_new(BIO_TYPE_SOURCE_SINK | BIO_get_new_index(), "test");
        BIO_meth_set_write(method, [](BIO* bio, const char* data, int size) {
            static_cast<TestBrowser*>(BIO_get_data(bio))->out.emplace_back(data, data + size);
            return size;
        });
        BIO_meth_set_read(method, [](BIO* bio, char* to, int size) {
            auto* self = static_cast<TestBrowser*>(BIO_get_data(bio));
            BIO_clear_retry_flags(bio);
            if (self->incoming_.empty() || size < static_cast<int>(self->incoming_.size())) {
                BIO_set_retry_read(bio);
                return -1;
            }
            const int n = static_cast<int>(self->incoming_.size());
            std::memcpy(to, self->incoming_.data(), self->incoming_.size());
            self->incoming_.clear();
            return n;
        });
        BIO_meth_set_ctrl(method, [](BIO*, int command, long, void*) -> long {
            return command == BIO_CTRL_FLUSH ? 1 : 0;
        });
        return method;
    }
    struct Free {
        void operator()(SSL_CTX* p) const { SSL_CTX_free(p); }
        void operator()(SSL* p) const { SSL_free(p); }
        void operator()(BIO_METHOD* p) const { BIO_meth_free(p); }
    };
    std::unique_ptr<SSL_CTX, Free> context_;
    std::unique_ptr<BIO_METHOD, Free> method_;
    std::unique_ptr<SSL, Free> ssl_;
    Bytes incoming_;
    std::uint64_t checks_ = 0;
};

}  // namespace ys::media::test
