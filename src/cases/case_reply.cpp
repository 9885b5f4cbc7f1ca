// SPDX-License-Identifier: Apache-2.0
// From the reply to the citizen's own "it is solved", and the other ways a case ends.
#include <algorithm>

#include "cases/case_step.h"

namespace ys::cases::inside {

void Step::finish() {
    file.responsible = {};
    file.paused_until.reset();
    stop_all();
}

Result<Done> act(Step& s, const ReplyToCase& what) {
    CaseFile& f = s.file;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Reply));
    YS_TRY([[maybe_unused]] const Done own, s.of_handler());
    if (std::ranges::any_of(f.parts, &CasePart::is_open)) return Error(Errc::PartsMissing, "reply");
    if (const auto missing = unanswered(f, what.answers); !missing.empty())
        return Error(Errc::DemandUnanswered, "demand " + std::to_string(missing[0]));
    if (f.paused_until) s.end_pause();
    f.reply = CaseReply{s.by.unit, s.by.user, s.now, what.answers, {}};
    s.done(Verb::Reply, "", s.by.unit);
    if (f.state == CaseState::Replied) s.notice(f.responsible, "review");
    return Done{};
}

Result<Done> act(Step& s, const ReviewReply& what) {
    CaseFile& f = s.file;
    const Verb verb = what.approved ? Verb::Approve : Verb::SendBack;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(verb));
    if (!s.by.user || (f.reply && s.by.user == f.reply->by))
        return Error(Errc::ReviewedByReplier, "review");
    if (f.is_about(s.by.unit)) return Error(Errc::OwnComplaint, "review");
    if (!what.approved) {
        YS_TRY([[maybe_unused]] const Done words, s.worded(what.why));
    }
    if (f.reply) f.reply->reviewed_by = s.by.user;
    s.done(verb, what.why);
    s.notice(f.responsible, what.approved ? "approved" : "sent_back");
    return Done{};
}

Result<Done> act(Step& s, const TellCitizen& what) {
    CaseFile& f = s.file;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::TellCitizen));
    if (s.by.role == "unit") {
        YS_TRY([[maybe_unused]] const Done own, s.of_handler());
    }
    if (f.is_about(s.by.unit)) return Error(Errc::OwnComplaint, "tell");
    f.told_at = s.now;
    f.confirmation.reset();
    s.stop_if_running(ClockName::FirstReply);
    s.start(ClockName::FollowUp);
    auto& closing = f.clock(ClockName::Close);
    if (closing && closing->clock.is_running()) {
        YS_TRY([[maybe_unused]] const Done rests,
               pause(closing->clock, {s.now, std::nullopt, "awaiting_confirmation", {}}));
    }
    s.done(Verb::TellCitizen, what.channel);
    std::string words;
    if (f.reply)
        for (const auto& [number, text] : f.reply->answers)
            words += (words.empty() ? "" : "\n") + text;
    s.tell("reply", std::move(words));
    return Done{};
}

Result<Done> act(Step& s, const RecordAttempt& what) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::RecordAttempt));
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.outcome));
    s.file.attempts.push_back({s.now, s.by.user, what.channel, what.outcome});
    s.done(Verb::RecordAttempt, what.channel + ": " + what.outcome);
    return Done{};
}

namespace {

/// Not solved, or 不满意: the superior unit handles it, or decides when none is left.
Result<Done> object(Step& s, const ConfirmCase& what) {
    CaseFile& f = s.file;
    const UnitId next = second_handler(s.rules.units, f);
    const Verb verb = next ? Verb::Object : Verb::ObjectUnheard;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(verb));
    s.stop_if_running(ClockName::FollowUp);
    s.end_pause();
    f.is_assigned = false;
    if (next) {
        ++f.round;
        f.reply.reset();
        s.take_on(next);
        s.done(verb, what.words, next);
        s.notice(next, "second_handling");
        s.tell("second_handling", "", closing_deadline(s.rules, f));
        return Done{};
    }
    f.dispute = Dispute::Objection;
    f.responsible = fallback_owner(s.rules.units, f);
    s.done(verb, what.words, f.handler);
    s.notice(f.responsible, "disputed");
    return Done{};
}

}  // namespace

Result<Done> act(Step& s, const ConfirmCase& what) {
    CaseFile& f = s.file;
    // Who handled it again and solved it has done what was asked, even if the citizen stays cross.
    const bool content = what.satisfied != std::optional(false) || f.round > 1;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Confirm));
    f.confirmation = CaseConfirmation{what.solved, what.satisfied, what.words, s.now, s.by.user};
    if (!what.solved || !content) return object(s, what);
    s.done(Verb::Confirm, what.words);
    s.tell("closed", "");
    return Done{};
}

Result<Done> act(Step& s, const CloseCase& what) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Close));
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.why));
    if (!is_tried_enough(s.rules, s.file)) return Error(Errc::NotConfirmed, "close");
    s.done(Verb::Close, what.why);
    s.tell("closed", "");
    return Done{};
}

Result<Done> act(Step& s, const ReopenCase& what) {
    CaseFile& f = s.file;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Reopen));
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.why));
    f.confirmation.reset();
    f.told_at.reset();
    f.counts_in_scores = true;
    f.responsible = f.handler && f.state == CaseState::Closed ? f.handler : f.first_receiver;
    s.go_on_if_stopped(ClockName::Close, "over");
    s.done(Verb::Reopen, what.why, f.responsible);
    if (f.state == CaseState::Filed) {
        f.handler = {};
        s.start(ClockName::Accept);
    }
    s.notice(f.responsible, "reopened");
    s.tell("reopened", "", closing_deadline(s.rules, f));
    return Done{};
}

Result<Done> act(Step& s, const DeclareOutOfScope& what) {
    CaseFile& f = s.file;
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::DeclareOutOfScope));
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.words));
    if (what.legal_basis.empty()) return Error(Errc::NeedsLegalBasis, "out of scope");
    YS_TRY([[maybe_unused]] const Done approved, s.approved_by(what.approver));
    if (f.is_about(s.by.unit)) return Error(Errc::OwnComplaint, "out of scope");
    f.legal_basis = what.legal_basis;
    f.counts_in_scores = false;
    f.dispute = Dispute::None;
    s.done(Verb::DeclareOutOfScope, what.legal_basis);
    s.tell("out_of_scope", what.words + "\n" + what.legal_basis);
    return Done{};
}

Result<Done> act(Step& s, const WithdrawCase& what) {
    YS_TRY([[maybe_unused]] const CaseMove* move, s.allowed(Verb::Withdraw));
    YS_TRY([[maybe_unused]] const Done words, s.worded(what.why));
    const UnitId had_it = s.file.responsible;
    s.done(Verb::Withdraw, what.why);
    s.notice(had_it, "withdrawn");
    s.tell("withdrawn", "");
    return Done{};
}

}  // namespace ys::cases::inside
