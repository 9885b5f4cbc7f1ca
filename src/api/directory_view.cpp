// SPDX-License-Identifier: Apache-2.0
#include "api/directory_view.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "base/opening_hours.h"
#include "directory/io/document.h"
#include "platform/json/described_json.h"
#include "platform/vault/signing_key.h"

namespace ys::api {
namespace {

using directory::DirectoryStore;
using directory::VersionRow;

/// RFC 6350 §3.4: commas, semicolons and backslashes of a value are escaped. Entries hold no line
/// breaks.
std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == ',' || c == ';' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

/// "Mo" … of schema.org's short form.
boost::json::array days_of(const Span& span) {
    constexpr std::array names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                               "Friday", "Saturday", "Sunday"};
    boost::json::array out;
    for (std::size_t day = 0; day < names.size(); ++day)
        if ((span.weekdays >> day) & 1U) out.emplace_back(names.at(day));
    return out;
}
std::string minute(int of_day) {
    const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
    return two(of_day / 60 % 24) + ":" + two(of_day % 60);
}

boost::json::array hours_of(const std::string& hours) {
    boost::json::array out;
    const auto spans = parse_opening_hours(hours);
    if (!spans) return out;
    for (const Span& span : *spans)
        out.push_back(boost::json::object{{"@type", "OpeningHoursSpecification"},
                                          {"dayOfWeek", days_of(span)},
                                          {"opens", minute(span.from)},
                                          {"closes", minute(span.until)}});
    return out;
}

Result<DirectoryVersionView> view_of(const VersionRow& row) {
    DirectoryVersionView out{.number = row.number,
                             .state = row.state,
                             .entries = {},
                             .based_on = row.based_on,
                             .written_by = row.written_by,
                             .written_at = row.written_at,
                             .why = row.why,
                             .published_by = row.published_by,
                             .publish_why = row.publish_why,
                             .published_at = row.published_at,
                             .until_at = row.until_at};
    if (row.state == "draft" || row.state == "in_force") {
        YS_TRY(out.entries, directory::entries_of(row.entries));
    }
    return out;
}

}  // namespace

Result<PublicDirectory> public_directory(const VersionRow& row, const Calendar& calendar,
                                         UtcTime now) {
    PublicDirectory out{.version = row.number,
                        .published_at = row.published_at.value_or(UtcTime{}),
                        .holiday = {},
                        .entries = {},
                        .document = row.document,
                        .signature = row.signature,
                        .key = row.key,
                        .key_pem = vault::public_key_pem(row.key)};
    if (const auto it = calendar.holidays.find(calendar.day_of(now)); it != calendar.holidays.end())
        out.holiday = it->second;
    YS_TRY(const auto document, json::from_json<directory::Document>(row.document));
    for (const directory::PublishedEntry& each : document.entries) {
        YS_TRY(const auto hours, parse_opening_hours(each.hours));
        const directory::OpeningNow open = directory::opening_now(calendar, hours, now);
        out.entries.push_back({each.code, each.kind, each.name, each.centre, each.number, each.dial,
                               each.hours, each.hours_said, each.languages, each.address,
                               each.purpose, open.is_open, open.changes_at});
    }
    return out;
}

std::string as_vcards(const PublicDirectory& directory) {
    std::string out;
    for (const DirectoryLine& each : directory.entries) {
        out += "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:org\r\nFN:" + escaped(each.name) + "\r\n";
        out += "TEL;VALUE=uri;TYPE=voice:tel:" + each.dial + "\r\n";
        if (!each.address.empty()) out += "ADR:;;" + escaped(each.address) + ";;;;\r\n";
        out += "NOTE:" + escaped(each.purpose + "。" + each.hours_said) + "\r\n";
        out += "REV:" + to_rfc3339(directory.published_at) + "\r\nEND:VCARD\r\n";
    }
    return out;
}

std::string as_json_ld(const PublicDirectory& directory) {
    boost::json::array graph;
    for (const DirectoryLine& each : directory.entries) {
        boost::json::object point{{"@type", "ContactPoint"},
                                  {"telephone", each.dial},
                                  {"contactType", each.purpose},
                                  {"hoursAvailable", hours_of(each.hours)}};
        if (!each.languages.empty())
            point["availableLanguage"] = boost::json::value_from(each.languages);
        boost::json::object one{{"@type", "GovernmentOrganization"},
                                {"name", each.name},
                                {"telephone", each.dial},
                                {"contactPoint", std::move(point)}};
        if (!each.address.empty()) one["address"] = each.address;
        graph.push_back(std::move(one));
    }
    return boost::json::serialize(
        boost::json::object{{"@context", "https://schema.org"}, {"@graph", std::move(graph)}});
}

Result<DirectoryView> directory_view(sql::Database& db, const Scope& scope) {
    DirectoryView out;
    YS_TRY(const auto rows, DirectoryStore::versions(db, scope));
    YS_TRY(const auto in_force, DirectoryStore::in_force(db));
    for (const VersionRow& row : rows) {
        YS_TRY(DirectoryVersionView view, view_of(row));
        out.versions.push_back(std::move(view));
    }
    if (!in_force) return out;
    if (std::ranges::find(rows, in_force->number, &VersionRow::number) == rows.end()) {
        YS_TRY(DirectoryVersionView view, view_of(*in_force));
        out.versions.push_back(std::move(view));
    }
    YS_TRY(const auto entries, directory::entries_of(in_force->entries));
    YS_TRY(out.moved, DirectoryStore::moved_hours(db, in_force->centre_id, entries));
    out.key = in_force->key;
    out.key_pem = vault::public_key_pem(in_force->key);
    return out;
}

}  // namespace ys::api
