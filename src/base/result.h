// SPDX-License-Identifier: Apache-2.0
// What a fallible function returns: a value, or an Error that knows its code, errand and line.
#pragma once

#include <string>
#include <system_error>
#include <utility>
#include <variant>

#include "base/panic.h"

namespace ys {

struct Where {
    const char* file;
    int line;
    static constexpr Where here(const char* f = __builtin_FILE(), int l = __builtin_LINE()) {
        return {f, l};
    }
};

struct Error {
    Error(std::error_code c, std::string n, Where w = Where::here())
        : code(c), note(std::move(n)), where(w) {}
    Error(std::errc c, std::string n, Where w = Where::here())
        : code(std::make_error_code(c)), note(std::move(n)), where(w) {}
    std::error_code code;  ///< what callers branch on
    std::string note;      ///< what was being attempted; for the log, never for the customer
    Where where;
};

/// "Nothing to return, but it may fail."
struct Done {
    friend constexpr bool operator==(Done, Done) = default;
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : v_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : v_(std::in_place_index<1>, std::move(error)) {}
    explicit operator bool() const { return v_.index() == 0; }
    T& operator*() & { return value(); }
    const T& operator*() const& { return const_cast<Result*>(this)->value(); }
    T&& operator*() && { return std::move(value()); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &const_cast<Result*>(this)->value(); }
    const Error& error() const {
        YS_ASSERT(v_.index() == 1);
        return std::get<1>(v_);
    }

private:
    T& value() {
        YS_ASSERT(v_.index() == 0);
        return std::get<0>(v_);
    }
    std::variant<T, Error> v_;
};

}  // namespace ys

#define YS_CAT_(a, b) a##b
#define YS_CAT(a, b) YS_CAT_(a, b)
#define YS_TRY_(leave, tmp, decl, expr) \
    auto tmp = (expr);                  \
    if (!tmp) leave tmp.error();        \
    decl = *std::move(tmp)
/// Declares `decl` from the value of `expr`, or returns its error.
#define YS_TRY(decl, expr) YS_TRY_(return, YS_CAT(try_, __LINE__), decl, expr)
#define YS_CO_TRY(decl, expr) YS_TRY_(co_return, YS_CAT(try_, __LINE__), decl, expr)
