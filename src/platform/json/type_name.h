// SPDX-License-Identifier: Apache-2.0
// The name a type has in the source, without its namespaces: one spelling in C++, JSON and SQL.
#pragma once

#include <string_view>

namespace ys::json {

/// "ys::facts::CallArrived" for facts::CallArrived.
template <class T>
constexpr std::string_view full_type_name() {
    // Both GCC and clang print "... [with T = ys::X; ...]" or "... [T = ys::X]".
    std::string_view all = __PRETTY_FUNCTION__;
    all.remove_prefix(all.find("T = ") + 4);
    return all.substr(0, all.find_first_of(";]"));
}

/// "CallArrived" for facts::CallArrived.
template <class T>
constexpr std::string_view type_name() {
    constexpr std::string_view full = full_type_name<T>();
    const auto colon = full.rfind(':');
    return colon == std::string_view::npos ? full : full.substr(colon + 1);
}

}  // namespace ys::json
