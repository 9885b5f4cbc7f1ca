// SPDX-License-Identifier: Apache-2.0
// One head and its cities: whose call it is, who helps, who may listen.
#include <gtest/gtest.h>

#include "interactions/coordinator.h"
#include "interactions/desk_codes.h"

namespace ys::interactions {
namespace {

const CentreId head{1}, lanzhou{2}, zhangye{3};
const QueueId head_service{1}, lanzhou_service{2}, zhangye_service{3}, duty{4};
const AgentId ann{1}, li{2}, zhao{3}, boss{4}, mayor{5};

Now at(Seconds s) { return {Instant{} + s, UtcTime{s.count() * 1'000'000}}; }

constexpr const char* flow_text = R"(flow main
recorded no
start menu
person service
fallback service

node menu choose
  say menu
  key 3 -> town
  key 8 -> duty
  key 9 -> province
  nothing -> service

node town digits
  say town
  digits 3-4
  territory yes
  -> service

node service queue
  queue service

node duty queue
  queue duty

node province queue
  queue service
  territory head
)";

AgentSetup agent(AgentId id, CentreId centre, std::vector<routing::Service> queues,
                 bool is_supervisor = false) {
    AgentSetup a;
    a.id = id;
    a.centre = centre;
    a.work_number = std::to_string(1000 + id.value);
    a.name = a.work_number;
    a.queues = std::move(queues);
    a.is_supervisor = is_supervisor;
    return a;
}

Setup province() {
    Setup s;
    for (const auto& [centre, above] :
         {std::pair{head, CentreId{}}, {lanzhou, head}, {zhangye, head}})
        EXPECT_TRUE(s.tree.add(centre, above));
    const auto city = [](QueueId id, CentreId centre) {
        return QueueSetup{.id = id,
                          .centre = centre,
                          .name = "service",
                          .rings = {{}, {.after = Seconds{20}, .also = head_service}},
                          .overflow = head_service};
    };
    s.queues = {{.id = head_service, .centre = head, .name = "service"},
                city(lanzhou_service, lanzhou),
                city(zhangye_service, zhangye),
                {.id = duty, .centre = head, .name = "duty"}};
    s.agents = {agent(ann, head, {{head_service}, {duty}}), agent(li, lanzhou, {{lanzhou_service}}),
                agent(zhao, zhangye, {{zhangye_service}}), agent(boss, head, {}, true),
                agent(mayor, lanzhou, {}, true)};
    s.places = {{lanzhou, "兰州", {"0931"}, {}, {"6201"}},
                {zhangye, "张掖", {"0936"}, {}, {"6207"}}};
    s.segments = {{"1390936", "0936"}};
    s.flows["main"] = flow_text;
    s.numbers = {{.number = "12328", .centre = head, .flow = "main", .locates = true},
                 {.number = "9861", .centre = head, .flow = "main"}};
    return s;
}

struct TerritoryTest : testing::Test {
    std::unique_ptr<Coordinator> coordinator = *Coordinator::make(province());
    std::vector<facts::Fact> facts;
    std::vector<Effect> effects;
    std::uint64_t legs = 0;

