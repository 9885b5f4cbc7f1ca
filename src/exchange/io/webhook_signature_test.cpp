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

}  // namespace
}  // namespace ys::exchange
