// SPDX-License-Identifier: Apache-2.0
// A running hotline: every part, made in order, wired, and taken down in the opposite order.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "api/api.h"
#include "api/live_view.h"
#include "app/alarm_clock.h"
#include "app/audit_heads.h"
#include "app/case_clocks.h"
#include "app/citizen_messages.h"
#include "app/desks.h"
#include "app/exchange_sender.h"
#include "app/floor.h"
#include "app/incidents.h"
#include "app/live_figures.h"
#include "app/recording_alarm.h"
#include "app/recording_files.h"
#include "app/scenario.h"
#include "app/sealed_tables.h"
#include "app/serve_options.h"
#include "app/voicemail_cases.h"
#include "app/web_calls.h"
#include "app/workers.h"
#include "cases/handbook.h"
#include "centres/io/user_store.h"
#include "interactions/coordinator.h"
#include "interactions/io/fact_keeper.h"
#include "interactions/io/last_life.h"
#include "interactions/io/setup_store.h"
#include "platform/http/server.h"
#include "platform/metrics/metrics.h"
#include "platform/sql/readers.h"
#include "platform/sql/writer.h"
#include "platform/task/control_loop.h"
#include "platform/task/worker_pool.h"
#include "voice/call/switchboard.h"

namespace ys::knowledge {
class AnswerBook;
class LifeEventBook;
}  // namespace ys::knowledge

namespace ys::app {

class BusinessSystems;
class Chats;
class FlowSwitch;
class LiveSpeech;
class OwnPrompts;
class SpeechEar;
class VoiceAnswers;

class House : private call::Surroundings, private api::LiveView, private api::RulesPort {
public:
    /// errors  in words an operator can act on: a port in use, a scenario that does not parse, …
    static Result<std::unique_ptr<House>> build(ServeOptions options);
    ~House() override;

    /// Serves until SIGINT or SIGTERM, then drains: new calls are refused, those up may end within
    /// `drain_within`; a second signal ends the process at once.
    void run();

    static constexpr Seconds drain_within{20};

private:
    explicit House(ServeOptions options);

    Result<Done> open_store();
    /// Workflows and clocks of the program, the scenario and the cases of before.
    Result<Done> take_case_rules();
    Result<Done> fill_store();
    Result<Done> settle_flows();  ///< the scenario's become those in force
    void watch_flows();
    Result<Done> make_coordinator();
    Result<Done> watch_incidents();
    Result<Done> count_today();  ///< on a reader, while the rest starts
    Result<Done> start_media();
    Result<Done> start_sip();
    Result<Done> start_api();
    Result<Done> open_chats();
    Result<Done> start_exchange();
    Result<Done> start_business_systems();
    Result<Done> open_ear();  ///< and say at the start when there is no recogniser
    Result<std::shared_ptr<const outreach::Door>> open_door();
    void sign_crowd_in();
    void take_up_last_life();
    Result<Done> tell_ready() const;
    void count_things();
    void sweep_alarms();
    void begin_drain();
    void finish();
    std::string recordings_dir() const { return options_.settings.data + "/recordings"; }
    std::string own_prompts_dir() const { return options_.settings.data + "/prompts"; }
    void flush_soon();
    bool may_dial(AgentId agent, const std::string& number) const override;

    // call::Surroundings
    Now now() override;
    void set_timer(TimerId timer, Instant at) override { alarms_.set(timer, at); }
    void cancel_timer(TimerId timer) override { alarms_.cancel(timer); }
    void record(const std::vector<facts::Fact>& facts) override;
    void identify(CentreId centre, std::string number,
                  std::function<void(call::KnownCaller)> then) override;
    void look_up_case(const interactions::LookUpCase& asked,
                      std::function<void(std::vector<std::string>)> then) override;
    void look_up_live(const interactions::LookUpLive& asked,
                      std::function<void(call::LiveSentence)> then) override;
    void ask_knowledge(const interactions::AskKnowledge& asked,
                       std::function<void(call::KnownSentence)> then) override;
    void guess_need(const interactions::GuessNeed& asked,
                    std::function<void(call::GuessedNeed)> then) override;
    void never_guess(const interactions::NeverGuess& who) override;
    void stop_hearing(LegId leg) override;
    void refresh_desk(AgentId agent) override;
    void refuse_desk(AgentId agent, std::string code) override { desks_.refused(agent, code); }
    bool is_desk_open(AgentId agent) override { return desks_.is_open(agent); }
    void want_offer(AgentId agent, InteractionId call) override { desks_.want_offer(agent, call); }
    void send_answer(AgentId agent, InteractionId call, std::string sdp) override;
    void close_media(AgentId agent, InteractionId call) override;
    void show_quality(AgentId agent, const media::LegQuality& quality) override;
    void send_web_answer(LegId leg, std::string sdp) override { web_calls_.send_answer(leg, sdp); }
    void send_web_state(LegId leg, std::string state) override;
    void recording_encoded(const media::RecordingEncoded& encoded) override;
    void phone_changed(std::string user, bool is_there) override;

