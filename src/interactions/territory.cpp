// SPDX-License-Identifier: Apache-2.0
// Whose call it is: located on arrival, by one key another's, and who may help.
#include <algorithm>
#include <optional>
#include <vector>

#include "base/text.h"
#include "interactions/desk_codes.h"
#include "interactions/inside.h"

namespace ys::interactions {
namespace {

/// Who was promised a person is not asked for the hours again.
bool takes_now(const Books& books, const QueueSetup& queue, routing::Admission admission) {
    return queue.hours.empty() || admission == routing::Admission::Always ||
           books.calendar.is_open(queue.hours, books.now.utc);
}

/// The first along the overflows that takes new callers now, and that may help by itself. None: no
/// such queue.
template <class May>
QueueId along_overflows(const Books& books, const QueueSetup& queue, routing::Admission admission,
                        May&& may_help) {
    constexpr int steps_max = 4;  // county, city, province; overflows may also go round
    QueueId at = queue.overflow;
    for (int step = 0; step < steps_max && at && at != queue.id; ++step) {
        const QueueSetup& other = books.queues.at(at);
        if (takes_now(books, other, admission) && may_help(at)) return at;
        at = other.overflow;
    }
    return {};
}

}  // namespace

/// Before the call's first fact, so that all of them are of one centre unless a key says otherwise.
routing::Located Coordinator::Inside::locate(Call& call, const NumberSetup& number,
                                             const CallArrived& c) {
    call.centre = call.number_centre = number.centre;
    if (!number.locates || territory.empty()) return {};
    const routing::Located found = territory.locate(
        {.account = c.account, .plate = c.plate, .number = call.caller, .area = c.area});
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

/// Who takes this caller instead. Outside the queue's hours the first along its overflows that is
/// open; where nobody is at work, and waiting would be in vain, the first open one with somebody.
/// None when there is no need for help, or nobody to help: they wait here.
QueueId Coordinator::Inside::helper_of(const QueueSetup& queue,
                                       routing::Admission admission) const {
    if (!takes_now(*this, queue, admission))
        if (const QueueId open =
                along_overflows(*this, queue, admission, [](QueueId) { return true; }))
            return open;
    if (is_anyone_at_work(queue.id)) return {};
    return along_overflows(*this, queue, admission,
                           [this](QueueId at) { return is_anyone_at_work(at); });
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
