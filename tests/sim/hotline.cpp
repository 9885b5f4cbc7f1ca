// SPDX-License-Identifier: Apache-2.0
#include "sim/hotline.h"

#include <string>

namespace ys::sim {

using namespace ys::interactions;

namespace {

/// Who rings here is understood in Tibetan or by nobody.
constexpr std::string_view tibetan_flow = R"(flow tibetan
zone +08:00
must-hear recorded-notice
start notice
person desk
fallback desk

node notice play
  say recorded-notice
  barge-in no
  -> desk

node desk queue
  say to-person
  queue repair
  needs tibetan
)";

}  // namespace

Setup setup_of(const Plan& plan) {
    Setup s;
    s.skills = {{SkillId{1}, "heating"}, {SkillId{2}, "tibetan"}};
    QueueSetup repair{.id = QueueId{1}, .centre = centre, .name = "repair", .waiting_max = 5};
    repair.skill = SkillId{1};
    repair.rings = {
        {.level_min = 4}, {.after = 12s, .level_min = 2}, {.after = 30s, .also = QueueId{3}}};
    repair.overflow = QueueId{3};
    repair.prefer_for = 20s;
    QueueSetup elder{.id = QueueId{2}, .centre = centre, .name = "elder", .priority = 5};
    elder.strategy = routing::Strategy::FewestCalls;
    elder.rings = {{}, {.after = 25s, .also = QueueId{1}}};
    elder.prefer_for = 60s;
    QueueSetup billing{.id = QueueId{3}, .centre = centre, .name = "billing", .waiting_max = 30};
    billing.strategy = routing::Strategy::LeastTalk;
    billing.duty = {"13811112222", "13811113333"};
    elder.duty = {"13811113333"};
    s.queues = {repair, elder, billing};
    for (QueueSetup& q : s.queues) {
        q.callback_after = q.id == QueueId{3} ? Millis{0} : Millis{20'000};
        q.voicemail_after = Millis{40'000};
        q.callbacks_at_once = 2;
    }
    for (std::uint64_t i = 1; i <= plan.agents; ++i) {
        AgentSetup a;
        a.id = AgentId{i};
        a.centre = centre;
        a.work_number = std::to_string(1000 + i);
        a.name = "agent " + std::to_string(i);
        a.queues = {{QueueId{1}}};
        if (i % 2 == 0) a.queues.push_back({QueueId{2}, i % 4 == 0 ? 2 : 0});
        if (i % 5 == 0) a.queues.push_back({QueueId{3}, -1});
        a.skills = {{SkillId{1}, static_cast<int>(i % 6)}};
        if (i % 6 == 0) a.skills.clear();
        if (i % 4 == 1) a.skills.push_back({SkillId{2}, 3});
        a.is_supervisor = i % 6 == 0;
        a.wrap_up_max = i % 4 == 0 ? Millis{0} : Millis{15'000};
        s.agents.push_back(a);
    }
    s.flows["main"] = plan.flow;
    s.flows["tibetan"] = tibetan_flow;
    s.numbers = {{.number = "6000", .centre = centre, .flow = "main"},
                 {.number = "6001", .centre = centre, .flow = "tibetan"}};
    return s;
}

}  // namespace ys::sim
