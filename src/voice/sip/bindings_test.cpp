// SPDX-License-Identifier: Apache-2.0
// Phones come, move, stay and go.
#include "voice/sip/bindings.h"

#include <gtest/gtest.h>

namespace ys::sip {
namespace {

const Instant t0 = Instant{} + 1000h;
using Change = Bindings::Change;

Binding at(const std::string& address, Instant expires_at) {
    return {.contact = "sip:1001@" + address,
            .address = address,
            .transport = "udp",
            .call_id = "c",
            .cseq = 1,
            .expires_at = expires_at};
}

TEST(Bindings, the_latest_registration_wins) {
    Bindings bindings;
    EXPECT_EQ(bindings.bind("1001", at("10.0.0.1:5060", t0 + 60s)), Change::New);
    EXPECT_EQ(bindings.bind("1001", at("10.0.0.2:5060", t0 + 60s)), Change::Refreshed);
    EXPECT_EQ(bindings.find("1001")->address, "10.0.0.2:5060");
    EXPECT_EQ(bindings.user_at("10.0.0.1:5060"), nullptr);
    EXPECT_EQ(*bindings.user_at("10.0.0.2:5060"), "1001");
    EXPECT_EQ(bindings.size(), 1u);
}

TEST(Bindings, a_phone_that_does_not_refresh_is_gone_once) {
    Bindings bindings;
    bindings.bind("1001", at("10.0.0.1:5060", t0 + 60s));
    EXPECT_TRUE(bindings.expire(t0 + 59s).empty());
    EXPECT_EQ(bindings.expire(t0 + 60s), std::vector<std::string>{"1001"});
    EXPECT_TRUE(bindings.expire(t0 + 61s).empty());
    EXPECT_EQ(bindings.find("1001"), nullptr);
}

TEST(Bindings, a_refresh_puts_the_end_off) {
    Bindings bindings;
    bindings.bind("1001", at("10.0.0.1:5060", t0 + 60s));
    bindings.bind("1001", at("10.0.0.1:5060", t0 + 120s));
    EXPECT_TRUE(bindings.expire(t0 + 60s).empty());
    EXPECT_EQ(bindings.expire(t0 + 120s).size(), 1u);
}

TEST(Bindings, unbinding_twice_tells_the_difference) {
    Bindings bindings;
    bindings.bind("1001", at("10.0.0.1:5060", t0 + 60s));
    EXPECT_TRUE(bindings.unbind("1001"));
    EXPECT_FALSE(bindings.unbind("1001"));
    EXPECT_TRUE(bindings.expire(t0 + 60s).empty());
}

}  // namespace
}  // namespace ys::sip
