// SPDX-License-Identifier: Apache-2.0
// Cases (工单): the row, the number the citizen is told, and drafts that are never lost.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "cases/unit_tree.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::cases {

const sql::Schema& schema();

struct CaseRow {
    CaseId id{};
    CentreId centre_id{};
    std::string number{};            ///< "1124-0217": month, day, serial of the centre's day
    std::string day{};               ///< "2026-11-24", local; with it the number is unique for ever
    InteractionId interaction_id{};  ///< the call it was taken in, or none
    CustomerId customer_id{};
    std::string kind{};  ///< "repair" "complaint" "question" ...
    Private title{};
    Private detail{};
    Private name{};  ///< of the person to go back to
    Private phone{};
    Private address{};
    std::string urgency{};  ///< "normal" "urgent" "emergency"
    std::string wishes{};   ///< what they ask for: call back, keep confidential ...
    std::string status = "open";
    UtcTime created_at{};
    UserId created_by{};
    UtcTime changed_at{};
    UserId changed_by{};
    std::int64_t version = 1;              ///< rises with each change
    std::optional<UtcTime> promised_at{};  ///< until when the citizen was told to be served
    bool is_confidential = false;          ///< 举报; once true it stays so
    std::string nature{};      ///< of its type, a word of case_form.h: what figures and rights ask
    std::string kind_title{};  ///< what its type was called when it was saved; "" before 2026-11-23
};
BOOST_DESCRIBE_STRUCT(CaseRow, (),
                      (id, centre_id, number, day, interaction_id, customer_id, kind, title, detail,
                       name, phone, address, urgency, wishes, status, created_at, created_by,
                       changed_at, changed_by, version, promised_at, is_confidential, nature,
                       kind_title))

/// "不热": what its type was called, else the kind.
std::string title_of_kind(const CaseRow& row);

struct DraftRow {
    UserId user_id{};
    InteractionId interaction_id{};
    Private body{};  ///< what the form held, as the page wrote it
    UtcTime saved_at{};
};
BOOST_DESCRIBE_STRUCT(DraftRow, (), (user_id, interaction_id, body, saved_at))

/// Which of the cases told in confidence (举报) somebody is shown: none, unless this says so.
struct Disclosures {
    bool all = false;
    UserId taken_by{};  ///< those that this user took, or none
    bool show(const CaseRow& row) const {
        return !row.is_confidential || all || (taken_by && row.created_by == taken_by);
    }
};

struct CaseSearch {
    std::string text{};    ///< words of number, title, address, detail; a whole phone or name
    std::string status{};  ///< "" for any
    std::string kind{};
    CustomerId customer{};
    InteractionId interaction{};
    UserId created_by{};
    std::optional<UtcTime> from{}, to{};         ///< created at: from <= t < to
    std::string state{};                         ///< of the file, a word of workflow.h; "" for any
    std::optional<std::vector<UnitId>> units{};  ///< only those that concern one of these
    std::optional<UtcTime> late_at{};            ///< their closing deadline is before this
    std::vector<UnitId> hidden_from{};           ///< 举报 about one of these is not shown
    Disclosures disclosures{};
    CaseId before{};  ///< the last id of the page before, none for the first
    std::size_t limit = 50;
};

struct Saving {
    UserId user{};
    UtcTime now{};
    std::string
        idempotency_key{};  ///< the same key of the same user gets the same case; "" for none
    std::chrono::minutes utc_offset{480};  ///< of the centre's day; China has one time zone
    /// A number that reserve_number gave this user today and nobody has used; "" to get a new one.
    std::string reserved_number{};
};

/// A case as it is kept, and whether this saving made it.
struct SavedCase {
    CaseRow row;
    bool is_new = true;
};

class CaseStore {
public:
    /// The next number of the centre's day, to be shown while the case is typed; never given again.
    static Result<std::string> reserve_number(sql::Transaction& tx, CentreId centre,
                                              const Saving& saving);
    /// Whether `number` is one of the day that `saving.now` falls on.
    static bool is_number_of_day(std::string_view number, const Saving& saving);
    /// Gives the case its id and number, writes row and fact (CaseSaved), drops the user's draft of
    /// this interaction. A repeated idempotency key changes nothing and returns the case there is.
    static Result<SavedCase> create_once(sql::Transaction& tx, CentreId centre, CaseRow fields,
                                         const Saving& saving);
    /// The same, for who goes on alike with both.
    static Result<CaseRow> create(sql::Transaction& tx, CentreId centre, CaseRow fields,
                                  const Saving& saving);
    /// Replaces what a person may edit (not number, day, creation), writes the fact.
    /// errors  not_found; stale when `fields.version` is not the version in the store
    static Result<CaseRow> change(sql::Transaction& tx, CentreId centre, CaseRow fields,
                                  const Saving& saving);

    static Result<std::optional<CaseRow>> get(sql::Database& db, const Scope& scope, CaseId id);
    /// Those of them that there are, by their ids.
    static Result<std::map<CaseId, CaseRow>> of(sql::Database& db, const Scope& scope,
                                                const std::vector<CaseId>& ids);
    /// The newest with this number.
    static Result<std::optional<CaseRow>> find_number(sql::Database& db, const Scope& scope,
                                                      std::string_view number);
    /// Newest first.
    static Result<std::vector<CaseRow>> search(sql::Database& db, const Scope& scope,
                                               const CaseSearch& search);

    /// A draft belongs to one user; the user's own id is its scope.
    static Result<Done> save_draft(sql::Transaction& tx, CentreId centre, const DraftRow& draft);
    static Result<Done> drop_draft(sql::Transaction& tx, UserId user, InteractionId interaction);
    static Result<std::optional<DraftRow>> draft(sql::Database& db, UserId user,
                                                 InteractionId interaction);
    static Result<std::vector<DraftRow>> drafts(sql::Database& db, UserId user);
};

}  // namespace ys::cases
