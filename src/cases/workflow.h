// SPDX-License-Identifier: Apache-2.0
// The states of a case and who may move it between them, as a table with a name and a version.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace ys::cases {

/// The words of the field. What each state means to the engine is fixed; which moves a workflow
/// allows is data.
enum class CaseState {
    Filed,                 ///< 待派单
    Dispatched,            ///< 待签收
    Accepted,              ///< 已签收
    Working,               ///< 处理中
    Replied,               ///< 待审核: the citizen has not seen the reply
    Reviewed,              ///< 待告知: approved, the citizen is to be told
    AwaitingConfirmation,  ///< 待确认: told; solved? satisfied?
    Returned,              ///< 已退单: a unit gave it back, somebody dispatches it anew
    Disputed,        ///< 待裁定: given back again, or nobody above is left; a superior decides
    SecondHandling,  ///< 二次办理: with the superior unit
    Closed,          ///< 已办结
    OutOfScope,      ///< 不予受理: told so politely, with the law
    Withdrawn,       ///< 已撤回: by the citizen
};
inline constexpr std::array case_states{CaseState::Filed,
                                        CaseState::Dispatched,
                                        CaseState::Accepted,
                                        CaseState::Working,
                                        CaseState::Replied,
                                        CaseState::Reviewed,
                                        CaseState::AwaitingConfirmation,
                                        CaseState::Returned,
                                        CaseState::Disputed,
                                        CaseState::SecondHandling,
                                        CaseState::Closed,
                                        CaseState::OutOfScope,
                                        CaseState::Withdrawn};

/// "filed" .. "withdrawn", as stored and sent
std::string_view word(CaseState state);
std::string_view title(CaseState state);  ///< "待派单"
std::optional<CaseState> case_state_from(std::string_view word);
/// Nothing is owed any more: Closed, OutOfScope, Withdrawn.
constexpr bool is_final(CaseState s) {
    return s == CaseState::Closed || s == CaseState::OutOfScope || s == CaseState::Withdrawn;
}

/// What can be done to a case.
enum class Verb {
    File,
    Settle,  ///< 直接答复: answered while the citizen was on the line
    Dispatch,
    Accept,
    Begin,
    Return,       ///< 退单, the first of a case
    ReturnAgain,  ///< a second one: the superior decides
    Assign,
    UpholdReturn,
    TakeOver,   ///< by the fallback owner, when nobody accepted in time
    Urge,       ///< 催办
    Supervise,  ///< 督办
    CoHandle,
    CoReply,
    ReleasePart,
    Reply,
    Approve,
    SendBack,
    TellCitizen,
    RecordAttempt,
    Confirm,        ///< solved, and not dissatisfied
    Object,         ///< not solved, or 不满意: to the superior unit
    ObjectUnheard,  ///< the same when no unit above is left
    Close,          ///< nobody could be reached
    Reopen,
    DeclareOutOfScope,
    Withdraw,
    Pause,
    Resume,
    Extend,
    LinkDuplicate,
};

/// "file" .. "link_duplicate"
std::string_view word(Verb verb);
std::optional<Verb> verb_from(std::string_view word);

struct CaseMove {
    std::optional<CaseState> from;  ///< nothing: every state that is not final
    Verb verb = Verb::File;
    std::optional<CaseState> to;     ///< nothing: stays
    std::vector<std::string> roles;  ///< "citizen" "agent" "dispatcher" "unit" "superior" ...
    friend bool operator==(const CaseMove&, const CaseMove&) = default;
};

struct Workflow {
    std::string name;
    int version = 1;
    std::vector<CaseMove> moves;

    /// The row for this verb in this state, or nullptr: it cannot be done now. A row that names the
    /// state goes before one for every state.
    const CaseMove* find(CaseState from, Verb verb) const;
    /// Everything a role can do in a state, in the order of the table: for the buttons of a page.
    std::vector<Verb> verbs(CaseState from, std::string_view role) const;
    friend bool operator==(const Workflow&, const Workflow&) = default;
};

/// Lines "from verb to roles", `#` begins a remark; "open" as from is every state that is not
/// final, "same" as to stays; roles with commas. The first line is "workflow name version".
///
/// errors   data_does_not_read with the line
Result<Workflow> parse_workflow(std::string_view text);

/// As parse_workflow reads it again, without remarks.
std::string text_of(const Workflow& workflow);

/// Whether a case can neither get lost nor stuck: begins by File in one state; every state named
/// can be reached; from each a final state can be reached; a state that is not final has a way out;
/// one row for each state and verb; every row names a role; nothing leaves Withdrawn; Closed and
/// OutOfScope are left by Reopen only (what stays is free).
/// errors   data_breaks_a_rule with the state or row
Result<Done> check(const Workflow& workflow);

/// "standard": unit, reply, review, told, confirmed. "short": the same without a review, for
/// repairs that go straight to a crew.
extern const std::string_view standard_workflow;
extern const std::string_view short_workflow;

}  // namespace ys::cases
