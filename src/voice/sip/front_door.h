// SPDX-License-Identifier: Apache-2.0
// Every request that belongs to no dialog of ours: refused, answered, or turned into a call.
#pragma once

#include <string>
#include <unordered_map>

#include "voice/sip/admission.h"
#include "voice/sip/call.h"
#include "voice/sip/request_view.h"
#include "voice/sip/sofia.h"

namespace ys::sip {

class FrontDoor {
public:
    explicit FrontDoor(SofiaStack& stack) : stack_(stack) {}

    /// sofia's callback for messages that match no dialog and no transaction; owns `msg`.
    static int on_message(SofiaStack* stack, nta_agent_t* agent, msg_t* msg, sip_t* sip);

    void request(msg_t* msg, sip_t* sip);

private:
    void invite(msg_t* msg, sip_t* sip, const FarAddress& from);
    bool identify(msg_t* msg, sip_t* sip, const FarAddress& from, Peer& peer);
    bool admit(msg_t* msg, const FarAddress& from, const Peer& peer);
    void challenge(msg_t* msg, Instant now, bool stale);
    void build(msg_t* msg, sip_t* sip, const FarAddress& from, Peer peer);
    void reply(msg_t* msg, int status, const char* phrase);
    bool may_complain_to(const std::string& host);

    SofiaStack& stack_;
    std::unordered_map<std::string, TokenBucket> complaints_;  // Errors sent, per address.
};

}  // namespace ys::sip
