// SPDX-License-Identifier: Apache-2.0
// What kind of thing a type is to JSON: a part of described_json.h and schema.h.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/described.h"
#include "base/result.h"

#include <boost/json.hpp>
#include <boost/mp11.hpp>

namespace ys::json {

using boost::json::array;
using boost::json::object;
using boost::json::value;

namespace detail {

template <class T, template <class...> class Of>
inline constexpr bool is_a = false;
template <class... As, template <class...> class Of>
inline constexpr bool is_a<Of<As...>, Of> = true;

template <class T>
concept Described = std::is_class_v<T> && boost::describe::has_describe_members<T>::value;
template <class T>
concept DescribedEnum = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;
template <class T>
inline constexpr bool is_text_map = false;
template <class T>
inline constexpr bool is_text_map<std::map<std::string, T>> = true;

template <class T>
using members_of = boost::describe::describe_members<T, boost::describe::mod_public |
                                                            boost::describe::mod_inherited>;

template <class T>
inline constexpr bool unknown_type = false;

/// "expected <what> at <path>": the note of every refusal.
Error refused(std::string_view path, std::string_view what);

Result<std::int64_t> integer_at(const value& v, std::string_view path);
Result<std::uint64_t> natural_at(const value& v, std::string_view path);

template <class T>
Result<T> read_integer(const value& v, std::string_view path) {
    if constexpr (std::is_unsigned_v<T>) {
        YS_TRY(const std::uint64_t n, natural_at(v, path));
        if (n > std::numeric_limits<T>::max()) return refused(path, "a smaller number");
        return static_cast<T>(n);
    } else {
        YS_TRY(const std::int64_t n, integer_at(v, path));
        if (n > std::numeric_limits<T>::max() || n < std::numeric_limits<T>::min())
            return refused(path, "a number in range");
        return static_cast<T>(n);
    }
}

}  // namespace detail

}  // namespace ys::json
