// SPDX-License-Identifier: Apache-2.0
#include "app/desks.h"

#include <utility>

#include "api/refusal.h"
#include "app/desk_command.h"
#include "base/phone_number.h"
#include "interactions/view_described.h"
#include "platform/json/described_json.h"

namespace ys::app {

namespace in = interactions;
using boost::json::object;

namespace {

constexpr std::size_t sdp_bytes_max = 64 * 1024;

AgentId agent_of(UserId user) { return AgentId{user.value}; }

/// The outside number a command would dial, "" for none: every way out asks the outbound rules.
std::string dialled_by(const in::Command& command) {
    // An outside seat is rung like any other number.
    if (const auto* sign_in = std::get_if<in::SignIn>(&command))
        return sign_in->seat.kind == SeatKind::OutsideNumber ? sign_in->seat.address : "";
    const in::Target* to = nullptr;
    if (const auto* transfer = std::get_if<in::BlindTransfer>(&command)) to = &transfer->to;
    if (const auto* consult = std::get_if<in::Consult>(&command)) to = &consult->to;
    if (const auto* add = std::get_if<in::AddParty>(&command)) to = &add->who;
    return to && to->kind == in::TargetKind::Number ? to->number : std::string{};
}

}  // namespace

// ---- sockets -----------------------------------------------------------------------------------

void Desks::connected(UserId user) {
    const AgentId agent = agent_of(user);
    if (gone_.erase(agent) > 0) ports_.switchboard().on_command(in::SeatBack{agent});
}

void Desks::disconnected(UserId user) {
    const AgentId agent = agent_of(user);
    ports_.watch_floor(user, false);
    const auto seat = seats_.find(agent);
    // A phone's seat lives by its registration; the page is only its view.
    if (seat == seats_.end() || seat->second.kind != SeatKind::Browser) return;
    gone_.insert(agent);
    ports_.switchboard().on_command(in::SeatGone{agent});
}

void Desks::restore(AgentId agent, const Seat& seat) {
    seats_[agent] = seat;
    if (seat.kind == SeatKind::Browser) gone_.insert(agent);
}

void Desks::media_page_closed(UserId user) {
    const AgentId agent = agent_of(user);
    const auto seat = seats_.find(agent);
    if (seat == seats_.end() || seat->second.kind != SeatKind::Browser) return;
    ports_.switchboard().on_command(in::SeatGone{agent});
    ports_.switchboard().on_command(in::SeatBack{agent});
}

void Desks::phone_changed(const std::string& phone, bool is_there) {
    for (const auto& [agent, seat] : seats_) {
        if (seat.kind != SeatKind::SipPhone || seat.address != phone) continue;
        if (is_there)
            ports_.switchboard().on_command(in::SeatBack{agent});
        else
            ports_.switchboard().on_command(in::SeatGone{agent});
    }
}

// ---- commands ----------------------------------------------------------------------------------

Result<Done> Desks::run(AgentId agent, const in::Command& command) {
    refusal_.reset();
    ports_.switchboard().on_command(command);
    const auto refusal = std::exchange(refusal_, std::nullopt);
    if (refusal && refusal->first == agent) return api::refused(refusal->second);
    return Done{};
}

Result<Done> Desks::command(UserId user, std::string_view name, const object& args) {
    const AgentId agent = agent_of(user);
    const auto view = ports_.coordinator().desk_view(agent);
    if (!view) return api::refused("not_an_agent");
    if (name == "answer" || name == "offer") return offer(agent, name, args);
    if (name == "mute") return Done{};  // The browser stops its own microphone.
    if (name == "dial") return dial(agent, args);
    if (name == "watch_floor") {
        ports_.watch_floor(user, flag_arg(args, "on"));
        return Done{};
    }
    YS_TRY(const in::Command command, desk_command(agent, name, args));
    if (const auto number = dialled_by(command); !number.empty() && !ports_.may_dial(agent, number))
        return api::refused("number_not_allowed");
    YS_TRY(const Done done, run(agent, command));
    if (const auto* sign_in = std::get_if<in::SignIn>(&command)) seats_[agent] = sign_in->seat;
    if (std::holds_alternative<in::SignOut>(command)) seats_.erase(agent);
    return done;
}

Result<Done> Desks::offer(AgentId agent, std::string_view name, const object& args) {
    const auto* sdp = args.if_contains("sdp");
    if (!sdp || !sdp->is_string() || sdp->get_string().size() > sdp_bytes_max) {
        const auto seat = seats_.find(agent);
        if (seat != seats_.end() && seat->second.kind != SeatKind::Browser)
            return api::refused("answer_on_the_phone");
        return api::refused("bad_arguments");
    }
    const auto done =
        ports_.switchboard().browser_offer(agent, sdp->get_string(), name == "answer");
    if (done) return Done{};
    const bool is_no_call = done.error().code == std::errc::no_message;
    return api::refused(is_no_call ? "no_call_here" : "media_failed");
}

Result<Done> Desks::dial(AgentId agent, const object& args) {
    const auto number = normalise(text_arg(args, "number", 40), ports_.home_area_code());
    if (!number || number->withheld()) return api::refused("bad_number");
    if (!ports_.may_dial(agent, number->digits)) return api::refused("number_not_allowed");
    return run(agent, in::DialOut{.agent = agent,
                                  .number = number->digits,
                                  .shown_number = ports_.shown_number(),
                                  .customer = CustomerId{id_arg(args, "customer_id")},
                                  .case_id = CaseId{id_arg(args, "case_id")}});
}

// ---- what desks are shown ----------------------------------------------------------------------

void Desks::send(AgentId agent, std::string_view type, object body) {
    body["type"] = type;
    body["at"] = to_rfc3339(ports_.utc());
    ports_.sockets.send(UserId{agent.value}, body);
}

boost::json::value Desks::desk(UserId user) {
    const auto view = ports_.coordinator().desk_view(agent_of(user));
    return view ? json::to_value(*view) : boost::json::value(nullptr);
}

void Desks::refresh(AgentId agent) { changed_.insert(agent); }

void Desks::refused(AgentId agent, std::string code) { refusal_ = {agent, std::move(code)}; }

void Desks::flush() {
    for (const AgentId agent : std::exchange(changed_, {}))
        if (is_open(agent)) send(agent, "desk", {{"desk", desk(UserId{agent.value})}});
}

void Desks::want_offer(AgentId agent, InteractionId interaction) {
    send(agent, "rtc_wanted", {{"interaction", interaction.value}});
}

void Desks::send_answer(AgentId agent, InteractionId interaction, std::string sdp) {
    send(agent, "rtc", {{"interaction", interaction.value}, {"sdp", sdp}});
}

void Desks::close_media(AgentId agent, InteractionId interaction) {
    send(agent, "rtc_closed", {{"interaction", interaction.value}});
}

void Desks::show_quality(AgentId agent, const media::LegQuality& quality) {
    send(agent, "quality",
         {{"loss", quality.loss}, {"jitter_ms", quality.jitter_ms}, {"mos", quality.mos}});
}

}  // namespace ys::app
