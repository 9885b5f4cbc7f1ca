// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/where.h"

namespace ys::sql {

Where::Where(const Scope& scope, std::string_view column) {
    if (scope.centres.empty()) {
        text_ = " WHERE 1=0";
        return;
    }
    text_ = " WHERE ";
    text_ += column;
    text_ += " IN (";
    for (const CentreId each : scope.centres) {
        text_ += values_.empty() ? "?" : ",?";
        values_.push_back(to_sql(each));
    }
    text_ += ')';
}

std::string containing(std::string_view text) {
    std::string out = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!') out += '!';
        out += c;
    }
    return out + '%';
}

}  // namespace ys::sql
