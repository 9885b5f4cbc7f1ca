// SPDX-License-Identifier: Apache-2.0
#include "directory/entry.h"

#include <algorithm>
#include <set>

#include "base/opening_hours.h"
#include "base/phone_number.h"

namespace ys::directory {
namespace {

constexpr std::size_t code_bytes_max = 40, name_bytes_max = 120, text_bytes_max = 300;
constexpr std::size_t number_bytes_max = 40, hours_bytes_max = 300, languages_max = 8;
constexpr std::int64_t minute_us = 60'000'000;
constexpr std::int64_t day_us = 24 * 60 * minute_us;
/// The longest holidays of the state and the weekends around them.
constexpr int days_ahead = 21;

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= code_bytes_max && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

bool is_too_long(const Entry& entry) {
    return entry.name.size() > name_bytes_max || entry.centre.size() > name_bytes_max ||
           entry.queue.size() > name_bytes_max || entry.address.size() > text_bytes_max ||
           entry.purpose.size() > text_bytes_max || entry.languages.size() > languages_max ||
           std::ranges::any_of(entry.languages, [](const std::string& each) {
               return each.empty() || each.size() > code_bytes_max;
           });
}

}  // namespace

std::string dialled(const Entry& entry) {
    const auto number = normalise(entry.number, "");
    return number && !number->withheld() ? number->digits : "";
}

const Entry* hotline_of(const std::vector<Entry>& entries) {
    const auto it = std::ranges::find(entries, "hotline", &Entry::kind);
    if (it != entries.end()) return &*it;
    return entries.empty() ? nullptr : &entries.front();
}

std::vector<EntryFault> faults(const std::vector<Entry>& entries) {
    if (entries.size() > entries_max) return {{"entries", "too_many"}};
    std::vector<EntryFault> out;
    std::set<std::string_view> codes;
    std::set<std::string> lines;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const Entry& each = entries[i];
        const auto fault = [&](const char* field, const char* code) {
            out.push_back({"entries." + std::to_string(i) + "." + field, code});
        };
        if (!is_code(each.code))
            fault("code", "code_shape");
        else if (!codes.insert(each.code).second)
            fault("code", "taken");
        if (each.kind != "hotline" && each.kind != "office" && each.kind != "other")
            fault("kind", "unknown_kind");
        if (each.name.empty()) fault("name", "need_name");
        if (each.purpose.empty()) fault("purpose", "need_purpose");
        if (is_too_long(each)) fault("name", "too_long");
        if (each.hours.size() > hours_bytes_max || !parse_opening_hours(each.hours))
            fault("hours", "bad_hours");
        if (each.number.size() > number_bytes_max || dialled(each).empty())
            fault("number", "bad_number");
        else if (!lines.insert(dialled(each) + "|" + each.name).second)
            fault("number", "taken");
    }
    if (std::ranges::find(entries, "hotline", &Entry::kind) == entries.end())
        out.push_back({"entries", "need_hotline"});
    return out;
}

OpeningNow opening_now(const Calendar& calendar, const std::vector<Span>& hours, UtcTime now) {
    if (hours.empty()) return {};
    OpeningNow out{calendar.is_open(hours, now), {}};
    const std::int64_t zone_us = calendar.zone_minutes * minute_us;
    const std::int64_t local = now.us + zone_us;
    const std::int64_t today = local - (local % day_us + day_us) % day_us;
    std::vector<std::int64_t> edges;
    for (int day = -1; day <= days_ahead; ++day)
        for (const Span& span : hours) {
            const std::int64_t midnight = today + day * day_us - zone_us;
            const std::int64_t until = span.until + (span.until <= span.from ? 24 * 60 : 0);
            edges.push_back(midnight + span.from * minute_us);
            edges.push_back(midnight + until * minute_us);
        }
    std::ranges::sort(edges);
    for (const std::int64_t edge : edges) {
        if (edge <= now.us || calendar.is_open(hours, UtcTime{edge}) == out.is_open) continue;
        out.changes_at = UtcTime{edge};
        break;
    }
    return out;
}

}  // namespace ys::directory
