// SPDX-License-Identifier: Apache-2.0
// A command of the desk as it comes over the socket.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "base/result.h"

namespace ys::api {

struct DeskRequest {
    std::int64_t id = 0;
    std::string name;
    boost::json::object args;
};
/// A command as it comes over the socket; at most 32 levels deep.
/// errors  bad_json, bad_request
Result<DeskRequest> parse_desk_request(std::string_view text);

}  // namespace ys::api
