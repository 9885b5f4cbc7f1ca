// SPDX-License-Identifier: Apache-2.0
#include "platform/json/schema.h"

namespace ys::json {

bool SchemaBook::begin(const std::string& name, std::string_view full_name) {
    const auto [at, is_new] = full_names_.emplace(name, full_name);
    YS_ASSERT(at->second == full_name);
    return is_new;
}

}  // namespace ys::json
