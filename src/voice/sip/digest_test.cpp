// SPDX-License-Identifier: Apache-2.0
// Digest against the worked examples of the RFCs, and against text that is no digest.
#include "voice/sip/digest.h"

#include <gtest/gtest.h>

namespace ys::sip {
namespace {

DigestCredentials rfc7616_example(DigestAlgorithm algorithm) {
    return {.user = "Mufasa",
            .realm = "http-auth@example.org",
            .nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v",
            .uri = "/dir/index.html",
            .response = "",
            .opaque = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS",
            .cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ",
            .nonce_count = 1,
            .auth = true,
            .algorithm = algorithm};
}

TEST(Digest, the_md5_example_of_rfc7616_comes_out) {  // RFC 7616 §3.9.1
    const auto shown = rfc7616_example(DigestAlgorithm::Md5);
    const auto secret =
        digest_secret(DigestAlgorithm::Md5, shown.user, shown.realm, "Circle of Life");
    EXPECT_EQ(digest_response(shown, secret, "GET"), "8ca523f5e9506fed4657c9700eebdbec");
}

TEST(Digest, the_sha256_example_of_rfc7616_comes_out) {  // RFC 7616 §3.9.1
    const auto shown = rfc7616_example(DigestAlgorithm::Sha256);
    const auto secret =
        digest_secret(DigestAlgorithm::Sha256, shown.user, shown.realm, "Circle of Life");
    EXPECT_EQ(digest_response(shown, secret, "GET"),
              "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
}

TEST(Digest, without_qop_the_old_formula_of_rfc2069_is_used) {  // RFC 2069 §2.4, its erratum
    const DigestCredentials shown{.user = "Mufasa",
                                  .realm = "testrealm@host.com",
                                  .nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                                  .uri = "/dir/index.html",
                                  .response = "",
                                  .opaque = "",
                                  .cnonce = "",
                                  .nonce_count = 0,
                                  .auth = false,
                                  .algorithm = DigestAlgorithm::Md5};
    const auto secret =
        digest_secret(DigestAlgorithm::Md5, shown.user, shown.realm, "CircleOfLife");
    EXPECT_EQ(digest_response(shown, secret, "GET"), "1949323746fe6a43ef61f9606e7febea");
}

TEST(Digest, a_challenge_reads_back_as_written) {
    const DigestChallenge challenge{.realm = "ying\"sheng\\",
                                    .nonce = "abc",
                                    .opaque = "o",
                                    .algorithm = DigestAlgorithm::Sha256,
                                    .offers_auth = true,
                                    .stale = true};
    const auto back = parse_challenge(to_header(challenge));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->realm, challenge.realm);
    EXPECT_EQ(back->nonce, "abc");
    EXPECT_EQ(back->opaque, "o");
    EXPECT_EQ(back->algorithm, DigestAlgorithm::Sha256);
    EXPECT_TRUE(back->offers_auth);
    EXPECT_TRUE(back->stale);
}

TEST(Digest, credentials_read_back_as_written) {
    auto shown = rfc7616_example(DigestAlgorithm::Sha256);
    shown.response = "00ff";
    const auto back = parse_credentials(to_header(shown));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->user, "Mufasa");
    EXPECT_EQ(back->cnonce, shown.cnonce);
    EXPECT_EQ(back->nonce_count, 1u);
    EXPECT_EQ(back->response, "00ff");
    EXPECT_TRUE(back->auth);
}

TEST(Digest, what_is_no_digest_of_ours_is_not_read) {
    for (std::string_view text :
         {"", "Digest", "Digest ", "Basic dXNlcjpwYXNz", "NewMethod x=y", "Digest username=\"u",
          "Digest username=\"u\", nonce=\"n\", uri=\"s\"",
          "Digest username=\"u\", nonce=\"n\", uri=\"s\", response=\"r\", algorithm=SHA-512-256",
          "Digest username=\"u\", nonce=\"n\", uri=\"s\", response=\"r\", qop=auth",
          "Digest username=\"u\", nonce=\"n\", uri=\"s\", response=\"r\", qop=auth, nc=1, cnonce=x",
          "Digest username=\"u\", nonce=\"n\", uri=\"s\", response=\"r\", qop=auth-int, "
          "nc=00000001, cnonce=x"}) {
        EXPECT_FALSE(parse_credentials(text)) << text;
    }
    EXPECT_FALSE(parse_challenge("Digest realm=\"x\", nonce=\"n\", algorithm=MD5-sess"));
    EXPECT_FALSE(parse_challenge("Digest realm=\"x\""));
    EXPECT_FALSE(parse_challenge("Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\""));
    EXPECT_FALSE(parse_credentials("Digest username=" + std::string(100000, 'a')));
}

TEST(Digest, text_from_outside_cannot_leave_its_quotes) {
    EXPECT_EQ(quoted("a\"b\\c\r\nd"), "\"a\\\"b\\\\cd\"");
}

}  // namespace
}  // namespace ys::sip
