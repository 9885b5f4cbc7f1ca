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
#include "outreach/survey.h"

namespace ys::outreach {

struct Door {
    MessageBook book;
    SmsSettings sms;
    MailSettings mail;
    std::string hotline, name;  ///< number and name, as citizens know them
    std::string public_url;     ///< before "/case.html#…"; "" for messages without a link
    QuietHours quiet;
    std::map<CentreId, QuietHours> quiet_of;  ///< centres with hours of their own
    SurveyRules survey;

    bool has_sms() const { return !sms.url.empty(); }
    bool has_mail() const { return !mail.url.empty(); }
    bool is_set_up() const { return has_sms() || has_mail(); }
    /// Why nobody is asked by link, for the page of who runs the hotline.
    Off no_surveys() const {
        if (!survey.is_on) return Off::SwitchedOff;
        if (!is_set_up()) return Off::NoGateway;
        if (public_url.empty()) return Off::NoAddress;
        return book.find("survey") == nullptr ? Off::NoTemplate : Off::No;
    }
    bool asks(CentreId centre) const {
        return no_surveys() == Off::No && !survey.not_in.contains(centre);
    }
    DeliveryRules rules(CentreId centre) const {
        const auto own = quiet_of.find(centre);
        return {.quiet = own == quiet_of.end() ? quiet : own->second};
    }
};

}  // namespace ys::outreach
