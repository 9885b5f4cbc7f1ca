// SPDX-License-Identifier: Apache-2.0
// The step between sofia's parser and its transactions.
#include "voice/sip/wire_guard.h"

#include <netdb.h>
#include <sofia-sip/msg_header.h>
#include <sofia-sip/msg_mclass.h>
#include <sofia-sip/su_addrinfo.h>

#include "base/text.h"
#include "voice/sip/request_view.h"

namespace ys::sip {
namespace {

using ExtractBody = issize_t (*)(msg_t*, msg_pub_t*, char*, isize_t, int);

ExtractBody original_extract_body() { return sip_default_mclass()->mc_extract_body; }

void guard(msg_t* msg, sip_t* sip) {
    sip_via_t* via = sip->sip_via;
    if (!sip->sip_request || !via) return;
    // RFC 3261 §18.2.2 sends to maddr for multicast, which we do not serve.
    if (via->v_maddr) msg_header_remove_param(via->v_common, "maddr");
    // sofia does this itself, but not before every answer: its 505 and its 400 to a request whose
    // Via names another transport would go to the host in the Via.
    const std::string host = far_address(msg).host;
    if (via->v_host && equals_ignoring_case(via->v_host, host)) return;
    const std::string received = "received=" + host;
    su_home_t* home = msg_home(msg);
    msg_header_replace_param(home, via->v_common, su_strdup(home, received.c_str()));
}

issize_t guarded_extract_body(msg_t* msg, msg_pub_t* pub, char* bytes, isize_t size, int end) {
    auto* sip = reinterpret_cast<sip_t*>(pub);
    const bool in_headers = !(sip->sip_flags & MSG_FLG_BODY);
    const issize_t taken = original_extract_body()(msg, pub, bytes, size, end);
    if (in_headers && (sip->sip_flags & MSG_FLG_BODY)) guard(msg, sip);
    return taken;
}

}  // namespace

const msg_mclass_t* guarded_message_class() {
    static const msg_mclass_t* const guarded = [] {
        msg_mclass_t* copy = msg_mclass_clone(sip_default_mclass(), 0, 0);
        copy->mc_extract_body = guarded_extract_body;
        return copy;
    }();
    return guarded;
}

}  // namespace ys::sip

/// Takes the place of sofia's function of this name in our program (the executable's symbols come
/// before the library's). sofia's transports call it, and would wait for the DNS, for whatever host
/// a broken Via names. Numbers need no waiting; the names of trunks are looked up by sofia's own
/// resolver, which does not wait; addresses to listen on are numbers.
extern "C" int su_getaddrinfo(const char* node, const char* service, const su_addrinfo_t* hints,
                              su_addrinfo_t** result) {
    addrinfo numeric{};
    if (hints) numeric = *hints;
    numeric.ai_flags |= AI_NUMERICHOST;
    return getaddrinfo(node, service && *service ? service : "0", &numeric, result);
}
