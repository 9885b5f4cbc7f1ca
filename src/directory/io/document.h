// SPDX-License-Identifier: Apache-2.0
// The directory as the world reads it: one JSON text, whose very bytes are signed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "directory/entry.h"

namespace ys::directory {

inline constexpr std::string_view document_format = "directory-1";

struct PublishedEntry {
    std::string code, kind, name, centre;
    std::string number, dial;       ///< as written; as dialled
    std::string hours, hours_said;  ///< "" always; in Chinese
    std::vector<std::string> languages;
    std::string address, purpose;
};
BOOST_DESCRIBE_STRUCT(PublishedEntry, (),
                      (code, kind, name, centre, number, dial, hours, hours_said, languages,
                       address, purpose))

struct Document {
    std::string format;
    std::string name;  ///< of the hotline
    std::uint32_t version = 0;
    UtcTime published_at;
    std::string zone;                   ///< of all hours: "+08:00"
    bool is_closed_on_holidays = true;  ///< of the state, days worked for them apart
    std::vector<PublishedEntry> entries;
};
BOOST_DESCRIBE_STRUCT(Document, (),
                      (format, name, version, published_at, zone, is_closed_on_holidays, entries))

/// entries  without faults, their hours resolved
std::string document_text(std::string_view name, std::uint32_t version, UtcTime at,
                          const std::vector<Entry>& entries);
/// errors  invalid_argument for a text that is none, or with faults
Result<std::vector<Entry>> entries_of_document(std::string_view text);

/// As rows keep them. errors  invalid_argument
std::string entries_text(const std::vector<Entry>& entries);
Result<std::vector<Entry>> entries_of(std::string_view text);
/// Cleaned of what no text should hold, and trimmed.
std::vector<Entry> tidied(std::vector<Entry> hostile);

}  // namespace ys::directory
