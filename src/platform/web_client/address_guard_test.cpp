// SPDX-License-Identifier: Apache-2.0
#include "platform/web_client/address_guard.h"

#include <gtest/gtest.h>

namespace ys::web_client {
namespace {

TEST(address_guard, public_addresses_are_allowed) {
    const AddressGuard guard;
    for (const char* address : {"1.1.1.1", "114.114.114.114", "172.32.0.1", "100.128.0.1",
                                "2400:3200::1", "64:ff9b::7272:7272", "::ffff:8.8.8.8"})
        EXPECT_TRUE(guard.allows(address)) << address;
}

TEST(address_guard, what_is_inside_or_special_is_not) {
    const AddressGuard guard;
    for (const char* address : {"127.0.0.1",
                                "0.0.0.0",
                                "10.1.2.3",
                                "172.31.255.255",
                                "192.168.1.1",
                                "169.254.169.254",
                                "100.100.100.200",
                                "224.0.0.1",
                                "255.255.255.255",
                                "::",
                                "::1",
                                "fe80::1",
                                "fd12::1",
                                "ff02::1",
                                "::ffff:127.0.0.1",
                                "::ffff:169.254.169.254",
                                "::127.0.0.1",
                                "64:ff9b::7f00:1",
                                "64:ff9b::a9fe:a9fe",
                                "2002:7f00:1::",
                                "2001:db8::1"})
        EXPECT_FALSE(guard.allows(address)) << address;
    for (const char* no_address : {"", "example.org", "1.2.3", "1.1.1.1 ", "0x7f.1"})
        EXPECT_FALSE(guard.allows(no_address)) << no_address;
}

TEST(address_guard, an_operator_names_networks_of_the_house) {
    const std::vector<std::string> named{"10.20.0.0/14", "fd12:3456::/32", "127.0.0.1"};
    const auto guard = AddressGuard::build(named);
    ASSERT_TRUE(guard);
    for (const char* address : {"10.20.0.1", "10.23.255.255", "fd12:3456::9", "127.0.0.1"})
        EXPECT_TRUE(guard->allows(address)) << address;
    for (const char* address : {"10.24.0.0", "10.19.255.255", "fd12:3457::9", "127.0.0.2"})
        EXPECT_FALSE(guard->allows(address)) << address;
    for (const char* wrong : {"", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "fd00::/129", "a/8"})
        EXPECT_FALSE(AddressGuard::build(std::vector<std::string>{wrong})) << wrong;
}

}  // namespace
}  // namespace ys::web_client
