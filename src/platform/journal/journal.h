// SPDX-License-Identifier: Apache-2.0
// The table of facts: appended to, read in order, never changed.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "facts/facts.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::journal {

const sql::Schema& schema();

/// A fact with its place in the journal; later facts have higher numbers.
struct Entry {
    std::uint64_t seq = 0;
    facts::Fact fact;
};
using OnEntry = std::function<void(const Entry&)>;

class Journal {
public:
    /// Part of the transaction that also writes the rows these facts explain.
    static Result<Done> append(sql::Transaction& tx, std::span<const facts::Fact> facts);

    /// Facts of these centres with from <= at < to, in the order they were written. `on_entry` may
    /// use the database.
    /// errors  sql::errc; invalid_argument when a body cannot be read
    static Result<Done> read(sql::Database& db, const Scope& scope, UtcTime from, UtcTime to,
                             const OnEntry& on_entry);
    /// The story of one interaction, in order.
    static Result<std::vector<Entry>> story(sql::Database& db, const Scope& scope,
                                            InteractionId interaction);
    /// The same of whatever centres wrote it: a call may have begun elsewhere, and who helped works
    /// elsewhere. Only for who has been allowed the call itself.
    static Result<std::vector<Entry>> whole_story(sql::Database& db, InteractionId interaction);
    /// Everything after `seq` of every centre: for rebuilding after a restart, never for a screen.
    static Result<Done> replay(sql::Database& db, std::uint64_t after_seq, const OnEntry& on_entry);
    /// Who listened, who supervised, who signed in: newest first, at most `limit`, before
    /// `before_seq` (0: from the newest).
    static Result<std::vector<Entry>> audit(sql::Database& db, const Scope& scope,
                                            std::uint64_t before_seq, std::size_t limit);

    /// Every fact's Private fields under the key in use, batch after batch; before anything runs.
    static Result<Done> seal(sql::Database& db);

    /// For Setup::first_interaction and first_recording: the highest number in use, 0 when none.
    static Result<std::uint64_t> highest_interaction(sql::Database& db);
};

}  // namespace ys::journal
