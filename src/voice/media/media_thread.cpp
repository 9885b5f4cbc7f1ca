// SPDX-License-Identifier: Apache-2.0
// The tick.
#include "voice/media/media_thread.h"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <time.h>

#include "platform/clock.h"

namespace ys::media {
namespace {

constexpr Millis tick_length{20};

timespec to_timespec(std::chrono::nanoseconds t) {
    return {.tv_sec = t.count() / 1'000'000'000, .tv_nsec = t.count() % 1'000'000'000};
}

}  // namespace

MediaThread::MediaThread(Options options, MediaEngine::Sink sink, RecordingWriter& writer)
    : options_(std::move(options)),
      sink_(std::move(sink)),
      writer_(writer),
      receive_(std::make_unique<Receive>()) {
    connect_port();
    thread_ = std::thread([this] { run(); });
}

MediaThread::~MediaThread() {
    stopping_ = true;
    thread_.join();
}

void MediaThread::post(MediaCommand command) {
    while (!mailbox_.push(command)) sched_yield();
}

void MediaThread::run() {
    pthread_setname_np(pthread_self(), "media");
    Instant next = mono_now();
    while (!stopping_) {
        next += tick_length;
        wait_until(next);
        const Instant now = mono_now();
        const auto late = now - next;
        due_ = next;
        if (late > 5ms) counters_.late_ticks.fetch_add(1, std::memory_order_relaxed);
        tick(now);
        // After a stall the missed ticks are made up for; after a long one they are given up, and
        // the recordings show the gap.
        if (late > 400ms) next = now;
    }
    const Instant now = mono_now();
    while (auto command = mailbox_.pop()) apply(*command, now);
    while (!rooms_.empty()) {
        CloseRoom close{rooms_.begin()->first};
        on(close, now);
    }
    // The writer outlives us; it drains while we wait.
    for (auto& recording : ending_)
        while (!recording->finish(now)) sched_yield();
    ending_.clear();
}

/// Sleeps; while a browser shakes hands, its datagrams are answered at once.
void MediaThread::wait_until(Instant next) {
    while (!handshakes_.empty()) {
        const Instant now = mono_now();
        if (now >= next) return;
        std::array<pollfd, 16> fds{};
        std::size_t count = 0;
        for (const UdpSocket& socket : options_.webrtc_sockets)
            if (count < fds.size()) fds[count++] = {socket.fd(), POLLIN, 0};
        const timespec left = to_timespec(next - now);
        if (ppoll(fds.data(), count, &left, nullptr) <= 0) continue;
        read_browsers(mono_now());
    }
    const timespec until = to_timespec(next.time_since_epoch());
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
    }
}

void MediaThread::tick(Instant now) {
    ++ticks_;
    bool has_changed = false;
    while (auto command = mailbox_.pop()) {
        apply(*command, now);
        has_changed = true;
    }
    if (has_changed) count_open();  // Once a tick: it looks at every leg.
    if (port_ != nullptr) {
        read_browsers(now);
        port_->on_tick(now);
        std::erase_if(handshakes_, [&](const Handshake& h) { return now > h.given_up_at; });
    }
    for (auto& [id, room] : rooms_) tick_room(*room, now);
    std::erase_if(ending_, [&](auto& recording) { return recording->finish(due_); });
    constexpr auto relaxed = std::memory_order_relaxed;
    counters_.packets_in.fetch_add(std::exchange(in_, 0), relaxed);
    counters_.packets_out.fetch_add(std::exchange(out_, 0), relaxed);
    counters_.packets_dropped.fetch_add(std::exchange(dropped_, 0), relaxed);
}

void MediaThread::tick_room(Room& room, Instant now) {
    for (Leg* leg : room.legs()) tick_leg(room, *leg, now);
    for (Leg* leg : room.legs()) speak(room, *leg);
    room.record(now);
    room.end_tick();
}

void MediaThread::tick_leg(Room& room, Leg& leg, Instant now) {
    if (leg.rtp_fd() >= 0) read_leg(room, leg, now);
    const bool listens_for_keys = !leg.is_heard() || room.is_secure();
    if (const auto key = leg.in().tick(now, listens_for_keys))
        sink_(KeyHeard{leg.id(), *key, true});
    if (leg.play_tick()) {
        const PlayDone done{leg.id(), leg.player().play().id, leg.player().play().has_failed};
        leg.player().stop();
        sink_(done);
    }
    leg.listen_tick(room.is_secure());
    if ((ticks_ + leg.id().value) % 50 != 0) return;
    if (leg.rtcp_fd() >= 0) read_rtcp(leg, now);
    if (leg.is_report_due(now)) report(leg, now, false);
    if (leg.is_newly_lost(now, options_.rtp_lost_after)) sink_(MediaDown{leg.id(), "rtp_lost"});
}

}  // namespace ys::media
