// SPDX-License-Identifier: Apache-2.0
// A case that goes to people without a click: offered when it is filed, passed on when it is not
// taken, called off when it is no longer theirs; and what the repairer does.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/described.h"
#include "cases/answer_form.h"
#include "cases/io/crew_store.h"

namespace ys::cases {

/// What a repairer says with an act.
struct CrewSaid {
    std::optional<double> latitude{}, longitude{}, accuracy_m{};  ///< WGS-84, with "arrive"
    std::string phase{};         ///< "before" "after", with "measure"
    Answers values{};            ///< by field of crew_form(), with "measure"
    std::string confirmed_by{};  ///< "signature" "code", with "finish"
    std::string signature{};     ///< strokes: "x,y x,y;x,y"
};
BOOST_DESCRIBE_STRUCT(CrewSaid, (),
                      (latitude, longitude, accuracy_m, phase, values, confirmed_by, signature))

/// That the citizen's code was entered for this job by who does it. Nothing but prove_by_code makes
/// one, so that nobody can finish by a code that was not checked.
class CodeProof {
public:
    bool is_of(CaseId id, UserId by) const { return id_ == id && by_ == by; }

private:
    CodeProof(CaseId id, UserId by) : id_(id), by_(by) {}
    CaseId id_;
    UserId by_;
    friend Result<std::optional<CodeProof>> prove_by_code(sql::Transaction& tx, const Scope& scope,
                                                          CaseId id, UserId by,
                                                          const std::string& code, UtcTime now);
};

struct CrewAct {
    std::string key;    ///< of idempotency, never ""
    std::string what;   ///< "take" "refuse" "arrive" "measure" "note" "finish"
    UtcTime said_at;    ///< by the phone; a time to come counts as now
    std::string words;  ///< the reason of refusing, or the note
    CrewSaid said;
    std::optional<CodeProof> proof{};  ///< with "finish" by a code
};

/// What is measured on the spot, with its limits.
const AnswerForm& crew_form();

/// In the transaction that dispatched it. Nothing when the type is not automatic, or the unit has
/// no crew.
Result<Done> offer_to_crew(sql::Transaction& tx, const Handbook& handbook, const StoredFile& stored,
                           std::string_view address, UtcTime now);

/// Jobs of every centre that need something now: not taken in time, no longer the unit's, or
/// dispatched without being offered.
Result<std::vector<CaseId>> crew_jobs_to_tend(sql::Database& db, UtcTime now, std::size_t limit);
/// Does what this one needs; nothing when it needs nothing.
Result<Done> tend_crew_job(sql::Transaction& tx, const Handbook& handbook, CaseId id, UtcTime now);

/// Does it, once: an act with a key that is kept changes nothing. Taking a job accepts and begins
/// the case for the unit in the repairer's own name; finishing replies to each demand.
///
/// errors  not_found for a job that is not theirs; cases::Errc: not_now;
///         needs_words when nothing says how it is now; not_confirmed when nobody signed and no
///         code was proved
Result<Done> crew_act(sql::Transaction& tx, const Handbook& handbook, const Scope& scope, CaseId id,
                      UserId by, const CrewAct& act, UtcTime now);

/// The code that the citizen was told. A transaction of its own: a wrong one is counted, and gives
/// nothing.
/// errors  not_found for a job that is not theirs
Result<std::optional<CodeProof>> prove_by_code(sql::Transaction& tx, const Scope& scope, CaseId id,
                                               UserId by, const std::string& code, UtcTime now);

/// The foreman hands it to one of the crew.
/// errors  not_found for who does not lead the unit; what crew_give says
Result<Done> give_crew_job(sql::Transaction& tx, const Scope& scope, CaseId id, UserId by,
                           UserId to, UtcTime now);

}  // namespace ys::cases
