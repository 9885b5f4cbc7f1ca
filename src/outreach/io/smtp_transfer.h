// SPDX-License-Identifier: Apache-2.0
// One mail to one SMTP server by libcurl: the calling thread waits for it, so never on the control
// loop.
#pragma once

#include <string>

#include "base/secret.h"
#include "base/time.h"

namespace ys::outreach {

struct SmtpMail {
    std::string url;  ///< smtp://host:port or smtps://…
    std::string user;
    Secret<std::string> password;
    std::string from, to;  ///< bare addresses
    std::string text;      ///< RFC 5322, lines end with CRLF
    Seconds within{15};    ///< for all of it
};
struct SmtpAnswer {
    int code = 0;  ///< the last the server said, 0 when it said nothing
    bool is_taken = false;
    bool is_sign_in = false;  ///< it is us whom it refused, not the mail
};
SmtpAnswer send(const SmtpMail& mail);

}  // namespace ys::outreach
