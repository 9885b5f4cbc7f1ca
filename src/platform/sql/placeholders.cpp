// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/placeholders.h"

namespace ys::sql {

std::string numbered(std::string_view sql) {
    std::string out;
    out.reserve(sql.size() + 16);
    int n = 0;
    char quote = 0;  // '' inside '...' closes and opens again, which comes to the same
    for (const char c : sql) {
        if (quote == 0 && c == '?') {
            out += '$';
            out += std::to_string(++n);
            continue;
        }
        if (quote == 0 && (c == '\'' || c == '"'))
            quote = c;
        else if (c == quote)
            quote = 0;
        out += c;
    }
    return out;
}

}  // namespace ys::sql
