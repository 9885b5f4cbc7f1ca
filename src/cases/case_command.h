// SPDX-License-Identifier: Apache-2.0
// What people and clocks ask of a case. The edge has checked who they are; the workflow says which
// role may do what.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/id.h"
#include "cases/case_file.h"

namespace ys::cases {

/// Who does it, in which role of theirs, for which unit.
struct CaseActor {
    UserId user;       ///< none for the citizen and the system
    std::string role;  ///< "citizen" "agent" "dispatcher" "unit" "superior" "reviewer" "supervisor"
                       ///< "system"
    UnitId unit;       ///< none for the citizen and the system
    friend bool operator==(const CaseActor&, const CaseActor&) = default;
};

struct FileCase {
    CaseId id;
    std::string type;
    int type_version = 1;
    bool is_confidential = false;
    std::vector<CaseDemand> demands;
    std::vector<UnitId> about_units;
    CaseBasis basis{};
};
/// What the citizen said while still on the line; solved must be true.
struct SettleCase {
    DemandAnswers answers;
    std::optional<bool> satisfied;
};
struct DispatchCase {
    UnitId unit;
    std::string why;  ///< the reason of the duty catalogue, or a person's
};
struct AcceptCase {};
struct BeginWork {};
struct ReturnCase {
    std::string why;
};
/// The superior's word on a dispute: this unit does it.
struct AssignCase {
    UnitId unit;
    std::string why;
};
/// The superior's other word: the unit was right to give it back.
struct UpholdReturn {
    std::string why;
};
struct UrgeCase {
    std::string words;
};
struct SuperviseCase {
    std::string why;
};
struct CoHandle {
    UnitId unit;
    std::string task;
};
struct CoReply {
    std::string reply;
};
struct ReleasePart {
    UnitId unit;
    std::string why;
};
struct ReplyToCase {
    DemandAnswers answers;
};
struct ReviewReply {
    bool approved = false;
    std::string why;  ///< needed to send back
};
struct TellCitizen {
    std::string channel;
};
struct RecordAttempt {
    std::string channel;
    std::string outcome;
};
struct ConfirmCase {
    bool solved = false;
    std::optional<bool> satisfied;
    std::string words;
};
struct CloseCase {
    std::string why;
};
struct ReopenCase {
    std::string why;
};
struct DeclareOutOfScope {
    std::string words;  ///< told to the citizen
    std::string legal_basis;
    UserId approver;  ///< another person
};
struct WithdrawCase {
    std::string why;
};
struct PauseCase {
    std::string cause;  ///< as shown to the citizen
    UtcTime until;      ///< no case is put away for ever
    UserId approver;    ///< another person
};
struct ResumeCase {};
struct ExtendCase {
    Promise by;
    std::string why;
    UserId approver;  ///< another person
};
struct LinkDuplicate {
    CaseId other;
};
/// The time next_wake() named has come; early or doubled, it does nothing.
struct ClockFired {};

using CaseAction =
    std::variant<FileCase, SettleCase, DispatchCase, AcceptCase, BeginWork, ReturnCase, AssignCase,
                 UpholdReturn, UrgeCase, SuperviseCase, CoHandle, CoReply, ReleasePart, ReplyToCase,
                 ReviewReply, TellCitizen, RecordAttempt, ConfirmCase, CloseCase, ReopenCase,
                 DeclareOutOfScope, WithdrawCase, PauseCase, ResumeCase, ExtendCase, LinkDuplicate,
                 ClockFired>;

struct CaseCommand {
    CaseActor by;
    CaseAction action;
};

}  // namespace ys::cases
