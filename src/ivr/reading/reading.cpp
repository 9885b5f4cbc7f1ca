// SPDX-License-Identifier: Apache-2.0
#include "ivr/reading/reading.h"

#include "ivr/reading/code_points.h"
#include "ivr/reading/reader.h"

namespace ys::ivr {

std::string reading(std::string_view text) {
    const std::u32string points = code_points(text);
    return utf8(Reader(points).all());
}

}  // namespace ys::ivr
