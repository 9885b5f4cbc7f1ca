// SPDX-License-Identifier: Apache-2.0
// Every version of the official directory, from draft to past, kept for ever; each step is a fact
// in the same transaction. What is in force is kept as the bytes that were signed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.h"
#include "directory/entry.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"
#include "platform/vault/signing_key.h"

namespace ys::directory {

const sql::Schema& directory_schema();

struct VersionRow {
    std::uint32_t number = 0;
    CentreId centre_id{};   ///< the head centre, whose directory it is
    std::string state{};    ///< "draft" "in_force" "past" "dropped"
    std::string entries{};  ///< as JSON
    std::uint32_t based_on = 0;
    UserId written_by{};  ///< none: it came with the hotline
    UtcTime written_at{};
    std::string why{};
    UserId published_by{};
    std::string publish_why{};
    std::optional<UtcTime> published_at{}, until_at{};
    std::string document{}, key{}, signature{};  ///< once published
};
BOOST_DESCRIBE_STRUCT(VersionRow, (),
                      (number, centre_id, state, entries, based_on, written_by, written_at, why,
                       published_by, publish_why, published_at, until_at, document, key, signature))

/// Who does something, when and why. No user: the house itself.
struct Step {
    UserId by{};
    std::string why{};
    UtcTime now{};
};
/// Whose directory it is, and with what it is signed.
struct Press {
    std::string name;  ///< of the hotline
    const vault::SigningKey* key = nullptr;
};

class DirectoryStore {
public:
    static constexpr std::size_t versions_max = 100;  ///< of a list

    /// For everybody: what holds now, or nothing.
    static Result<std::optional<VersionRow>> in_force(sql::Database& db);
    /// ... only its entries; none when there is no directory.
    static Result<std::vector<Entry>> entries_in_force(sql::Database& db);

    /// The newest first.
    static Result<std::vector<VersionRow>> versions(sql::Database& db, const Scope& scope);
    /// A draft; the draft there was is dropped. Hours of queues are looked up.
    /// errors  stale: somebody wrote one since `based_on`; not_found: not of this scope;
    ///         invalid_argument: "bad_field:entries.2.number=bad_number,…"
    static Result<VersionRow> write(sql::Transaction& tx, const Scope& scope,
                                    std::vector<Entry> entries, std::uint32_t based_on,
                                    const Step& step);
    /// The draft holds from now on, with the hours its queues have now, signed.
    /// errors  not_found; operation_not_permitted: it is no draft; permission_denied: by who wrote
    ///         it
    static Result<VersionRow> publish(sql::Transaction& tx, const Scope& scope,
                                      std::uint32_t number, const Press& press, const Step& step);
    static Result<Done> drop(sql::Transaction& tx, const Scope& scope, std::uint32_t number,
                             const Step& step);
    /// What came with the hotline: in force when there is none, or when nobody has ever changed it
    /// here. The same again changes nothing.
    /// errors  invalid_argument as write()
    static Result<Done> take_file(sql::Transaction& tx, CentreId head, std::vector<Entry> entries,
                                  const Press& press, UtcTime now);

    /// Entries whose queue has other hours by now than these say: their codes.
    static Result<std::vector<std::string>> moved_hours(sql::Database& db, CentreId head,
                                                        const std::vector<Entry>& entries);
};

}  // namespace ys::directory
