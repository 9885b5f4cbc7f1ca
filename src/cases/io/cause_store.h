// SPDX-License-Identifier: Apache-2.0
// Causes (原因): the list a hotline names them from, which contact had which, and how many a week.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/id.h"
#include "cases/defect.h"
#include "platform/sql/migration.h"
#include "platform/sql/scope.h"

namespace ys::cases {

const sql::Schema& cause_schema();

/// One word of the list, as the scenario has it. It is never dropped: what was named by it goes on
/// being called so.
struct CauseRow {
    CentreId centre_id{};
    std::string code{};  ///< "system_defect"
    std::string title{}, title_en{};
    std::string kind{};                     ///< "defect" "suggestion"
    std::string hot_key{};                  ///< the key that names it: one digit or letter
    std::string asks{};                     ///< what is asked beside it: "" "route" "place"
    std::int32_t close_below_percent = 50;  ///< of the week before, see Defect
    std::int32_t ordinal = 0;
    bool is_offered = true;  ///< false: no longer in the scenario
};
BOOST_DESCRIBE_STRUCT(CauseRow, (),
                      (centre_id, code, title, title_en, kind, hot_key, asks, close_below_percent,
                       ordinal, is_offered))

/// One contact and its cause. A call and the case taken in it are one contact.
struct NamedCauseRow {
    std::uint64_t id = 0;
    CentreId centre_id{};
    InteractionId interaction_id{};  ///< none: a case that came by another way
    CaseId case_id{};                ///< none: the call left no case
    std::string cause{};
    std::string type{};   ///< the case's kind
    std::string place{};  ///< steps with "/" between, as far as the duties know them
    std::string route{};  ///< "12路"
    UtcTime at{};         ///< when it was named first: the week it counts in
    UserId user_id{};     ///< who named it last
    std::optional<UtcTime> changed_at{};
};
BOOST_DESCRIBE_STRUCT(NamedCauseRow, (),
                      (id, centre_id, interaction_id, case_id, cause, type, place, route, at,
                       user_id, changed_at))

/// What a contact must have to be one of these; "" is any. A place holds all below it.
struct CauseMatch {
    std::string cause{}, type{}, place{}, route{};
    friend bool operator==(const CauseMatch&, const CauseMatch&) = default;
};
BOOST_DESCRIBE_STRUCT(CauseMatch, (), (cause, type, place, route))

/// By what contacts are put together on the board.
enum class GroupedBy { Cause, Type, Place, Route };
/// "cause" "type" "place" "route"
std::optional<GroupedBy> grouped_by_from(std::string_view word);

struct CauseGroup {
    std::string cause{};
    std::string value{};  ///< of what it is grouped by; "" with GroupedBy::Cause, and when unknown
    std::int64_t before = 0, since = 0;
};
BOOST_DESCRIBE_STRUCT(CauseGroup, (), (cause, value, before, since))

class CauseStore {
public:
    /// The list of a head centre becomes exactly this; what is not in it is offered no more.
    static Result<Done> set_list(sql::Transaction& tx, CentreId centre,
                                 const std::vector<CauseRow>& causes);
    /// Of the centre, else of the nearest above that has one, in their order; also those that are
    /// no longer offered.
    static Result<std::vector<CauseRow>> list(sql::Database& db, CentreId centre);

    /// Writes it over what was named before of the same contact, with the fact. With no cause the
    /// contact has none any more.
    /// errors  not_found when the centre's list offers no such cause
    static Result<NamedCauseRow> name(sql::Transaction& tx, NamedCauseRow row, UtcTime now);
    static Result<std::optional<NamedCauseRow>> of_call(sql::Database& db, const Scope& scope,
                                                        InteractionId call);
    static Result<std::optional<NamedCauseRow>> of_case(sql::Database& db, const Scope& scope,
                                                        CaseId id);

    /// Contacts of the two weeks, those that caused most lately first; at most 200.
    static Result<std::vector<CauseGroup>> groups(sql::Database& db, const Scope& scope,
                                                  const FixWeeks& weeks, GroupedBy by,
                                                  const CauseMatch& wanted);
    /// Those that fit any of the matches, in the centre and all below it.
    static Result<std::int64_t> count(sql::Database& db, CentreId centre,
                                      const std::vector<CauseMatch>& matches, const TimeSpan& span);
    static Result<WeekCounts> count(sql::Database& db, CentreId centre,
                                    const std::vector<CauseMatch>& matches, const FixWeeks& weeks);
};

}  // namespace ys::cases
