// SPDX-License-Identifier: Apache-2.0
// The certificates a hotline listens with: given by the settings, or made here on the first start.
#pragma once

#include <memory>
#include <string>

#include <boost/asio/ssl/context.hpp>

#include "base/result.h"
#include "platform/config/serve_config.h"

namespace ys::app {

/// For HTTPS on `host`; null for plain HTTP.
/// errors  those of reading or making the certificate
Result<std::shared_ptr<boost::asio::ssl::context>> https_context(const config::Serve& settings,
                                                                 const std::string& host);

/// The folder sofia reads its certificate from for SIP over TLS: the web's certificate, or a
/// self-made one; a folder filled by hand is left as it is. "" when SIP has no TLS.
/// errors  invalid_argument when there is no certificate to use, those of reading and writing
Result<std::string> sip_certificate_dir(const config::Serve& settings);

}  // namespace ys::app
