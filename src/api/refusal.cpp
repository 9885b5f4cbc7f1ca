// SPDX-License-Identifier: Apache-2.0
#include "api/refusal.h"

namespace ys::api {
namespace {

class Category final : public std::error_category {
public:
    const char* name() const noexcept override { return "ys.api.refusal"; }
    std::string message(int) const override { return "the user is told no"; }
};

}  // namespace

const std::error_category& refusal_category() {
    static const Category it;
    return it;
}

Error refused(std::string_view code, RefusedAs as, Where where) {
    return Error{std::error_code(static_cast<int>(as), refusal_category()), std::string(code),
                 where};
}

std::string_view refusal_code(const Error& error) {
    return error.code.category() == refusal_category() ? std::string_view(error.note) : "failed";
}

}  // namespace ys::api
