// SPDX-License-Identifier: Apache-2.0
// What every function of the coordinator stands on: the books, and how anything in them changes.
#pragma once

#include <string>
#include <utility>

#include "centres/authorisation.h"
#include "interactions/books.h"

namespace ys::interactions {

struct Frame : Books {
    using Books::Books;
    void do_effect(Effect effect) { out.effects.push_back(std::move(effect)); }
    void state(const Call& call, AgentId agent, facts::Body body);
    Call& touch(InteractionId id);
    Call* call_of(LegId leg);
    Call* call_at(AgentId agent);
    void move(Call& call, CallEvent event);
    bool tell(const agents::Command& command);
    void refuse(AgentId agent, const char* code) { do_effect(RefuseDesk{agent, code}); }
    void arm(TimerId& slot, Alarm alarm, Millis in);
    void disarm(TimerId& slot);
    void take_seat(AgentId agent, Seat seat);
    Worked& worked_today(AgentId agent) { return desks.at(agent).worked.at(now.utc); }
    bool is_anyone_at_work(QueueId queue) const;
    bool may(AgentId user, centres::Action action, CentreId centre, AgentId owner) const;
    bool is_unhurried(const Call& call) const;
    void count_at_work(AgentId agent, bool was, bool is);
};

std::string role_name(Role role);
/// What became of dialling a number, as facts have it.
const char* dial_outcome(EndCause cause);
std::string target_text(const Target& to);  ///< "agent:12" "queue:3" "number:110"

}  // namespace ys::interactions