    void tell(Seconds when, const Command& command) {
        Outcome out = coordinator->on(at(when), command);
        facts = std::move(out.facts);
        effects = std::move(out.effects);
        EXPECT_EQ(coordinator->broken_invariant(), "");
    }
    void ready(AgentId agent) {
        tell(0s, SignIn{agent, {}});
        tell(0s, BecomeReady{agent});
    }
    LegId arrive(std::string caller, std::string dialled = "12328", std::string account = "") {
        CallArrived call;
        call.leg = LegId{++legs};
        call.dialled = std::move(dialled);
        call.caller = std::move(caller);
        call.account = std::move(account);
        tell(1s, call);
        return call.leg;
    }
    /// Keys, one after the other; "" lets the menu pass.
    void press(LegId leg, std::string_view keys) {
        for (const char key : keys) tell(2s, KeyPressed{leg, key});
    }
    void wait_for_the_menu(LegId leg) { press(leg, "0"); }
    template <class Body>
    std::pair<Body, CentreId> told() const {
        for (const facts::Fact& fact : facts)
            if (const auto* body = std::get_if<Body>(&fact.body)) return {*body, fact.centre};
        ADD_FAILURE() << "not told";
        return {};
    }
    AgentId rung() const {
        for (const Effect& e : effects)
            if (const auto* ring = std::get_if<RingSeat>(&e)) return ring->agent;
        return {};
    }
    std::string refusal() const {
        for (const Effect& e : effects)
            if (const auto* r = std::get_if<RefuseDesk>(&e)) return r->code;
        return "";
    }
};

TEST_F(TerritoryTest, a_call_to_the_province_is_the_city_s_from_its_first_fact) {
    for (const AgentId a : {ann, li, zhao}) ready(a);
    const LegId leg = arrive("09362345678");
    EXPECT_EQ(told<facts::CallArrived>().second, zhangye);
    const auto [found, centre] = told<facts::TerritoryFound>();
    EXPECT_EQ(centre, zhangye);
    EXPECT_EQ(found.centre, zhangye.value);
    EXPECT_EQ(found.from, "area_code");
    EXPECT_EQ(found.place, "张掖");
    wait_for_the_menu(leg);
    EXPECT_EQ(rung(), zhao);
    EXPECT_EQ(told<facts::Queued>().first.queue, zhangye_service.value);
    EXPECT_EQ(coordinator->desk_view(zhao)->place, "张掖");
}

TEST_F(TerritoryTest, the_account_goes_before_the_number) {
    for (const AgentId a : {ann, li, zhao}) ready(a);
    const LegId leg = arrive("09362345678", "12328", "62010000000001");
    EXPECT_EQ(told<facts::TerritoryFound>().first.from, "account");
    wait_for_the_menu(leg);
    EXPECT_EQ(rung(), li);
}

TEST_F(TerritoryTest, whom_nobody_knows_the_head_serves) {
    for (const AgentId a : {ann, li, zhao}) ready(a);
    const LegId leg = arrive("19912345678");
    const auto [found, centre] = told<facts::TerritoryFound>();
    EXPECT_EQ(found.centre, 0u);
    EXPECT_EQ(found.from, "none");
    EXPECT_EQ(centre, head);
    wait_for_the_menu(leg);
    EXPECT_EQ(rung(), ann);
}

TEST_F(TerritoryTest, a_number_that_does_not_locate_serves_in_its_own_centre) {
    for (const AgentId a : {ann, li, zhao}) ready(a);
    wait_for_the_menu(arrive("09362345678", "9861"));
    EXPECT_EQ(rung(), ann);
}

TEST_F(TerritoryTest, the_code_a_caller_keys_overrides_their_number) {
    for (const AgentId a : {ann, li, zhao}) ready(a);
    const LegId leg = arrive("09312345678");
    press(leg, "30936");
    const auto [found, centre] = told<facts::TerritoryFound>();
    EXPECT_EQ(found.from, "key");
    EXPECT_EQ(centre, zhangye);
    EXPECT_EQ(rung(), zhao);
    EXPECT_EQ(told<facts::Queued>().second, zhangye);
}

TEST_F(TerritoryTest, one_key_leads_to_the_head_and_makes_the_call_the_head_s) {
    for (const AgentId a : {ann, li, zhao}) ready(a);
    const LegId leg = arrive("09312345678");
    press(leg, "9");
    EXPECT_EQ(told<facts::TerritoryFound>().second, head);
    EXPECT_EQ(rung(), ann);
}

TEST_F(TerritoryTest, a_queue_only_the_head_has_serves_a_call_that_stays_the_city_s) {
    for (const AgentId a : {ann, li, zhao}) ready(a);
    press(arrive("09312345678"), "8");
    EXPECT_EQ(rung(), ann);
    const auto [queued, centre] = told<facts::Queued>();
    EXPECT_EQ(queued.queue, duty.value);
    EXPECT_EQ(centre, lanzhou);
}

TEST_F(TerritoryTest, where_nobody_is_at_work_the_head_helps_and_the_call_stays_the_city_s) {
    ready(ann);
    wait_for_the_menu(arrive("09362345678"));
    const auto [queued, centre] = told<facts::Queued>();
    EXPECT_EQ(queued.why, "overflow");
    EXPECT_EQ(centre, zhangye);
    EXPECT_EQ(rung(), ann);
}

TEST_F(TerritoryTest, with_nobody_at_work_anywhere_the_caller_waits_at_home) {
    wait_for_the_menu(arrive("09362345678"));
    EXPECT_EQ(told<facts::Queued>().first.queue, zhangye_service.value);
}

TEST_F(TerritoryTest, over_the_promised_wait_the_head_takes_part) {
    ready(zhao);
    tell(0s, TakeBreak{zhao, "lunch"});
    ready(ann);
    wait_for_the_menu(arrive("09362345678"));
    EXPECT_EQ(rung(), AgentId{});
    TimerId widen;
    for (const Effect& e : effects)
        if (const auto* timer = std::get_if<SetTimer>(&e); timer && timer->at == at(22s).mono)
            widen = timer->timer;
    tell(22s, TimerDue{widen});
    EXPECT_EQ(rung(), ann);
    EXPECT_EQ(told<facts::Widened>().second, zhangye);
}

TEST_F(TerritoryTest, a_supervisor_of_the_head_listens_to_a_city_and_no_city_to_another) {
    for (const AgentId a : {zhao, boss, mayor}) ready(a);
    wait_for_the_menu(arrive("09362345678"));
    ASSERT_EQ(rung(), zhao);
    for (const Effect& e : effects)
        if (const auto* ring = std::get_if<RingSeat>(&e)) {
            const LegId leg = ring->leg;
            tell(3s, LegUp{leg});
            break;
        }
    tell(4s, Monitor{mayor, zhao, MonitorMode::Listen, "抽听"});
    EXPECT_EQ(refusal(), codes::not_allowed);
    tell(4s, Monitor{boss, zhao, MonitorMode::Listen, ""});
    EXPECT_EQ(refusal(), codes::reason_needed);
    tell(4s, Monitor{boss, zhao, MonitorMode::Listen, "抽听"});
    EXPECT_EQ(refusal(), "");
    EXPECT_EQ(rung(), boss);
    EXPECT_EQ(told<facts::SupervisorActed>().first.reason, "抽听");
}

TEST_F(TerritoryTest, a_supervisor_slides_the_overflow_for_those_who_wait_and_it_is_a_fact) {
    ready(zhao);
    tell(0s, TakeBreak{zhao, "lunch"});
    for (const AgentId a : {ann, boss}) ready(a);
    wait_for_the_menu(arrive("09362345678"));
    tell(3s, SlideOverflow{boss, zhangye_service, Millis{0}, "降雪，来电多"});
    const auto [slid, centre] = told<facts::OverflowSet>();
    EXPECT_EQ(slid.supervisor, boss.value);
    EXPECT_EQ(slid.queue, zhangye_service.value);
    EXPECT_EQ(slid.after_ms, 0);
    EXPECT_EQ(slid.reason, "降雪，来电多");
    EXPECT_EQ(centre, zhangye);
    EXPECT_EQ(rung(), ann) << "who waits already is helped at once";
}

TEST_F(TerritoryTest, slid_to_never_nobody_helps_and_back_again_they_do) {
    ready(zhao);
    tell(0s, TakeBreak{zhao, "lunch"});
    for (const AgentId a : {ann, boss}) ready(a);
    tell(0s, SlideOverflow{boss, zhangye_service, std::nullopt, "本地处理"});
    EXPECT_EQ(told<facts::OverflowSet>().first.after_ms, -1);
    wait_for_the_menu(arrive("09362345678"));
    for (const Effect& e : effects) EXPECT_FALSE(std::holds_alternative<RingSeat>(e));
    tell(30s, SlideOverflow{boss, zhangye_service, Seconds{10}, "恢复"});
    EXPECT_EQ(rung(), ann);
}

TEST_F(TerritoryTest, overflow_is_slid_by_who_may_with_a_reason_and_where_somebody_can_help) {
    for (const AgentId a : {mayor, boss, ann}) ready(a);
    tell(1s, SlideOverflow{mayor, zhangye_service, Seconds{5}, "x"});
    EXPECT_EQ(refusal(), codes::not_allowed);
    tell(1s, SlideOverflow{ann, head_service, Seconds{5}, "x"});
    EXPECT_EQ(refusal(), codes::not_allowed);
    tell(1s, SlideOverflow{boss, QueueId{99}, Seconds{5}, "x"});
    EXPECT_EQ(refusal(), codes::not_allowed);
    tell(1s, SlideOverflow{boss, zhangye_service, Seconds{5}, " "});
    EXPECT_EQ(refusal(), codes::reason_needed);
    tell(1s, SlideOverflow{boss, head_service, Seconds{5}, "x"});
    EXPECT_EQ(refusal(), codes::not_now);
    tell(1s, SlideOverflow{mayor, lanzhou_service, Seconds{5}, "x"});
    EXPECT_EQ(refusal(), "");
}

TEST(TerritorySetup, two_places_with_one_code_do_not_start) {
    auto s = province();
    s.places[1].codes = {"0931"};
    const auto made = Coordinator::make(std::move(s));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().note, "place 张掖: code “0931” is already that of 兰州");
}

}  // namespace
}  // namespace ys::interactions
