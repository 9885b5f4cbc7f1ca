// SPDX-License-Identifier: Apache-2.0
// Whose call it is: located on arrival, by one key another's, and who may help.
#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.h"
#include "interactions/desk_codes.h"
#include "interactions/inside.h"

namespace ys::interactions {
/// Before the call's first fact, so that all of them are of one centre unless a key says otherwise.
routing::Located Coordinator::Inside::locate(Call& call, const NumberSetup& number,
                                             const std::string& account) {
    call.centre = call.number_centre = number.centre;
    if (!number.locates || territory.empty()) return {};
    const routing::Located found = territory.locate({.account = account, .number = call.caller});
    if (found.centre) call.centre = found.centre;
    call.place = found.place;
    return found;
}

/// The caller's own word. A code nobody has is the number's own centre: the head's, unguessed.
void Coordinator::Inside::set_territory(Call& call, const std::string& keyed) {
    const routing::Located found = territory.locate({.keyed = keyed});
    call.centre = found.centre ? found.centre : call.number_centre;
    call.place = found.place;
    if (const auto open = centres_of.find(call.id); open != centres_of.end())
        open->second = call.centre;
    state(call, {}, facts::TerritoryFound{found.centre.value, "key", found.place});
}

/// Of the caller's own centre, or of the number's where theirs has none of that name.
QueueId Coordinator::Inside::queue_named(const Call& call, const std::string& name) const {
    const auto own = queue_names.find({call.centre, name});
    return own != queue_names.end() ? own->second : queue_names.at({call.number_centre, name});
}

/// A transfer reaches the centre whose call it is and that of whoever has it now: the head passes a
/// city's caller to colleagues, and back to the city.
bool Coordinator::Inside::is_reached(const Call& call, AgentId by, CentreId centre) const {
    return centre == call.centre || centre == desks.at(by).setup.centre;
}

/// Where nobody is at work waiting would be in vain: the first along the overflows where somebody
/// is. None when there is somebody here, or nobody anywhere.
QueueId Coordinator::Inside::helper_of(const QueueSetup& queue) const {
    constexpr int steps_max = 4;  // county, city, province; overflows may also go round
    if (!queue.overflow || is_anyone_at_work(queue.id)) return {};
    QueueId at = queue.overflow;
    for (int step = 0; step < steps_max && at; ++step) {
        if (is_anyone_at_work(at)) return at;
        at = queues.at(at).overflow;
    }
    return {};
}

void Coordinator::Inside::on(const SlideOverflow& c) {
    const auto queue = queues.find(c.queue);
    const bool is_known = queue != queues.end() && may(c.supervisor, centres::Action::SlideOverflow,
                                                       queue->second.centre, {});
    if (!is_known) return refuse(c.supervisor, codes::not_allowed);
    if (trimmed(c.reason).empty()) return refuse(c.supervisor, codes::reason_needed);
    QueueSetup& first = *std::ranges::find(setup.queues, c.queue, &QueueSetup::id);
    const bool has_helper =
        first.overflow || std::ranges::any_of(first.rings, [](const routing::Ring& r) {
            return static_cast<bool>(r.also);
        });
    const bool is_in_order = !c.after || *c.after >= Millis::zero();
    if (!has_helper || !is_in_order) return refuse(c.supervisor, codes::not_now);
    first.slid_to = c.after.value_or(Millis{-1});
    queue->second.slid_to = first.slid_to;
    out.facts.push_back({now.utc,
                         queue->second.centre,
                         {},
                         {},
                         facts::OverflowSet{c.supervisor.value, c.queue.value,
                                            c.after ? c.after->count() : -1, c.reason}});
    carry_out_routing(dispatcher.on(now.mono, routing::ChangeQueue{rule_of(queue->second)}));
}

}  // namespace ys::interactions
