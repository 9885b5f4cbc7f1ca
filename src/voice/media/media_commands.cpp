// SPDX-License-Identifier: Apache-2.0
// Commands of the control plane, applied at the beginning of a tick.
#include <algorithm>

#include "voice/media/media_thread.h"

namespace ys::media {

void MediaThread::apply(MediaCommand& command, Instant now) {
    std::visit([&](auto& c) { on(c, now); }, command);
}

Leg* MediaThread::find_leg(LegId id) {
    const auto found = legs_.find(id);
    return found == legs_.end() ? nullptr : found->second.get();
}

Room& MediaThread::room_of(RoomId id) {
    std::unique_ptr<Room>& room = rooms_[id];
    if (room == nullptr) room = std::make_unique<Room>(id);
    return *room;
}

void MediaThread::on(SetLeg& c, Instant now) {
    Leg* leg = find_leg(c.setup->leg);
    if (leg != nullptr) {
        leg->change(*c.setup);
    } else if (c.setup->is_new) {
        auto made = std::make_unique<Leg>(*c.setup);
        leg = made.get();
        room_of(leg->room()).add(leg);
        legs_.emplace(leg->id(), std::move(made));
    }
    if (leg != nullptr && c.peer != nullptr && port_ != nullptr) {
        port_->add(leg->id(), std::move(*c.peer), now);
        end_handshake(leg->id());
        handshakes_.push_back({leg->id(), now + 10s});
    }
}

void MediaThread::close_leg(Leg& leg, Instant now) {
    report(leg, now, true);
    if (leg.is_browser() && port_ != nullptr) {
        port_->remove(leg.id());
        end_handshake(leg.id());
    }
    room_of(leg.room()).remove(&leg);
    legs_.erase(leg.id());
}

void MediaThread::on(CloseLeg& c, Instant now) {
    if (Leg* leg = find_leg(c.leg); leg != nullptr) close_leg(*leg, now);
}

void MediaThread::on(CloseRoom& c, Instant now) {
    const auto found = rooms_.find(c.room);
    if (found == rooms_.end()) return;
    Room& room = *found->second;
    while (!room.recordings().empty()) {
        end_recording(std::move(room.recordings().back()));
        room.recordings().pop_back();
    }
    while (!room.legs().empty()) close_leg(*room.legs().back(), now);
    rooms_.erase(c.room);
}

void MediaThread::on(SetMix& c, Instant) { room_of(c.room).set_mix(std::move(c.who)); }

void MediaThread::on(StartPlay& c, Instant) {
    if (Leg* leg = find_leg(c.leg); leg != nullptr) leg->player().start(std::move(*c.play));
}

void MediaThread::on(StopPlay& c, Instant) {
    if (Leg* leg = find_leg(c.leg); leg != nullptr) leg->player().stop();
}

void MediaThread::on(StartListening& c, Instant) {
    if (Leg* leg = find_leg(c.leg); leg != nullptr) leg->listen(std::move(c.listener));
}

void MediaThread::on(StopListening& c, Instant) {
    if (Leg* leg = find_leg(c.leg); leg != nullptr) leg->listen(nullptr);
}

void MediaThread::on(SendDigits& c, Instant) {
    Leg* leg = find_leg(c.leg);
    if (leg == nullptr) return;
    for (const char key : c.digits) leg->out().push_key(key);
}

void MediaThread::on(SetSecure& c, Instant) { room_of(c.room).set_secure(c.on); }

void MediaThread::on(StartRecording& c, Instant) {
    Room& room = room_of(c.plan->room);
    if (Recording* open = room.find(c.plan->recording); open != nullptr) {
        open->set_legs(std::move(c.plan->left), std::move(c.plan->right));
        return;
    }
    room.recordings().push_back(std::make_unique<Recording>(std::move(*c.plan), writer_, due_));
}

void MediaThread::on(MarkRecording& c, Instant) {
    const auto room = rooms_.find(c.room);
    if (room == rooms_.end()) return;
    if (Recording* open = room->second->find(c.recording)) open->mark(c.span, c.begins);
}

void MediaThread::on(StopRecording& c, Instant) {
    const auto found = rooms_.find(c.room);
    if (found == rooms_.end()) return;
    auto& recordings = found->second->recordings();
    const auto at = std::find_if(recordings.begin(), recordings.end(),
                                 [&](const auto& r) { return r->id() == c.recording; });
    if (at == recordings.end()) return;
    end_recording(std::move(*at));
    recordings.erase(at);
}

void MediaThread::end_recording(std::unique_ptr<Recording> recording) {
    if (!recording->finish(due_)) ending_.push_back(std::move(recording));
}

void MediaThread::count_open() {
    std::uint64_t recordings = 0;
    std::uint64_t sockets = options_.webrtc_sockets.size();
    for (const auto& [id, room] : rooms_) recordings += room->recordings().size();
    for (const auto& [id, leg] : legs_)
        sockets += (leg->rtp_fd() >= 0 ? 1U : 0U) + (leg->rtcp_fd() >= 0 ? 1U : 0U);
    constexpr auto relaxed = std::memory_order_relaxed;
    counters_.legs.store(legs_.size(), relaxed);
    counters_.rooms.store(rooms_.size(), relaxed);
    counters_.recordings.store(recordings, relaxed);
    counters_.sockets.store(sockets, relaxed);
}

}  // namespace ys::media
