// SPDX-License-Identifier: Apache-2.0
// What both directions of a call share: its end, its routes, its timers.
#include "voice/sip/call.h"

#include <algorithm>

#include "base/text.h"
#include "platform/clock.h"
#include "voice/sip/request_view.h"
#include "voice/sip/sofia_stack.h"

namespace ys::sip {

Call::Call(SofiaStack& stack, LegId id, Peer peer, State state)
    : stack_(stack),
      id_(id),
      peer_(std::move(peer)),
      state_(state),
      incoming_(state == State::Offered) {}

Call::~Call() {
    // Destroying a transaction only takes us out of it: sofia keeps it as long as the RFC asks.
    for (nta_incoming_t* irq : {invite_in_, offer_in_, offer_acked_})
        if (irq) nta_incoming_destroy(irq);
    for (nta_outgoing_t* orq : {invite_out_, bye_, offer_out_})
        if (orq) nta_outgoing_destroy(orq);
    for (nta_outgoing_t* orq : asides_) nta_outgoing_destroy(orq);
    if (dialog_) nta_leg_destroy(dialog_);
}

const url_string_t* Call::route() const {
    return peer_.route.empty() ? nullptr
                               : reinterpret_cast<const url_string_t*>(peer_.route.c_str());
}

const sip_contact_t* Call::contact() const {
    return stack_.transports().by_transport(peer_.transport).contact;
}

void Call::aside(nta_outgoing_t* request) {
    if (request) asides_.push_back(request);
}

void Call::drop(nta_outgoing_t*& request) {
    if (request) nta_outgoing_destroy(request);
    request = nullptr;
}

void Call::tell_end(int status, std::string reason, bool by_far_end) {
    if (told_) return;
    told_ = true;
    stack_.emit(Ended{id_, status, std::move(reason), by_far_end});
}

void Call::finish() {
    if (state_ == State::Gone) return;
    state_ = State::Gone;
    if (offer_in_) nta_incoming_treply(offer_in_, SIP_487_REQUEST_TERMINATED, TAG_END());
    tell_end(0, "", true);
    stack_.bury(*this);
}

void Call::send_bye(const std::string& reason) {
    state_ = State::Closing;
    const std::string value = reason_value(reason);
    const std::string proof = credentials("BYE");
    bye_ = nta_outgoing_tcreate(
        dialog_, &Call::on_bye_response, this, route(), SIP_METHOD_BYE, nullptr,
        TAG_IF(!value.empty(), SIPTAG_REASON_STR(value.c_str())),
        TAG_IF(!proof.empty() && auth_.by_proxy(), SIPTAG_PROXY_AUTHORIZATION_STR(proof.c_str())),
        TAG_IF(!proof.empty() && !auth_.by_proxy(), SIPTAG_AUTHORIZATION_STR(proof.c_str())),
        TAG_END());
    if (!bye_) finish();
}

int Call::on_bye_response(Call* call, nta_outgoing_t* orq, const sip_t*) {
    if (nta_outgoing_status(orq) >= 200) call->finish();
    return 0;
}

int Call::on_aside_response(Call* call, nta_outgoing_t* orq, const sip_t* sip) {
    const int status = nta_outgoing_status(orq);
    if (status < 200) return 0;
    std::erase(call->asides_, orq);
    nta_outgoing_destroy(orq);
    if (status == 408 || status == 481) call->dialog_lost(sip, status);
    return 0;
}

/// RFC 3261 §12.2.1.2: 408 and 481 to a request inside the dialog end it.
void Call::dialog_lost(const sip_t* sip, int status) {
    if (state_ != State::Up && state_ != State::Accepted) return;
    tell_end(0, reason_of(sip, status == 408 ? "no answer inside the call" : "call unknown there"),
             true);
    send_bye("SIP;cause=408;text=\"Call lost\"");
}

void Call::hang_up(const std::string& reason) {
    heeded_ = true;
    switch (state_) {
        case State::Offered:
            tell_end(480, cleaned(reason, 200), false);
            nta_incoming_treply(invite_in_, SIP_480_TEMPORARILY_UNAVAILABLE,
                                SIPTAG_REASON_STR(reason_value(reason).c_str()), TAG_END());
            return finish();
        case State::Accepted:
            // RFC 3261 §15: no BYE before the ACK has come, or is given up.
            tell_end(0, cleaned(reason, 200), false);
            bye_after_ack_ = true;
            bye_reason_ = reason;
            return;
        case State::Calling:
            tell_end(487, cleaned(reason, 200), false);
            state_ = State::Closing;
            nta_outgoing_tcancel(invite_out_, nullptr, nullptr,
                                 SIPTAG_REASON_STR(reason_value(reason).c_str()), TAG_END());
            return;
        case State::Up:
            tell_end(0, cleaned(reason, 200), false);
            return send_bye(reason);
        case State::Closing:
        case State::Gone:
            return;
    }
}

void Call::set_session_timer(SessionTimer timer) {
    timer_ = timer;
    session_refreshed();
}

void Call::session_refreshed() {
    const Instant now = mono_now();
    timer_due_ = timer_.due(now);
    if (timer_due_) stack_.wake_at(*timer_due_, id_);
}

void Call::wake(Instant now) {
    session_due(now);
    send_next_offer();
}

void Call::session_due(Instant now) {
    if (state_ != State::Up || !timer_due_ || now < *timer_due_) return;  // Put off since.
    if (timer_.refresher == Refresher::Them) {
        tell_end(0, "session expired", true);
        return send_bye("SIP;cause=408;text=\"Session expired\"");
    }
    const std::string expires = std::to_string(timer_.interval.count()) + ";refresher=uac";
    if (!peer_has_update_) {
        send_offer(local_sdp_);
    } else {
        aside(nta_outgoing_tcreate(dialog_, &Call::on_aside_response, this, route(),
                                   SIP_METHOD_UPDATE, nullptr, SIPTAG_CONTACT(contact()),
                                   SIPTAG_SESSION_EXPIRES_STR(expires.c_str()),
                                   SIPTAG_SUPPORTED(stack_.headers().supported), TAG_END()));
    }
    session_refreshed();
}

}  // namespace ys::sip
