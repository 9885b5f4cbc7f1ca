// SPDX-License-Identifier: Apache-2.0
// Certificates: read from files, or made here for a trial in the local network.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <boost/asio/ssl/context.hpp>

#include "base/result.h"
#include "base/time.h"

namespace ys::http {

/// TLS 1.2 and 1.3, server preference, no session tickets shared between runs.
/// errors  those of reading the files; the note names the file
Result<std::shared_ptr<boost::asio::ssl::context>> tls_context(
    const std::filesystem::path& certificate, const std::filesystem::path& key);

/// Makes an EC P-256 key and a certificate signed with it, valid from a day before `now` for 825
/// days (the longest that browsers take), and writes both as PEM, the key readable by its owner
/// only.
/// names   host names and IP addresses for subjectAltName; the first is the common name
/// errors  invalid_argument without names, those of writing
Result<Done> make_self_signed(const std::filesystem::path& certificate,
                              const std::filesystem::path& key,
                              const std::vector<std::string>& names, UtcTime now);

}  // namespace ys::http
