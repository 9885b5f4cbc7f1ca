// SPDX-License-Identifier: Apache-2.0
// Which cases a user sees, and in which roles of the workflow they may act on one.
#pragma once

#include <vector>

#include "api/api.h"
#include "cases/case_command.h"
#include "cases/io/case_file_store.h"
#include "cases/io/case_store.h"

namespace ys::api {

/// A user's units, and whether they see the cases of these only.
struct CaseSight {
    Scope scope;
    std::vector<cases::UnitMemberRow> mine;
    std::vector<cases::UnitId> with_below;  ///< theirs and all below them
    bool is_own_only = false;
    cases::Disclosures disclosures;

    /// 举报 is seen by who may see disclosures only, and hidden from who is in the unit complained
    /// of; a unit's people see what concerns it or a unit below.
    /// taken_by  whose case it is, where known
    bool sees(const cases::CaseFile& file, UserId taken_by = {}) const;
    std::vector<cases::UnitId> my_units() const;
};

/// What is needed to make it, taken before a reader or the writer runs.
struct CaseSeer {
    Scope scope;
    UserId user;
    bool is_own_only = false;
    cases::Disclosures disclosures;
};
CaseSeer seer_of(const Api& api, const SessionUser& user);
Result<CaseSight> sight_of(sql::Database& db, const CaseSeer& seer);

/// Roles of the workflow that the user's rights allow in this centre.
struct CaseRights {
    UserId user;
    bool agent = false, dispatcher = false, unit = false, reviewer = false;
    bool allows(std::string_view role) const;
};
CaseRights case_rights(const Api& api, const SessionUser& user, CentreId centre);

/// Every role and unit in which the user may act on this file: membership and right together. An
/// agent who is in no unit acts for the first fallback owner.
std::vector<cases::CaseActor> actors_for(const CaseRights& rights, const CaseSight& sight,
                                         CentreId centre, const cases::UnitTree& tree,
                                         const cases::CaseFile& file);

/// The first of the user's hats in which the engine would do it.
/// errors  the engine's, rather about the case than about the role
Result<cases::CaseActor> hat_for(const std::vector<cases::CaseActor>& hats,
                                 const cases::CaseRules& rules, const cases::CaseFile& file,
                                 UtcTime now, const cases::CaseAction& action);

/// Verbs for the buttons of a page: what the workflow allows one of these actors now. "return" and
/// "confirm" stand for what follows from them, too.
std::vector<std::string> verbs_for(const std::vector<cases::CaseActor>& actors,
                                   const cases::CaseRules& rules, const cases::CaseFile& file);

}  // namespace ys::api
