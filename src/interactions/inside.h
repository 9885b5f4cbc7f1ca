// SPDX-License-Identifier: Apache-2.0
// The coordinator's inside: one function for each thing that can happen.
#pragma once

#include <string>
#include <vector>

#include "interactions/frame.h"

namespace ys::interactions {

struct Coordinator::Inside : Frame {
    using Frame::Frame;
    // coordinator.cpp
    Outcome carry_out(Now at, const Command& command);
    void settle();
    void on(const TimerDue& c);
    void on(const RecordingDone& c);
    void on(const Drain&);
    // arrival.cpp: a new call, the robot, keys
    void on(const CallArrived& c);
    void refuse_call(const CallArrived& c, CentreId centre, EndCause cause);
    void answer(Call& call, const ivr::Flow& flow, bool is_barred);
    void take_steps(Call& call, const std::vector<ivr::Step>& steps);
    void on(const KeyPressed& c);
    void tell_flow(InteractionId who, const ivr::Input& told);
    void on(const PlayEnded& c);
    void prompts_ended(Call& call);
    void wait_over(Call& call);
    void play(Call& call, Playing what, std::vector<std::string> prompts);
    void play_music(Call& call);
    void quiet(Call& call);
    void set_secure(Call& call, bool is_on);
    // territory.cpp: whose call it is
    routing::Located locate(Call& call, const NumberSetup& number, const CallArrived& c);
    void set_territory(Call& call, const std::string& keyed);
    QueueId queue_named(const Call& call, const std::string& name) const;
    bool is_reached(const Call& call, AgentId by, CentreId centre) const;
    QueueId helper_of(const QueueSetup& queue, routing::Admission admission) const;
    void on(const SlideOverflow& c);
    // queueing.cpp
    void enter_queue(Call& call, QueueId queue, std::string why, routing::Admission admission);
    void carry_out_routing(const std::vector<routing::Effect>& effects);
    void propose(const routing::Propose& p);
    routing::Preferred preferred_for(const Call& call, const QueueSetup& queue);
    std::string skill_names(const std::vector<SkillId>& needs) const;
    std::vector<SkillId> skills_named(const std::vector<std::string>& names) const;
    void requeue(Call& call, std::string why);
    void route_freed();
    // waiting.cpp: what who waits is told, and what they may press
    void announce_position(Call& call);
    std::vector<std::string> words_for(Call& call);
    std::vector<std::string> estimate_for(Call& call);
    Millis next_announcement(const Call& call) const;
    void waiting_key(Call& call, char key);
    void number_key(Call& call, char key);
    void leave_message(Call& call);
    void wait_became(Call& call);
    void leave_queue(Call& call);
    // duty.cpp: nobody is at work
    bool is_on_a_call(const std::string& number) const;
    bool has_hope(const Call& call) const;
    bool ring_duty(Call& call);
    bool leave_message_instead(Call& call);
    void duty_answered(Call& call, Party& party);
    void duty_key(Call& call, LegId leg, char key);
    void duty_failed(Call& call, const Party& gone, EndCause cause);
    void stop_duty(Call& call, const char* outcome);
    // callbacks.cpp
    void turn_away(Call& call);
    void ask_for_callback(Call& call);
    void promise_callback(Call& call, const std::string& number);
    Call* open_promise(CentreId centre, QueueId queue, const std::string& number, Now first);
    void on(const OweCallback& c);
    void keep_place(Call& call);
    void call_back(Call& call);
    void callback_answered(Call& call);
    void callback_failed(Call& call, EndCause cause, LegIs leg_is);
    void end_promise(Call& call, const char* outcome);
    void dial_due(QueueId queue);
    void they_are_here(Call& call, QueueId queue);
    bool is_on_the_line(const std::string& number) const;
    // ringing.cpp: one person is rung for one errand
    LegId ring(Call& call, Party party, SeatCall how, Millis within);
    void on(const LegRinging& c);
    void on(const LegUp& c);
    void on(const DialogKnown& c);
    void on(const LegDown& c);
    void on(const AnswerPressed& c);
    void on(const DeclinePressed& c);
    void party_up(Call& call, LegId leg);
    void ring_failed(Call& call, LegId leg, EndCause cause, LegIs leg_is);
    Party take_out(Call& call, Party* party, EndCause cause, LegIs leg_is);
    bool is_free(AgentId agent) const;
    // talking.cpp
    void join(Call& call, Party& party);
    void leave_talk(Call& call, Party& party);
    void begin_talk(Call& call, LegId leg, Greet greet);
    void on(const HangUp& c);
    void on(const Hold& c);
    void on(const Retrieve& c);
    void on(const SendDigits& c);
    void on(const SecureInputByAgent& c);
    void begin_hold(Call& call);
    void end_hold(Call& call);
    Party remove_talker(Call& call, Party* party, EndCause cause, LegIs leg_is);
    void talker_leaves(Call& call, Party* party, LegIs leg_is);
    void citizen_gone(Call& call, EndCause cause);
    void end_call(Call& call, EndCause cause, std::string_view who);
    void release_party(Call& call, EndCause cause);
    Call* talking_call(AgentId agent);
    // transfers.cpp, consults.cpp
    void on(const BlindTransfer& c);
    void on(const ReferAsked& c);
    void transfer_to(Call& call, AgentId sender, const Target& to);
    bool is_supervisors_turn(const Call& call, AgentId sender) const;
    void to_supervisor(Call& call);
    bool ring_supervisor(Call& call);
    void return_to_sender(Call& call);
    void end_transfer(Call& call, const char* outcome);
    const char* why_not(const Call& call, AgentId by, const Target& to) const;
    Party called(const Target& to, Errand errand);
    void on(const Consult& c);
    void on(const EndConsult& c);
    void begin_consult(Call& call, AgentId by, const Target& to, LegId second_leg);
    bool consult_by_phone(const CallArrived& c);
    void complete_consult(Call& call);
    void join_consult(Call& call);
    void cancel_consult(Call& call, const char* outcome, LegIs other_is);
    void close_consult(Call& call, const char* outcome);
    void on(const AddParty& c);
    void on(const DropParty& c);
    // dialling.cpp, survey.cpp
    void on(const DialOut& c);
    void dial_citizen(Call& call);
    void citizen_answered(Call& call);
    void dial_failed(Call& call, EndCause cause, std::string_view who);
    void on(const ToSurvey& c);
    void ask_survey(Call& call);
    void survey_key(Call& call, char key);
    void say_goodbye(Call& call, std::string prompt, EndCause cause);
    void begin_voicemail(Call& call, std::vector<std::string> words);
    void end_message(Call& call, std::string_view who);
    // seats.cpp
    void on(const SignIn& c);
    void on(const SignOut& c);
    void on(const BecomeReady& c);
    void on(const TakeBreak& c);
    void on(const FinishWrapUp& c);
    void on(const SeatGone& c);
    void on(const SeatBack& c);
    void on(const Restore& c);
    AgentId agent_of_phone(const std::string& user) const;
    void lose_seat(Call& call, Party* party, LegIs leg_is);
    void ring_back(Call& call, Party* party);
    void give_up_seat(Call& call, Party* party);
    void seat_not_back(AgentId agent);
    // supervision.cpp
    void on(const Monitor& c);
    void on(const StopMonitor& c);
    void on(const TakeOver& c);
    void on(const ForceState& c);
    bool may_supervise(AgentId supervisor, AgentId agent, std::string_view reason);
    void watch(Call& call, Party* supervisor);
    Call* call_to_watch(AgentId supervisor, AgentId agent, std::string_view reason);
    bool bring_in(Call& call, Party supervisor);
    bool set_mode(Call& call, Party* supervisor, MonitorMode mode);
    void stop_watching(Call& call, Party* supervisor, LegIs leg_is, std::string_view reason);
    void stop_watchers(Call& call, AgentId watched);
    void take_over(Call& call, Party* supervisor);
    void on(const ChangeRules& c);
    // emergencies.cpp
    void on(const AskEmergency& c);
    void on(const ConfirmEmergency& c);
    void on(const EndEmergency& c);
    void announce(const EmergencySetup& e, facts::EmergencyMoved body);
    void watch_emergencies();
    void emergency_due(TimerId timer);
    bool say_emergencies(Call& call);
    void begin_flow(Call& call);
    void emergency_key(Call& call, char key);
    // picture.cpp: what the media plane is told
    std::vector<Hears> picture(const Call& call) const;
    void settle_picture(Call& call);
    void settle_recording(Call& call);
    void open_recording(Call& call);
    RecordingId record(Call& call, std::string purpose, std::vector<LegId> left,
                       std::vector<LegId> right);
    void stop_recording(RecordingId& recording);
    void mark(Call& call, Span span, bool begins);
    // desk_view.cpp, invariants.cpp
    DeskView view(AgentId agent) const;
    std::string call_state_for(const Call& call, const Party& party) const;
    std::string broken_invariant() const;
    std::string broken_in(const Call&call) const, broken_at(const Desk&desk) const;
};

bool may_call_back(std::string_view number);

}  // namespace ys::interactions
