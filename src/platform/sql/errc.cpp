// SPDX-License-Identifier: Apache-2.0
#include "platform/sql/errc.h"

#include <string>

namespace ys::sql {
namespace {

class Category final : public std::error_category {
    const char* name() const noexcept override { return "sql"; }
    std::string message(int code) const override {
        switch (static_cast<errc>(code)) {
            case errc::unique_violation:
                return "a row with this key is there already";
            case errc::constraint:
                return "a rule of the table is broken";
            case errc::not_found:
                return "no such row";
            case errc::stale:
                return "the row was changed by somebody else meanwhile";
            case errc::busy:
                return "the database is busy";
            case errc::io:
                return "the disk failed";
            case errc::full:
                return "no space is left";
            case errc::connection_lost:
                return "the database server went away";
            case errc::newer_schema:
                return "the data was written by a newer program";
            case errc::bad_statement:
                return "the statement does not fit";
            case errc::stopped:
                return "the store is stopped";
        }
        return "unknown";
    }
};

}  // namespace

const std::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace ys::sql
