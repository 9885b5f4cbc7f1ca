// SPDX-License-Identifier: Apache-2.0
// Rows of photos and videos: announced, then kept. Their bytes are in an EvidenceFolder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "cases/evidence.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::cases {

const sql::Schema& evidence_schema();

struct EvidenceRow {
    EvidenceId id{};
    CentreId centre_id{};
    CaseId case_id{};
    UserId user_id{};  ///< none: the citizen
    std::string idempotency_key{};
    std::string state{"open"};  ///< "open" "kept"
    std::string purpose{};
    Private name{};
    Private place{};
    std::optional<UtcTime> taken_at{};
    UtcTime begun_at{};
    std::optional<UtcTime> kept_at{};
    std::int64_t sent_bytes = 0;
    std::string sent_sha256{};
    std::string kind{};  ///< once kept: "jpg" "mp4" "mov"
    std::int64_t bytes = 0;
    std::string sha256{};  ///< of what is kept; a photo is made anew
    std::int64_t width = 0, height = 0;

    bool is_kept() const { return state == "kept"; }
};
BOOST_DESCRIBE_STRUCT(EvidenceRow, (),
                      (id, centre_id, case_id, user_id, idempotency_key, state, purpose, name,
                       place, taken_at, begun_at, kept_at, sent_bytes, sent_sha256, kind, bytes,
                       sha256, width, height))

/// What became of the bytes that were sent.
struct KeptBytes {
    std::string kind{};
    std::int64_t bytes = 0;
    std::string sha256{};
    std::int64_t width = 0, height = 0;  ///< px, of photos
};

class EvidenceStore {
public:
    /// Gives it its number. The same key of the same sender for the same case gives the row there
    /// is, whatever became of it.
    /// errors  EvidenceErrc::TooMany
    static Result<EvidenceRow> begin(sql::Transaction& tx, EvidenceRow offered);
    /// Row and fact (EvidenceKept) in one; nothing happens to one that is kept already.
    /// errors  EvidenceErrc::Gone
    static Result<EvidenceRow> keep(sql::Transaction& tx, const EvidenceRow& row,
                                    const KeptBytes& kept, UtcTime now);

    static Result<std::optional<EvidenceRow>> get(sql::Database& db, const Scope& scope,
                                                  CaseId of_case, EvidenceId id);
    /// Kept ones, the oldest first.
    static Result<std::vector<EvidenceRow>> of_case(sql::Database& db, const Scope& scope,
                                                    CaseId of_case);

    /// Open ones of every centre that nobody will finish any more; their files go first, then they.
    static Result<std::vector<EvidenceId>> abandoned(sql::Database& db, UtcTime now);
    static Result<Done> drop(sql::Transaction& tx, const std::vector<EvidenceId>& ids);
    static Result<bool> is_open(sql::Database& db, EvidenceId id);
};

}  // namespace ys::cases
