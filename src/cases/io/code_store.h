// SPDX-License-Identifier: Apache-2.0
// The code that opens a case together with its number, read aloud to the citizen, and how often
// somebody may guess it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cases/case_pass.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::cases {

const sql::Schema& code_schema();

/// What somebody without an account offers.
struct CodeEntry {
    std::string number;  ///< of the case, as people type it
    std::string code;
    std::string source;  ///< their address or calling number; kept as a digest only
};

/// A number, there or not, may be tried `free_tries` times; then waiting doubles with each wrong
/// code, and from `tries_max` on it is locked. A source may try many numbers. All is forgotten
/// after a day without a wrong code.
class CodeStore {
public:
    static constexpr int free_tries = 3;
    static constexpr int tries_max = 10;
    static constexpr int source_free_tries = 20;
    static constexpr int source_tries_max = 40;
    static constexpr Seconds locked_for{3600};

    /// Six digits, made when they are asked for the first time; the same ever after.
    /// errors  not_found
    static Result<std::string> code(sql::Transaction& tx, const Scope& scope, CaseId id);

    /// How long this number or this source must still wait; zero when it may be tried.
    static Result<Seconds> must_wait(sql::Database& db, const CodeEntry& entry, UtcTime now);

    /// The case that number and code open together, until `until`. Nothing when they do not, said
    /// alike for a wrong number, a wrong code and one that must wait; a wrong one is counted.
    static Result<std::optional<CasePass>> enter(sql::Transaction& tx, const CodeEntry& entry,
                                                 UtcTime until, UtcTime now);
};

}  // namespace ys::cases
