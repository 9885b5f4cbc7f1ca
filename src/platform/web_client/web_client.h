// SPDX-License-Identifier: Apache-2.0
// One HTTP request to somebody else's server.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "platform/web_client/address_guard.h"

namespace ys::web_client {

struct WebRequest {
    std::string method = "POST";
    std::string url;
    std::vector<std::pair<std::string, std::string>> headers{};
    std::string body{};
    Millis within{10'000};  ///< for all of it
    std::size_t answer_max = 256 * 1024;
};

struct WebAnswer {
    int status = 0;
    std::string body;
    std::string location;  ///< the header, not followed
    bool is_good() const { return status >= 200 && status < 300; }
};

/// Blocks: to be run on the worker pool. Any status is an answer.
///
/// errors  invalid_argument (no http or https URL, a line break in a header); permission_denied
/// (the
///         guard does not allow the address); timed_out; message_size (a longer answer);
///         io_error with what libcurl says
Result<WebAnswer> send(const WebRequest& request, const AddressGuard& guard);

}  // namespace ys::web_client
