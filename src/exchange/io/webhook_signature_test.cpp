// SPDX-License-Identifier: Apache-2.0
#include "exchange/io/webhook_signature.h"

#include <gtest/gtest.h>

namespace ys::exchange {
namespace {

TEST(webhook_signature, is_what_another_program_computes) {
    // openssl dgst -sha256 -hmac 'a secret of the two' -binary | base64
    EXPECT_EQ(webhook_signature(Secret<std::string>{"a secret of the two"}, "msg_1", 1'700'000'000,
                                R"({"a":1})"),
              "v1,lFtS1ih1KOpDT+Vm/O6aurtWigeGFaU2EZu1+j86zTw=");
}

TEST(webhook_signature, what_came_in_is_believed_only_when_signed_lately) {
    const Secret<std::string> secret{"a secret of the two"};
    const UtcTime noon{1'700'000'000'000'000};
    const std::string good = webhook_signature(secret, "m", 1'700'000'000, "{}");
    const WebhookHeaders sent{"m", "1700000000", good};
    EXPECT_TRUE(is_signed(secret, sent, noon, "{}"));
    EXPECT_TRUE(is_signed(secret, sent, {noon.us + 299'000'000}, "{}"));
    EXPECT_FALSE(is_signed(secret, sent, {noon.us + 301'000'000}, "{}"));
    EXPECT_FALSE(is_signed(secret, sent, {noon.us - 301'000'000}, "{}"));
    EXPECT_FALSE(is_signed(secret, sent, noon, "{} "));
    EXPECT_FALSE(is_signed(secret, {"n", "1700000000", good}, noon, "{}"));
    EXPECT_FALSE(is_signed(Secret<std::string>{"another"}, sent, noon, "{}"));
    const std::string two = "v1,AAAA " + good;
    EXPECT_TRUE(is_signed(secret, {"m", "1700000000", two}, noon, "{}"));
    const std::string unsigned_by_nothing = webhook_signature({}, "m", 1'700'000'000, "{}");
    EXPECT_FALSE(is_signed({}, {"m", "1700000000", unsigned_by_nothing}, noon, "{}"));
    for (const char* when : {"", "x", "-1", "99999999999999999999"})
        EXPECT_FALSE(is_signed(secret, {"m", when, good}, noon, "{}")) << when;
}

}  // namespace
}  // namespace ys::exchange
