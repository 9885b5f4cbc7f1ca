// SPDX-License-Identifier: Apache-2.0
// Out-of-dialog requests. Nothing is kept for a request that is refused: answers are stateless.
#include "voice/sip/front_door.h"

#include <fmt/format.h>

#include "base/text.h"
#include "platform/clock.h"
#include "voice/sip/sofia_stack.h"
#include "voice/sip/strictness.h"

namespace ys::sip {
namespace {

// Errors told to one address in a second; beyond that, silence (reliability T1, T3).
constexpr double complaints_per_s = 200;
constexpr std::size_t complainers_max = 10'000;

bool is_known_method(sip_method_t method) {
    return method != sip_method_unknown && method != sip_method_invalid;
}

}  // namespace

int FrontDoor::on_message(SofiaStack* stack, nta_agent_t* agent, msg_t* msg, sip_t* sip) {
    stack->empty_graveyard();
    if (!sip || !sip->sip_request) {  // A response to nothing of ours.
        nta_msg_discard(agent, msg);
        return 0;
    }
    stack->door().request(msg, sip);
    return 0;
}

bool FrontDoor::may_complain_to(const std::string& host) {
    const Instant now = mono_now();
    if (complaints_.size() >= complainers_max)
        std::erase_if(complaints_, [&](const auto& c) { return c.second.full(now); });
    if (complaints_.size() >= complainers_max) return false;
    const auto added = complaints_.try_emplace(host, complaints_per_s, complaints_per_s);
    return added.first->second.take(now);
}

void FrontDoor::reply(msg_t* msg, int status, const char* phrase) {
    const bool allow = status == 405 || status == 501;
    const bool accept = status == 415 || status == 406;
    nta_msg_treply(stack_.agent(), msg, status, phrase,
                   TAG_IF(allow, SIPTAG_ALLOW(stack_.headers().allow)),
                   TAG_IF(accept, SIPTAG_ACCEPT(stack_.headers().accept)), TAG_END());
}

void FrontDoor::request(msg_t* msg, sip_t* sip) {
    const sip_method_t method = sip->sip_request->rq_method;
    const FarAddress from = far_address(msg);
    if (method == sip_method_ack || (method != sip_method_invite && method != sip_method_register &&
                                     !may_complain_to(from.host)))
        return nta_msg_discard(stack_.agent(), msg);

    if (!is_known_method(method)) return reply(msg, SIP_501_NOT_IMPLEMENTED);
    if (const auto fault = fault_of(sip)) {
        if (method == sip_method_invite) {
            stack_.count_invite();
            stack_.count_refused("malformed", from.host);
        }
        if (!may_complain_to(from.host)) return nta_msg_discard(stack_.agent(), msg);
        return reply(msg, fault->status, fault->phrase);
    }
    // A To tag names a dialog, and there is none (RFC 3261 §12.2.2).
    if (sip->sip_to->a_tag || method == sip_method_cancel)
        return reply(msg, SIP_481_NO_TRANSACTION);
    if (const std::string missing = unsupported_by_us(sip); !missing.empty()) {
        if (method == sip_method_invite) {
            stack_.count_invite();
            stack_.count_refused("malformed", from.host);
        }
        nta_msg_treply(stack_.agent(), msg, SIP_420_BAD_EXTENSION,
                       SIPTAG_UNSUPPORTED_STR(missing.c_str()), TAG_END());
        return;
    }
    switch (method) {
        case sip_method_invite:
            return invite(msg, sip, from);
        case sip_method_register:
            return stack_.registrar().on_register(msg, sip, from);
        case sip_method_options:
            nta_msg_treply(stack_.agent(), msg, SIP_200_OK, SIPTAG_ALLOW(stack_.headers().allow),
                           SIPTAG_ACCEPT(stack_.headers().accept),
                           SIPTAG_SUPPORTED(stack_.headers().supported), TAG_END());
            return;
        case sip_method_bye:
        case sip_method_prack:
        case sip_method_update:
        case sip_method_info:
            return reply(msg, SIP_481_NO_TRANSACTION);
        default:
            return reply(msg, SIP_405_METHOD_NOT_ALLOWED);
    }
}

// ---- INVITE -------------------------------------------------------------------------------------

void FrontDoor::invite(msg_t* msg, sip_t* sip, const FarAddress& from) {
    stack_.count_invite();
    Peer peer;
    peer.trunk = stack_.trunk_at(from.host);
    if (peer.trunk) {
        peer.source = Source::Trunk;
        peer.name = peer.trunk->name;
    }
    if (!admit(msg, from, peer)) return;
    // RFC 4028 §6: only a caller who knows the extension understands a 422.
    const bool timer = sip_has_feature(sip->sip_supported, "timer");
    if (timer && sip->sip_session_expires &&
        Seconds{sip->sip_session_expires->x_delta} < session_expires_min) {
        nta_msg_treply(stack_.agent(), msg, SIP_422_SESSION_TIMER_TOO_SMALL,
                       SIPTAG_MIN_SE_STR(std::to_string(session_expires_min.count()).c_str()),
                       TAG_END());
        return;
    }
    if (!peer.trunk && !identify(msg, sip, from, peer)) return;
    build(msg, sip, from, std::move(peer));
}

bool FrontDoor::admit(msg_t* msg, const FarAddress& from, const Peer& peer) {
    const Instant now = mono_now();
    // All voice lines busy: the carrier hears it as a busy line does (RFC 3261 §21.4.24).
    if (peer.trunk && stack_.is_full(*peer.trunk)) {
        stack_.count_refused("trunk_full", peer.trunk->name);
        nta_msg_treply(stack_.agent(), msg, SIP_486_BUSY_HERE, TAG_END());
        return false;
    }
    const auto door =
        stack_.admission().decide(now, from.host, peer.trunk != nullptr, stack_.backlog(now));
    if (door == Admission::Door::Open) return true;
    stack_.count_refused(door == Admission::Door::Overload ? "overload" : "source_limit",
                         from.host);
    const std::string retry = std::to_string(stack_.admission().retry_after_s());
    nta_msg_treply(stack_.agent(), msg, SIP_503_SERVICE_UNAVAILABLE,
                   SIPTAG_RETRY_AFTER_STR(retry.c_str()), TAG_END());
    return false;
}

/// Finds out who a caller from no trunk is; false when the request has been answered.
bool FrontDoor::identify(msg_t* msg, sip_t* sip, const FarAddress& from, Peer& peer) {
    Registrar& registrar = stack_.registrar();
    const Instant now = mono_now();
    std::vector<std::string> shown = auth_values(sip->sip_proxy_authorization);
    for (std::string& value : auth_values(sip->sip_authorization))
        shown.push_back(std::move(value));
    if (!shown.empty() && !registrar.authenticator().empty()) {
        const auto outcome = registrar.authenticator().check(now, from.host, "INVITE", shown);
        switch (outcome.verdict) {
            case Authenticator::Verdict::Proved:
                peer.source = Source::Phone;
                peer.name = outcome.user;
                return true;
            case Authenticator::Verdict::Banned:
                stack_.count_refused("not_allowed", from.host);
                nta_msg_discard(stack_.agent(), msg);
                return false;
            case Authenticator::Verdict::Stale:
                challenge(msg, now, true);
                return false;
            case Authenticator::Verdict::Wrong:
                challenge(msg, now, false);
                return false;
            case Authenticator::Verdict::Challenge:
                break;
        }
    }
    // A phone is asked where its registration came from; elsewhere nobody learns who is one.
    const bool from_phone = registrar.bindings().user_at(from.host_port) != nullptr;
    const bool claims_phone = registrar.authenticator().knows(user_of(sip->sip_from->a_url));
    const bool open = stack_.config().accept_unknown_sources;
    if (!registrar.authenticator().empty() && (from_phone || (open && claims_phone))) {
        challenge(msg, now, false);
        return false;
    }
    if (open) return true;
    stack_.count_refused("not_allowed", from.host);
    if (may_complain_to(from.host))
        reply(msg, SIP_403_FORBIDDEN);
    else
        nta_msg_discard(stack_.agent(), msg);
    return false;
}

void FrontDoor::challenge(msg_t* msg, Instant now, bool stale) {
    const auto both = stack_.registrar().authenticator().challenges(now, stale);
    nta_msg_treply(
        stack_.agent(), msg, SIP_407_PROXY_AUTH_REQUIRED,
        TAG_IF(stack_.config().offers_sha256, SIPTAG_PROXY_AUTHENTICATE_STR(both.sha256.c_str())),
        SIPTAG_PROXY_AUTHENTICATE_STR(both.md5.c_str()), TAG_END());
}

void FrontDoor::build(msg_t* msg, sip_t* sip, const FarAddress& from, Peer peer) {
    const Listener* listener = stack_.transports().of_message(stack_.agent(), msg);
    peer.host = from.host;
    peer.transport = listener ? listener->transport : "udp";
    // A phone may sit behind a NAT, and a stream is used again instead of calling back.
    if (peer.source == Source::Phone || (peer.transport != "udp" && !sip->sip_record_route))
        peer.route = fmt::format("sip:{};transport={}", from.host_port, peer.transport);

    Incoming event;
    event.leg = stack_.new_leg();
    event.source = peer.source;
    event.source_name = peer.name;
    event.address = from.host;
    event.transport = peer.transport;
    event.called_user = user_of(sip->sip_request->rq_url);
    const bool trusted = peer.trunk && peer.trunk->sends_asserted_identity;
    Caller caller = caller_of(sip, trusted ? Trust::AssertedIdentity : Trust::FromOnly);
    event.caller_user = std::move(caller.user);
    event.display_name = std::move(caller.display);
    event.call_id = sip->sip_call_id->i_id;
    event.sdp = sdp_of(sip);
    if (sip->sip_replaces) {
        const Call* other = stack_.call_of_replaces(sip->sip_replaces);
        // RFC 3891 §3: no such dialog, no call.
        if (!other) return reply(msg, SIP_481_NO_CALL);
        event.replaces = other->id();
    }
    auto call = std::make_unique<Call>(stack_, event.leg, std::move(peer), Call::State::Offered);
    if (!call->take_invite(msg, sip)) return;
    call->source_counted = from.host;
    stack_.add_call(std::move(call));
    stack_.emit(std::move(event));
}

}  // namespace ys::sip
