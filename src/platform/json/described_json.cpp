// SPDX-License-Identifier: Apache-2.0
#include "platform/json/described_json.h"

namespace ys::json {

Result<value> parse(std::string_view text) {
    boost::json::parse_options options;
    options.max_depth = 32;
    boost::system::error_code ec;
    value v = boost::json::parse(text, ec, {}, options);
    if (ec) return Error{std::errc::invalid_argument, "reading JSON: " + ec.message()};
    return v;
}

namespace detail {

Error refused(std::string_view path, std::string_view what) {
    return Error{std::errc::invalid_argument, "expected " + std::string(what) + " at " +
                                                  (path.empty() ? "the top" : std::string(path))};
}

Result<std::int64_t> integer_at(const value& v, std::string_view path) {
    if (v.is_int64()) return v.get_int64();
    return refused(path, "a whole number");
}

Result<std::uint64_t> natural_at(const value& v, std::string_view path) {
    if (v.is_uint64()) return v.get_uint64();
    if (v.is_int64() && v.get_int64() >= 0) return static_cast<std::uint64_t>(v.get_int64());
    return refused(path, "a whole number, 0 or more");
}

}  // namespace detail
}  // namespace ys::json
