// SPDX-License-Identifier: Apache-2.0
// Every way out of the house asks the centre's outbound rules: dialling, transfer, consult, a third
// party, and a phone's own transfer key.
#include <gtest/gtest.h>

#include <filesystem>

#include "app/desks.h"
#include "platform/clock.h"

namespace ys::app {
namespace {

namespace in = interactions;

const CentreId centre{1};
const AgentId ann{1};
const UserId ann_user{1};
const LegId seat{in::first_own_leg}, called{in::first_own_leg + 1};
constexpr const char* customer = "13800138000";

/// A line that speaks PCMA, as SIP brings it.
constexpr const char* line =
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 40000 RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n";

class Outbound : public ::testing::Test, public call::Surroundings {
protected:
    void SetUp() override {
        in::Setup setup;
        setup.agents = {{.id = ann, .centre = centre, .work_number = "1001", .name = "安"}};
        coordinator_ = std::move(*in::Coordinator::make(std::move(setup)));
        media_ = std::move(*media::MediaEngine::start({}, [](media::MediaEvent) {}));
        sip::SipStack::Config sip;
        sip.listen = {"127.0.0.1:0"};
        sip_ = std::move(*sip::SipStack::start(std::move(sip), [](sip::SipEvent) {}));
        switchboard_ = std::make_unique<call::Switchboard>(
            call::Switchboard::Config{.recordings_dir = folder_.string()}, *coordinator_, *sip_,
            *media_, static_cast<call::Surroundings&>(*this));
        switchboard_->on_command(in::SignIn{ann, {SeatKind::SipPhone, "8001"}});
    }
    ~Outbound() override {
        switchboard_.reset();
        sip_.reset();
        media_.reset();
        std::filesystem::remove_all(folder_);
    }

    /// Ann talks with a customer she called: her phone answered, then theirs.
    void talk() {
        allowed_ = {customer};
        ASSERT_TRUE(press("dial", {{"number", customer}}));
        switchboard_->on_sip(sip::Answered{seat, line});
        switchboard_->on_sip(sip::Answered{called, line});
        ASSERT_EQ(coordinator_->desk_view(ann)->call_state, "talking");
        facts_.clear();
        asked_.clear();
    }
    Result<Done> press(const char* name, boost::json::object args) {
        return desks_.command(ann_user, name, args);
    }
    static boost::json::object to(const char* number) {
        return {{"to", {{"kind", "number"}, {"number", number}}}};
    }
    template <class Body>
    std::size_t count() const {
        return static_cast<std::size_t>(std::ranges::count_if(
            facts_, [](const auto& f) { return std::holds_alternative<Body>(f.body); }));
    }

    // call::Surroundings: the clock and the rules are real enough, the desks are looked at.
    Now now() override { return ys::now(); }
    void set_timer(TimerId, Instant) override {}
    void cancel_timer(TimerId) override {}
    void record(const std::vector<facts::Fact>& facts) override {
        facts_.insert(facts_.end(), facts.begin(), facts.end());
    }
    void identify(CentreId, std::string, std::function<void(call::KnownCaller)> then) override {
        then({});
    }
    void look_up_live(const interactions::LookUpLive&,
                      std::function<void(call::LiveSentence)>) override {}
    void ask_knowledge(const interactions::AskKnowledge&,
                       std::function<void(call::KnownSentence)>) override {}
    void guess_need(const interactions::GuessNeed&,
                    std::function<void(call::GuessedNeed)>) override {}
    void never_guess(const interactions::NeverGuess&) override {}
    void stop_hearing(LegId) override {}
    void look_up_case(const interactions::LookUpCase&,
                      std::function<void(std::vector<std::string>)>) override {}
    bool may_dial(AgentId, const std::string& number) const override {
        asked_.push_back(number);
        return std::ranges::find(allowed_, number) != allowed_.end();
    }
    void refresh_desk(AgentId) override {}
    void refuse_desk(AgentId agent, std::string code) override { desks_.refused(agent, code); }
    bool is_desk_open(AgentId) override { return false; }
    void want_offer(AgentId, InteractionId) override {}
    void send_answer(AgentId, InteractionId, std::string) override {}
    void close_media(AgentId, InteractionId) override {}
    void show_quality(AgentId, const media::LegQuality&) override {}
    void send_web_answer(LegId, std::string) override {}
    void send_web_state(LegId, std::string) override {}
    void recording_encoded(const media::RecordingEncoded&) override {}
    void phone_changed(std::string, bool) override {}

