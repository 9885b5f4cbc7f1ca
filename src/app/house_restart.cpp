// SPDX-License-Identifier: Apache-2.0
// After a restart: whoever hangs on a dead line is told so, and who was at work need not sign in.
#include "app/house.h"
#include "platform/log/log.h"

namespace ys::app {

void House::take_up_last_life() {
    std::size_t dialogs = 0;
    // In the order they came, so that the first to wait is the first called back.
    for (const interactions::LostCall& lost : lost_calls_) {
        for (const facts::DialogKept& d : lost.dialogs) {
            ++dialogs;
            sip_->end_lost({d.call_id, d.local_tag, d.remote_tag, d.local_uri, d.remote_uri,
                            d.remote_target, d.route, d.transport, d.cseq, d.branch});
        }
        if (lost.was_waiting)
            switchboard_->on_command(interactions::OweCallback{
                lost.centre, lost.queue, lost.caller, lost.dialled, lost.first_arrival_at});
    }
    for (const interactions::AtWork& was : at_work_)
        for (const centres::UserRow& user : users_) {
            if (user.id.value != was.agent.value || !user.is_active) continue;
            desks_.restore(was.agent, was.seat);
            switchboard_->on_command(interactions::Restore{was.agent, was.seat, was.break_reason});
        }
    if (dialogs + at_work_.size() > 0)
        log::info("app", "taken_up", {{"dialogs_ended", dialogs}, {"agents", at_work_.size()}});
    lost_calls_.clear();
    at_work_.clear();
}

}  // namespace ys::app
