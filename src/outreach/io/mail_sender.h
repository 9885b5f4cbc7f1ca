// SPDX-License-Identifier: Apache-2.0
// Mail through one SMTP server: plain text in UTF-8, one receiver.
#pragma once

#include <string>
#include <string_view>

#include "base/secret.h"
#include "outreach/delivery.h"

namespace ys::outreach {

struct MailSettings {
    std::string url;   ///< smtp://host:25 or smtps://host:465; "" when there is none
    std::string from;  ///< bare address
    std::string user;  ///< "" for no sign-in
    Secret<std::string> password;
};

struct OutgoingMail {
    std::string key;  ///< becomes the Message-ID: mailboxes know a mail that comes twice
    std::string to;
    std::string from_name, subject, text;
};

/// A 5xx answer of the server is a refusal, everything else may go another time.
/// Waits for the network: on a worker thread only.
MessageCommand send_mail(const MailSettings& settings, const OutgoingMail& mail, UtcTime now);

/// The mail as it goes out. source  RFC 5322, RFC 2045 (base64), RFC 2047 (header words)
std::string mail_text(const std::string& from, const OutgoingMail& mail, UtcTime now);

/// An address we are willing to write to: one "@", no spaces, quotes, brackets or control
/// characters, ASCII, at most 254 bytes (RFC 5321 §4.5.3).
bool is_mail_address(std::string_view text);

}  // namespace ys::outreach
