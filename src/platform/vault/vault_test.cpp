// SPDX-License-Identifier: Apache-2.0
#include "platform/vault/vault.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "platform/sql/testing/both_databases.h"
#include "platform/vault/key_file.h"

namespace ys::vault {
namespace {

using sql::testing::must;

KeyRing ring_of(int keys) {
    KeyRing ring;
    for (int i = 0; i < keys; ++i) add_key(ring);
    return ring;
}

TEST(Vault, what_is_sealed_opens_and_does_not_show_what_it_was) {
    const Vault vault(ring_of(1));
    for (const std::string plain : {"13800138000", "张三", "x"}) {
        const std::string sealed = vault.seal(plain);
        EXPECT_TRUE(sealed.starts_with("sealed:1:")) << sealed;
        EXPECT_EQ(sealed.find(plain), std::string::npos);
        EXPECT_EQ(vault.open(sealed), plain);
    }
    EXPECT_EQ(vault.seal(""), "");
    EXPECT_EQ(vault.open("13800138000"), "13800138000") << "of before there was a key";
}

TEST(Vault, equal_texts_are_equal_sealed_under_one_key_only) {
    const Vault vault(ring_of(1)), other(ring_of(1));
    EXPECT_EQ(vault.seal("13800138000"), vault.seal("13800138000"));
    EXPECT_NE(vault.seal("13800138000"), vault.seal("13800138001"));
    EXPECT_NE(vault.seal("13800138000"), other.seal("13800138000"));
    const std::string sealed = vault.seal("张三");
    EXPECT_EQ(other.open(sealed), sealed) << "not with another key";
}

TEST(Vault, one_changed_byte_is_noticed) {
    const Vault vault(ring_of(1));
    std::string sealed = vault.seal("13800138000");
    sealed.back() = sealed.back() == '0' ? '1' : '0';
    EXPECT_EQ(vault.open(sealed), sealed);
    EXPECT_EQ(vault.open("sealed:1:zz"), "sealed:1:zz");
    EXPECT_EQ(vault.open("sealed:"), "sealed:");
}

TEST(Vault, an_older_key_opens_and_the_newest_seals) {
    KeyRing ring = ring_of(1);
    const std::string old = Vault(ring).seal("张三");
    add_key(ring);
    const Vault both(ring);
    EXPECT_EQ(both.open(old), "张三");
    EXPECT_EQ(both.prefix(), "sealed:2:");
    EXPECT_NE(both.seal("张三"), old);
}

TEST(Vault, the_keys_are_made_once_and_only_their_owner_reads_them) {
    const sql::testing::TemporaryFolder folder;
    const std::filesystem::path file = std::filesystem::path(folder.path()) / "keys" / "vault.key";
    const KeyRing made = must(key_ring(file));
    EXPECT_EQ(Vault(must(key_ring(file))).open(Vault(made).seal("张三")), "张三");
    namespace fs = std::filesystem;
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    fs::permissions(file, fs::perms::group_read, fs::perm_options::add);
    EXPECT_FALSE(key_ring(file));
    fs::permissions(file, fs::perms::group_read, fs::perm_options::remove);
    std::ofstream(file) << "1 abcd\n";
    EXPECT_FALSE(key_ring(file));
}

TEST(KeyLock, is_shared_by_those_who_use_a_key_and_not_by_who_changes_it) {
    const sql::testing::TemporaryFolder folder;
    const std::filesystem::path file = std::filesystem::path(folder.path()) / "vault.key";
    {
        const auto one = KeyLock::take(file, KeyLock::Kind::Shared);
        const auto two = KeyLock::take(file, KeyLock::Kind::Shared);
        EXPECT_TRUE(one && two);
        EXPECT_FALSE(KeyLock::take(file, KeyLock::Kind::Alone));
    }
    EXPECT_TRUE(KeyLock::take(file, KeyLock::Kind::Alone));
}

}  // namespace
}  // namespace ys::vault
