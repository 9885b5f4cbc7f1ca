// SPDX-License-Identifier: Apache-2.0
// The network, the media plane and the clock as the coordinator sees them, in virtual time. It does
// what effects say, and complains about any that real edges could not carry out.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "interactions/coordinator.h"
#include "interactions/last_life.h"
#include "support/timeline.h"

namespace ys::test {

struct FakeLeg {
    enum class Kind { Citizen, Seat, Number } kind = Kind::Citizen;
    InteractionId call;
    AgentId agent;
    std::string number;  ///< dialled by us, or the citizen's own
    bool is_up = false;
    bool answers_itself = false;
    PlayId play;
    std::vector<std::string> prompts;  ///< heard now; empty: none
};

/// One line for a fact: its kind and its values.
std::string text_of(const facts::Fact& fact);

class FakeEdge {
public:
    FakeEdge(interactions::Setup setup, Timeline& time);

    /// Hands a command over, checks every invariant, and does what comes out.
    void tell(const interactions::Command& command);
    Now now() const;

    LegId arrives(interactions::CallArrived call);  ///< chooses the leg
    void goes_down(LegId leg, interactions::EndCause cause);
    void comes_up(LegId leg);  ///< also when the leg has ended: a late message
    /// kill -9 and a new process: every leg, timer and recording is gone; those who were there
    /// are taken up as the house does it. Their seats come back by SeatBack.
    void crashes(interactions::Setup setup);

    interactions::Coordinator& coordinator() { return *coordinator_; }
    const interactions::Coordinator& coordinator() const { return *coordinator_; }

    std::map<LegId, FakeLeg> legs;
    std::map<InteractionId, std::vector<interactions::Hears>> mixes;
    std::map<RecordingId, interactions::Record> recordings;  ///< open ones
    std::vector<facts::Fact> facts;
    std::vector<interactions::RefuseDesk> refusals;
    std::vector<std::string> digits;  ///< "leg:digits" sent
    std::set<InteractionId> secure;
    std::set<TimerId> timers;
    std::function<void(LegId)> on_ring = [](LegId) {};  ///< a seat or number we call
    Millis prompt_lasts{1'000};
    Millis clock_is_off{};  ///< wall time only
    /// No two commands in the same microsecond: the journal tells them apart by their time.
    bool keeps_apart = false;
    /// Asked whenever the edge reports: whether it does so twice.
    std::function<bool()> is_told_twice = [] { return false; };
    std::string complaint;  ///< the first thing that was wrong
    std::size_t facts_before_complaint = 0;

    /// Asked whenever a leg comes up or a prompt ends: whether word of it is lost on the way.
    std::function<bool()> is_lost = [] { return false; };
    std::vector<std::size_t> lives;  ///< where in `facts` each further life begins

    /// What must be true when all is over; else the complaint says what is left.
    void expect_nothing_left();

private:
    void complain(std::string what);
    void start(interactions::Setup setup);
    std::vector<interactions::LostCall> end_unfinished();
    void take(const facts::Fact& fact);
    FakeLeg* living(LegId leg, const char* effect);
    void take_place(const facts::Fact& fact, const facts::Queued& queued);
    void check_turn(const facts::Fact& fact, const facts::Proposed& proposed);
    /// The edge's own reports, some of them twice.
    void report(const interactions::Command& command);

    void on(const interactions::AnswerLeg& e);
    void on(const interactions::EndLeg& e);
    void on(const interactions::RingSeat& e);
    void on(const interactions::DialNumber& e);
    void on(const interactions::Play& e);
    void on(const interactions::StopPlay& e);
    void on(const interactions::Mix& e);
    void on(const interactions::Record& e);
    void on(const interactions::MarkRecording& e);
    void on(const interactions::StopRecording& e);
    void on(const interactions::SecureInput& e);
    void on(const interactions::PlayDigits& e);
    void on(const interactions::LookUpCase& e);
    void on(const interactions::LookUpLive& e);
    void on(const interactions::AskKnowledge& e);
    void on(const interactions::GuessNeed& e);
    void on(const interactions::NeverGuess&) {}
    void on(const interactions::SetTimer& e);
    void on(const interactions::CancelTimer& e);
    void on(const interactions::CloseInteraction& e);
    void on(const interactions::RefreshDesk& e);
    void on(const interactions::RefuseDesk& e);

    std::unique_ptr<interactions::Coordinator> coordinator_;
    std::uint64_t life_ = 0;  ///< what an earlier process had under way happens no more
    Timeline& time_;
    std::uint64_t next_leg_ = 1;
    Instant last_told_{};
    std::map<InteractionId, int> ended_;  ///< CallArrived opens at 0, CallEnded adds 1
    std::set<InteractionId> passed_on_;   ///< calls that were transferred or returned
    /// Where a caller stands, as the facts tell.
    struct Place {
        Instant since{};  ///< first asked for a person
        facts::Queued as;
        Instant known_until{};  ///< waits for one agent until then
    };
    std::map<InteractionId, Place> places_;
    std::set<std::uint64_t> recordings_open_;  ///< by facts
};

}  // namespace ys::test
