// SPDX-License-Identifier: Apache-2.0
// What SIP and media tell the switchboard, turned into the coordinator's commands.
#include "base/overloaded.h"
#include "base/phone_number.h"
#include "base/text.h"
#include "voice/call/sip_status.h"
#include "voice/call/switchboard.h"

namespace ys::call {

using interactions::EndCause;
using interactions::LegDown;

namespace {

constexpr std::size_t name_bytes_max = 128;
constexpr std::size_t call_id_bytes_max = 256;

/// A display name as people read it: quotes and backslashes of the quoted form taken off
/// (RFC 3261 §25.1); a bare one stays as it is.
std::string unquoted(std::string_view name) {
    if (name.size() < 2 || !name.starts_with('"') || !name.ends_with('"')) return std::string{name};
    name = name.substr(1, name.size() - 2);
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        if (name[i] == '\\' && i + 1 < name.size()) ++i;
        out += name[i];
    }
    return out;
}

interactions::Via via_of(sip::Source source) {
    return source == sip::Source::Phone ? interactions::Via::Phone : interactions::Via::Trunk;
}

}  // namespace

void Switchboard::on_sip(sip::SipEvent event) {
    std::visit([this](auto& e) { on(std::move(e)); }, event);
}

void Switchboard::on_media(media::MediaEvent event) {
    std::visit([this](auto& e) { on(std::move(e)); }, event);
}

// ---- SIP ---------------------------------------------------------------------------------------

void Switchboard::on(sip::Incoming e) {
    // A number that cannot be read is served as a withheld one: the caller is not the problem.
    const auto caller = normalise(e.caller_user, config_.home_area_code);
    const auto dialled = normalise(e.called_user, config_.home_area_code);
    arrive({.leg = e.leg,
            .centre = {},
            .via = via_of(e.source),
            .dialled = config_.numbers.contains(e.called_user) ? e.called_user
                       : dialled                               ? dialled->digits
                                                               : cleaned(e.called_user, 32),
            .caller = caller ? caller->digits : std::string{},
            .display_name = cleaned(unquoted(e.display_name), name_bytes_max),
            .call_id = cleaned(e.call_id, call_id_bytes_max),
            .source = e.source_name.empty() ? e.address : e.source_name,
            .customer = {},
            .caller_tags = {}},
           std::move(e.sdp), Kind::Sip);
}

void Switchboard::on(sip::Ringing e) {
    if (legs_.contains(e.leg)) run(interactions::LegRinging{e.leg});
}

void Switchboard::on(sip::Answered e) {
    const auto at = legs_.find(e.leg);
    if (at == legs_.end()) return sip_.hang_up(e.leg, "late answer");
    const bool was_up = std::exchange(at->second.is_answered, true);
    const auto is_usable = media_.accept_answer(e.leg, e.sdp);
    if (!is_usable) return fail_leg(e.leg, EndCause::MediaFailed);
    if (at->second.is_ours && !was_up) run(interactions::LegUp{e.leg});
}

void Switchboard::on(sip::Offered e) {
    const auto at = legs_.find(e.leg);
    if (at == legs_.end()) return;
    auto answer = media_.answer_offer(e.leg, at->second.room, e.sdp);
    // RFC 3261 §14.2: a re-INVITE that cannot be met leaves the session as it was.
    if (!answer) return sip_.refuse(e.leg, 488, "Not Acceptable Here", 0);
    sip_.accept_offer(e.leg, *std::move(answer));
}

void Switchboard::on(sip::Ended e) {
    if (!legs_.contains(e.leg)) return;
    const bool was_up = legs_.at(e.leg).is_answered;
    forget(e.leg);
    run(LegDown{e.leg, was_up ? EndCause::Completed : cause_of_status(e.status)});
}

void Switchboard::on(sip::DialogKnown e) {
    if (!legs_.contains(e.leg)) return;
    sip::Dialog& d = e.dialog;
    run(interactions::DialogKnown{
        e.leg,
        {e.leg.value, std::move(d.call_id), std::move(d.local_tag), std::move(d.remote_tag),
         std::move(d.local_uri), std::move(d.remote_uri), std::move(d.remote_target),
         std::move(d.route), std::move(d.transport), d.cseq, std::move(d.branch)}});
}

void Switchboard::on(sip::Referred e) {
    const auto number = normalise(e.target_user, config_.home_area_code);
    const std::string target = number ? number->digits : std::string{};
    if (!legs_.contains(e.leg) || (target.empty() && !e.replaces))
        return sip_.refer_result(e.leg, 404);
    // A phone's transfer key is no way around the outbound rules; a caller's REFER goes nowhere.
    const AgentId agent = legs_.at(e.leg).agent;
    if (!agent || (!e.replaces && !around_.may_dial(agent, target)))
        return sip_.refer_result(e.leg, 403);
    run(interactions::ReferAsked{e.leg, target, e.replaces});
}

void Switchboard::on(sip::InfoKey e) {
    if (legs_.contains(e.leg)) run(interactions::KeyPressed{e.leg, e.key});
}

void Switchboard::on(sip::PhoneRegistered e) { around_.phone_changed(e.user, true); }

void Switchboard::on(sip::PhoneGone e) { around_.phone_changed(e.user, false); }

void Switchboard::on(sip::Refused e) {
    around_.record({{.at = around_.now().utc,
                     .centre = {},
                     .interaction = {},
                     .agent = {},
                     .body = facts::CallRefused{e.cause, cleaned(e.source, 64), e.count}}});
}

// ---- media -------------------------------------------------------------------------------------

void Switchboard::on(media::MediaUp e) {
    const auto at = legs_.find(e.leg);
    if (at == legs_.end()) return;
    if (at->second.kind == Kind::Browser) run(interactions::LegUp{e.leg});
}

void Switchboard::on(media::MediaDown e) {
    const auto at = legs_.find(e.leg);
    if (at == legs_.end()) return;
    if (at->second.kind != Kind::Browser) return fail_leg(e.leg, EndCause::MediaLost);
    // A desk whose sound broke while its socket stands gets the call back with a new offer.
    const AgentId agent = at->second.agent;
    run(interactions::SeatGone{agent});
    if (around_.is_desk_open(agent)) run(interactions::SeatBack{agent});
}

void Switchboard::on(media::PlayDone e) { run(interactions::PlayEnded{e.leg, e.play}); }

void Switchboard::on(media::KeyHeard e) {
    if (legs_.contains(e.leg)) run(interactions::KeyPressed{e.leg, e.key});
}

void Switchboard::on(media::RecordingEnded e) {
    files_.erase(e.recording);
    run(interactions::RecordingDone{e.recording, e.length_ms, e.outcome});
}

void Switchboard::on(media::RecordingEncoded e) { around_.recording_encoded(e); }

void Switchboard::on(media::LegQuality e) {
    const auto at = legs_.find(e.leg);
    if (at != legs_.end() && at->second.agent) around_.show_quality(at->second.agent, e);
}

}  // namespace ys::call
