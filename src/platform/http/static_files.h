// SPDX-License-Identifier: Apache-2.0
// The web pages inside the program: a table of paths and bytes made by embed_web (cmake/).
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "platform/http/message.h"

namespace ys::http {

struct Asset {
    std::string_view path;  ///< "/index.html", "/assets/desk-1a2b.js"
    std::string_view content_type;
    std::string_view etag;  ///< with its quotes
    std::string_view bytes;
    std::string_view brotli;  ///< "" when there is none
    std::string_view gzip;
};

class StaticFiles {
public:
    /// assets  sorted by path; lives as long as the process
    explicit StaticFiles(std::span<const Asset> assets);

    /// Answers GET and HEAD. A path that names no file and has no dot in its last step is a page of
    /// the application: index.html. In every .html `__NONCE__` becomes this answer's nonce, the
    /// same as in its Content-Security-Policy, so that only the page's own styles apply.
    Response answer(const Request& request) const;

private:
    const Asset* find(std::string_view path) const;
    Response page(const Asset& asset) const;

    std::span<const Asset> assets_;
};

/// The policy of a page; `nonce` is base64url. framed_by: who may show it in a frame.
std::string content_security_policy(std::string_view nonce, std::string_view framed_by);

}  // namespace ys::http
