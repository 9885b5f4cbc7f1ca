// SPDX-License-Identifier: Apache-2.0
// The registrar: proof first, then one binding per phone.
#include "voice/sip/registrar.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "platform/clock.h"
#include "voice/sip/sofia_stack.h"

namespace ys::sip {
namespace {

constexpr Seconds expires_default{3600};  // RFC 3261 §10.2.1.1
constexpr Seconds expires_max{7200};

Seconds wanted_expires(const sip_t* sip) {
    if (sip->sip_contact && sip->sip_contact->m_expires) {
        const auto seconds = parse_number(sip->sip_contact->m_expires);
        // RFC 3261 §20.19: malformed means the default.
        return seconds ? Seconds{std::min<unsigned long long>(*seconds, 86400)} : expires_default;
    }
    if (sip->sip_expires)
        return Seconds{std::min<unsigned long>(sip->sip_expires->ex_delta, 86400)};
    return expires_default;
}

std::string contact_uri(const sip_contact_t* contact) {
    auto* home = static_cast<su_home_t*>(su_home_new(sizeof(su_home_t)));
    url_t uri = *contact->m_url;
    uri.url_headers = nullptr;  // They would become headers of the INVITE to the phone.
    const char* text = url_as_string(home, &uri);
    std::string copy = text ? text : "";
    su_home_unref(home);
    return copy;
}

}  // namespace

Registrar::Registrar(SofiaStack& stack)
    : stack_(stack), authenticator_(stack.config().realm, fresh_token()) {}

void Registrar::set_phones(const std::vector<PhoneAccount>& phones) {
    authenticator_.set_phones(phones);
}

void Registrar::challenge(msg_t* msg, bool stale) {
    const auto both = authenticator_.challenges(mono_now(), stale);
    nta_msg_treply(
        stack_.agent(), msg, SIP_401_UNAUTHORIZED,
        TAG_IF(stack_.config().offers_sha256, SIPTAG_WWW_AUTHENTICATE_STR(both.sha256.c_str())),
        SIPTAG_WWW_AUTHENTICATE_STR(both.md5.c_str()), TAG_END());
}

/// Whether the request proves to be `user`; when not, it has been answered.
bool Registrar::proved(msg_t* msg, sip_t* sip, const FarAddress& from, const std::string& user) {
    const auto outcome = authenticator_.check(mono_now(), from.host, "REGISTER",
                                              auth_values(sip->sip_authorization));
    switch (outcome.verdict) {
        case Authenticator::Verdict::Proved:
            if (outcome.user == user) return true;
            nta_msg_treply(stack_.agent(), msg, SIP_403_FORBIDDEN, TAG_END());
            return false;
        case Authenticator::Verdict::Banned:
            nta_msg_discard(stack_.agent(), msg);  // T3: silence.
            return false;
        case Authenticator::Verdict::Stale:
            challenge(msg, true);
            return false;
        case Authenticator::Verdict::Challenge:
        case Authenticator::Verdict::Wrong:
            challenge(msg, false);
            return false;
    }
    return false;
}

void Registrar::on_register(msg_t* msg, sip_t* sip, const FarAddress& from) {
    const std::string user = user_of(sip->sip_to->a_url);
    const bool open = stack_.config().open_registrations && !authenticator_.knows(user);
    if (!open && !proved(msg, sip, from, user)) return;
    const Listener* listener = stack_.transports().of_message(stack_.agent(), msg);
    const std::string transport = listener ? listener->transport : "udp";
    nta_incoming_t* irq = nta_incoming_create(stack_.agent(), nullptr, msg, sip, TAG_END());
    if (!irq) return;
    bind(irq, sip, from, user, transport);
    nta_incoming_destroy(irq);
}

void Registrar::bind(nta_incoming_t* irq, const sip_t* sip, const FarAddress& from,
                     const std::string& user, const std::string& transport) {
    const sip_contact_t* contact = sip->sip_contact;
    const Instant now = mono_now();
    const Binding* old = bindings_.find(user);
    // RFC 3261 §10.3 step 7: an older request of the same phone changes nothing.
    if (old && old->call_id == sip->sip_call_id->i_id && sip->sip_cseq->cs_seq < old->cseq) {
        nta_incoming_treply(irq, SIP_500_INTERNAL_SERVER_ERROR, TAG_END());
        return;
    }
    const Seconds wanted = wanted_expires(sip);
    if (contact && contact->m_url->url_type == url_any) {
        const bool clean = !contact->m_next && sip->sip_expires && wanted == Seconds{0};
        if (!clean) {  // RFC 3261 §10.3 step 6
            nta_incoming_treply(irq, SIP_400_BAD_REQUEST, TAG_END());
            return;
        }
        forget(user);
        nta_incoming_treply(irq, SIP_200_OK, TAG_END());
        return;
    }
    std::string listed;
    if (!contact) {
        if (old) {
            const auto left = std::chrono::duration_cast<Seconds>(old->expires_at - now);
            listed = fmt::format("<{}>;expires={}", old->contact, left.count());
        }
    } else if (wanted == Seconds{0}) {
        forget(user);
    } else {
        const auto scheme = static_cast<url_type_e>(contact->m_url->url_type);
        if ((scheme != url_sip && scheme != url_sips) || !contact->m_url->url_host) {
            nta_incoming_treply(irq, SIP_400_BAD_REQUEST, TAG_END());
            return;
        }
        const Seconds least = stack_.config().registration_min;
        if (wanted < least) {
            const std::string min = std::to_string(least.count());
            nta_incoming_treply(irq, 423, "Interval Too Brief", SIPTAG_MIN_EXPIRES_STR(min.c_str()),
                                TAG_END());
            return;
        }
        const Seconds granted = std::min(wanted, expires_max);
        Binding binding{contact_uri(contact),   from.host_port,        transport,
                        sip->sip_call_id->i_id, sip->sip_cseq->cs_seq, now + granted};
        listed = fmt::format("<{}>;expires={}", binding.contact, granted.count());
        const auto change = bindings_.bind(user, std::move(binding));
        if (change == Bindings::Change::Full) {
            nta_incoming_treply(irq, SIP_503_SERVICE_UNAVAILABLE, TAG_END());
            return;
        }
        registered_ = bindings_.size();
        if (change == Bindings::Change::New) stack_.emit(PhoneRegistered{user, from.host_port});
    }
    nta_incoming_treply(irq, SIP_200_OK,
                        TAG_IF(!listed.empty(), SIPTAG_CONTACT_STR(listed.c_str())), TAG_END());
}

void Registrar::forget(const std::string& user) {
    if (!bindings_.unbind(user)) return;
    registered_ = bindings_.size();
    stack_.emit(PhoneGone{user});
}

void Registrar::tick(Instant now) {
    for (std::string& user : bindings_.expire(now)) {
        registered_ = bindings_.size();
        stack_.emit(PhoneGone{std::move(user)});
    }
}

}  // namespace ys::sip
