// SPDX-License-Identifier: Apache-2.0
// Checks of a parsed request beyond sofia's own.
#include "voice/sip/strictness.h"

#include <arpa/inet.h>

#include <string>
#include <string_view>

#include "base/text.h"

namespace ys::sip {
namespace {

constexpr unsigned long max_forwards_max = 255;  // RFC 3261 §20.22

bool names_one_of_ours(std::string_view feature) {
    for (std::string_view ours : {"100rel", "timer", "replaces"})
        if (equals_ignoring_case(feature, ours)) return true;
    return false;
}

bool has_magic_cookie(const sip_via_t* via) {
    return via->v_branch && lowered(via->v_branch).starts_with("z9hg4bk");
}

bool is_session_type(std::string_view type) {
    return equals_ignoring_case(type, "application/sdp") || lowered(type).starts_with("multipart/");
}

/// Accept, when present, must let our SDP through (RFC 3261 §20.1).
bool accepts_sdp(const sip_accept_t* accept) {
    if (!accept) return true;
    for (; accept; accept = accept->ac_next) {
        if (!accept->ac_type) continue;
        for (std::string_view fits : {"application/sdp", "application/*", "*/*"})
            if (equals_ignoring_case(accept->ac_type, fits)) return true;
    }
    return false;
}

std::optional<Fault> invite_fault(const sip_t* sip) {
    // RFC 3261 §8.1.1.8. A client of RFC 2543 need not have one, and is known by its branch.
    if (!sip->sip_contact && has_magic_cookie(sip->sip_via)) return Fault{400, "Missing Contact"};
    if (!accepts_sdp(sip->sip_accept)) return Fault{SIP_406_NOT_ACCEPTABLE};
    const bool has_body = sip->sip_payload && sip->sip_payload->pl_len > 0;
    if (has_body && sip->sip_content_encoding) return Fault{SIP_415_UNSUPPORTED_MEDIA};
    if (has_body && (!sip->sip_content_type || !sip->sip_content_type->c_type))
        return Fault{400, "Missing Content-Type"};
    if (has_body && !is_session_type(sip->sip_content_type->c_type))
        return Fault{SIP_415_UNSUPPORTED_MEDIA};
    return std::nullopt;
}

/// sofia takes anything of hexadecimal digits and colons, as the faulty grammar of RFC 3261 did
/// (RFC 5118 §4.10).
bool is_ipv6_reference(std::string_view host) {
    if (host.size() < 4 || host.back() != ']') return false;
    in6_addr address{};
    const std::string inside{host.substr(1, host.size() - 2)};
    return inet_pton(AF_INET6, inside.c_str(), &address) == 1;
}

std::optional<Fault> uri_fault(const url_t* uri) {
    switch (static_cast<url_type_e>(uri->url_type)) {
        case url_sip:
        case url_sips:
        case url_tel:
            break;
        default:
            return Fault{416, "Unsupported URI Scheme"};
    }
    // RFC 3261 §19.1.1: no headers in a Request-URI. They would be another way to smuggle some in.
    if (uri->url_host && uri->url_host[0] == '[' && !is_ipv6_reference(uri->url_host))
        return Fault{400, "Bad IPv6 Reference"};
    if (uri->url_headers) return Fault{400, "Headers in Request-URI"};
    return std::nullopt;
}

}  // namespace

std::optional<Fault> fault_of(const sip_t* sip) {
    if (const auto fault = uri_fault(sip->sip_request->rq_url)) return fault;
    if (sip->sip_max_forwards && sip->sip_max_forwards->mf_count > max_forwards_max)
        return Fault{400, "Bad Max-Forwards"};
    if (sip->sip_cseq->cs_seq > 0x7fffffffu) return Fault{400, "Bad CSeq"};  // RFC 3261 §8.1.1.5
    if (sip->sip_request->rq_method == sip_method_invite) return invite_fault(sip);
    return std::nullopt;
}

std::string unsupported_by_us(const sip_t* sip) {
    std::string missing;
    if (!sip->sip_require || !sip->sip_require->k_items) return missing;
    for (const msg_param_t* item = sip->sip_require->k_items; *item; ++item) {
        if (names_one_of_ours(*item)) continue;
        if (!missing.empty()) missing += ", ";
        missing += cleaned(*item, 80);
    }
    return missing;
}

}  // namespace ys::sip
