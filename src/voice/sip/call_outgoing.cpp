// SPDX-License-Identifier: Apache-2.0
// A call we place, until it is up: INVITE, credentials, PRACK, 200 and ACK, refusals.
#include <fmt/format.h>

#include "base/text.h"
#include "voice/sip/call.h"
#include "voice/sip/request_view.h"
#include "voice/sip/sofia_stack.h"

namespace ys::sip {
namespace {

/// "host" of "host:port;params"; brackets of IPv6 off.
std::string host_of(std::string_view proxy) {
    proxy = proxy.substr(0, proxy.find(';'));
    if (proxy.starts_with("[")) return std::string{proxy.substr(1, proxy.find(']') - 1)};
    return std::string{proxy.substr(0, proxy.find(':'))};
}

std::string source_of(nta_outgoing_t* orq) {
    msg_t* msg = nta_outgoing_getresponse(orq);
    if (!msg) return {};
    std::string host = far_address(msg).host;
    msg_destroy(msg);
    return host;
}

}  // namespace

void Call::place(const OutgoingCall& wish, std::string request_uri, std::string from_host) {
    wish_ = wish;
    request_uri_ = std::move(request_uri);
    from_host_ = std::move(from_host);
    local_sdp_ = wish.sdp;
    if (peer_.trunk)
        auth_ = OutgoingAuth{peer_.trunk->user, peer_.trunk->password, peer_.trunk->realm,
                             host_of(peer_.trunk->proxy)};
    const bool hidden = wish.from_user.empty();
    const std::string from =
        hidden
            ? "\"Anonymous\" <sip:anonymous@anonymous.invalid>"
            : fmt::format("{}<sip:{}@{}>",
                          wish.from_name.empty() ? "" : quoted(cleaned(wish.from_name, 100)) + " ",
                          escaped_user(wish.from_user), from_host_);
    const std::string to = fmt::format("<{}>", request_uri_.substr(0, request_uri_.find(';')));
    call_id_ = fresh_token();
    dialog_ = nta_leg_tcreate(stack_.agent(), &Call::on_request, this,
                              SIPTAG_CALL_ID_STR(call_id_.c_str()), SIPTAG_FROM_STR(from.c_str()),
                              SIPTAG_TO_STR(to.c_str()), TAG_END());
    if (!dialog_) {
        tell_end(400, "address not understood", false);
        return finish();
    }
    nta_leg_tag(dialog_, nullptr);
    send_invite();
}

std::string Call::credentials(const char* method) {
    if (!auth_.ready()) return {};
    return auth_.header(method, request_uri_, fresh_token());
}

void Call::send_invite() {
    const Headers& h = stack_.headers();
    const std::string proof = credentials("INVITE");
    const Seconds interval = std::max(stack_.config().session_expires, min_se_);
    const std::string expires = std::to_string(interval.count());
    const std::string min_se = std::to_string(std::max(min_se_, session_expires_min).count());
    const bool hidden = wish_.from_user.empty();
    const bool asserts = peer_.trunk != nullptr && !hidden;
    const std::string asserted = asserts ? fmt::format("P-Asserted-Identity: <sip:{}@{}>",
                                                       escaped_user(wish_.from_user), from_host_)
                                         : "";
    const bool now = wish_.auto_answer;
    const std::string call_info = fmt::format("<sip:{}>;answer-after=0", from_host_);
    drop(invite_out_);
    invite_out_ = nta_outgoing_tcreate(
        dialog_, &Call::on_invite_response, this, route(), SIP_METHOD_INVITE,
        reinterpret_cast<const url_string_t*>(request_uri_.c_str()), SIPTAG_CONTACT(contact()),
        SIPTAG_ALLOW(h.allow), SIPTAG_SUPPORTED(h.supported),
        SIPTAG_SESSION_EXPIRES_STR(expires.c_str()), SIPTAG_MIN_SE_STR(min_se.c_str()),
        TAG_IF(hidden, SIPTAG_PRIVACY_STR("id")),
        TAG_IF(asserts, SIPTAG_HEADER_STR(asserted.c_str())),
        TAG_IF(now, SIPTAG_CALL_INFO_STR(call_info.c_str())),
        TAG_IF(now, SIPTAG_HEADER_STR("Alert-Info: <http://localhost>;info=alert-autoanswer")),
        TAG_IF(!proof.empty() && auth_.by_proxy(), SIPTAG_PROXY_AUTHORIZATION_STR(proof.c_str())),
        TAG_IF(!proof.empty() && !auth_.by_proxy(), SIPTAG_AUTHORIZATION_STR(proof.c_str())),
        TAG_IF(!local_sdp_.empty(), SIPTAG_CONTENT_TYPE(h.sdp)),
        TAG_IF(!local_sdp_.empty(), SIPTAG_PAYLOAD_STR(local_sdp_.c_str())), TAG_END());
    if (!invite_out_) {
        tell_end(500, "could not be sent", false);
        finish();
    }
}

int Call::on_invite_response(Call* call, nta_outgoing_t* orq, const sip_t* sip) {
    if (orq != call->invite_out_ || call->state_ == State::Gone) return 0;
    const int status = nta_outgoing_status(orq);
    if (sip && call->peer_.host.empty()) call->peer_.host = source_of(orq);
    if (status < 200) {
        call->invite_progress(sip, status);
    } else if (status < 300 && sip) {
        call->invite_accepted(sip);
    } else {
        call->invite_refused(sip, status);
    }
    return 0;
}

/// The dialog learns the far end's tag, target and route.
void Call::establish(const sip_t* sip) {
    const char* tag = sip->sip_to ? sip->sip_to->a_tag : nullptr;
    if (!tag) return;
    const char* known = nta_leg_get_rtag(dialog_);
    if (known && !equals_ignoring_case(known, tag)) {
        // Another branch of a fork answered: the early dialog gives way (RFC 3261 §13.2.2.4).
        const std::uint32_t seq = nta_leg_get_seq(dialog_);
        msg_t* msg = nta_outgoing_getrequest(invite_out_);
        const sip_t* sent = sip_object(msg);
        const std::string cseq = fmt::format("{} INVITE", seq);
        nta_leg_t* other =
            nta_leg_tcreate(stack_.agent(), &Call::on_request, this,
                            SIPTAG_CALL_ID(sent->sip_call_id), SIPTAG_FROM(sent->sip_from),
                            SIPTAG_TO(sent->sip_to), SIPTAG_CSEQ_STR(cseq.c_str()), TAG_END());
        msg_destroy(msg);
        if (!other) return;
        nta_leg_destroy(dialog_);
        dialog_ = other;
        known = nullptr;
    }
    nta_leg_client_reroute(dialog_, sip->sip_record_route, sip->sip_contact, known == nullptr);
    if (!known) nta_leg_rtag(dialog_, tag);
}

void Call::invite_progress(const sip_t* sip, int status) {
    if (!sip || status == 100 || state_ != State::Calling) return;
    const bool reliable = sip->sip_rseq && sip_has_feature(sip->sip_require, "100rel");
    const std::string sdp = sdp_of(sip);
    if (reliable) {
        const auto rseq = static_cast<std::uint32_t>(sip->sip_rseq->rs_response);
        if (last_rseq_ != 0 && rseq != last_rseq_ + 1) return;  // Seen, or out of order.
        last_rseq_ = rseq;
        establish(sip);
        const std::string rack =
            fmt::format("{} {} INVITE", rseq, sip->sip_cseq ? sip->sip_cseq->cs_seq : 0);
        aside(nta_outgoing_tcreate(dialog_, &Call::on_aside_response, this, route(),
                                   SIP_METHOD_PRACK, nullptr, SIPTAG_RACK_STR(rack.c_str()),
                                   TAG_END()));
    }
    if (rang_ && (sdp.empty() || sdp == remote_sdp_)) return;  // Nothing new.
    if (!rang_) tell_ring(sip);
    rang_ = true;
    if (!sdp.empty()) remote_sdp_ = sdp;
    stack_.emit(Ringing{id_, sdp});
}

void Call::ack(nta_outgoing_t* request, const sip_t*) {
    const std::string cseq = fmt::format("{} ACK", nta_outgoing_cseq(request));
    const std::string proof = credentials("ACK");
    nta_outgoing_t* ack = nta_outgoing_tcreate(
        dialog_, nullptr, nullptr, route(), SIP_METHOD_ACK, nullptr, SIPTAG_CSEQ_STR(cseq.c_str()),
        TAG_IF(!proof.empty() && auth_.by_proxy(), SIPTAG_PROXY_AUTHORIZATION_STR(proof.c_str())),
        TAG_IF(!proof.empty() && !auth_.by_proxy(), SIPTAG_AUTHORIZATION_STR(proof.c_str())),
        TAG_END());
    if (ack) nta_outgoing_destroy(ack);  // sofia keeps it to repeat it when the 200 repeats.
}

void Call::invite_accepted(const sip_t* sip) {
    establish(sip);
    ack(invite_out_, sip);
    drop(invite_out_);
    peer_has_update_ = sip->sip_allow && sip_is_allowed(sip->sip_allow, SIP_METHOD_UPDATE);
    if (state_ == State::Closing) return send_bye("SIP;cause=487;text=\"Cancelled\"");
    state_ = State::Up;
    tell_dialog(sip->sip_from, sip->sip_to, sip->sip_call_id);
    if (sip->sip_session_expires) {
        const auto* x = sip->sip_session_expires;
        set_session_timer(agree_as_caller(Seconds{std::min<unsigned long>(x->x_delta, 86400)},
                                          x->x_refresher ? x->x_refresher : ""));
    }
    const std::string sdp = sdp_of(sip);
    if (!sdp.empty()) remote_sdp_ = sdp;
    if (remote_sdp_.empty()) {
        tell_end(0, "no answer to our offer", true);
        return send_bye("SIP;cause=488;text=\"No answer to the offer\"");
    }
    stack_.emit(Answered{id_, remote_sdp_});
    send_next_offer();
}

bool Call::retry_with_credentials(const sip_t* sip, int status) {
    if (!sip || state_ != State::Calling || (status != 401 && status != 407)) return false;
    const bool by_proxy = status == 407;
    const msg_auth_t* asked = by_proxy ? sip->sip_proxy_authenticate : sip->sip_www_authenticate;
    if (!auth_.take(auth_values(asked), source_of(invite_out_), by_proxy)) return false;
    send_invite();
    return true;
}

void Call::invite_refused(const sip_t* sip, int status) {
    if (retry_with_credentials(sip, status)) return;
    if (status == 422 && sip && sip->sip_min_se && state_ == State::Calling) {
        const Seconds wanted{std::min<unsigned long>(sip->sip_min_se->min_delta, 86400)};
        if (wanted > std::max(min_se_, stack_.config().session_expires)) {
            min_se_ = wanted;
            return send_invite();
        }
    }
    const char* phrase = sip && sip->sip_status ? sip->sip_status->st_phrase : nullptr;
    tell_end(status, reason_of(sip, cleaned(phrase ? phrase : "", 200)), true);
    finish();
}

}  // namespace ys::sip
