// SPDX-License-Identifier: Apache-2.0
#include "api/forwarded.h"

#include <gtest/gtest.h>

namespace ys::api {
namespace {

std::string source(const std::string& peer, const std::string& forwarded,
                   const std::vector<std::string>& trusted) {
    http::Request request;
    request.remote_address = peer;
    if (!forwarded.empty()) request.headers = {{"x-forwarded-for", forwarded}};
    return source_of(request, trusted);
}

TEST(Forwarded, a_stranger_cannot_name_another_source) {
    EXPECT_EQ(source("203.0.113.9", "198.51.100.1", {}), "203.0.113.9");
    EXPECT_EQ(source("203.0.113.9", "198.51.100.1", {"10.0.0.1"}), "203.0.113.9");
    EXPECT_EQ(source("10.0.0.1", "", {"10.0.0.1"}), "10.0.0.1");
}

TEST(Forwarded, a_trusted_proxy_is_believed_about_its_own_peer_alone) {
    EXPECT_EQ(source("10.0.0.1", "198.51.100.1", {"10.0.0.1"}), "198.51.100.1");
    EXPECT_EQ(source("10.0.0.1", "1.1.1.1, 198.51.100.1", {"10.0.0.1"}), "198.51.100.1")
        << "the first was written by the caller";
    EXPECT_EQ(source("10.0.0.1", "198.51.100.1, 10.0.0.2", {"10.0.0.1", "10.0.0.2"}),
              "198.51.100.1");
    EXPECT_EQ(source("10.0.0.1", "2001:db8::7", {"10.0.0.1"}), "2001:db8::7");
}

TEST(Forwarded, what_is_no_address_is_not_taken) {
    EXPECT_EQ(source("10.0.0.1", "unknown", {"10.0.0.1"}), "10.0.0.1");
    EXPECT_EQ(source("10.0.0.1", "198.51.100.1, <script>", {"10.0.0.1"}), "10.0.0.1");
}

}  // namespace
}  // namespace ys::api
