// SPDX-License-Identifier: Apache-2.0
#include "interactions/io/policy_file.h"

#include <algorithm>
#include <set>

#include "base/described.h"
#include "platform/config/toml_text.h"

namespace ys::interactions {

struct PolicySkill {
    std::uint64_t id = 0;
    std::string name, title;
};
struct PolicyRing {
    std::int64_t after_s = 0;
    std::int32_t level_min = 0;
    std::uint64_t also = 0;  ///< queue, 0 for none
};
struct PolicyQueue {
    std::uint64_t id = 0;
    std::uint64_t centre = 0;
    std::string name, title;
    std::int64_t answer_within_s = 15;
    std::uint64_t waiting_max = 500;
    std::int32_t priority = 0;
    std::string strategy = "longest_idle";
    std::string skill;  ///< name, "" for none
    std::vector<std::string> needs;
    std::uint64_t overflow = 0;
    std::int64_t prefer_for_s = 0;
    std::vector<PolicyRing> rings;
    std::optional<std::int64_t> slid_to_s;  ///< by a supervisor; below 0: no helpers
};
struct PolicyService {
    std::uint64_t queue = 0;
    std::int32_t weight = 0;
};
struct PolicyLevel {
    std::string skill;
    std::int32_t level = 1;
};
struct PolicyAgent {
    std::uint64_t id = 0;
    std::uint64_t centre = 0;
    std::string work_number, name;
    std::int64_t wrap_up_max_s = 60;
    std::vector<PolicyService> queues;
    std::vector<PolicyLevel> skills;
};
struct Policy {
    std::vector<PolicySkill> skill;
    std::vector<PolicyQueue> queue;
    std::vector<PolicyAgent> agent;
};
BOOST_DESCRIBE_STRUCT(PolicySkill, (), (id, name, title))
BOOST_DESCRIBE_STRUCT(PolicyRing, (), (after_s, level_min, also))
BOOST_DESCRIBE_STRUCT(PolicyQueue, (),
                      (id, centre, name, title, answer_within_s, waiting_max, priority, strategy,
                       skill, needs, overflow, prefer_for_s, rings, slid_to_s))
BOOST_DESCRIBE_STRUCT(PolicyService, (), (queue, weight))
BOOST_DESCRIBE_STRUCT(PolicyLevel, (), (skill, level))
BOOST_DESCRIBE_STRUCT(PolicyAgent, (),
                      (id, centre, work_number, name, wrap_up_max_s, queues, skills))
BOOST_DESCRIBE_STRUCT(Policy, (), (skill, queue, agent))

namespace {

std::int64_t seconds(Millis t) { return std::chrono::duration_cast<Seconds>(t).count(); }

Policy policy_of(const Setup& setup) {
    Policy policy;
    const auto name_of = [&](SkillId id) {
        const auto found = std::ranges::find(setup.skills, id, &SkillSetup::id);
        return found == setup.skills.end() ? std::string{} : found->name;
    };
    for (const SkillSetup& s : setup.skills) policy.skill.push_back({s.id.value, s.name, s.title});
    for (const QueueSetup& q : setup.queues) {
        PolicyQueue& out = policy.queue.emplace_back();
        out.id = q.id.value;
        out.centre = q.centre.value;
        out.name = q.name;
        out.title = q.title;
        out.answer_within_s = seconds(q.answer_within);
        out.waiting_max = q.waiting_max;
        out.priority = q.priority;
        out.strategy = routing::word_of(q.strategy);
        out.skill = name_of(q.skill);
        for (const SkillId need : q.needs) out.needs.push_back(name_of(need));
        out.overflow = q.overflow.value;
        out.prefer_for_s = seconds(q.prefer_for);
        for (const routing::Ring& r : q.rings)
            out.rings.push_back({seconds(r.after), r.level_min, r.also.value});
        if (q.slid_to) out.slid_to_s = *q.slid_to < Millis::zero() ? -1 : seconds(*q.slid_to);
    }
    for (const AgentSetup& a : setup.agents) {
        PolicyAgent& out = policy.agent.emplace_back();
        out.id = a.id.value;
        out.centre = a.centre.value;
        out.work_number = a.work_number;
        out.name = a.name;
        out.wrap_up_max_s = seconds(a.wrap_up_max);
        for (const routing::Service& s : a.queues) out.queues.push_back({s.queue.value, s.weight});
        for (const routing::Skill& s : a.skills) out.skills.push_back({name_of(s.id), s.level});
    }
    return policy;
}

/// A value as TOML has it. What JSON writes of texts, numbers and lists TOML reads; tables within
/// lists are written in one line. Depth is that of the structs above.
std::string in_line(const json::value& value) {
    if (const auto* list = value.if_array()) {
        std::string out = "[";
        for (const json::value& each : *list) out += (out.size() > 1 ? ", " : "") + in_line(each);
        return out + "]";
    }
    if (const auto* table = value.if_object()) {
        std::string out = "{ ";
        for (const auto& [key, each] : *table)
            out += (out.size() > 2 ? ", " : "") + std::string{key} + " = " + in_line(each);
        return out + " }";
    }
    return boost::json::serialize(value);
}

/// Every name in the file leads to something; what does not is added to `faults`.
class Understanding {
public:
    Result<Setup> read(const Policy& policy, std::string_view name) {
        for (const PolicySkill& s : policy.skill)
            setup_.skills.push_back({SkillId{s.id}, s.name, s.title});
        for (const PolicyQueue& q : policy.queue) queues_.insert(q.id);
        for (const PolicyQueue& q : policy.queue) read(q);
        for (const PolicyAgent& a : policy.agent) read(a);
        if (!faults_.empty())
            return Error{std::errc::invalid_argument, std::string{name} + ": " + faults_};
        return std::move(setup_);
    }

private:
    void fault(const std::string& what) { faults_ += (faults_.empty() ? "" : "\n") + what; }
    SkillId skill(const std::string& name, const std::string& who) {
        const auto found = std::ranges::find(setup_.skills, name, &SkillSetup::name);
        if (found != setup_.skills.end()) return found->id;
        fault(who + ": there is no skill " + name);
        return {};
    }
    QueueId queue(std::uint64_t id, const std::string& who) {
        if (!queues_.contains(id)) fault(who + ": there is no queue " + std::to_string(id));
        return QueueId{id};
    }
    int within(std::int64_t value, std::int64_t low, std::int64_t high, const std::string& what) {
        if (value < low || value > high)
            fault(what + " must be " + std::to_string(low) + " to " + std::to_string(high));
        return static_cast<int>(std::clamp(value, low, high));
    }