    // api::LiveView
    std::vector<api::LiveSeat> seats(CentreId centre) override;
    std::vector<api::LiveQueue> queues(CentreId centre) override;
    std::string not_ready_because() override;

    // api::RulesPort
    Result<Done> may_become(const interactions::Setup& rules) override;
    void change(interactions::ChangeRules change) override;
    void rename(CentreId centre, const std::string& name) override;
    std::vector<interactions::DaySetup> days_of_flows(int year) override;
    void keep_slide(CentreId centre, const facts::OverflowSet& slide);
    boost::json::object lines() const;

    ServeOptions options_;
    Scenario scenario_;
    metrics::Registry metrics_;
    ControlLoop loop_;
    WorkerPool pool_{2};
    std::string database_url_;
    std::optional<vault::KeyLock> key_lock_;
    std::unique_ptr<sql::Writer> writer_;
    std::unique_ptr<sql::Readers> readers_;
    std::unique_ptr<knowledge::AnswerBook> answers_;
    std::unique_ptr<knowledge::LifeEventBook> life_events_;
    std::unique_ptr<interactions::FactKeeper> keeper_;
    std::vector<centres::CentreRow> centres_;
    centres::CentreTree tree_;
    std::vector<centres::UserRow> users_;
    std::vector<interactions::NumberSetup> numbers_;
    std::vector<interactions::QueueRow> queue_rows_;
    std::vector<interactions::OutboundRuleRow> outbound_rules_;
    std::vector<interactions::LostCall> lost_calls_;  ///< by the stop before this start
    std::vector<interactions::AtWork> at_work_;       ///< ... and who was there then
    std::unique_ptr<interactions::Coordinator> coordinator_;
    std::unique_ptr<RecordingFiles> recording_files_;
    std::shared_ptr<const cases::Handbook> handbook_;
    std::unique_ptr<VoicemailCases> voicemail_cases_;
    std::unique_ptr<CaseClocks> case_clocks_;
    std::unique_ptr<ExchangeSender> exchange_;
    std::unique_ptr<CitizenMessages> citizen_messages_;
    std::unique_ptr<AuditHeads> audit_heads_;
    std::unique_ptr<Incidents> incidents_;
    std::unique_ptr<FlowSwitch> flow_switch_;
    std::shared_ptr<OwnPrompts> own_prompts_;
    Workers workers_{loop_.context()};
    std::unique_ptr<media::MediaEngine> media_;
    std::unique_ptr<sip::SipStack> sip_;
    AlarmClock alarms_;
    api::DeskSockets desk_sockets_;
    Desks desks_;
    WebCalls web_calls_;
    LiveFigures figures_;
    Floor floor_;
    RecordingAlarm recording_alarm_;
    std::unique_ptr<Chats> chats_;  ///< none: nobody answers in writing
    std::unique_ptr<call::Switchboard> switchboard_;
    std::unique_ptr<BusinessSystems> business_systems_;
    std::unique_ptr<LiveSpeech> live_speech_;
    std::unique_ptr<SpeechEar> ear_;
    std::unique_ptr<VoiceAnswers> voice_answers_;
    std::unique_ptr<api::Api> api_;
    std::unique_ptr<http::Server> http_;
    std::vector<std::string> http_at_;
    UtcTime last_told_;  ///< the moment given last
    bool is_draining_ = false;
    bool is_flush_due_ = false;
};

}  // namespace ys::app
