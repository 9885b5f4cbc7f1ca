// SPDX-License-Identifier: Apache-2.0
#include "app/outreach_door.h"

#include <algorithm>
#include <fstream>

#include "app/scenario_file.h"
#include "base/text.h"
#include "platform/config/toml_text.h"

namespace ys::app {
namespace {

struct MessageFile {
    std::vector<outreach::MessageTemplate> message;
};
BOOST_DESCRIBE_STRUCT(MessageFile, (), (message))

constexpr std::string_view file_name = "messages.toml";

Result<Secret<std::string>> secret_in(const std::string& path) {
    if (path.empty()) return Secret<std::string>{};
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    if (line.empty())
        return Error{std::errc::no_such_file_or_directory, "cannot read a secret in " + path};
    return Secret<std::string>{std::string(trimmed(line))};
}

Result<Done> take_quiet_hours(outreach::Door& door, const config::Outreach& settings,
                              const std::vector<centres::CentreRow>& centres) {
    YS_TRY(door.quiet, outreach::parse_quiet_hours(settings.quiet));
    for (const std::string& line : settings.quiet_of) {
        const auto space = line.rfind(' ');
        const std::string name = line.substr(0, space);
        const auto centre = std::ranges::find(centres, name, &centres::CentreRow::name);
        if (space == std::string::npos || centre == centres.end())
            return Error{std::errc::invalid_argument,
                         "outreach.quiet_of: there is no centre in \"" + cleaned(line, 80) + "\""};
        YS_TRY(door.quiet_of[centre->id], outreach::parse_quiet_hours(line.substr(space + 1)));
    }
    return Done{};
}

Result<Done> take_survey(outreach::Door& door, const config::Outreach& settings,
                         const std::vector<centres::CentreRow>& centres) {
    using std::chrono::days;
    door.survey.is_on = settings.survey;
    door.survey.after = Seconds{settings.survey_after_s};
    door.survey.every = days{settings.survey_every_days};
    door.survey.valid_for = days{settings.survey_valid_days};
    for (const std::string& name : settings.survey_not_in) {
        const auto centre = std::ranges::find(centres, name, &centres::CentreRow::name);
        if (centre == centres.end())
            return Error{
                std::errc::invalid_argument,
                "outreach.survey_not_in: there is no centre \"" + cleaned(name, 80) + "\""};
        door.survey.not_in.insert(centre->id);
    }
    return Done{};
}

}  // namespace

Result<outreach::Door> make_door(const config::Serve& settings, const Scenario& scenario,
                                 const std::vector<centres::CentreRow>& centres) {
    const config::Outreach& s = settings.outreach;
    outreach::Door door;
    YS_TRY(const std::string text, scenario_file(settings.scenario, file_name));
    YS_TRY(MessageFile file, config::read_toml<MessageFile>(text, file_name));
    YS_TRY(door.book, outreach::MessageBook::make(std::move(file.message)));
    door.public_url = settings.http.public_url;
    door.hotline = scenario.number.empty() ? "" : scenario.number.front().number;
    door.name = scenario.title;
    door.sms.url = s.sms_url;
    YS_TRY(door.sms.secret, secret_in(s.sms_secret_file));
    door.sms.sender = s.sms_sender;
    if (!door.public_url.empty())
        door.sms.receipts_url = door.public_url + "/api/v1/messages/gateway";
    door.mail.url = s.smtp_url;
    door.mail.from = s.smtp_from;
    door.mail.user = s.smtp_user;
    YS_TRY(door.mail.password, secret_in(s.smtp_password_file));
    if (door.has_mail() && !outreach::is_mail_address(door.mail.from))
        return Error{std::errc::invalid_argument, "outreach.smtp_from is no mail address"};
    YS_TRY([[maybe_unused]] const Done quiet, take_quiet_hours(door, s, centres));
    YS_TRY([[maybe_unused]] const Done survey, take_survey(door, s, centres));
    return door;
}

}  // namespace ys::app
