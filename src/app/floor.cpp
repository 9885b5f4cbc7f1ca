// SPDX-License-Identifier: Apache-2.0
#include "app/floor.h"

#include <algorithm>
#include <utility>

#include "base/phone_number.h"

namespace ys::app {

using boost::json::array;
using boost::json::object;

Floor::Floor(Ports ports) : ports_(std::move(ports)), timer_(ports_.loop) {}

void Floor::name_centres(const std::vector<centres::CentreRow>& centres) {
    for (const centres::CentreRow& centre : centres) centres_[centre.id] = centre.name;
}

void Floor::name_people(const std::vector<centres::UserRow>& users) {
    for (const centres::UserRow& user : users)
        people_[AgentId{user.id.value}] = {user.name, user.work_number, user.centre_id};
}

void Floor::name_queues(const std::vector<interactions::QueueRow>& queues) { queues_ = queues; }

void Floor::name_agents(const std::vector<interactions::AgentSetup>& agents) {
    for (const interactions::AgentSetup& agent : agents) {
        std::vector<QueueId>& served = served_[agent.id];
        served.clear();
        for (const routing::Service& s : agent.queues) served.push_back(s.queue);
    }
}

void Floor::name_unhurried(const std::vector<interactions::QueueSetup>& queues) {
    for (const interactions::QueueSetup& queue : queues)
        if (queue.is_unhurried) unhurried_.insert(queue.id);
}

void Floor::note_helpers(const std::vector<interactions::QueueSetup>& queues) {
    helped_.clear();
    for (const interactions::QueueSetup& queue : queues) {
        const auto first = std::ranges::find_if(
            queue.rings, [](const routing::Ring& r) { return static_cast<bool>(r.also); });
        if (first == queue.rings.end() && !queue.overflow) continue;
        std::optional<Millis>& after = helped_[queue.id];
        if (first != queue.rings.end()) after = first->after;
        if (queue.slid_to) after = queue.slid_to;
    }
}

std::map<QueueId, std::size_t> Floor::ready_by_queue(CentreId centre) const {
    std::map<QueueId, std::size_t> count;
    for (const auto& seat : ports_.coordinator().seats(centre)) {
        const auto queues = served_.find(seat.agent);
        if (seat.state != "Ready" || queues == served_.end()) continue;
        for (const QueueId queue : queues->second) ++count[queue];
    }
    return count;
}

void Floor::watch(UserId user, bool on) {
    const auto person = people_.find(AgentId{user.value});
    if (!on || person == people_.end()) {
        watchers_.erase(user);
        return;
    }
    const bool was_idle = watchers_.empty();
    watchers_[user] = person->second.centre;
    is_changed_ = true;
    if (was_idle) tick();
}

void Floor::stop() {
    is_stopped_ = true;
    timer_.cancel();
}

void Floor::tick() {
    if (is_stopped_ || watchers_.empty()) return;
    constexpr int quiet_max = at_least_every / at_most_every;
    if (std::exchange(is_changed_, false) || ++quiet_ticks_ >= quiet_max) {
        quiet_ticks_ = 0;
        std::map<CentreId, object> pictures;
        for (const auto& [user, centre] : watchers_) {
            const auto [at, is_new] = pictures.try_emplace(centre);
            if (is_new) at->second = picture(centre);
            ports_.sockets.send(user, at->second);
        }
    }
    timer_.expires_after(at_most_every);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) tick();
    });
}

object Floor::picture(CentreId centre) const {
    array waiting, seats, queues, centres;
    for (const CentreId each : ports_.below(centre)) {
        const auto name = centres_.find(each);
        centres.push_back(
            object{{"id", each.value}, {"name", name == centres_.end() ? "" : name->second}});
        add_seats(each, seats);
        add_queues(each, queues);
        add_waiting(each, waiting);
    }
    return {{"type", "floor"},
            {"at", to_rfc3339(ports_.utc())},
            {"centres", std::move(centres)},
            {"seats", std::move(seats)},
            {"queues", std::move(queues)},
            {"waiting", std::move(waiting)},
            {"lines", ports_.lines()},
            {"emergencies", emergencies(centre)},
            {"today", ports_.today(centre)}};
}

array Floor::emergencies(CentreId centre) const {
    const auto name_of = [this](AgentId id) {
        const auto person = people_.find(id);
        return person == people_.end() ? std::string{} : person->second.name;
    };
    array out;
    for (const auto& e : ports_.coordinator().emergencies(centre))
        out.push_back(object{{"id", e.id},
                             {"centre", e.centre.value},
                             {"kind", e.kind},
                             {"areas", array(e.areas.begin(), e.areas.end())},
                             {"until", to_rfc3339(e.until)},
                             {"asked_by", e.asked_by.value},
                             {"asked_by_name", name_of(e.asked_by)},
                             {"confirmed_by", e.confirmed_by.value},
                             {"confirmed_by_name", name_of(e.confirmed_by)}});
    return out;
}

void Floor::add_waiting(CentreId centre, array& out) const {
    for (const auto& w : ports_.coordinator().waiting(centre))
        out.push_back(object{{"interaction", w.interaction.value},
                             {"centre", centre.value},
                             {"queue", w.queue.value},
                             {"caller", masked(w.caller)},
                             {"tags", array(w.tags.begin(), w.tags.end())},
                             {"since", to_rfc3339(w.since)},
                             {"position", w.position}});
}

void Floor::add_seats(CentreId centre, array& out) const {
    for (const auto& seat : ports_.coordinator().seats(centre)) {
        const auto person = people_.find(seat.agent);
        const bool is_known = person != people_.end();
        out.push_back(object{{"agent", seat.agent.value},
                             {"centre", centre.value},
                             {"name", is_known ? person->second.name : ""},
                             {"work_number", is_known ? person->second.work_number : ""},
                             {"state", seat.state},
                             {"reason", seat.reason},
                             {"since", to_rfc3339(seat.since)},
                             {"caller", masked(seat.caller)},
                             {"call_state", seat.call_state},
                             {"interaction", seat.interaction.value},
                             {"queue", seat.queue.value},
                             {"why", seat.why},
                             {"why_en", seat.why_en},
                             {"is_unhurried", unhurried_.contains(seat.queue)}});
    }
}

void Floor::add_queues(CentreId centre, array& out) const {
    const auto waiting = ports_.coordinator().waiting(centre);
    const auto ready = ready_by_queue(centre);
    for (const interactions::QueueRow& queue : queues_) {
        if (queue.centre_id != centre) continue;
        std::size_t count = 0;
        std::optional<UtcTime> longest;
        for (const auto& w : waiting) {
            if (w.queue != queue.id) continue;
            ++count;
            longest = longest ? std::min(*longest, w.since) : w.since;
        }
        object figures = ports_.queue_today(queue.id);
        figures["id"] = queue.id.value;
        figures["centre"] = centre.value;
        figures["title"] = queue.title;
        figures["waiting"] = count;
        const auto free = ready.find(queue.id);
        figures["ready"] = free == ready.end() ? 0 : free->second;
        figures["longest_since"] =
            longest ? boost::json::value(to_rfc3339(*longest)) : boost::json::value(nullptr);
        if (const auto help = helped_.find(queue.id); help != helped_.end()) {
            object& overflow = figures["overflow"].emplace_object();
            overflow["after_s"] = nullptr;
            if (help->second)
                overflow["after_s"] = std::chrono::floor<Seconds>(*help->second).count();
        }
        out.push_back(std::move(figures));
    }
}

}  // namespace ys::app
