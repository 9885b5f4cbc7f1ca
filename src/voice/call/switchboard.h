// SPDX-License-Identifier: Apache-2.0
// The switchboard: does with SIP and media what the coordinator decided, and tells it what
// happened.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "interactions/coordinator.h"
#include "voice/call/surroundings.h"
#include "voice/media/media_engine.h"
#include "voice/sip/sip_stack.h"

namespace ys::call {

/// Lives on the control thread; decides nothing. Every public function may run the coordinator and
/// carry out its effects before it returns.
class Switchboard {
public:
    struct Config {
        std::string recordings_dir;
        std::string home_area_code;               ///< put before local numbers without one
        std::map<std::string, CentreId> numbers;  ///< hotline number -> its centre
        std::map<std::string, AgentId> phones;    ///< registered phone user -> agent
        std::set<std::string> slow_prompts;       ///< those there are as slow-<name>, too
    };

    static constexpr const char* slow_prefix = "slow-";

    Switchboard(Config config, interactions::Coordinator& coordinator, sip::SipStack& sip,
                media::MediaEngine& media, Surroundings& around);

    void on_sip(sip::SipEvent event);
    void on_media(media::MediaEvent event);
    /// A desk's, supervisor's or timer's command, already authorised.
    void on_command(const interactions::Command& command);

    /// The browser's offer for the call its agent is being rung or wanted for.
    /// errors: no_call_here, media::bad_sdp, media::no_common_codec
    Result<Done> browser_offer(AgentId agent, std::string_view sdp, bool is_answer_pressed);

    struct WebCaller {
        std::string number;  ///< hotline number
        std::string offer;
        std::string address;  ///< source, for the journal
    };
    /// A citizen's page calls. errors: no_such_number
    Result<LegId> web_call(WebCaller caller);
    void web_key(LegId leg, char key);
    void web_gone(LegId leg);

    std::size_t legs_open() const { return legs_.size(); }

private:
    enum class Kind { Sip, Browser, Web };
    struct Leg {
        Kind kind = Kind::Sip;
        InteractionId room;
        AgentId agent;  ///< of a seat's leg
        bool is_answered = false;
        bool is_ours = false;  ///< we called, not they
        std::string offer;     ///< far end's, until we answer it
    };

    void run(const interactions::Command& command);
    void run_one(const interactions::Command& command);
    void carry_out(const interactions::Effect& effect);
    void note(const facts::Fact& fact, const interactions::Command& command);

    void arrive(interactions::CallArrived call, std::string offer, Kind kind);
    void answer_leg(LegId id, InteractionId room);
    void end_leg(LegId id, interactions::EndCause cause);
    void ring_seat(const interactions::RingSeat& ring);
    void dial(LegId id, InteractionId room, AgentId agent, sip::OutgoingCall call);
    void fail_leg(LegId id, interactions::EndCause cause);
    void forget(LegId id);
    void lend_speech(InteractionId call, const std::vector<std::int16_t>& speech,
                     std::vector<std::string>& prompts);
    void take_speech_back(InteractionId call, const std::vector<std::int16_t>& speech);
    void record(const interactions::Record& plan);
    std::vector<std::string> paced(const interactions::Play& play) const;

    void on(sip::Incoming e);
    void on(sip::Ringing e);
    void on(sip::Answered e);
    void on(sip::DialogKnown e);
    void on(sip::Offered e);
    void on(sip::Ended e);
    void on(sip::Referred e);
    void on(sip::InfoKey e);
    void on(sip::PhoneRegistered e);
    void on(sip::PhoneGone e);
    void on(sip::Refused e);

    void on(media::MediaUp e);
    void on(media::MediaDown e);
    void on(media::PlayDone e);
    void on(media::KeyHeard e);
    void on(media::RecordingEnded e);
    void on(media::RecordingEncoded e);
    void on(media::LegQuality e);

    std::optional<LegId> leg_of(AgentId agent) const;

    Config config_;
    interactions::Coordinator& coordinator_;
    sip::SipStack& sip_;
    media::MediaEngine& media_;
    Surroundings& around_;
    std::unordered_map<LegId, Leg> legs_;
    std::unordered_map<AgentId, LegId> seat_legs_;        ///< the browser leg of each agent
    std::unordered_map<InteractionId, LegId> web_legs_;   ///< web calls, by interaction
    std::unordered_map<RecordingId, std::string> files_;  ///< where each open recording goes
    std::deque<interactions::Command> waiting_;           ///< raised while effects are carried out
    bool is_running_ = false;
    std::uint64_t next_web_leg_ = std::uint64_t{1} << 39;  ///< SIP's own legs stay below
};

}  // namespace ys::call
