// SPDX-License-Identifier: Apache-2.0
// A parameter of a statement: five kinds, and how our own types become one of them.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/id.h"
#include "base/secret.h"
#include "base/time.h"

namespace ys::sql {

struct Blob {
    std::string bytes;
    friend bool operator==(const Blob&, const Blob&) = default;
};

/// monostate is NULL. Text that is not UTF-8 is stored with U+FFFD in place of the bad bytes.
using Value = std::variant<std::monostate, std::int64_t, double, std::string, Blob>;

inline Value to_sql(Value v) { return v; }
inline Value to_sql(std::nullptr_t) { return {}; }
inline Value to_sql(bool b) { return std::int64_t{b}; }
template <std::integral T>
Value to_sql(T n) {
    return static_cast<std::int64_t>(n);
}
inline Value to_sql(double d) { return d; }
inline Value to_sql(std::string_view text) { return std::string(text); }
inline Value to_sql(const std::string& text) { return text; }
inline Value to_sql(const char* text) { return std::string(text); }
inline Value to_sql(UtcTime t) { return t.us; }  ///< BIGINT, microseconds since 1970
inline Value to_sql(Blob b) { return b; }
template <class Tag>
Value to_sql(Id<Tag> id) {
    return static_cast<std::int64_t>(id.value);
}
/// Hashes and tokens live in the database, and only there.
inline Value to_sql(const Secret<std::string>& s) { return s.reveal(); }
template <class T>
Value to_sql(const std::optional<T>& t) {
    return t ? to_sql(*t) : Value{};
}

}  // namespace ys::sql
