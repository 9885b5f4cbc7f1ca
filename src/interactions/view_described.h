// SPDX-License-Identifier: Apache-2.0
// The coordinator's views described once, so that edges can send them.
#pragma once

#include "base/described.h"
#include "interactions/coordinator.h"

namespace ys::interactions {

BOOST_DESCRIBE_STRUCT(PartyView, (), (leg, role, name, state))
BOOST_DESCRIBE_STRUCT(DeskView, (),
                      (state, reason, since, next_state, wrap_up_until, interaction, call_state,
                       direction, caller, display_name, customer_id, case_id, queue, queue_title,
                       centre_id, place, why, why_en, path, arrived_at, ringing_until, connected_at,
                       waited_ms, own_leg, is_recorded, is_secure, is_unhurried, parties,
                       monitored_by))
BOOST_DESCRIBE_STRUCT(SeatView, (),
                      (agent, centre, state, reason, caller, call_state, since, interaction, queue,
                       why, why_en))
BOOST_DESCRIBE_STRUCT(WaitingView, (), (interaction, queue, centre, caller, tags, since, position))

}  // namespace ys::interactions
