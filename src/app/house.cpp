// SPDX-License-Identifier: Apache-2.0
// The running house: what the switchboard and the API ask of it while calls come and go.
#include "app/house.h"

#include <utility>

#include <boost/asio/post.hpp>

#include "app/business_systems.h"
#include "app/chats.h"
#include "app/flow_switch.h"
#include "app/known_caller.h"
#include "app/live_speech.h"
#include "app/speech_ear.h"
#include "app/voice_answers.h"
#include "cases/io/phone_progress.h"
#include "ivr/spoken.h"
#include "knowledge/io/life_event_book.h"
#include "platform/clock.h"
#include "platform/log/log.h"

namespace ys::app {

House::House(ServeOptions options)
    : options_(std::move(options)),
      loop_(metrics_),
      alarms_(loop_.context(),
              [this](TimerId timer) { switchboard_->on_command(interactions::TimerDue{timer}); }),
      desks_({.coordinator = [this]() -> interactions::Coordinator& { return *coordinator_; },
              .sockets = desk_sockets_,
              .switchboard = [this]() -> call::Switchboard& { return *switchboard_; },
              .utc = [] { return utc_now(); },
              .may_dial = [this](AgentId agent,
                                 const std::string& number) { return may_dial(agent, number); },
              .shown_number = [this] { return scenario_.centre.front().shown_number; },
              .home_area_code = [this] { return scenario_.centre.front().area_code; },
              .watch_floor = [this](UserId user, bool on) { floor_.watch(user, on); }}),
      web_calls_(
          {.switchboard = [this]() -> call::Switchboard& { return *switchboard_; },
           .sockets = [this]() -> api::WebCallSockets& { return api_->web_call_sockets(); }}),
      floor_({.loop = loop_.context(),
              .sockets = desk_sockets_,
              .coordinator = [this]() -> const interactions::Coordinator& { return *coordinator_; },
              .utc = [] { return utc_now(); },
              .today = [this](CentreId centre) { return figures_.today(centre); },
              .queue_today = [this](QueueId queue) { return figures_.queue_today(queue); },
              .below = [this](CentreId centre) { return tree_.below(centre); },
              .lines = [this] { return lines(); }}),
      recording_alarm_(
          {.metrics = metrics_, .send = [this](UserId user, const boost::json::object& notice) {
               desk_sockets_.send(user, notice);
           }}) {}

House::~House() = default;

/// No two commands share a microsecond: who reads the journal tells them apart by that. A clock
/// that was set back farther is another matter.
Now House::now() {
    Now at = ys::now();
    const std::int64_t behind_us = last_told_.us - at.utc.us;
    if (0 <= behind_us && behind_us < 1'000) at.utc.us = last_told_.us + 1;
    last_told_ = at.utc;
    return at;
}

void House::record(const std::vector<facts::Fact>& facts) {
    if (facts.empty()) return;
    for (const facts::Fact& fact : facts) {
        figures_.on(fact);
        recording_files_->on(fact);
        recording_alarm_.on(fact);
    }
    floor_.changed();
    keeper_->keep(facts, [](Result<Done> kept) {
        if (!kept) log::error("journal", "facts_not_kept", kept.error());
    });
    for (const facts::Fact& fact : facts)
        if (const auto* slide = std::get_if<facts::OverflowSet>(&fact.body))
            keep_slide(fact.centre, *slide);
    if (chats_)
        for (const facts::Fact& fact : facts) {
            chats_->carries().on(fact);
            if (const auto* moved = std::get_if<facts::AgentMoved>(&fact.body))
                chats_->agent_moved(fact.agent, moved->to);
        }
    // After the facts, whose rows they read.
    for (const facts::Fact& fact : facts) voicemail_cases_->on(fact);
}

/// A caller does not wait for a slow disk: whoever answers first, store or clock, goes on.
void House::identify(CentreId centre, std::string number,
                     std::function<void(call::KnownCaller)> then) {
    constexpr Millis wait_max{200};
    struct Race {
        std::function<void(call::KnownCaller)> then;
        boost::asio::steady_timer timer;
    };
    auto race = std::make_shared<Race>(std::move(then),
                                       boost::asio::steady_timer{loop_.context(), wait_max});
    const auto go_on = [race](call::KnownCaller known) {
        race->timer.cancel();
        if (race->then) std::exchange(race->then, nullptr)(std::move(known));
    };
    race->timer.async_wait([go_on](const boost::system::error_code& error) {
        if (!error) go_on({});
    });
    Scope barring;
    for (const auto& each : centres_)
        if (tree_.is_within(centre, each.id)) barring.centres.push_back(each.id);
    // A caller of the head's number is a customer of one of its branches.
    const auto asked =
        readers_->read([this, served = Scope{tree_.below(centre)}, barring = std::move(barring),
                        number, go_on](sql::Database& db) {
            auto known = known_caller(db, served, barring, number, utc_now());
            loop_.post([go_on, known = std::move(known)]() mutable { go_on(std::move(known)); });
        });
    if (!asked) go_on({});
}

/// A write: tries of a code are counted, and that it was told is a fact. Who is told too late hears
/// the flow's own way on.
void House::look_up_case(const interactions::LookUpCase& asked,
                         std::function<void(std::vector<std::string>)> then) {
    const cases::PhoneQuestion question{Scope{tree_.below(asked.centre)}, asked.caller,
                                        asked.number, asked.code};
    auto told = std::make_shared<std::vector<std::string>>();
    writer_->submit(
        [question, told, handbook = handbook_](sql::Transaction& tx) -> Result<Done> {
            const UtcTime now = utc_now();
            YS_TRY(const auto heard, cases::hear_case(tx, *handbook, question, now));
            if (heard)
                *told = ivr::spoken_progress(
                    {heard->number, heard->now, heard->until, heard->is_late, heard->supervised},
                    now);
            return Done{};
        },
        [this, told, then = std::move(then)](Result<Done> done) mutable {
            if (!done) {
                log::error("cases", "progress_not_told", done.error());
                told->clear();
            }
            loop_.post([told, then = std::move(then)] { then(std::move(*told)); });
        });
}

bool House::may_dial(AgentId agent, const std::string& number) const {
    constexpr std::int64_t hour_us = 3'600'000'000;
    constexpr std::int64_t china_offset_hours = 8;  // one time zone for every centre
    const auto user = std::ranges::find(users_, UserId{agent.value}, &centres::UserRow::id);
    if (user == users_.end()) return false;
    const auto hour = static_cast<int>((utc_now().us / hour_us + china_offset_hours) % 24);
    return interactions::is_outbound_allowed(outbound_rules_, user->centre_id, number, hour);
}

// ---- towards desks -----------------------------------------------------------------------------

/// Desks get one view a turn of the loop, however many changes it brought.
void House::flush_soon() {
    if (std::exchange(is_flush_due_, true)) return;
    boost::asio::post(loop_.context(), [this] {
        is_flush_due_ = false;
        desks_.flush();
    });
}

void House::refresh_desk(AgentId agent) {
    desks_.refresh(agent);
    floor_.changed();
    flush_soon();
}

void House::send_answer(AgentId agent, InteractionId call, std::string sdp) {
    desks_.send_answer(agent, call, std::move(sdp));
}

void House::close_media(AgentId agent, InteractionId call) { desks_.close_media(agent, call); }

void House::show_quality(AgentId agent, const media::LegQuality& quality) {
    desks_.show_quality(agent, quality);
}

void House::send_web_state(LegId leg, std::string state) { web_calls_.send_state(leg, state); }

void House::recording_encoded(const media::RecordingEncoded& encoded) {
    recording_files_->encoded(encoded);
}

void House::phone_changed(std::string user, bool is_there) { desks_.phone_changed(user, is_there); }

// ---- api::LiveView -----------------------------------------------------------------------------

std::vector<api::LiveSeat> House::seats(CentreId centre) {
    std::vector<api::LiveSeat> out;
    for (const auto& seat : coordinator_->seats(centre))
        out.push_back({seat.agent, seat.state, seat.reason, seat.since});
    return out;
}

std::vector<api::LiveQueue> House::queues(CentreId centre) {
    std::map<QueueId, api::LiveQueue> by_id;
    for (const auto& row : queue_rows_)
        if (row.centre_id == centre) by_id[row.id].queue = row.id;
    for (const auto& waiting : coordinator_->waiting(centre)) ++by_id[waiting.queue].waiting;
    for (const auto& [queue, ready] : floor_.ready_by_queue(centre)) by_id[queue].ready = ready;
    std::vector<api::LiveQueue> out;
    for (auto& [id, queue] : by_id) out.push_back(queue);
    return out;
}

boost::json::object House::lines() const {
    const auto counters = sip_->counters();
    std::uint64_t taken = 0, channels = 0;
    for (const auto& [trunk, calls] : counters.trunk_calls) taken += calls;
    for (const auto& trunk : options_.settings.trunk) channels += trunk.channels;
    for (const auto& trunk : scenario_.trunk) channels += trunk.channels;
    const auto refused = counters.refused_by_cause.find("trunk_full");
    return {{"taken", taken},
            {"channels", channels},
            {"refused", refused == counters.refused_by_cause.end() ? 0 : refused->second}};
}

std::string House::not_ready_because() { return is_draining_ ? "stopping" : ""; }

}  // namespace ys::app
