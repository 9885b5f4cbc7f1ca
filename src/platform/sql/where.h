// SPDX-License-Identifier: Apache-2.0
// Conditions gathered at run time, as text with ? and values side by side; never values in the
// text.
#pragma once

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

    template <class... Args>
    Where& also(std::string_view condition, const Args&... args) {
        text_ += " AND (";
        text_ += condition;
        text_ += ')';
        (values_.push_back(to_sql(args)), ...);
        return *this;
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
    std::string text_;
    std::vector<Value> values_;
};

/// A LIKE pattern for "has this text anywhere"; use with LIKE ? ESCAPE '!'.
std::string containing(std::string_view text);

}  // namespace ys::sql
