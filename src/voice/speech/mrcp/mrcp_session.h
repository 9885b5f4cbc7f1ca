// SPDX-License-Identifier: Apache-2.0
// One utterance at a recogniser of MRCP: a call by SIP, a control channel by TCP, the sound by RTP.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include "base/id.h"
#include "platform/web_client/address_guard.h"
#include "voice/sip/sip_stack.h"
#include "voice/speech/asr_engine.h"
#include "voice/speech/mrcp/mrcp_address.h"
#include "voice/speech/mrcp/mrcp_message.h"
#include "voice/speech/mrcp/mrcp_sdp.h"
#include "voice/speech/mrcp/utterance_sender.h"

namespace ys::speech {

class MrcpSession {
public:
    struct Terms {
        sip::SipStack& sip;
        const MrcpAddress& server;
        /// Where it may send us besides its own address.
        const web_client::AddressGuard& guard;
        LegId leg;
        std::string here;  ///< our address on the way to it
        std::string grammar, language;
    };

    MrcpSession(Terms terms, std::span<const std::int16_t> samples, Millis within);

    /// What SIP says of the leg; from any thread, at any time.
    void tell(sip::SipEvent event);
    /// Blocks, once. At its return the call is over, or being ended.
    /// errors  Errc
    Result<SpokenWords> run();

private:
    void invite();
    void on_sip(const sip::SipEvent& event);
    void on_answer(const std::string& sdp);
    bool may_reach(const std::string& address) const;
    void connect();
    void send(const MrcpMessage& message);
    void receive();
    void on_bytes(std::size_t count);
    void on_message(const MrcpMessage& message);
    void on_response(const MrcpMessage& response);
    void finish(Result<SpokenWords> outcome);
    void fail(std::string why);
    void part();

    const Terms terms_;
    const std::span<const std::int16_t> samples_;
    const Millis within_;
    boost::asio::io_context io_{1};
    boost::asio::steady_timer deadline_{io_};
    boost::asio::ip::tcp::socket socket_{io_};
    std::unique_ptr<UtteranceSender> sound_;
    std::optional<MrcpAnswer> answer_;
    std::string outgoing_, incoming_;
    std::array<char, 4096> piece_{};
    bool is_called_ = false;       ///< there is a call to end
    bool is_recognising_ = false;  ///< there is something to stop
    std::optional<Result<SpokenWords>> outcome_;
};

}  // namespace ys::speech
