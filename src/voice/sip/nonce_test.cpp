// SPDX-License-Identifier: Apache-2.0
// Nonces are ours, young, and counted.
#include "voice/sip/nonce.h"

#include <gtest/gtest.h>

namespace ys::sip {
namespace {

const Instant t0 = Instant{} + 1000h;
using Verdict = NonceMint::Verdict;

TEST(NonceMint, a_young_nonce_of_ours_is_good_and_an_old_one_stale) {
    NonceMint mint{"0123456789abcdef"};
    const std::string nonce = mint.mint(t0);
    EXPECT_EQ(mint.check(nonce, t0), Verdict::Good);
    EXPECT_EQ(mint.check(nonce, t0 + 60s), Verdict::Good);
    EXPECT_EQ(mint.check(nonce, t0 + 61s), Verdict::Stale);
}

TEST(NonceMint, a_nonce_made_or_changed_by_others_is_forged) {
    NonceMint ours{"0123456789abcdef"}, theirs{"fedcba9876543210"};
    EXPECT_EQ(ours.check(theirs.mint(t0), t0), Verdict::Forged);
    for (std::size_t at : {0u, 20u, 30u, 55u}) {
        std::string nonce = ours.mint(t0);
        nonce[at] = nonce[at] == 'a' ? 'b' : 'a';
        EXPECT_EQ(ours.check(nonce, t0), Verdict::Forged) << at;
    }
    EXPECT_EQ(ours.check("", t0), Verdict::Forged);
    EXPECT_EQ(ours.check(std::string(10000, 'f'), t0), Verdict::Forged);
}

TEST(NonceMint, a_count_is_taken_once) {
    NonceMint mint{"0123456789abcdef"};
    const std::string nonce = mint.mint(t0);
    EXPECT_TRUE(mint.use(nonce, 1, t0));
    EXPECT_FALSE(mint.use(nonce, 1, t0));
    EXPECT_TRUE(mint.use(nonce, 2, t0));
    EXPECT_FALSE(mint.use(nonce, 1, t0));
    EXPECT_TRUE(mint.use(mint.mint(t0), 0, t0));
}

TEST(NonceMint, no_two_nonces_are_equal) {
    NonceMint mint{"0123456789abcdef"};
    EXPECT_NE(mint.mint(t0), mint.mint(t0));
}

}  // namespace
}  // namespace ys::sip
