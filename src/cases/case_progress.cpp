// SPDX-License-Identifier: Apache-2.0
// Puts the state of a case into what a citizen wants to know.
#include "cases/case_progress.h"

#include <algorithm>

#include "cases/case_engine.h"

namespace ys::cases {
namespace {

std::string_view what_is_now(const CaseFile& file, UtcTime now) {
    const bool handled = file.state == CaseState::Accepted || file.state == CaseState::Working ||
                         file.state == CaseState::SecondHandling;
    if (handled && file.paused_until && now < *file.paused_until) return "paused";
    if (handled && file.round > 1) return "handled_again";
    switch (file.state) {
        case CaseState::Filed:
        case CaseState::Returned:
            return "being_sent";
        case CaseState::Dispatched:
            return "waits_for_unit";
        case CaseState::Accepted:
        case CaseState::Working:
            return "being_handled";
        case CaseState::Replied:
            return "reply_in_review";
        case CaseState::Reviewed:
            return "reply_comes";
        case CaseState::AwaitingConfirmation:
            return "asks_you";
        case CaseState::Disputed:
            return "being_decided";
        case CaseState::SecondHandling:
            return "handled_again";
        case CaseState::Closed:
            return "closed";
        case CaseState::OutOfScope:
            return "out_of_scope";
        case CaseState::Withdrawn:
            return "withdrawn";
    }
    return "";
}

}  // namespace

bool is_late(const CaseRules& rules, const CaseFile& file, UtcTime now) {
    const auto& closing = file.clock(ClockName::Close);
    return closing && is_broken(closing->clock, rules.calendar, now);
}

CaseProgress progress(const CaseRules& rules, const CaseFile& file, UtcTime now) {
    const auto may = [&](Verb verb) {
        const CaseMove* move = rules.workflow.find(file.state, verb);
        return move && std::ranges::find(move->roles, "citizen") != move->roles.end();
    };
    CaseProgress out;
    out.now = what_is_now(file, now);
    if (const Unit* unit = rules.units.find(file.responsible)) out.unit = unit->name;
    out.until = closing_deadline(rules, file);
    const auto& closing = file.clock(ClockName::Close);
    if (out.now == "paused" && closing)
        if (const Pause* pause = closing->clock.pause_at(now)) out.cause = pause->cause;
    out.is_late = is_late(rules, file, now);
    out.supervised = file.supervised;
    const bool rests =
        file.urged_at && now.us - file.urged_at->us < Micros(rules.urge_apart).count();
    out.may_urge = may(Verb::Urge) && !rests;
    out.may_confirm = may(Verb::Confirm);
    out.may_reopen = may(Verb::Reopen);
    out.may_withdraw = may(Verb::Withdraw);
    return out;
}

}  // namespace ys::cases