    void read(const PolicyQueue& q) {
        constexpr std::int64_t day_s = 86'400;
        const std::string who = "queue " + (q.name.empty() ? std::to_string(q.id) : q.name);
        QueueSetup& out = setup_.queues.emplace_back();
        if (q.id == 0) fault(who + " has no id");
        out.id = QueueId{q.id};
        out.centre = CentreId{q.centre};
        out.name = q.name;
        out.title = q.title;
        out.answer_within = Seconds{within(q.answer_within_s, 1, 600, who + ": answer_within_s")};
        out.waiting_max = q.waiting_max;
        out.priority =
            within(q.priority, -routing::priority_max, routing::priority_max, who + ": priority");
        const auto strategy = routing::strategy_of(q.strategy);
        if (!strategy) fault(who + ": no strategy is called " + q.strategy);
        out.strategy = strategy.value_or(routing::Strategy::LongestIdle);
        if (!q.skill.empty()) out.skill = skill(q.skill, who);
        for (const std::string& need : q.needs) out.needs.push_back(skill(need, who));
        if (q.overflow != 0) out.overflow = queue(q.overflow, who);
        out.prefer_for = Seconds{within(q.prefer_for_s, 0, day_s, who + ": prefer_for_s")};
        for (const PolicyRing& r : q.rings) {
            const Seconds after{within(r.after_s, 0, day_s, who + ": after_s of a ring")};
            const int level = within(r.level_min, 0, routing::skill_level_max, who + ": level_min");
            const QueueId also = r.also == 0 ? QueueId{} : queue(r.also, who);
            out.rings.push_back({after, level, also});
        }
        if (q.slid_to_s)
            out.slid_to = Seconds{within(*q.slid_to_s, -1, day_s, who + ": slid_to_s")};
        if (!std::ranges::is_sorted(out.rings, {}, &routing::Ring::after))
            fault(who + ": a ring opens before the one above it");
    }

    void read(const PolicyAgent& a) {
        const std::string who = "agent " + a.work_number;
        AgentSetup& out = setup_.agents.emplace_back();
        if (a.id == 0) fault(who + " has no id");
        out.id = AgentId{a.id};
        out.centre = CentreId{a.centre};
        out.work_number = a.work_number;
        out.name = a.name;
        out.wrap_up_max = Seconds{within(a.wrap_up_max_s, 0, 3600, who + ": wrap_up_max_s")};
        for (const PolicyService& s : a.queues)
            out.queues.push_back(
                {queue(s.queue, who), within(s.weight, -routing::priority_max,
                                             routing::priority_max, who + ": weight")});
        for (const PolicyLevel& s : a.skills)
            out.skills.push_back({skill(s.skill, who),
                                  within(s.level, 1, routing::skill_level_max, who + ": level")});
    }

    Setup setup_;
    std::set<std::uint64_t> queues_;
    std::string faults_;
};

}  // namespace

std::string policy_text(const Setup& setup) {
    std::string text;
    const json::value policy = json::to_value(policy_of(setup));
    for (const auto& [table, rows] : policy.get_object())
        for (const json::value& row : rows.get_array()) {
            text += "[[" + std::string{table} + "]]\n";
            for (const auto& [key, value] : row.get_object()) {
                if (value.is_null()) continue;
                text += std::string{key} + " = " + in_line(value) + "\n";
            }
            text += "\n";
        }
    return text;
}

Result<Setup> read_policy(std::string_view text, std::string_view name) {
    YS_TRY(const Policy policy, config::read_toml<Policy>(text, name));
    return Understanding{}.read(policy, name);
}

}  // namespace ys::interactions
