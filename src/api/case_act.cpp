// SPDX-License-Identifier: Apache-2.0
#include "api/case_act.h"

#include "api/answer.h"
#include "base/text.h"

namespace ys::api {
namespace {

using namespace cases;

constexpr std::size_t words_bytes_max = 12'000;

/// Cleaned of control characters, every limit kept.
Result<CaseActForm> cleaned_form(const CaseActForm& form) {
    CaseActForm out = form;
    YS_TRY(out.why, form_text(form.why, words_bytes_max, "why", Lines::Many));
    YS_TRY(out.text, form_text(form.text, words_bytes_max, "text", Lines::Many));
    YS_TRY(out.legal_basis,
           form_text(form.legal_basis, words_bytes_max, "legal_basis", Lines::Many));
    YS_TRY(out.channel, form_text(form.channel, 64, "channel"));
    YS_TRY(out.outcome, form_text(form.outcome, 400, "outcome"));
    YS_TRY(out.by, form_text(form.by, 16, "by"));
    for (auto& [number, text] : out.answers) {
        YS_TRY(text, form_text(text, words_bytes_max, "answers", Lines::Many));
    }
    return out;
}

Result<DemandAnswers> answers_of(const CaseActForm& form) {
    DemandAnswers out;
    for (const auto& [key, text] : form.answers) {
        const auto number = parse_number(key);
        if (!number || *number == 0 || *number > 1'000'000)
            return refused("bad_field:answers", RefusedAs::Unfit);
        out[static_cast<std::uint32_t>(*number)] = text;
    }
    return out;
}

Result<CaseAction> about_citizen(Verb verb, const CaseActForm& f) {
    switch (verb) {
        case Verb::TellCitizen:
            return CaseAction{TellCitizen{f.channel}};
        case Verb::RecordAttempt:
            return CaseAction{RecordAttempt{f.channel, f.outcome}};
        case Verb::Confirm:
            if (!f.solved) return refused("bad_field:solved", RefusedAs::Unfit);
            return CaseAction{ConfirmCase{*f.solved, f.satisfied, f.text}};
        case Verb::Close:
            return CaseAction{CloseCase{f.why}};
        case Verb::Reopen:
            return CaseAction{ReopenCase{f.why}};
        case Verb::Withdraw:
            return CaseAction{WithdrawCase{f.why}};
        case Verb::DeclareOutOfScope:
            return CaseAction{DeclareOutOfScope{f.text, f.legal_basis, f.approver}};
        case Verb::Urge:
            return CaseAction{UrgeCase{f.text}};
        default:
            return refused("bad_field:verb", RefusedAs::Unfit);
    }
}

Result<CaseAction> about_time(Verb verb, const CaseActForm& f) {
    switch (verb) {
        case Verb::Pause:
            if (!f.until) return refused("bad_field:until", RefusedAs::Unfit);
            return CaseAction{PauseCase{f.why, *f.until, f.approver}};
        case Verb::Resume:
            return CaseAction{ResumeCase{}};
        case Verb::Extend: {
            YS_TRY(const Promise by, parse_promise(f.by));
            return CaseAction{ExtendCase{by, f.why, f.approver}};
        }
        case Verb::LinkDuplicate:
            if (!f.other) return refused("bad_field:other", RefusedAs::Unfit);
            return CaseAction{LinkDuplicate{f.other}};
        default:
            return about_citizen(verb, f);
    }
}

Result<CaseAction> about_units(Verb verb, const CaseActForm& f) {
    switch (verb) {
        case Verb::Dispatch:
            return CaseAction{DispatchCase{f.unit, f.why}};
        case Verb::Accept:
            return CaseAction{AcceptCase{}};
        case Verb::Begin:
            return CaseAction{BeginWork{}};
        case Verb::Return:
            return CaseAction{ReturnCase{f.why}};
        case Verb::Assign:
            return CaseAction{AssignCase{f.unit, f.why}};
        case Verb::UpholdReturn:
            return CaseAction{UpholdReturn{f.why}};
        case Verb::Supervise:
            return CaseAction{SuperviseCase{f.why}};
        case Verb::CoHandle:
            return CaseAction{CoHandle{f.unit, f.text}};
        case Verb::CoReply:
            return CaseAction{CoReply{f.text}};
        case Verb::ReleasePart:
            return CaseAction{ReleasePart{f.unit, f.why}};
        case Verb::Approve:
            return CaseAction{ReviewReply{true, f.why}};
        case Verb::SendBack:
            return CaseAction{ReviewReply{false, f.why}};
        default:
            return about_time(verb, f);
    }
}

}  // namespace

Result<CaseAction> action_of(const CaseActForm& form) {
    const auto verb = verb_from(form.verb);
    if (!verb) return refused("bad_field:verb", RefusedAs::Unfit);
    YS_TRY(const CaseActForm clean, cleaned_form(form));
    YS_TRY(DemandAnswers answers, answers_of(clean));
    if (*verb == Verb::Settle) return CaseAction{SettleCase{std::move(answers), clean.satisfied}};
    if (*verb == Verb::Reply) return CaseAction{ReplyToCase{std::move(answers)}};
    return about_units(*verb, clean);
}

}  // namespace ys::api
