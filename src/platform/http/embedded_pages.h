// SPDX-License-Identifier: Apache-2.0
// The pages that embed_web (cmake/) compiled into the program.
#pragma once

#include <span>

#include "platform/http/static_files.h"

namespace ys::web {

/// Sorted by path. Defined by the target that calls embed_web.
std::span<const http::Asset> assets();

}  // namespace ys::web
