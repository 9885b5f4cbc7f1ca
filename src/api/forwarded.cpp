// SPDX-License-Identifier: Apache-2.0
#include "api/forwarded.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ys::api {
namespace {

bool is_address(const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
           ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

}  // namespace

std::string source_of(const http::Request& request, const std::vector<std::string>& trusted) {
    const auto is_trusted = [&](const std::string& address) {
        return std::ranges::find(trusted, address) != trusted.end();
    };
    std::string source = request.remote_address;
    const auto hops = split(request.header("x-forwarded-for"), ',');
    // Each proxy appends whom it heard from: read from the end, as long as the writer is trusted.
    for (auto hop = hops.rbegin(); hop != hops.rend() && is_trusted(source); ++hop) {
        std::string before{trimmed(*hop)};
        if (!is_address(before)) break;
        source = std::move(before);
    }
    return source;
}

}  // namespace ys::api
