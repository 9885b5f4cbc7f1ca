// SPDX-License-Identifier: Apache-2.0
#include "platform/vault/signing_key.h"

#include <fstream>

#include <gtest/gtest.h>

#include "platform/vault/key_file.h"

namespace ys::vault {
namespace {

namespace fs = std::filesystem;

class SigningKeyTest : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ = fs::path(::testing::TempDir()) /
                  (std::string("signing-") +
                   ::testing::UnitTest::GetInstance()->current_test_info()->name());
        fs::remove_all(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }
    fs::path folder_;
};

TEST_F(SigningKeyTest, what_is_signed_is_right_and_nothing_else_is) {
    const auto key = SigningKey::open(folder_ / "a.key");
    ASSERT_TRUE(key);
    const auto signature = key->sign("6300");
    ASSERT_TRUE(signature);
    EXPECT_TRUE(is_signed("6300", key->public_key(), *signature));
    EXPECT_FALSE(is_signed("6301", key->public_key(), *signature));
    EXPECT_FALSE(is_signed("6300", key->public_key(), signature->substr(2)));
    EXPECT_FALSE(is_signed("6300", "no key", *signature));
    const auto other = SigningKey::open(folder_ / "b.key");
    ASSERT_TRUE(other);
    EXPECT_FALSE(is_signed("6300", other->public_key(), *signature));
}

TEST_F(SigningKeyTest, the_key_is_the_same_at_the_next_start_and_read_by_its_owner_only) {
    const auto first = SigningKey::open(folder_ / "a.key");
    const auto again = SigningKey::open(folder_ / "a.key");
    ASSERT_TRUE(first);
    ASSERT_TRUE(again);
    EXPECT_EQ(first->public_key(), again->public_key());
    EXPECT_EQ(fs::status(folder_ / "a.key").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    fs::permissions(folder_ / "a.key", fs::perms::group_read, fs::perm_options::add);
    EXPECT_FALSE(SigningKey::open(folder_ / "a.key"));
}

TEST_F(SigningKeyTest, known_signatures_of_the_standard) {
    // RFC 8032 §7.1, TEST 2.
    ASSERT_TRUE(write_private(folder_ / "a.key",
                              "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    const auto key = SigningKey::open(folder_ / "a.key");
    ASSERT_TRUE(key);
    EXPECT_EQ(key->public_key(),
              "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    const auto signature = key->sign("r");
    ASSERT_TRUE(signature);
    EXPECT_EQ(*signature,
              "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
              "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
    EXPECT_EQ(public_key_pem(key->public_key()),
              "-----BEGIN PUBLIC KEY-----\n"
              "MCowBQYDK2VwAyEAPUAXw+hDiVqStwqnTRt+vJyYLM8uxJaMwM1V8Sr0Zgw=\n"
              "-----END PUBLIC KEY-----\n");
    EXPECT_EQ(public_key_pem("no key"), "");
}

}  // namespace
}  // namespace ys::vault
