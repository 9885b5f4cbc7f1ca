// SPDX-License-Identifier: Apache-2.0
// Personal lists that somebody keeps: what was answered, what is ready, whom it is for, the passes
// of its links (only their digests are kept) and the photos that came by them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "base/time.h"
#include "knowledge/personal_list.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::knowledge {

const sql::Schema& checklist_schema();

using ChecklistId = Id<struct ChecklistTag>;
using ChecklistFileId = Id<struct ChecklistFileTag>;

inline constexpr std::chrono::hours checklist_pass_for{30 * 24};
/// Photos of one list, and their bytes; a link may have been passed on.
inline constexpr std::int64_t checklist_files_max = 20;
inline constexpr std::int64_t checklist_bytes_max = 100LL * 1024 * 1024;
/// An upload that is not finished by then is dropped.
inline constexpr std::chrono::hours checklist_upload_for{24};
/// Lists that citizens keep in an hour, all together: nobody fills the disk.
inline constexpr std::int64_t checklists_an_hour_max = 2'000;

struct ChecklistRow {
    ChecklistId id{};
    CentreId centre_id{};
    CaseId case_id{};  ///< what it is about, or none
    std::string event{};
    Private answers{};          ///< as JSON: what they said of themselves
    std::string ready{};        ///< codes of evidence, "," between
    Private number{};           ///< whom it is for; "" who kept it left none
    std::string pins{};         ///< what was said when it was last put together: "refund:12-3,…"
    std::string state{"open"};  ///< "open" "withdrawn"
    UserId made_by{};           ///< none: the citizen, so that nobody has checked the number
    UtcTime made_at{}, changed_at{};
    std::optional<UtcTime> sent_at{}, opened_at{};  ///< the last time, the first time
    Private parts{};  ///< messages still to be made, as JSON, each with a place for the link

    bool is_open() const { return state == "open"; }
};
BOOST_DESCRIBE_STRUCT(ChecklistRow, (),
                      (id, centre_id, case_id, event, answers, ready, number, pins, state, made_by,
                       made_at, changed_at, sent_at, opened_at, parts))

/// A photo: announced, then kept. Its bytes are elsewhere.
struct ChecklistFileRow {
    ChecklistFileId id{};
    ChecklistId checklist_id{};
    std::string idempotency_key{};
    std::string state{"open"};  ///< "open" "kept"
    Private name{};
    UtcTime begun_at{};
    std::optional<UtcTime> kept_at{};
    std::int64_t sent_bytes = 0;
    std::string sent_sha256{};
    std::string kind{};  ///< once kept: "jpg"
    std::int64_t bytes = 0;
    std::string sha256{};
    std::int64_t width = 0, height = 0;

    bool is_kept() const { return state == "kept"; }
};
BOOST_DESCRIBE_STRUCT(ChecklistFileRow, (),
                      (id, checklist_id, idempotency_key, state, name, begun_at, kept_at,
                       sent_bytes, sent_sha256, kind, bytes, sha256, width, height))

/// What is in the row, and the other way round. What does not read is nothing.
LifeState state_of(const ChecklistRow& row);
void write_into(ChecklistRow& row, const LifeState& state);
std::string text_of(const ArticlePins& pins);

class ChecklistStore {
public:
    /// With an id of its own, and its fact.
    static Result<ChecklistRow> make(sql::Transaction& tx, ChecklistRow row, UtcTime now);
    /// The row as it is now, and the fact of it.
    /// verb  as of facts::ChecklistMoved
    static Result<Done> put(sql::Transaction& tx, const ChecklistRow& row, std::string_view verb,
                            UserId user, UtcTime now);
    /// Closed for good: no pass opens it any more.
    static Result<Done> withdraw(sql::Transaction& tx, ChecklistRow row, UserId user, UtcTime now);
    static Result<std::int64_t> kept_by_citizens(sql::Database& db, UtcTime since);

    /// A further pass for its link, good from now on.
    static Result<std::string> issue(sql::Transaction& tx, ChecklistId id, UtcTime now);
    /// Nothing when the pass is unknown or over.
    static Result<std::optional<ChecklistRow>> by_pass(sql::Database& db, std::string_view pass,
                                                       UtcTime now);

    static Result<std::optional<ChecklistRow>> get(sql::Database& db, const Scope& scope,
                                                   ChecklistId id);
    /// For who writes to them, of whatever centre.
    static Result<std::optional<ChecklistRow>> find(sql::Database& db, ChecklistId id);
    /// Open ones, newest first.
    static Result<std::vector<ChecklistRow>> of_number(sql::Database& db, const Scope& scope,
                                                       std::string_view number, std::size_t limit);
    static Result<std::vector<ChecklistRow>> of_case(sql::Database& db, const Scope& scope,
                                                     CaseId id, std::size_t limit);
    /// Those with messages to be made, the oldest first; they are made in this transaction.
    static Result<std::vector<ChecklistRow>> take_to_send(sql::Transaction& tx, std::size_t limit);

    /// The same key of the same list gives the row there is, whatever became of it.
    /// errors  full when the list holds as much as it can
    static Result<ChecklistFileRow> begin_file(sql::Transaction& tx, ChecklistFileRow offered);
    /// Row and fact; nothing happens to one that is kept already. errors  not_found
    static Result<ChecklistFileRow> keep_file(sql::Transaction& tx, const ChecklistRow& list,
                                              const ChecklistFileRow& row, UtcTime now);
    static Result<std::optional<ChecklistFileRow>> file(sql::Database& db, ChecklistId of,
                                                        ChecklistFileId id);
    /// Kept ones, the oldest first.
    static Result<std::vector<ChecklistFileRow>> files(sql::Database& db, ChecklistId of);
    /// Open ones that nobody will finish any more.
    static Result<std::vector<ChecklistFileId>> abandoned(sql::Database& db, UtcTime now);
    static Result<Done> drop_files(sql::Transaction& tx, const std::vector<ChecklistFileId>& ids);
};

}  // namespace ys::knowledge
