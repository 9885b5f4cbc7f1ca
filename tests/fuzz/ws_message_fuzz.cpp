// SPDX-License-Identifier: Apache-2.0
// links: api_text json
// What a desk page sends over its socket.
#include <cstdint>

#include "api/desk_request.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto request = ys::api::parse_desk_request({reinterpret_cast<const char*>(data), size});
    if (request) YS_ASSERT(request->name.size() <= 32);
    return 0;
}
