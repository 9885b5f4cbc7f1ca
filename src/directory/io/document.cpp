// SPDX-License-Identifier: Apache-2.0
#include "directory/io/document.h"

#include <array>

#include "base/hours_words.h"
#include "base/text.h"
#include "platform/json/described_json.h"

namespace ys::directory {
namespace {

constexpr std::size_t text_bytes_max = 400;  // More than any field may have: faults() says so.

std::string said(const std::string& hours) {
    return hours.empty() ? "每天24小时" : hours_words(hours);
}

}  // namespace

std::string document_text(std::string_view name, std::uint32_t version, UtcTime at,
                          const std::vector<Entry>& entries) {
    Document out{.format = std::string(document_format),
                 .name = std::string(name),
                 .version = version,
                 .published_at = at,
                 .zone = "+08:00"};
    for (const Entry& each : entries)
        out.entries.push_back({each.code, each.kind, each.name, each.centre, each.number,
                               dialled(each), each.hours, said(each.hours), each.languages,
                               each.address, each.purpose});
    return boost::json::serialize(json::to_value(out));
}

Result<std::vector<Entry>> entries_of_document(std::string_view text) {
    const Error none{std::errc::invalid_argument, "this is no directory"};
    const auto document = json::from_json<Document>(text);
    if (!document || document->format != document_format) return none;
    std::vector<Entry> out;
    for (const PublishedEntry& each : document->entries)
        out.push_back({.code = each.code,
                       .kind = each.kind,
                       .name = each.name,
                       .centre = each.centre,
                       .number = each.number,
                       .hours = each.hours,
                       .queue = {},
                       .languages = each.languages,
                       .address = each.address,
                       .purpose = each.purpose});
    if (!faults(out).empty()) return none;
    return out;
}

std::string entries_text(const std::vector<Entry>& entries) {
    return boost::json::serialize(json::to_value(entries));
}

Result<std::vector<Entry>> entries_of(std::string_view text) {
    return json::from_json<std::vector<Entry>>(text);
}

std::vector<Entry> tidied(std::vector<Entry> hostile) {
    for (Entry& each : hostile) {
        for (std::string* text : {&each.code, &each.kind, &each.name, &each.centre, &each.number,
                                  &each.hours, &each.queue, &each.address, &each.purpose})
            *text = std::string(trimmed(cleaned(*text, text_bytes_max)));
        for (std::string& text : each.languages)
            text = std::string(trimmed(cleaned(text, text_bytes_max)));
    }
    return hostile;
}

}  // namespace ys::directory
