// SPDX-License-Identifier: Apache-2.0
#include "app/citizen_messages.h"

#include <utility>

#include <boost/asio/post.hpp>

#include "platform/clock.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

using outreach::MessageStore;

/// Writes through the API are told at once; this is for clocks, retries and the morning.
constexpr Millis look_every{2'000};
constexpr std::size_t at_once = 64;
constexpr std::size_t calls_at_once = 1'000;  ///< most of them only move the place

outreach::MessageCommand send(const outreach::Door& door, const OutgoingMessage& message) {
    const std::string key = outreach::key_of(message.row);
    if (message.row.channel == word(outreach::Channel::Sms))
        return send_sms(door.sms, {key, message.to, message.body}, utc_now());
    return send_mail(door.mail, {key, message.to, door.name, message.subject, message.body},
                     utc_now());
}

}  // namespace

CitizenMessages::CitizenMessages(Ports ports) : ports_(std::move(ports)), timer_(ports_.loop) {}

void CitizenMessages::look() {
    if (std::exchange(is_looking_, true)) {
        is_poked_ = true;
        return;
    }
    auto messages = std::make_shared<Found>();
    ports_.writer.submit_soon(
        [messages, handbook = ports_.handbook,
         door = ports_.door](sql::Transaction& tx) -> Result<Done> {
            const MessageWriter writer(*handbook, *door);
            const UtcTime now = utc_now();
            YS_TRY([[maybe_unused]] auto taken, writer.take_notices(tx, now, at_once));
            YS_TRY(taken, writer.take_checklists(tx, now, at_once));
            const SurveyMaker surveys(*door);
            YS_TRY([[maybe_unused]] Done asked, surveys.take_calls(tx, now, calls_at_once));
            YS_TRY(asked, surveys.ask(tx, now, at_once));
            YS_TRY(*messages, writer.due(tx, now, at_once));
            return Done{};
        },
        // On the writer's thread.
        [this, messages, alive = is_alive_, &loop = ports_.loop](Result<Done> read) {
            if (!read) log::error("outreach", "messages_not_read", read.error());
            const bool is_read = static_cast<bool>(read);
            boost::asio::post(loop, [this, messages, alive, is_read] {
                if (*alive) found(is_read ? *messages : Found{});
            });
        });
}

void CitizenMessages::found(const Found& messages) {
    is_looking_ = false;
    for (const OutgoingMessage& message : messages) hand_over(message);
    if (std::exchange(is_poked_, false)) return look();
    again();
}

void CitizenMessages::hand_over(const OutgoingMessage& message) {
    if (!under_way_.insert(message.row.id).second) return;
    network_.post([this, message, door = ports_.door, alive = is_alive_, &loop = ports_.loop] {
        const auto outcome = send(*door, message);
        boost::asio::post(loop, [this, row = message.row, outcome, alive] {
            if (*alive) keep(row, outcome);
        });
    });
}

void CitizenMessages::keep(const outreach::MessageRow& row,
                           const outreach::MessageCommand& outcome) {
    ports_.writer.submit(
        [row, outcome, door = ports_.door](sql::Transaction& tx) -> Result<Done> {
            YS_TRY([[maybe_unused]] const auto told,
                   MessageStore::tell(tx, door->rules(row.centre_id), row.id,
                                      {outcome, outreach::key_of(row)}, utc_now()));
            const bool has_gone = std::holds_alternative<outreach::HandedOver>(outcome);
            if (!row.survey_id || !has_gone) return Done{};
            return outreach::SurveyStore::asked(tx, row.survey_id, utc_now());
        },
        [this, id = row.id, alive = is_alive_, &loop = ports_.loop](Result<Done> kept) {
            if (!kept) log::error("outreach", "outcome_not_kept", kept.error());
            boost::asio::post(loop, [this, id, alive] {
                if (!*alive) return;
                under_way_.erase(id);
                look();
            });
        });
}

void CitizenMessages::again() {
    timer_.expires_after(look_every);
    timer_.async_wait([this, alive = is_alive_](const boost::system::error_code& error) {
        if (!error && *alive) look();
    });
}

void CitizenMessages::stop() {
    *is_alive_ = false;
    timer_.cancel();
    network_.stop();
}

}  // namespace ys::app
