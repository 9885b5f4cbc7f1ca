// SPDX-License-Identifier: Apache-2.0
// One row of an answer, read by column; valid only while the callback that got it runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"
#include "base/secret.h"
#include "base/time.h"
#include "platform/sql/value.h"

namespace ys::sql {

class Row {
public:
    virtual ~Row() = default;
    virtual std::size_t columns() const = 0;
    virtual bool is_null(std::size_t column) const = 0;
    virtual std::int64_t integer(std::size_t column) const = 0;   ///< 0 for NULL
    virtual double real(std::size_t column) const = 0;            ///< 0 for NULL
    virtual std::string_view text(std::size_t column) const = 0;  ///< "" for NULL
    virtual Blob blob(std::size_t column) const = 0;

    void get(std::size_t c, bool& to) const { to = integer(c) != 0; }
    template <std::integral T>
    void get(std::size_t c, T& to) const {
        to = static_cast<T>(integer(c));
    }
    void get(std::size_t c, double& to) const { to = real(c); }
    void get(std::size_t c, std::string& to) const { to = text(c); }
    void get(std::size_t c, UtcTime& to) const { to.us = integer(c); }
    void get(std::size_t c, Blob& to) const { to = blob(c); }
    void get(std::size_t c, Secret<std::string>& to) const {
        to = Secret<std::string>(std::string(text(c)));
    }
    template <class Tag>
    void get(std::size_t c, Id<Tag>& to) const {
        to = Id<Tag>{static_cast<std::uint64_t>(integer(c))};
    }
    template <class T>
    void get(std::size_t c, std::optional<T>& to) const {
        if (is_null(c)) return to.reset();
        get(c, to.emplace());
    }
};

}  // namespace ys::sql
