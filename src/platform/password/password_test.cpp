// SPDX-License-Identifier: Apache-2.0
#include "platform/password/password.h"

#include <gtest/gtest.h>

#include <set>

#include "platform/password/token.h"

namespace ys::password {
namespace {

using Text = Secret<std::string>;

TEST(Password, the_right_one_verifies_and_a_wrong_one_does_not) {
    const auto encoded = hash(Text{"供热热线-6000"});
    ASSERT_TRUE(encoded);
    EXPECT_TRUE(encoded->starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    EXPECT_TRUE(verify(Text{"供热热线-6000"}, *encoded));
    EXPECT_FALSE(verify(Text{"供热热线-6001"}, *encoded));
    EXPECT_FALSE(verify(Text{""}, *encoded));
}

TEST(Password, the_same_password_has_another_hash_each_time) {
    EXPECT_NE(*hash(Text{"abc"}), *hash(Text{"abc"}));
}

TEST(Password, a_hash_that_asks_for_too_much_memory_is_refused_at_once) {
    EXPECT_FALSE(verify(Text{"abc"},
                        "$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
                        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    for (const char* odd : {"", "abc", "$argon2i$v=19$m=1,t=1,p=1$a$b", "$argon2id$v=19$m=",
                            "$argon2id$v=19$m=1,t=1$a$b", "$argon2id$v=19$$$$"})
        EXPECT_FALSE(verify(Text{"abc"}, odd)) << odd;
}

TEST(Password, a_very_long_password_is_refused_before_hashing) {
    EXPECT_FALSE(hash(Text{std::string(password_max_bytes + 1, 'x')}));
    EXPECT_FALSE(verify(Text{std::string(password_max_bytes + 1, 'x')}, nobodys_hash()));
}

TEST(Password, nobodys_hash_is_well_formed_and_nobodys) {
    EXPECT_FALSE(verify(Text{"password"}, nobodys_hash()));
}

TEST(Token, thirty_two_bytes_are_forty_three_characters_and_never_the_same) {
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) seen.insert(random_token());
    EXPECT_EQ(seen.size(), 1000U);
    EXPECT_EQ(seen.begin()->size(), 43U);
    EXPECT_EQ(seen.begin()->find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                              "0123456789-_"),
              std::string::npos);
}

TEST(Token, sha256_is_the_one_of_fips_180_4) {
    EXPECT_EQ(sha256_hex("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_TRUE(equals_in_constant_time("abc", "abc"));
    EXPECT_FALSE(equals_in_constant_time("abc", "abd"));
    EXPECT_FALSE(equals_in_constant_time("abc", "ab"));
}

}  // namespace
}  // namespace ys::password
