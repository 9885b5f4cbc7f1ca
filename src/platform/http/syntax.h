// SPDX-License-Identifier: Apache-2.0
// The parts of HTTP that we read ourselves: targets, queries, cookies, ranges, preferences.
// All input is hostile; nothing here throws.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.h"

namespace ys::http {

inline constexpr std::size_t target_max_bytes = 4096;
inline constexpr std::size_t query_fields_max = 64;
inline constexpr std::size_t cookies_max = 32;

/// RFC 3986 §2.1. Nothing for a bad escape, or when the result holds a NUL.
/// plus_is_space  as in application/x-www-form-urlencoded
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space = false);
/// Everything but unreserved characters escaped.
std::string percent_encoded(std::string_view text);

/// "a=1&b=2" decoded; nothing when an escape is bad or there are too many fields.
std::optional<Pairs> parse_query(std::string_view query);

struct Target {
    std::string path;
    Pairs query;
};
/// origin-form only (RFC 9112 §3.2.1). Nothing when the path is not absolute, holds a "." or ".."
/// step, a backslash or a control character, or is too long.
std::optional<Target> parse_target(std::string_view target);

/// RFC 6265 §5.4, leniently: pieces without '=' are left out.
Pairs parse_cookies(std::string_view header);

struct ByteRange {
    std::uint64_t first = 0;
    std::uint64_t last = 0;  ///< inclusive
    friend bool operator==(const ByteRange&, const ByteRange&) = default;
};
enum class RangeAnswer { Whole, Part, Unsatisfiable };
struct RangeChoice {
    RangeAnswer answer = RangeAnswer::Whole;
    ByteRange part;
};
/// RFC 9110 §14.1.2. One range is honoured; several, or a header that does not parse, are answered
/// with the whole, as §14.2 allows.
RangeChoice choose_range(std::string_view header, std::uint64_t size);

/// The language to answer in: "en" only when English is preferred to Chinese, else "zh".
std::string_view preferred_language(std::string_view accept_language);

/// True when `Accept-Encoding` takes `coding` ("br", "gzip") with a quality above zero.
bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);

/// True when the host (and port) of an Origin is the one in Host; "null" never is.
bool is_same_origin(std::string_view origin, std::string_view host);

/// `attachment; filename="…"; filename*=UTF-8''…` (RFC 6266).
std::string attachment_named(std::string_view name);

}  // namespace ys::http
