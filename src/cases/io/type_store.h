// SPDX-License-Identifier: Apache-2.0
// Case types of a centre in all their versions, and what was answered to the form of each case.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/private_text.h"
#include "cases/case_type.h"
#include "cases/io/case_store.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::cases {

const sql::Schema& type_schema();

/// One version, whose it is and who made it. A version is written once and never changed.
struct KnownType {
    CentreId centre;
    CaseType type;
    UtcTime changed_at;
    UserId changed_by;  ///< none: it came with the hotline
    std::string reason;
};

/// A centre and those above it, the nearest first: what a centre has no type of its own for, it
/// takes from the next above.
using Lineage = std::vector<CentreId>;

struct TypeChange {
    UserId user{};
    UtcTime now{};
    std::string reason{};
    std::int64_t based_on = 0;  ///< the version that was changed; 0 for a new type
};

/// Which version a case is of, and what was answered to it. Telephone numbers and addresses are
/// among the answers, so all of them lie sealed.
struct AnswersRow {
    CaseId case_id{};
    CentreId centre_id{};
    CentreId type_centre_id{};  ///< whose type it is
    std::string type{};
    std::int64_t type_version = 0;
    std::string class_code{};  ///< "" when it was not classified
    Private answers{};         ///< a JSON object, as answers_of reads it
    UtcTime changed_at{};
    UserId changed_by{};  ///< none: the citizen, or who filed without a desk
};
BOOST_DESCRIBE_STRUCT(AnswersRow, (),
                      (case_id, centre_id, type_centre_id, type, type_version, class_code, answers,
                       changed_at, changed_by))
/// What its type says of a case that is being saved: nature, title, confidence, and how urgent it
/// is at least.
void take_type(CaseRow& row, const CaseType& type);
/// The same by the newest version of its kind's type; as it is where the centre has none.
Result<CaseRow> with_type(sql::Database& db, CentreId centre, CaseRow row);

Answers answers_of(const AnswersRow& row);
Private sealed(const Answers& answers);

class TypeStore {
public:
    /// A new version of the centre's own, one above the newest that it knows; the same contents
    /// again change nothing.
    /// errors  stale when `based_on` is not the newest
    static Result<KnownType> put(sql::Transaction& tx, const Lineage& lineage, CaseType type,
                                 const TypeChange& change);
    /// The newest of each type, as they were first added.
    static Result<std::vector<KnownType>> newest(sql::Database& db, const Lineage& lineage);
    static Result<std::optional<KnownType>> newest(sql::Database& db, const Lineage& lineage,
                                                   std::string_view code);
    /// All that the centre can have used, the newest first.
    static Result<std::vector<KnownType>> versions(sql::Database& db, const Lineage& lineage,
                                                   std::string_view code);
    /// One of `versions`, the nearest centre's when two have it.
    static Result<std::optional<KnownType>> find(sql::Database& db, const Lineage& lineage,
                                                 std::string_view code, std::int64_t version);

    /// The centre and those above it.
    static Result<Lineage> lineage(sql::Database& db, CentreId centre);
    /// A case whose form nobody could fill in yet: it is shown as open.
    static Result<Done> leave_form_open(sql::Transaction& tx, const CaseRow& row, UtcTime now);
    static Result<Done> put_answers(sql::Transaction& tx, const AnswersRow& row);
    static Result<std::optional<AnswersRow>> answers(sql::Database& db, const Scope& scope,
                                                     CaseId id);
};

}  // namespace ys::cases
