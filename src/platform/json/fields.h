// SPDX-License-Identifier: Apache-2.0
// One field of a message whose shape depends on its type: what is not there, or is something else,
// is empty.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/json.hpp>

namespace ys::json {

inline std::string text_in(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr || !value->is_string()) return {};
    return std::string(value->get_string());
}

inline std::uint64_t number_in(const boost::json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    if (value == nullptr) return 0;
    if (value->is_uint64()) return value->get_uint64();
    const bool is_positive = value->is_int64() && value->get_int64() > 0;
    return is_positive ? static_cast<std::uint64_t>(value->get_int64()) : 0;
}

}  // namespace ys::json
