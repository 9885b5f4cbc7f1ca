// SPDX-License-Identifier: Apache-2.0
// The step between sofia's parser and its transactions.
#include "voice/sip/wire_guard.h"

#include <sofia-sip/msg_header.h>
#include <sofia-sip/msg_mclass.h>

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
    const char* version = sip->sip_request->rq_version;
    if (version && equals_ignoring_case(version, "SIP/2.0")) return;
    const std::string received = "received=" + far_address(msg).host;
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
