// SPDX-License-Identifier: Apache-2.0
#include "api/answer.h"

#include "base/text.h"

namespace ys::api {
namespace {

Error bad_field(std::string_view name) {
    return refused("bad_field:" + std::string(name), RefusedAs::Unfit);
}

}  // namespace

Result<std::uint64_t> number_in_path(const Call& call, std::string_view name) {
    const auto n = parse_number(call.request.param(name));
    // Stored ids are signed 64 bit; a larger one names nothing.
    if (!n || *n > static_cast<std::uint64_t>(INT64_MAX))
        return refused("not_found", RefusedAs::NotFound);
    return std::uint64_t{*n};
}

Result<std::uint64_t> number_argument(const Call& call, std::string_view name) {
    const std::string_view text = call.request.argument(name);
    if (text.empty()) return std::uint64_t{0};
    const auto n = parse_number(text);
    if (!n || *n > static_cast<std::uint64_t>(INT64_MAX)) return bad_field(name);
    return std::uint64_t{*n};
}

Result<std::optional<UtcTime>> time_argument(const Call& call, std::string_view name) {
    const std::string_view text = call.request.argument(name);
    if (text.empty()) return std::optional<UtcTime>{};
    const auto at = parse_rfc3339(text);
    if (!at) return bad_field(name);
    return std::optional<UtcTime>{*at};
}

Result<std::size_t> limit_of(const Call& call) {
    YS_TRY(const std::uint64_t asked, number_argument(call, "limit"));
    if (asked > 200) return bad_field("limit");
    return std::size_t{asked == 0 ? 50 : asked};
}

Result<std::string> form_text(std::string_view text, std::size_t limit_bytes,
                              std::string_view field, Lines lines) {
    if (text.size() > limit_bytes)
        return refused("too_long:" + std::string(field), RefusedAs::Unfit);
    if (lines == Lines::One) return std::string(trimmed(cleaned(text, limit_bytes)));
    std::string out;
    for (const std::string_view line : split(text, '\n')) {
        if (!out.empty() || line.data() != text.data()) out += '\n';
        out += cleaned(line, limit_bytes);
    }
    return out;
}

}  // namespace ys::api
