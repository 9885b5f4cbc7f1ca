// SPDX-License-Identifier: Apache-2.0
// The sockets SIP listens on, and how much waits in them.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "voice/sip/sip_stack.h"
#include "voice/sip/sofia.h"

namespace ys::sip {

struct Listener {
    tport_t* tport = nullptr;
    std::string transport;  ///< "udp" "tcp" "tls"
    std::string host_port;  ///< really bound
    sip_contact_t* contact = nullptr;
    int fd = -1;  ///< UDP only
};

class Transports {
public:
    /// Binds everything the configuration asks for, or says what could not be bound.
    Result<Done> bind(nta_agent_t* agent, su_home_t* home, const SipStack::Config& config);

    const Listener* of_message(nta_agent_t* agent, msg_t* msg) const;
    /// A listener of that transport; the first of all when there is none.
    const Listener& by_transport(const std::string& transport) const;
    SipStack::Bound bound() const;
    /// What waits unread in the UDP sockets, as the time it takes to work off.
    Millis queueing_delay() const;

private:
    Result<Done> add(nta_agent_t* agent, const std::string& url, const std::string& certificates);
    void adopt_socket(Listener& listener) const;
    std::vector<Listener> listeners_;
};

}  // namespace ys::sip
