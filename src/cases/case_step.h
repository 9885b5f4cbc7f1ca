// SPDX-License-Identifier: Apache-2.0
// One command on its way through the engine: inside of case_engine only.
#pragma once

#include <string>
#include <utility>

#include "cases/case_engine.h"
#include "cases/errc.h"

namespace ys::cases::inside {

/// Works on a copy of the file; the engine keeps it when nothing was refused.
struct Step {
    const CaseRules& rules;
    CaseFile& file;
    UtcTime now;
    const CaseActor& by;
    CaseOutcome out{};

    /// The row of the workflow by which this actor may do it now.
    /// errors   not_now; not_your_role
    Result<const CaseMove*> allowed(Verb verb) const;
    /// Moves as the workflow says and writes the event.
    void done(Verb verb, std::string why, UnitId unit = {});
    void write(CaseEvent event);
    void notice(UnitId unit, std::string reason, std::optional<ClockName> clock = {});
    void tell(std::string reason, std::string words, std::optional<UtcTime> until = {});

    /// The unit takes the whole on: responsible, handler, and no longer a part beside it.
    void take_on(UnitId unit);
    void start(ClockName name);
    void stop_if_running(ClockName name);
    void stop_all();
    void go_on_if_stopped(ClockName name, const std::string& cause);
    /// Ends an approved pause or the rest while the citizen is asked.
    void end_pause();
    /// 督办 one level higher; nothing at the top.
    void raise(const std::string& why);
    /// The case is over: nobody owes anything.
    void finish();

    /// errors   not_your_case unless the actor's unit has the case
    Result<Done> of_handler() const;
    /// errors   unknown_unit; own_complaint
    Result<Done> fit(UnitId unit) const;
    /// errors   needs_words
    Result<Done> worded(const std::string& text) const;
    /// errors   needs_second_person
    Result<Done> approved_by(UserId approver) const;
};

// Filing and dispatch, in case_dispatch.cpp.
Result<Done> act(Step& step, const FileCase& what);
Result<Done> act(Step& step, const SettleCase& what);
Result<Done> act(Step& step, const DispatchCase& what);
Result<Done> act(Step& step, const AcceptCase& what);
Result<Done> act(Step& step, const BeginWork& what);
Result<Done> act(Step& step, const ReturnCase& what);
Result<Done> act(Step& step, const AssignCase& what);
Result<Done> act(Step& step, const UpholdReturn& what);
Result<Done> act(Step& step, const UrgeCase& what);
Result<Done> act(Step& step, const SuperviseCase& what);
Result<Done> act(Step& step, const CoHandle& what);
Result<Done> act(Step& step, const CoReply& what);
Result<Done> act(Step& step, const ReleasePart& what);
Result<Done> act(Step& step, const LinkDuplicate& what);

// From the reply to the end, in case_reply.cpp.
Result<Done> act(Step& step, const ReplyToCase& what);
Result<Done> act(Step& step, const ReviewReply& what);
Result<Done> act(Step& step, const TellCitizen& what);
Result<Done> act(Step& step, const RecordAttempt& what);
Result<Done> act(Step& step, const ConfirmCase& what);
Result<Done> act(Step& step, const CloseCase& what);
Result<Done> act(Step& step, const ReopenCase& what);
Result<Done> act(Step& step, const DeclareOutOfScope& what);
Result<Done> act(Step& step, const WithdrawCase& what);

// Clocks, in case_clocks.cpp.
Result<Done> act(Step& step, const PauseCase& what);
Result<Done> act(Step& step, const ResumeCase& what);
Result<Done> act(Step& step, const ExtendCase& what);
Result<Done> act(Step& step, const ClockFired& what);

}  // namespace ys::cases::inside
