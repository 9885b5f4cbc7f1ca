// SPDX-License-Identifier: Apache-2.0
// What the switchboard needs from the rest of the house; app implements it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/id.h"
#include "base/time.h"
#include "facts/facts.h"
#include "interactions/effects.h"
#include "voice/media/media_engine.h"

namespace ys::call {

/// What is known of a number before its call is decided on.
struct KnownCaller {
    CustomerId customer;
    std::vector<std::string> tags;
    std::string account;  ///< begins with the customer's region
    std::string plate;    ///< of the customer's car
    std::string area;     ///< where the number was given out, in words
    std::string address;
    AgentId known_to;           ///< has their case, or talked with them last
    std::uint32_t repeats = 0;  ///< calls of the last days that settled nothing
    bool is_barred = false;
};

/// What a caller is told of a live look-up: speech made for them, else prompts.
struct LiveSentence {
    std::vector<std::int16_t> speech;  ///< at 8 kHz
    std::vector<std::string> prompts;  ///< where there is no speech
    bool offers_person = false;
};

/// What a caller is told of a matter, or asked about it.
struct KnownSentence {
    std::vector<std::int16_t> speech;  ///< at 8 kHz; none: see prompts
    std::vector<std::string> prompts;  ///< none either: not understood, or nothing is known
    int choices = 0;                   ///< as of ivr::AnswerTold
    bool wants_person = false;
};

/// What a caller is likely to want.
struct GuessedNeed {
    std::vector<std::string> kinds;  ///< words of ivr::guess_kinds, the likeliest first
    std::string why;                 ///< what is known of the caller, a word each
};

struct Surroundings {
    virtual ~Surroundings() = default;

    virtual Now now() = 0;
    virtual void set_timer(TimerId timer, Instant at) = 0;
    virtual void cancel_timer(TimerId timer) = 0;
    /// Facts in the order they became true; the journal and the live figures take them.
    virtual void record(const std::vector<facts::Fact>& facts) = 0;
    /// Calls `then` on the control thread, at once or after a bounded look-up; never later than
    /// 200 ms, with nothing known when the store is slow: a caller does not wait for a disk.
    virtual void identify(CentreId centre, std::string number,
                          std::function<void(KnownCaller)> then) = 0;

    /// Calls `then` on the control thread with the sentence as names of prompts, never from within
    /// this call; with none when no one case is meant, or the store cannot tell.
    virtual void look_up_case(const interactions::LookUpCase& asked,
                              std::function<void(std::vector<std::string>)> then) = 0;

    /// As look_up_case; a business system is asked.
    virtual void look_up_live(const interactions::LookUpLive& asked,
                              std::function<void(LiveSentence)> then) = 0;

    /// As look_up_case; may listen to the caller first, no longer than `asked.within`.
    virtual void ask_knowledge(const interactions::AskKnowledge& asked,
                               std::function<void(KnownSentence)> then) = 0;

    /// As look_up_case: what the caller is likely to want, and what says so.
    virtual void guess_need(const interactions::GuessNeed& asked,
                            std::function<void(GuessedNeed)> then) = 0;
    virtual void never_guess(const interactions::NeverGuess& who) = 0;

    /// They are somewhere else: nobody listens to this leg any more.
    virtual void stop_hearing(LegId leg) = 0;

    /// Outbound rules: denied unless one of the agent's centre allows the number at this hour.
    virtual bool may_dial(AgentId agent, const std::string& number) const = 0;

    virtual void refresh_desk(AgentId agent) = 0;
    virtual void refuse_desk(AgentId agent, std::string code) = 0;
    virtual bool is_desk_open(AgentId agent) = 0;
    virtual void want_offer(AgentId agent, InteractionId interaction) = 0;
    virtual void send_answer(AgentId agent, InteractionId interaction, std::string sdp) = 0;
    virtual void close_media(AgentId agent, InteractionId interaction) = 0;
    virtual void show_quality(AgentId agent, const media::LegQuality& quality) = 0;

    /// To the citizen's page of a web call: "ringing" "queued" "talking" "ended".
    virtual void send_web_answer(LegId leg, std::string sdp) = 0;
    virtual void send_web_state(LegId leg, std::string state) = 0;
    /// The encoder has done with a recording; see media::RecordingEncoded.
    virtual void recording_encoded(const media::RecordingEncoded& encoded) = 0;
    /// A registered phone came or went.
    virtual void phone_changed(std::string user, bool is_there) = 0;
};

}  // namespace ys::call
