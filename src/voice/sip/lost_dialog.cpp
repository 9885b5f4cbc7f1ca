// SPDX-License-Identifier: Apache-2.0
// Dialogs that outlive their process: told when they come up, ended after a restart.
#include "base/text.h"
#include "voice/sip/call.h"
#include "voice/sip/sofia_stack.h"

namespace ys::sip {
namespace {

/// Re-INVITEs and UPDATEs since the dialog came up have numbers too; ours must be higher than all
/// of them (RFC 3261 §12.2.1.1).
constexpr std::uint64_t cseq_room = 10'000;

/// One header's value as text, "" when it is not there.
template <class Header>
std::string text_of(const Header* header) {
    if (header == nullptr) return {};
    su_home_t home[1] = {SU_HOME_INIT(home)};
    su_home_init(home);
    const char* text = sip_header_as_string(home, reinterpret_cast<const sip_header_t*>(header));
    std::string out = text ? text : "";
    su_home_deinit(home);
    return out;
}

std::string uri_of(const url_t* url) {
    su_home_t home[1] = {SU_HOME_INIT(home)};
    su_home_init(home);
    const char* text = url_as_string(home, url);
    std::string out = text ? text : "";
    su_home_deinit(home);
    return out;
}

std::string address(const std::string& uri, const std::string& tag) {
    return "<" + uri + ">" + (tag.empty() ? "" : ";tag=" + tag);
}

/// Headers are made of these: nothing that could end one early may be in them.
bool is_plain(const Dialog& d) {
    for (const std::string* text : {&d.call_id, &d.local_tag, &d.remote_tag, &d.local_uri,
                                    &d.remote_uri, &d.remote_target, &d.route, &d.branch})
        if (text->size() > 2000 || text->find_first_of("\r\n") != std::string::npos) return false;
    return !d.call_id.empty() && !d.remote_target.empty();
}

}  // namespace

void Call::tell_dialog(const sip_from_t* local, const sip_from_t* remote, const sip_call_id_t* id) {
    if (!local || !remote || !id) return;
    const sip_route_t* route = nullptr;
    const sip_contact_t* target = nullptr;
    nta_leg_get_route(dialog_, &route, &target);
    if (target == nullptr) return;  // Nowhere to send a BYE to.
    Dialog d;
    d.call_id = id->i_id;
    d.local_tag = local->a_tag ? local->a_tag : "";
    d.remote_tag = remote->a_tag ? remote->a_tag : "";
    d.local_uri = uri_of(local->a_url);
    d.remote_uri = uri_of(remote->a_url);
    d.remote_target = uri_of(target->m_url);
    d.route = peer_.route.empty() ? text_of(route) : "<" + peer_.route + ">";
    d.transport = peer_.transport;
    d.cseq = nta_leg_get_seq(dialog_);
    stack_.emit(DialogKnown{id_, std::move(d)});
}

void Call::tell_ring(const sip_t* sip) {
    if (!sip->sip_via || !sip->sip_via->v_branch || !sip->sip_cseq) return;
    Dialog d;
    d.call_id = sip->sip_call_id->i_id;
    d.local_tag = sip->sip_from->a_tag ? sip->sip_from->a_tag : "";
    d.local_uri = uri_of(sip->sip_from->a_url);
    d.remote_uri = uri_of(sip->sip_to->a_url);
    d.remote_target = request_uri_;
    if (!peer_.route.empty()) d.route = "<" + peer_.route + ">";
    d.transport = peer_.transport;
    d.cseq = sip->sip_cseq->cs_seq;
    d.branch = sip->sip_via->v_branch;
    stack_.emit(DialogKnown{id_, std::move(d)});
}

void SofiaStack::end_lost(Dialog d) {
    post([this, d = std::move(d)] {
        if (!is_plain(d)) return;
        const std::string from = address(d.local_uri, d.local_tag);
        const std::string to = address(d.remote_uri, d.remote_tag);
        const bool rings = !d.branch.empty();
        const std::string cseq = rings ? std::to_string(d.cseq) + " CANCEL"
                                       : std::to_string(d.cseq + cseq_room) + " BYE";
        nta_leg_t* leg =
            nta_leg_tcreate(agent_, nullptr, nullptr, SIPTAG_CALL_ID_STR(d.call_id.c_str()),
                            SIPTAG_FROM_STR(from.c_str()), SIPTAG_TO_STR(to.c_str()),
                            SIPTAG_CSEQ_STR(cseq.c_str()), TAG_END());
        if (leg == nullptr) return;
        const auto* target = URL_STRING_MAKE(d.remote_target.c_str());
        nta_outgoing_t* last = nta_outgoing_tcreate(
            leg, nullptr, nullptr, nullptr, rings ? sip_method_cancel : sip_method_bye,
            rings ? "CANCEL" : "BYE", target, TAG_IF(rings, NTATAG_BRANCH_KEY(d.branch.c_str())),
            TAG_IF(rings, SIPTAG_CSEQ_STR(cseq.c_str())),
            TAG_IF(!d.route.empty(), SIPTAG_ROUTE_STR(d.route.c_str())),
            SIPTAG_REASON_STR("SIP;cause=500;text=\"Restarted\""), TAG_END());
        // Without a callback sofia repeats it until the answer comes and then forgets it.
        if (last) nta_outgoing_destroy(last);
        nta_leg_destroy(leg);
    });
}

}  // namespace ys::sip
