// SPDX-License-Identifier: Apache-2.0
// The official directory as citizens, machines and staff are shown it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/route.h"
#include "base/calendar.h"
#include "directory/io/directory_store.h"

namespace ys::api {

/// A line with what holds at this minute, which is not signed.
struct DirectoryLine {
    std::string code, kind, name, centre;
    std::string number, dial;       ///< as written; as dialled
    std::string hours, hours_said;  ///< "" always; in Chinese
    std::vector<std::string> languages;
    std::string address, purpose;
    bool is_open = true;
    std::optional<UtcTime> changes_at;  ///< none: never, or in weeks
};
BOOST_DESCRIBE_STRUCT(DirectoryLine, (),
                      (code, kind, name, centre, number, dial, hours, hours_said, languages,
                       address, purpose, is_open, changes_at))
struct PublicDirectory {
    std::uint32_t version = 0;
    UtcTime published_at;
    std::string holiday;  ///< of today, when it is one
    std::vector<DirectoryLine> entries;
    std::string document;        ///< the very text that is signed
    std::string signature, key;  ///< Ed25519 (RFC 8032), hexadecimal
    std::string key_pem;
};
BOOST_DESCRIBE_STRUCT(PublicDirectory, (),
                      (version, published_at, holiday, entries, document, signature, key, key_pem))

struct DirectoryVersionView {
    std::uint32_t number = 0;
    std::string state;
    std::vector<directory::Entry> entries;  ///< of the draft and of what is in force only
    std::uint32_t based_on = 0;
    UserId written_by;
    UtcTime written_at;
    std::string why;
    UserId published_by;
    std::string publish_why;
    std::optional<UtcTime> published_at, until_at;
};
BOOST_DESCRIBE_STRUCT(DirectoryVersionView, (),
                      (number, state, entries, based_on, written_by, written_at, why, published_by,
                       publish_why, published_at, until_at))
struct DirectoryView {
    std::vector<DirectoryVersionView> versions;  ///< the newest first
    std::vector<std::string> moved;  ///< entries whose queue has other hours by now: their codes
    std::string key, key_pem;        ///< of what is in force
};
BOOST_DESCRIBE_STRUCT(DirectoryView, (), (versions, moved, key, key_pem))

/// errors  invalid_argument for a row whose document does not read
Result<PublicDirectory> public_directory(const directory::VersionRow& row, const Calendar& calendar,
                                         UtcTime now);
/// vCard 4.0 (RFC 6350), one for each entry.
std::string as_vcards(const PublicDirectory& directory);
/// schema.org: who can be reached, as search engines and voice assistants read it.
std::string as_json_ld(const PublicDirectory& directory);

/// Drafts and past ones of `scope`, and what is in force for everybody.
Result<DirectoryView> directory_view(sql::Database& db, const Scope& scope);

std::vector<Route> directory_routes();

}  // namespace ys::api
