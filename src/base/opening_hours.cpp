// SPDX-License-Identifier: Apache-2.0
#include "base/opening_hours.h"

#include "base/text.h"

namespace ys {
namespace {

constexpr std::size_t spans_max = 14;  // two for each weekday
constexpr std::string_view full_width = "；";

Error bad(std::string what) {
    return {std::make_error_code(std::errc::invalid_argument), std::move(what)};
}

}  // namespace

Result<std::vector<Span>> parse_opening_hours(std::string_view text) {
    std::string plain{text};
    for (auto at = plain.find(full_width); at != plain.npos; at = plain.find(full_width, at))
        plain.replace(at, full_width.size(), ";");
    std::vector<Span> hours;
    for (const std::string_view part : split(plain, ';')) {
        const std::string_view span = trimmed(part);
        if (span.empty()) continue;
        const auto gap = span.find(' ');
        if (gap == span.npos)
            return bad("“" + cleaned(span, 40) + "” is no span like mon-fri 08:30-18:00");
        YS_TRY(const Span read, parse_span(span.substr(0, gap), trimmed(span.substr(gap + 1))));
        hours.push_back(read);
        if (hours.size() > spans_max) return bad("more than fourteen spans of opening hours");
    }
    return hours;
}

Result<std::vector<Span>> parse_opening_hours(const std::vector<std::string>& spans) {
    std::string all;
    for (const std::string& span : spans) all += span + ";";
    return parse_opening_hours(all);
}

std::string to_text(const std::vector<Span>& hours) {
    std::string out;
    for (const Span& span : hours) out += (out.empty() ? "" : ";") + to_text(span);
    return out;
}

}  // namespace ys
