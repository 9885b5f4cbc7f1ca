// SPDX-License-Identifier: Apache-2.0
// A file as an answer, or the part of it that was asked for.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "platform/http/message.h"

namespace ys::api {

struct FileAnswer {
    http::Response response;
    bool is_beginning = false;  ///< holds the first byte: a player asks for many parts
};

/// Never kept by a browser or a proxy, and never run as a page, whatever is in it. 416 for a part
/// that is not there. errors  not_found
Result<FileAnswer> file_answer(const http::Request& request, const std::filesystem::path& path,
                               std::string content_type);

}  // namespace ys::api
