// SPDX-License-Identifier: Apache-2.0
// Credentials go to the trunk and to nobody else.
#include "voice/sip/outgoing_auth.h"

#include <gtest/gtest.h>

namespace ys::sip {
namespace {

OutgoingAuth trunk_auth() {
    return {"hotline", Secret<std::string>{"secret"}, "telco", "10.0.0.1"};
}
const std::string md5 = R"(Digest realm="telco", nonce="n1", algorithm=MD5, qop="auth")";
const std::string sha = R"(Digest realm="telco", nonce="n1", algorithm=SHA-256, qop="auth")";

TEST(OutgoingAuth, the_trunks_own_challenge_is_answered_with_the_stronger_hash) {
    OutgoingAuth auth = trunk_auth();
    ASSERT_TRUE(auth.take({md5, sha}, "10.0.0.1", true));
    const auto shown = parse_credentials(auth.header("INVITE", "sip:1@10.0.0.1", "c"));
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->algorithm, DigestAlgorithm::Sha256);
    const auto secret = digest_secret(DigestAlgorithm::Sha256, "hotline", "telco", "secret");
    EXPECT_EQ(shown->response, digest_response(*shown, secret, "INVITE"));
    EXPECT_EQ(parse_credentials(auth.header("BYE", "sip:1@10.0.0.1", "d"))->nonce_count, 2u);
}

TEST(OutgoingAuth, somebody_elses_challenge_learns_nothing) {
    OutgoingAuth auth = trunk_auth();
    EXPECT_FALSE(auth.take({md5}, "10.0.0.2", true));  // CVE-2021-41158: the callee asks.
    EXPECT_FALSE(auth.take({R"(Digest realm="other", nonce="n")"}, "10.0.0.1", true));
    EXPECT_FALSE(OutgoingAuth{}.take({md5}, "10.0.0.1", true));
    EXPECT_FALSE(auth.ready());
}

TEST(OutgoingAuth, a_second_refusal_is_final_unless_the_nonce_was_only_stale) {
    OutgoingAuth auth = trunk_auth();
    ASSERT_TRUE(auth.take({md5}, "10.0.0.1", false));
    EXPECT_FALSE(auth.take({md5}, "10.0.0.1", false));
    EXPECT_TRUE(auth.take({R"(Digest realm="telco", nonce="n2", stale=true)"}, "10.0.0.1", false));
}

}  // namespace
}  // namespace ys::sip
