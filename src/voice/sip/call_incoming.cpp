// SPDX-License-Identifier: Apache-2.0
// A call that came in, until it is up: 180, 183, 200, refusals, CANCEL, ACK, PRACK.
#include "base/text.h"
#include "voice/sip/call.h"
#include "voice/sip/request_view.h"
#include "voice/sip/sofia_stack.h"

namespace ys::sip {

bool Call::take_invite(msg_t* msg, sip_t* sip) {
    remote_sdp_ = sdp_of(sip);
    offerless_ = remote_sdp_.empty();
    peer_needs_100rel_ = sip_has_feature(sip->sip_require, "100rel");
    peer_has_timer_ =
        sip_has_feature(sip->sip_supported, "timer") || sip_has_feature(sip->sip_require, "timer");
    peer_has_update_ = sip->sip_allow && sip_is_allowed(sip->sip_allow, SIP_METHOD_UPDATE);
    if (sip->sip_session_expires) {
        asked_interval_ =
            Seconds{std::min<unsigned long>(sip->sip_session_expires->x_delta, 86400)};
        if (sip->sip_session_expires->x_refresher)
            asked_refresher_ = sip->sip_session_expires->x_refresher;
    }
    dialog_ =
        nta_leg_tcreate(stack_.agent(), &Call::on_request, this, SIPTAG_CALL_ID(sip->sip_call_id),
                        SIPTAG_FROM(sip->sip_to), SIPTAG_TO(sip->sip_from),
                        NTATAG_REMOTE_CSEQ(sip->sip_cseq->cs_seq), TAG_END());
    if (!dialog_) {
        nta_msg_treply(stack_.agent(), msg, SIP_500_INTERNAL_SERVER_ERROR, TAG_END());
        return false;
    }
    nta_leg_tag(dialog_, nullptr);
    nta_leg_server_route(dialog_, sip->sip_record_route, sip->sip_contact);
    invite_in_ = nta_incoming_create(stack_.agent(), dialog_, msg, sip, TAG_END());
    if (!invite_in_) return false;
    nta_incoming_bind(invite_in_, &Call::on_ack_or_cancel, this);
    return true;
}

void Call::provisional(int status, const char* phrase, const std::string& sdp) {
    const Headers& h = stack_.headers();
    // RFC 3262 §3: with Require: 100rel nothing but 100 may go out unreliably.
    if (peer_needs_100rel_) {
        nta_reliable_treply(invite_in_, &Call::on_prack, this, status, phrase,
                            SIPTAG_CONTACT(contact()), SIPTAG_REQUIRE_STR("100rel"),
                            TAG_IF(!sdp.empty(), SIPTAG_CONTENT_TYPE(h.sdp)),
                            TAG_IF(!sdp.empty(), SIPTAG_PAYLOAD_STR(sdp.c_str())), TAG_END());
        if (!sdp.empty()) early_answered_ = true;
        return;
    }
    nta_incoming_treply(invite_in_, status, phrase, SIPTAG_CONTACT(contact()),
                        TAG_IF(!sdp.empty(), SIPTAG_CONTENT_TYPE(h.sdp)),
                        TAG_IF(!sdp.empty(), SIPTAG_PAYLOAD_STR(sdp.c_str())), TAG_END());
}

void Call::ring() {
    heeded_ = true;
    if (state_ != State::Offered || rang_) return;
    rang_ = true;
    provisional(SIP_180_RINGING, "");
}

void Call::progress(const std::string& sdp) {
    heeded_ = true;
    if (state_ != State::Offered) return;
    local_sdp_ = sdp;
    provisional(SIP_183_SESSION_PROGRESS, sdp);
}

void Call::answer(const std::string& sdp) {
    heeded_ = true;
    if (state_ != State::Offered) return;
    state_ = State::Accepted;
    local_sdp_ = sdp;
    SessionTimer timer = agree_as_answerer(asked_interval_, asked_refresher_, peer_has_timer_,
                                           stack_.config().session_expires);
    timer_ = timer;
    const bool timed = timer.refresher != Refresher::None;
    const std::string expires = timed ? to_answer_header(timer) : "";
    // An answer that went out reliably stands (RFC 3262 §5); it is not said twice.
    const bool with_sdp = !early_answered_;
    const Headers& h = stack_.headers();
    nta_incoming_treply(invite_in_, SIP_200_OK, SIPTAG_CONTACT(contact()), SIPTAG_ALLOW(h.allow),
                        SIPTAG_SUPPORTED(h.supported),
                        TAG_IF(timed, SIPTAG_SESSION_EXPIRES_STR(expires.c_str())),
                        TAG_IF(timed && peer_has_timer_, SIPTAG_REQUIRE_STR("timer")),
                        TAG_IF(with_sdp, SIPTAG_CONTENT_TYPE(h.sdp)),
                        TAG_IF(with_sdp, SIPTAG_PAYLOAD_STR(sdp.c_str())), TAG_END());
}

void Call::refuse(int status, const std::string& phrase, int retry_after_s) {
    heeded_ = true;
    if (state_ != State::Offered || status < 300 || status > 699) return;
    const std::string words =
        phrase.empty() ? std::string{sip_status_phrase(status) ? sip_status_phrase(status) : "No"}
                       : cleaned(phrase, 100);
    const std::string retry = std::to_string(retry_after_s);
    nta_incoming_treply(invite_in_, status, words.c_str(),
                        TAG_IF(retry_after_s > 0, SIPTAG_RETRY_AFTER_STR(retry.c_str())),
                        TAG_END());
    tell_end(status, words, false);
    finish();
}

int Call::on_ack_or_cancel(Call* call, nta_incoming_t* irq, const sip_t* sip) {
    if (irq != call->invite_in_ || call->state_ == State::Gone) return 0;
    if (sip && sip->sip_request && sip->sip_request->rq_method == sip_method_cancel) {
        if (call->state_ != State::Offered) return 0;  // The 200 crossed it; a BYE will follow.
        nta_incoming_treply(irq, SIP_487_REQUEST_TERMINATED, TAG_END());
        call->tell_end(487, reason_of(sip, "cancelled"), true);
        call->finish();
        return 0;
    }
    if (call->state_ != State::Accepted) return 0;
    if (sip) {
        call->acknowledged(sip);
        return 0;
    }
    // Timer H: the ACK never came (RFC 3261 §13.3.1.4: then the session is ended with BYE).
    call->tell_end(0, "no ACK", true);
    call->send_bye("SIP;cause=408;text=\"No ACK\"");
    return 0;
}

void Call::acknowledged(const sip_t* sip) {
    nta_incoming_destroy(invite_in_);
    invite_in_ = nullptr;
    state_ = State::Up;
    tell_dialog(sip->sip_to, sip->sip_from, sip->sip_call_id);
    if (bye_after_ack_) return send_bye(bye_reason_);
    if (timer_.refresher != Refresher::None) set_session_timer(timer_);
    if (offerless_) {
        const std::string sdp = sdp_of(sip);
        if (sdp.empty() && remote_sdp_.empty()) {
            tell_end(0, "no answer to our offer", true);
            return send_bye("SIP;cause=488;text=\"No answer to the offer\"");
        }
        if (!sdp.empty()) {
            remote_sdp_ = sdp;
            stack_.emit(Answered{id_, remote_sdp_});
        }
    }
    send_next_offer();
}

int Call::on_prack(Call* call, nta_reliable_t*, nta_incoming_t*, const sip_t* sip) {
    if (!sip) {  // RFC 3262 §3: unacknowledged for 64*T1, the INVITE is refused.
        if (call->state_ == State::Offered) call->refuse(504, "No PRACK", 0);
        return 0;
    }
    const std::string sdp = sdp_of(sip);
    if (call->offerless_ && !sdp.empty() && call->remote_sdp_.empty()) {
        call->remote_sdp_ = sdp;
        call->stack_.emit(Answered{call->id_, sdp});
    }
    return 200;
}

}  // namespace ys::sip
