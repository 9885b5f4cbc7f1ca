// SPDX-License-Identifier: Apache-2.0
// links: http_text
// The first line and headers of a request, one a line, through everything that we read of them.
#include <cstdint>

#include "platform/http/framing.h"
#include "platform/http/router.h"
#include "platform/http/syntax.h"

namespace {

using namespace ys;

void read_values(std::string_view text) {
    const auto range = http::choose_range(text, 1000);
    if (range.answer == http::RangeAnswer::Part)
        YS_ASSERT(range.part.first <= range.part.last && range.part.last < 1000);
    http::preferred_language(text);
    http::accepts_encoding(text, "gzip");
    const std::string named = http::attachment_named(text);
    YS_ASSERT(named.find('\n') == std::string::npos && named.find('\r') == std::string::npos);
    const auto back = http::percent_decoded(http::percent_encoded(text));
    YS_ASSERT(text.find('\0') != std::string_view::npos ? !back : back == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto lines = split(text, '\n');
    http::Pairs headers;
    for (std::size_t i = 1; i < lines.size() && i < 64; ++i) {
        const auto colon = lines[i].find(':');
        if (colon == std::string_view::npos) continue;
        headers.emplace_back(lowered(lines[i].substr(0, colon)),
                             trimmed(lines[i].substr(colon + 1)));
    }
    const auto words = split(lines[0], ' ');
    if (words.size() > 1) {
        const auto request = http::framed(words[0], words[1], 11, headers);
        if (const auto* good = std::get_if<http::Request>(&request)) {
            YS_ASSERT(good->path.starts_with('/') && good->path.find("/../") == std::string::npos);
            http::Router router;
            router.add("GET", "/a/{b}/{c}");
            router.match(good->method, good->path);
        }
    }
    http::Response response;
    response.headers = headers;
    const std::string head = http::head_of(response, true);
    YS_ASSERT(head.find("\r\n\r\n") == head.size() - 4);
    read_values(text);
    return 0;
}
