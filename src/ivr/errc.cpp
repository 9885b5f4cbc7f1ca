// SPDX-License-Identifier: Apache-2.0
// A sentence for each error of errc.h.
#include "ivr/errc.h"

#include <string>

namespace ys::ivr {
namespace {

struct Category final : std::error_category {
    const char* name() const noexcept override { return "ivr"; }
    std::string message(int code) const override {
        switch (static_cast<Errc>(code)) {
            case Errc::FlowDoesNotRead:
                return "The text is not a flow.";
            case Errc::FlowBreaksARule:
                return "The flow breaks a rule that protects callers.";
        }
        return "Unknown flow error.";
    }
};

}  // namespace

std::error_code make_error_code(Errc code) {
    static const Category category;
    return {static_cast<int>(code), category};
}

}  // namespace ys::ivr
