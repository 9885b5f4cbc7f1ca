// SPDX-License-Identifier: Apache-2.0
#include "api/wanted_version.h"

#include "base/text.h"

namespace ys::api {

Result<std::optional<std::int64_t>> wanted_version(const Call& call,
                                                   std::optional<std::int64_t> sent) {
    std::string_view tag = call.request.header("if-match");
    if (tag.empty()) return sent;
    if (tag.size() > 2 && tag.front() == '"') tag = tag.substr(1, tag.size() - 2);
    const auto version = parse_number(tag);
    if (!version) return refused("bad_field:if-match", RefusedAs::Unfit);
    return std::optional<std::int64_t>{static_cast<std::int64_t>(*version)};
}

}  // namespace ys::api
