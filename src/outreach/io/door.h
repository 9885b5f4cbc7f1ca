// SPDX-License-Identifier: Apache-2.0
// How this hotline reaches citizens: its book, its channels, its hours. Made at start, read by all.
#pragma once

#include <map>
#include <string>

#include "base/id.h"
#include "outreach/delivery.h"
#include "outreach/io/mail_sender.h"
#include "outreach/io/sms_gateway.h"
#include "outreach/message_book.h"

namespace ys::outreach {

struct Door {
    MessageBook book;
    SmsSettings sms;
    MailSettings mail;
    std::string hotline, name;  ///< number and name, as citizens know them
    std::string public_url;     ///< before "/case.html#…"; "" for messages without a link
    QuietHours quiet;
    std::map<CentreId, QuietHours> quiet_of;  ///< centres with hours of their own

    bool has_sms() const { return !sms.url.empty(); }
    bool has_mail() const { return !mail.url.empty(); }
    bool is_set_up() const { return has_sms() || has_mail(); }
    DeliveryRules rules(CentreId centre) const {
        const auto own = quiet_of.find(centre);
        return {.quiet = own == quiet_of.end() ? quiet : own->second};
    }
};

}  // namespace ys::outreach
