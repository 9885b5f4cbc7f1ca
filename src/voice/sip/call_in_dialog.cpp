// SPDX-License-Identifier: Apache-2.0
// Requests inside a dialog, both ways: BYE, re-INVITE, UPDATE, REFER, INFO.
#include <fmt/format.h>

#include "base/text.h"
#include "voice/sip/call.h"
#include "voice/sip/request_view.h"
#include "voice/sip/sofia_stack.h"

namespace ys::sip {

int Call::on_request(Call* call, nta_leg_t*, nta_incoming_t* irq, const sip_t* sip) {
    return call->request(irq, sip);
}

/// Tags are hard to guess, but not secret on the wire: the address must fit too (T10). A trunk may
/// speak from any of its addresses.
bool Call::from_our_peer(nta_incoming_t* irq) const {
    if (peer_.host.empty() || stack_.config().accept_unknown_sources) return true;
    msg_t* msg = nta_incoming_getrequest(irq);
    if (!msg) return false;
    const std::string host = far_address(msg).host;
    msg_destroy(msg);
    if (host == peer_.host) return true;
    const Trunk* there = stack_.trunk_at(host);
    return there && there == stack_.trunk_at(peer_.host);
}

/// A status is sent by sofia; 0 means we have answered or will.
int Call::request(nta_incoming_t* irq, const sip_t* sip) {
    const sip_method_t method = sip->sip_request->rq_method;
    if (method == sip_method_ack) return 0;
    if (state_ == State::Gone || !from_our_peer(irq)) return 481;
    if (method == sip_method_bye) return got_bye(sip);
    if (state_ == State::Closing) return 481;
    switch (method) {
        case sip_method_invite:
        case sip_method_update:
            return got_offer(irq, sip);
        case sip_method_refer:
            return got_refer(irq, sip);
        case sip_method_info:
            return got_info(sip);
        case sip_method_options:
            nta_incoming_treply(irq, SIP_200_OK, SIPTAG_ALLOW(stack_.headers().allow),
                                SIPTAG_ACCEPT(stack_.headers().accept),
                                SIPTAG_SUPPORTED(stack_.headers().supported), TAG_END());
            nta_incoming_destroy(irq);
            return 0;
        case sip_method_prack:
            return 481;  // Its provisional answer is not outstanding.
        case sip_method_notify:
            return 481;  // We subscribe to nothing.
        case sip_method_unknown:
            return 501;
        default:
            break;
    }
    nta_incoming_treply(irq, SIP_405_METHOD_NOT_ALLOWED, SIPTAG_ALLOW(stack_.headers().allow),
                        TAG_END());
    nta_incoming_destroy(irq);
    return 0;
}

int Call::got_bye(const sip_t* sip) {
    if (state_ == State::Offered && invite_in_)
        nta_incoming_treply(invite_in_, SIP_487_REQUEST_TERMINATED, TAG_END());
    tell_end(0, reason_of(sip, ""), true);
    // When our BYE crossed theirs, both are answered and ours needs no more waiting.
    finish();
    return 200;
}

int Call::got_offer(nta_incoming_t* irq, const sip_t* sip) {
    const bool is_invite = sip->sip_request->rq_method == sip_method_invite;
    const std::string sdp = sdp_of(sip);
    const bool early = state_ == State::Offered || state_ == State::Calling;
    if (is_invite && (early || offer_out_ || offer_acked_)) return 491;  // RFC 3261 §14.2
    if (offer_in_ || (!sdp.empty() && offer_out_)) return offer_in_ ? 500 : 491;
    nta_leg_client_reroute(dialog_, nullptr, sip->sip_contact, 0);
    if (timer_.refresher != Refresher::None) session_refreshed();
    // A refresh changes nothing, so nobody above is asked.
    if (sdp.empty() || sdp == remote_sdp_) {
        reply_to_offer(irq, !is_invite && sdp.empty() ? "" : local_sdp_);
        return 0;
    }
    offer_in_ = irq;
    remote_sdp_ = sdp;
    stack_.emit(Offered{id_, sdp});
    return 0;
}

void Call::accept_offer(const std::string& sdp) {
    if (!offer_in_ || state_ == State::Gone) return;
    nta_incoming_t* irq = offer_in_;
    offer_in_ = nullptr;
    local_sdp_ = sdp;
    reply_to_offer(irq, sdp);
}

void Call::reply_to_offer(nta_incoming_t* irq, const std::string& sdp) {
    const bool is_invite = nta_incoming_method(irq) == sip_method_invite;
    const Headers& h = stack_.headers();
    const bool timed = timer_.refresher != Refresher::None;
    // In their request they are the UAC, whoever placed the call.
    const std::string expires = timed ? to_answer_header(timer_) : "";
    if (is_invite) nta_incoming_bind(irq, &Call::on_reoffer_ack, this);
    nta_incoming_treply(irq, SIP_200_OK, SIPTAG_CONTACT(contact()), SIPTAG_ALLOW(h.allow),
                        SIPTAG_SUPPORTED(h.supported),
                        TAG_IF(timed, SIPTAG_SESSION_EXPIRES_STR(expires.c_str())),
                        TAG_IF(!sdp.empty(), SIPTAG_CONTENT_TYPE(h.sdp)),
                        TAG_IF(!sdp.empty(), SIPTAG_PAYLOAD_STR(sdp.c_str())), TAG_END());
    if (is_invite)
        offer_acked_ = irq;
    else
        nta_incoming_destroy(irq);
}

int Call::on_reoffer_ack(Call* call, nta_incoming_t* irq, const sip_t* sip) {
    if (irq != call->offer_acked_ || call->state_ == State::Gone) return 0;
    const bool cancelled =
        sip && sip->sip_request && sip->sip_request->rq_method == sip_method_cancel;
    if (cancelled) return 0;  // The 200 is out already.
    call->offer_acked_ = nullptr;
    nta_incoming_destroy(irq);
    if (!sip) {
        call->dialog_lost(nullptr, 408);
        return 0;
    }
    // A re-INVITE without an offer is answered with ours; the ACK brings their answer.
    const std::string sdp = sdp_of(sip);
    if (!sdp.empty() && sdp != call->remote_sdp_) {
        call->remote_sdp_ = sdp;
        call->stack_.emit(Answered{call->id_, sdp});
    }
    call->send_next_offer();
    return 0;
}

// ---- our offers ---------------------------------------------------------------------------------

void Call::offer(std::string sdp) {
    if (state_ == State::Closing || state_ == State::Gone) return;
    next_offer_ = std::move(sdp);
    send_next_offer();
}

void Call::send_next_offer() {
    if (!next_offer_ || state_ != State::Up || offer_out_ || offer_in_ || offer_acked_) return;
    const std::string sdp = std::move(*next_offer_);
    next_offer_.reset();
    send_offer(sdp);
}

void Call::send_offer(const std::string& sdp) {
    if (offer_out_) return;
    const Headers& h = stack_.headers();
    const bool timed = timer_.refresher != Refresher::None;
    const std::string expires = timed
                                    ? fmt::format("{};refresher={}", timer_.interval.count(),
                                                  timer_.refresher == Refresher::Us ? "uac" : "uas")
                                    : "";
    const std::string proof = credentials("INVITE");
    offer_out_sdp_ = sdp;
    offer_out_ = nta_outgoing_tcreate(
        dialog_, &Call::on_reoffer_response, this, route(), SIP_METHOD_INVITE, nullptr,
        SIPTAG_CONTACT(contact()), SIPTAG_ALLOW(h.allow), SIPTAG_SUPPORTED(h.supported),
        TAG_IF(timed, SIPTAG_SESSION_EXPIRES_STR(expires.c_str())),
        TAG_IF(!proof.empty() && auth_.by_proxy(), SIPTAG_PROXY_AUTHORIZATION_STR(proof.c_str())),
        TAG_IF(!proof.empty() && !auth_.by_proxy(), SIPTAG_AUTHORIZATION_STR(proof.c_str())),
        SIPTAG_CONTENT_TYPE(h.sdp), SIPTAG_PAYLOAD_STR(sdp.c_str()), TAG_END());
}

int Call::on_reoffer_response(Call* call, nta_outgoing_t* orq, const sip_t* sip) {
    const int status = nta_outgoing_status(orq);
    if (orq != call->offer_out_ || status < 200) return 0;
    if (status < 300 && sip) {
        call->ack(orq, sip);
        call->drop(call->offer_out_);
        if (call->state_ != State::Up) return 0;
        call->local_sdp_ = call->offer_out_sdp_;
        const std::string sdp = sdp_of(sip);
        if (!sdp.empty()) call->remote_sdp_ = sdp;
        nta_leg_client_reroute(call->dialog_, nullptr, sip->sip_contact, 0);
        if (call->timer_.refresher != Refresher::None) call->session_refreshed();
        call->stack_.emit(Answered{call->id_, call->remote_sdp_});
        call->send_next_offer();
        return 0;
    }
    call->drop(call->offer_out_);
    if (call->state_ != State::Up) return 0;
    if (status == 408 || status == 481) {
        call->dialog_lost(sip, status);
    } else if (status == 491) {
        // Glare: theirs goes first; the next tick after it tries again (RFC 3261 §14.1).
        if (!call->next_offer_) call->next_offer_ = call->offer_out_sdp_;
        call->stack_.retry_offer(call->id_);
    } else {
        // Refused: the session stays what it was, and whoever offered is told so.
        call->stack_.emit(Answered{call->id_, call->remote_sdp_});
    }
    return 0;
}

// ---- REFER and INFO -----------------------------------------------------------------------------

int Call::got_refer(nta_incoming_t* irq, const sip_t* sip) {
    const sip_refer_to_t* to = sip->sip_refer_to;
    if (!to) return 400;
    if (state_ != State::Up) return 403;
    const auto scheme = static_cast<url_type_e>(to->r_url->url_type);
    if (scheme != url_sip && scheme != url_sips && scheme != url_tel) return 416;
    Referred event{id_, user_of(to->r_url), LegId{}};
    if (const auto replaces = replaces_in(to->r_url)) {
        auto* home = static_cast<su_home_t*>(su_home_new(sizeof(su_home_t)));
        const sip_replaces_t* parsed = sip_replaces_make(home, replaces->c_str());
        const Call* other = parsed ? stack_.call_of_replaces(parsed) : nullptr;
        if (other) event.replaces = other->id();
        su_home_unref(home);
    }
    refer_event_ = fmt::format("refer;id={}", nta_incoming_cseq(irq));
    referred_ = true;
    nta_incoming_treply(irq, SIP_202_ACCEPTED, SIPTAG_CONTACT(contact()), TAG_END());
    nta_incoming_destroy(irq);
    notify(100);
    stack_.emit(std::move(event));
    return 0;
}

void Call::notify(int status) {
    const char* phrase = sip_status_phrase(status);
    const std::string fragment =
        fmt::format("SIP/2.0 {} {}\r\n", status, phrase ? phrase : "Unknown");
    const char* progress =
        status < 200 ? "active;expires=60" : "terminated;reason=noresource";  // RFC 3515 §2.4.5
    aside(nta_outgoing_tcreate(dialog_, &Call::on_aside_response, this, route(), SIP_METHOD_NOTIFY,
                               nullptr, SIPTAG_CONTACT(contact()),
                               SIPTAG_EVENT_STR(refer_event_.c_str()),
                               SIPTAG_SUBSCRIPTION_STATE_STR(progress),
                               SIPTAG_CONTENT_TYPE_STR("message/sipfrag;version=2.0"),
                               SIPTAG_PAYLOAD_STR(fragment.c_str()), TAG_END()));
}

void Call::refer_result(int status) {
    if (!referred_ || state_ != State::Up || status < 100 || status > 699) return;
    if (status >= 200) referred_ = false;
    notify(status);
}

int Call::got_info(const sip_t* sip) {
    if (const char key = info_key(sip)) {
        stack_.emit(InfoKey{id_, key});
        return 200;
    }
    return sip->sip_payload && sip->sip_payload->pl_len > 0 ? 415 : 200;
}

}  // namespace ys::sip
