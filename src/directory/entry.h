// SPDX-License-Identifier: Apache-2.0
// One line of the official directory (官方号码目录): whom one reaches at which number, when, where,
// and what for.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/described.h"

namespace ys::directory {

inline constexpr std::size_t entries_max = 200;

struct Entry {
    std::string code;                    ///< "hotline" "hall_east": stays when names change
    std::string kind;                    ///< "hotline" "office"; "other": of another organisation
    std::string name;                    ///< as people say it
    std::string centre;                  ///< name of the centre it belongs to; "" the head centre
    std::string number;                  ///< as it is written: "0931-8700100"
    std::string hours;                   ///< "mon-fri 08:30-18:00;sat 09:00-12:00"; "" always
    std::string queue;                   ///< "centre/queue" whose hours these are; "" `hours` say
    std::vector<std::string> languages;  ///< "普通话" "English"
    std::string address;                 ///< "" where nobody can go to
    std::string purpose;                 ///< what for
    friend bool operator==(const Entry&, const Entry&) = default;
};
BOOST_DESCRIBE_STRUCT(Entry, (),
                      (code, kind, name, centre, number, hours, queue, languages, address, purpose))

/// As base/phone_number.h has it; "" for what is no number.
std::string dialled(const Entry& entry);
/// The hotline itself: the first of its kind, else the first of all; nullptr when there is none.
const Entry* hotline_of(const std::vector<Entry>& entries);

/// What is wrong with a directory, exactly enough to say it beside the field.
struct EntryFault {
    std::string field;      ///< "entries.2.number"
    std::string_view code;  ///< see faults()
    friend bool operator==(const EntryFault&, const EntryFault&) = default;
};
/// Every fault at once: code_shape; taken (a code, or number and hours twice); unknown_kind;
/// need_name; bad_number; bad_hours; too_long; need_purpose; too_many; need_hotline.
std::vector<EntryFault> faults(const std::vector<Entry>& entries);

/// Whether somebody answers now, and when that changes; no time when it never does, or in weeks.
struct OpeningNow {
    bool is_open = true;
    std::optional<UtcTime> changes_at;
};
/// hours  what parse_opening_hours() made of the entry's; none: always
OpeningNow opening_now(const Calendar& calendar, const std::vector<Span>& hours, UtcTime now);

}  // namespace ys::directory
