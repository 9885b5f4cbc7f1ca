// SPDX-License-Identifier: Apache-2.0
#include "voice/call/switchboard.h"

#include <filesystem>
#include <utility>

#include "base/overloaded.h"
#include "base/text.h"
#include "voice/call/sip_status.h"

namespace ys::call {

using interactions::EndCause;
using interactions::LegDown;
using interactions::LegUp;

namespace {

std::string speech_name(InteractionId call) { return "live-" + std::to_string(call.value); }

/// Recordings of one day lie together: "2026-11-21/42".
std::string file_of(const facts::RecordingOpened& opened, UtcTime at) {
    if (!opened.file.empty()) return opened.file;
    return to_rfc3339(at).substr(0, 10) + "/" + std::to_string(opened.recording);
}

}  // namespace

Switchboard::Switchboard(Config config, interactions::Coordinator& coordinator, sip::SipStack& sip,
                         media::MediaEngine& media, Surroundings& around)
    : config_(std::move(config)),
      coordinator_(coordinator),
      sip_(sip),
      media_(media),
      around_(around) {}

void Switchboard::on_command(const interactions::Command& command) { run(command); }

/// A command raised while effects are carried out waits for the rest of them: the picture they
/// paint is older than what it will bring.
void Switchboard::run(const interactions::Command& command) {
    waiting_.push_back(command);
    if (std::exchange(is_running_, true)) return;
    while (!waiting_.empty()) {
        const interactions::Command next = std::move(waiting_.front());
        waiting_.pop_front();
        run_one(next);
    }
    is_running_ = false;
}

void Switchboard::run_one(const interactions::Command& command) {
    interactions::Outcome outcome = coordinator_.on(around_.now(), command);
    for (facts::Fact& fact : outcome.facts) {
        if (auto* opened = std::get_if<facts::RecordingOpened>(&fact.body)) {
            opened->file = file_of(*opened, fact.at);
            files_[RecordingId{opened->recording}] = opened->file;
        }
        note(fact, command);
    }
    around_.record(outcome.facts);
    // Said before the effects: a phone that was passed on hears of it ahead of its BYE (RFC 5589
    // §6).
    if (const auto* refer = std::get_if<interactions::ReferAsked>(&command))
        sip_.refer_result(refer->leg, outcome.facts.empty() ? 603 : 200);
    for (const interactions::Effect& effect : outcome.effects) carry_out(effect);
}

/// Keeps what facts alone tell: which room a new leg belongs to, and how a web call stands.
void Switchboard::note(const facts::Fact& fact, const interactions::Command& command) {
    if (std::holds_alternative<facts::CallArrived>(fact.body)) {
        if (const auto* arrived = std::get_if<interactions::CallArrived>(&command)) {
            if (const auto leg = legs_.find(arrived->leg); leg != legs_.end()) {
                leg->second.room = fact.interaction;
                if (leg->second.kind == Kind::Web) web_legs_[fact.interaction] = arrived->leg;
            }
        }
        return;
    }
    const auto web = web_legs_.find(fact.interaction);
    if (web == web_legs_.end()) return;
    if (std::holds_alternative<facts::Queued>(fact.body))
        around_.send_web_state(web->second, "queued");
    else if (std::holds_alternative<facts::Connected>(fact.body))
        around_.send_web_state(web->second, "talking");
}

void Switchboard::carry_out(const interactions::Effect& effect) {
    namespace in = interactions;
    std::visit(
        overloaded{
            [&](const in::AnswerLeg& e) { answer_leg(e.leg, e.interaction); },
            [&](const in::EndLeg& e) { end_leg(e.leg, e.cause); },
            [&](const in::RingSeat& e) { ring_seat(e); },
            [&](const in::DialNumber& e) {
                dial(e.leg, e.interaction, {},
                     {.leg = e.leg, .target = e.number, .from_user = e.shown_number});
            },
            [&](const in::Play& e) {
                around_.stop_hearing(e.leg);
                media_.play(e.leg, e.play, paced(e), e.repeat, e.is_music);
            },
            [&](const in::StopPlay& e) { media_.stop_play(e.leg); },
            [&](const in::Mix& e) {
                std::vector<media::Ear> ears;
                ears.reserve(e.who.size());
                for (const auto& [ear, mouth] : e.who) ears.push_back({ear, mouth});
                media_.mix(e.interaction, std::move(ears));
            },
            [&](const in::Record& e) { record(e); },
            [&](const in::MarkRecording& e) {
                const bool is_hold = e.span == in::Span::Hold;
                media_.mark(e.recording, is_hold ? media::Span::Hold : media::Span::SecureInput,
                            e.begins);
            },
            [&](const in::StopRecording& e) { media_.stop_record(e.recording); },
            [&](const in::SecureInput& e) { media_.secure_input(e.interaction, e.on); },
            [&](const in::PlayDigits& e) { media_.send_digits(e.leg, e.digits); },
            [&](const in::LookUpCase& e) {
                around_.look_up_case(e,
                                     [this, call = e.interaction](std::vector<std::string> told) {
                                         run(in::CaseFound{call, std::move(told)});
                                     });
            },
            [&](const in::LookUpLive& e) {
                around_.look_up_live(e, [this, call = e.interaction](LiveSentence told) {
                    lend_speech(call, told.speech, told.prompts);
                    run(in::LiveFound{call, std::move(told.prompts), told.offers_person});
                    take_speech_back(call, told.speech);
                });
            },
            [&](const in::AskKnowledge& e) {
                around_.ask_knowledge(e, [this, call = e.interaction](KnownSentence told) {
                    lend_speech(call, told.speech, told.prompts);
                    run(in::KnowledgeFound{call, std::move(told.prompts), told.choices,
                                           told.wants_person});
                    take_speech_back(call, told.speech);
                });
            },
            [&](const in::GuessNeed& e) {
                around_.guess_need(e, [this, call = e.interaction](GuessedNeed guessed) {
                    run(in::NeedGuessed{call, std::move(guessed.kinds), std::move(guessed.why)});
                });
            },
            [&](const in::NeverGuess& e) { around_.never_guess(e); },
            [&](const in::SetTimer& e) { around_.set_timer(e.timer, e.at); },
            [&](const in::CancelTimer& e) { around_.cancel_timer(e.timer); },
            [&](const in::CloseInteraction& e) {
                media_.close_room(e.interaction);
                web_legs_.erase(e.interaction);
            },
            [&](const in::RefreshDesk& e) { around_.refresh_desk(e.agent); },
            [&](const in::RefuseDesk& e) { around_.refuse_desk(e.agent, e.code); },
        },
        effect);
}

/// Speech has a name while the command is carried out: whoever plays it has it by then.
void Switchboard::lend_speech(InteractionId call, const std::vector<std::int16_t>& speech,
                              std::vector<std::string>& prompts) {
    if (speech.empty()) return;
    prompts = {speech_name(call)};
    media_.lend(prompts.front(), speech);
}

void Switchboard::take_speech_back(InteractionId call, const std::vector<std::int16_t>& speech) {
    if (!speech.empty()) media_.take_back(speech_name(call));
}

/// The prompts asked for, each in its slower reading where that is wanted and there.
std::vector<std::string> Switchboard::paced(const interactions::Play& play) const {
    std::vector<std::string> prompts = play.prompts;
    if (!play.is_slow) return prompts;
    for (std::string& name : prompts)
        if (config_.slow_prompts.contains(name)) name.insert(0, slow_prefix);
    return prompts;
}

void Switchboard::record(const interactions::Record& plan) {
    const std::filesystem::path file =
        std::filesystem::path{config_.recordings_dir} / files_[plan.recording];
    std::error_code error;  // A folder that cannot be made shows as a failed recording.
    std::filesystem::create_directories(file.parent_path(), error);
    media_.record({.recording = plan.recording,
                   .room = plan.interaction,
                   .file = file.string(),
                   .left = plan.left,
                   .right = plan.right});
}

// ---- legs --------------------------------------------------------------------------------------

void Switchboard::arrive(interactions::CallArrived call, std::string offer, Kind kind) {
    const LegId id = call.leg;
    legs_[id] = Leg{.kind = kind, .offer = std::move(offer)};
    const auto centre = config_.numbers.find(call.dialled);
    if (centre == config_.numbers.end()) return run(call);  // The coordinator says it is unknown.
    call.centre = centre->second;
    if (call.caller.empty()) return run(call);
    around_.identify(call.centre, call.caller, [this, call](const KnownCaller& known) mutable {
        call.has_left = !legs_.contains(call.leg);
        call.customer = known.customer;
        call.caller_tags = known.tags;
        call.account = known.account;
        call.plate = known.plate;
        call.area = known.area;
        call.address = known.address;
        call.known_to = known.known_to;
        call.repeats = known.repeats;
        call.is_barred = known.is_barred;
        run(call);
    });
}

void Switchboard::answer_leg(LegId id, InteractionId room) {
    const auto at = legs_.find(id);
    if (at == legs_.end()) return;
    Leg& leg = at->second;
    leg.is_answered = true;
    if (room) leg.room = room;
    if (leg.kind == Kind::Web) {
        auto answer = media_.answer_browser(id, leg.room, std::exchange(leg.offer, {}));
        if (!answer) return fail_leg(id, EndCause::MediaFailed);
        return around_.send_web_answer(id, *std::move(answer));
    }
    // RFC 3261 §13.2.1: an INVITE without an offer gets ours in the 200; the ACK answers it.
    auto sdp = leg.offer.empty() ? media_.make_offer(id, leg.room)
                                 : media_.answer_offer(id, leg.room, leg.offer);
    leg.offer.clear();
    if (!sdp) {
        leg.is_answered = false;
        return fail_leg(id, EndCause::MediaFailed);
    }
    sip_.answer(id, *std::move(sdp));
}

void Switchboard::end_leg(LegId id, EndCause cause) {
    const auto at = legs_.find(id);
    if (at == legs_.end()) return;
    const Leg leg = at->second;
    forget(id);
    switch (leg.kind) {
        case Kind::Web:
            return around_.send_web_state(id, "ended");
        case Kind::Browser:
            return around_.close_media(leg.agent, leg.room);
        case Kind::Sip:
            break;
    }
    if (leg.is_ours || leg.is_answered)
        return sip_.hang_up(id, std::string{interactions::name_of(cause)});
    const SipAnswer answer = sip_answer_for(cause);
    sip_.refuse(id, answer.status, answer.phrase, answer.retry_after_s);
}

/// Our side cannot go on with this leg: it is ended and the coordinator told.
void Switchboard::fail_leg(LegId id, EndCause cause) {
    end_leg(id, cause);
    run(LegDown{id, cause});
}

void Switchboard::forget(LegId id) {
    const auto at = legs_.find(id);
    if (at == legs_.end()) return;
    if (const auto seat = seat_legs_.find(at->second.agent);
        seat != seat_legs_.end() && seat->second == id)
        seat_legs_.erase(seat);
    legs_.erase(at);
    media_.close(id);
}

void Switchboard::ring_seat(const interactions::RingSeat& ring) {
    if (ring.seat.kind != SeatKind::Browser) {
        const bool is_phone = ring.seat.kind == SeatKind::SipPhone;
        const bool is_uri = ring.seat.address.starts_with("sip:");
        using To = sip::OutgoingCall::To;
        return dial(ring.leg, ring.interaction, ring.agent,
                    {.leg = ring.leg,
                     .target = ring.seat.address,
                     .to = is_uri     ? To::Uri
                           : is_phone ? To::Phone
                                      : To::Trunk,
                     .from_user = ring.shown_number,
                     .auto_answer = ring.how == interactions::SeatCall::AutoAnswer});
    }
    if (legs_.contains(ring.leg)) media_.close(ring.leg);  // The page was reloaded: a new start.
    legs_[ring.leg] =
        Leg{.kind = Kind::Browser, .room = ring.interaction, .agent = ring.agent, .is_ours = true};
    seat_legs_[ring.agent] = ring.leg;
    if (ring.how == interactions::SeatCall::AutoAnswer)
        around_.want_offer(ring.agent, ring.interaction);
}

void Switchboard::dial(LegId id, InteractionId room, AgentId agent, sip::OutgoingCall call) {
    legs_[id] = Leg{.kind = Kind::Sip, .room = room, .agent = agent, .is_ours = true};
    auto offer = media_.make_offer(id, room);
    if (!offer) return fail_leg(id, EndCause::MediaFailed);
    call.sdp = *std::move(offer);
    sip_.invite(std::move(call));
}

std::optional<LegId> Switchboard::leg_of(AgentId agent) const {
    const auto at = seat_legs_.find(agent);
    if (at == seat_legs_.end()) return std::nullopt;
    return at->second;
}

Result<Done> Switchboard::browser_offer(AgentId agent, std::string_view sdp,
                                        bool is_answer_pressed) {
    const auto id = leg_of(agent);
    if (!id) return Error{std::errc::no_message, "no_call_here"};
    const InteractionId room = legs_.at(*id).room;
    if (is_answer_pressed) run(interactions::AnswerPressed{agent});
    if (!legs_.contains(*id)) return Error{std::errc::no_message, "no_call_here"};
    YS_TRY(std::string answer, media_.answer_browser(*id, room, sdp));
    legs_.at(*id).is_answered = true;
    around_.send_answer(agent, room, std::move(answer));
    return Done{};
}

Result<LegId> Switchboard::web_call(WebCaller caller) {
    if (!config_.numbers.contains(caller.number))
        return Error{std::errc::address_not_available, "no_such_number"};
    const LegId leg{next_web_leg_++};
    arrive({.leg = leg,
            .centre = {},
            .via = interactions::Via::Web,
            .dialled = caller.number,
            .caller = {},
            .display_name = {},
            .call_id = {},
            .source = "web " + caller.address,
            .customer = {},
            .caller_tags = {}},
           std::move(caller.offer), Kind::Web);
    return leg;
}

void Switchboard::web_key(LegId leg, char key) {
    if (legs_.contains(leg)) run(interactions::KeyPressed{leg, key});
}

void Switchboard::web_gone(LegId leg) {
    if (!legs_.contains(leg)) return;
    forget(leg);
    run(LegDown{leg, EndCause::Completed});
}

}  // namespace ys::call
