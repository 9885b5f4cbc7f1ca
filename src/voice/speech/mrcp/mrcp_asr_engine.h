// SPDX-License-Identifier: Apache-2.0
// A recogniser of MRCPv2 (RFC 6787), as the speech servers of call centres are: every utterance is
// a session of its own. A breaker stands in front.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/circuit_breaker.h"
#include "platform/web_client/address_guard.h"
#include "voice/sip/sip_stack.h"
#include "voice/speech/asr_engine.h"
#include "voice/speech/mrcp/mrcp_address.h"

namespace ys::speech {

class MrcpSession;

struct MrcpAsrSettings {
    std::string url;         ///< "sip:10.20.0.9:8060" (MrcpAddress)
    std::string grammar;     ///< a URI the server knows: "builtin:speech/transcribe"
    std::string language{};  ///< "" to leave it to the server
    /// Networks besides its own address that channel and sound may go to although not public.
    std::vector<std::string> allow{};
    Millis within{5'000};
    CircuitBreaker::Rules breaker{};
};

class MrcpAsrEngine final : public AsrEngine {
public:
    /// clock   what it reads the time from
    /// errors  invalid_argument, in words an operator can act on; what keeps SIP from starting
    static Result<std::unique_ptr<MrcpAsrEngine>> build(MrcpAsrSettings settings,
                                                        std::function<Now()> clock);
    /// Nobody is in write_down any more.
    ~MrcpAsrEngine() override;
    std::string name() const override;
    Result<SpokenWords> write_down(const AsrOrder& order) override;
    CircuitBreaker::State breaker_state() const;

private:
    MrcpAsrEngine(MrcpAsrSettings settings, MrcpAddress server, web_client::AddressGuard guard,
                  std::function<Now()> clock);
    Result<Done> start();
    void on_sip(sip::SipEvent event);
    Result<SpokenWords> ask(const AsrOrder& order, Millis within);

    const MrcpAsrSettings settings_;
    const MrcpAddress server_;
    const web_client::AddressGuard guard_;
    const std::function<Now()> clock_;
    std::string here_;
    mutable std::mutex mutex_;
    CircuitBreaker breaker_;
    std::mutex sessions_lock_;
    std::map<LegId, MrcpSession*> sessions_;
    std::atomic<std::uint64_t> last_leg_{0};
    std::unique_ptr<sip::SipStack> sip_;  ///< the last: its thread ends before the rest
};

}  // namespace ys::speech