    const std::filesystem::path folder_ = [] {
        std::string pattern = (std::filesystem::temp_directory_path() / "ys-out-XXXXXX").string();
        return std::filesystem::path{::mkdtemp(pattern.data())};
    }();
    std::vector<std::string> allowed_;
    mutable std::vector<std::string> asked_;
    std::vector<facts::Fact> facts_;
    api::DeskSockets sockets_;
    std::unique_ptr<in::Coordinator> coordinator_;
    std::unique_ptr<media::MediaEngine> media_;
    std::unique_ptr<sip::SipStack> sip_;
    std::unique_ptr<call::Switchboard> switchboard_;
    Desks desks_{{.coordinator = [this]() -> in::Coordinator& { return *coordinator_; },
                  .sockets = sockets_,
                  .switchboard = [this]() -> call::Switchboard& { return *switchboard_; },
                  .utc = [] { return utc_now(); },
                  .may_dial = [this](AgentId agent,
                                     const std::string& number) { return may_dial(agent, number); },
                  .shown_number = [] { return std::string{"6000"}; },
                  .home_area_code = [] { return std::string{"0451"}; },
                  .watch_floor = [](UserId, bool) {}}};
};

TEST_F(Outbound, a_number_no_rule_allows_is_not_dialled) {
    const auto done = press("dial", {{"number", "00447700900123"}});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().note, "number_not_allowed");
    EXPECT_EQ(count<facts::CallArrived>(), 0U);
}

TEST_F(Outbound, transfer_consult_and_third_party_ask_the_rules_and_are_refused) {
    talk();
    for (const char* name : {"transfer", "consult", "add_party"}) {
        const auto done = press(name, to("13900000001"));
        ASSERT_FALSE(done) << name;
        EXPECT_EQ(done.error().note, "number_not_allowed") << name;
    }
    EXPECT_EQ(asked_, std::vector<std::string>(3, "13900000001"));
    EXPECT_EQ(count<facts::TransferBegan>() + count<facts::ConsultBegan>(), 0U);
    EXPECT_EQ(switchboard_->legs_open(), 2U);
}

TEST_F(Outbound, an_outside_seat_is_a_way_out_too) {
    const auto sit = [&](const char* kind, const char* address) {
        return press("sign_in", {{"seat", {{"kind", kind}, {"address", address}}}});
    };
    const auto outside = sit("outside_number", "13900000001");
    ASSERT_FALSE(outside);
    EXPECT_EQ(outside.error().note, "number_not_allowed");
    EXPECT_FALSE(sit("sip_phone", "sip:13900000001@198.51.100.1"));
    EXPECT_FALSE(sit("outside_number", "sip:x@198.51.100.1"));
    allowed_.emplace_back("13900000001");
    EXPECT_TRUE(press("sign_out", {}));
    EXPECT_TRUE(sit("outside_number", "139 0000 0001"));
}

TEST_F(Outbound, an_allowed_number_is_transferred_to) {
    talk();
    allowed_.emplace_back("110");
    ASSERT_TRUE(press("transfer", to("110")));
    EXPECT_EQ(count<facts::TransferBegan>(), 1U);
}

TEST_F(Outbound, a_transfer_key_of_a_phone_asks_the_same_rules) {
    talk();
    switchboard_->on_sip(sip::Referred{.leg = seat, .target_user = "13900000001", .replaces = {}});
    EXPECT_EQ(asked_, std::vector<std::string>{"13900000001"});
    EXPECT_EQ(count<facts::TransferBegan>(), 0U);
    allowed_.emplace_back("13900000001");
    switchboard_->on_sip(sip::Referred{.leg = seat, .target_user = "13900000001", .replaces = {}});
    EXPECT_EQ(count<facts::TransferBegan>(), 1U);
}

TEST_F(Outbound, a_citizens_refer_goes_nowhere_whatever_the_rules) {
    talk();
    allowed_.emplace_back("13900000001");
    switchboard_->on_sip(
        sip::Referred{.leg = called, .target_user = "13900000001", .replaces = {}});
    EXPECT_TRUE(asked_.empty());
    EXPECT_EQ(count<facts::TransferBegan>(), 0U);
}

}  // namespace
}  // namespace ys::app
