// SPDX-License-Identifier: Apache-2.0
// REGISTER: who may say where a phone is, and for how long.
#pragma once

#include <atomic>

#include "voice/sip/authenticator.h"
#include "voice/sip/bindings.h"
#include "voice/sip/request_view.h"
#include "voice/sip/sofia.h"

namespace ys::sip {

class Registrar {
public:
    explicit Registrar(SofiaStack& stack);

    /// Answers a REGISTER; owns `msg`.
    void on_register(msg_t* msg, sip_t* sip, const FarAddress& from);
    void set_phones(const std::vector<PhoneAccount>& phones);
    void tick(Instant now);

    Authenticator& authenticator() { return authenticator_; }
    const Bindings& bindings() const { return bindings_; }
    std::uint64_t registered() const { return registered_; }

private:
    bool proved(msg_t* msg, sip_t* sip, const FarAddress& from, const std::string& user);
    void challenge(msg_t* msg, bool stale);
    void forget(const std::string& user);
    void bind(nta_incoming_t* irq, const sip_t* sip, const FarAddress& from,
              const std::string& user, const std::string& transport);

    SofiaStack& stack_;
    Authenticator authenticator_;
    Bindings bindings_;
    std::atomic<std::uint64_t> registered_{0};
};

}  // namespace ys::sip
