// SPDX-License-Identifier: Apache-2.0
// Conditions gathered at run time, as text with ? and values side by side; never values in the
// text.
#pragma once

#include <algorithm>
#include <bit>
#include <string>
#include <string_view>
#include <vector>

#include "platform/sql/scope.h"
#include "platform/sql/value.h"

namespace ys::sql {

class Where {
public:
    /// Every query begins with the centres it may see.
    Where(const Scope& scope, std::string_view column);
    /// Of what belongs to no centre.
    static Where of_all() { return Where(); }

    template <class... Args>
    Where& also(std::string_view condition, const Args&... args) {
        text_ += " AND (";
        text_ += condition;
        text_ += ')';
        (values_.push_back(to_sql(args)), ...);
        return *this;
    }
    /// The column has one of these values; none of an empty list. The list is filled up with its
    /// last one, so that there are few statements.
    template <class T>
    Where& among(std::string_view column, const std::vector<T>& all) {
        std::string marks = all.empty() ? "NULL" : "?";
        for (std::size_t i = 1; i < std::bit_ceil(all.size()); ++i) marks += ",?";
        for (std::size_t i = 0; !all.empty() && i < std::bit_ceil(all.size()); ++i)
            values_.push_back(to_sql(all[std::min(i, all.size() - 1)]));
        return also(std::string(column) + " IN (" + marks + ")");
    }
    /// For what follows the conditions: LIMIT ?
    template <class T>
    void value(const T& t) {
        values_.push_back(to_sql(t));
    }
    /// " WHERE ..."
    const std::string& text() const { return text_; }
    const std::vector<Value>& values() const { return values_; }

private:
    Where() : text_(" WHERE 1=1") {}
    std::string text_;
    std::vector<Value> values_;
};

/// A LIKE pattern for "has this text anywhere"; use with LIKE ? ESCAPE '!'.
std::string containing(std::string_view text);

}  // namespace ys::sql
