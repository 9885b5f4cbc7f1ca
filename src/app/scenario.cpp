// SPDX-License-Identifier: Apache-2.0
// Reads a scenario and proves that everything it refers to is there.
#include "app/scenario.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

#include <boost/describe/enum_from_string.hpp>

#include "backoffice/live_answer.h"
#include "base/opening_hours.h"
#include "base/phone_number.h"
#include "base/text.h"
#include "centres/role.h"
#include "interactions/emergencies.h"
#include "ivr/checker.h"
#include "platform/config/toml_text.h"
#include "routing/policy.h"

namespace ys::app {
namespace {

constexpr std::uint32_t crowd_max = 20'000;

Error wrong(std::string what) { return {std::errc::invalid_argument, std::move(what)}; }

std::string numbered(std::string text, std::uint32_t i) {
    for (auto at = text.find("{i}"); at != std::string::npos; at = text.find("{i}"))
        text.replace(at, 3, std::to_string(i));
    return text;
}

bool is_live_kind(const std::string& word) {
    backoffice::SubjectKind kind{};
    return boost::describe::enum_from_string(word.c_str(), kind) &&
           kind != backoffice::SubjectKind::None;
}

void add_crowd(Scenario& s, std::uint32_t agents) {
    const std::uint32_t count = agents > 0 && !s.crowd.each.login.empty() ? agents : s.crowd.count;
    for (std::uint32_t i = 0; i < std::min(count, crowd_max); ++i) {
        ScenarioUser u = s.crowd.each;
        for (std::string* text : {&u.login, &u.name, &u.work_number, &u.seat_address})
            *text = numbered(std::move(*text), i);
        s.user.push_back(std::move(u));
    }
}

void add_teams(Scenario& s) {
    for (const ScenarioTeam& team : s.team) {
        std::uint32_t number = team.first_work_number;
        for (const std::string& name : team.names) {
            ScenarioUser& u = s.user.emplace_back();
            u.work_number = std::to_string(number++);
            u.login = u.work_number;
            u.name = name;
            u.centre = team.centre;
            u.roles = team.roles;
            u.queues = team.queues;
            u.skills = team.skills;
        }
    }
}

class Proof {
public:
    explicit Proof(Scenario& s) : s_(s) {}

    Result<Done> run() {
        if (s_.centre.empty()) fault("there is no centre");
        for (const auto& c : s_.centre) {
            if (!c.parent.empty() && !centres_.contains(c.parent))
                fault("centre " + c.name + ": the centre above, " + c.parent +
                      ", must come before it");
            once(centres_, c.name, "centre");
            hours(c.hours, "centre " + c.name);
        }
        for (const auto& skill : s_.skill) once(skills_, skill.name, "skill");
        for (auto& q : s_.queue) {
            in_a_centre(q.centre, "queue " + q.name);
            if (q.name.empty())
                fault("a queue has no name");
            else if (!queues_.insert(queue_path(q.name, q.centre)).second)
                fault("there are two of queue " + q.name + in(q.centre));
        }
        for (auto& q : s_.queue) queue(q);
        if (!s_.chat_queue.empty() &&
            !queues_.contains(queue_path(s_.chat_queue, s_.centre.front().name)))
            fault("chat_queue " + s_.chat_queue + " is no queue of " + s_.centre.front().name);
        for (const auto& t : s_.team)
            if (t.first_work_number == 0 || t.names.empty())
                fault("a team of centre " + t.centre + " has no first_work_number or no names");
        for (auto& u : s_.user) user(u);
        for (auto& p : s_.place) in_a_centre(p.centre, "place " + p.name);
        for (auto& p : s_.phone) {
            once(phones_, p.user, "phone");
            in_a_centre(p.centre, "phone " + p.user);
            if (p.password.empty()) p.password = s_.password;
            if (p.password.empty()) fault("phone " + p.user + " has no password");
        }
        for (auto& n : s_.number) {
            once(numbers_, n.number, "number");
            in_a_centre(n.centre, "number " + n.number);
            if (n.flow.empty()) fault("number " + n.number + " has no flow");
        }
        for (auto& c : s_.customer) customer(c);
        for (auto& o : s_.outbound) {
            in_a_centre(o.centre, "outbound rule " + o.prefix);
            if (o.from_hour >= o.to_hour || o.to_hour > 24)
                fault("outbound rule " + o.prefix + ": the hours are not in order");
        }
        for (auto& unit : s_.unit) case_unit(unit);
        for (const auto& each : s_.foreman) in_crew(each.login, each.unit);
        for (const auto& each : s_.repairer) {
            in_crew(each.login, each.unit);
            hours(each.shifts, "repairer " + each.login);
            if (each.areas.empty() || each.shifts.empty())
                fault("repairer " + each.login + ": no areas or no shifts");
        }
        for (const auto& duty : s_.duty)
            if (!units_.contains(duty.unit) || duty.title.empty())
                fault("duty " + duty.title + ": no title, or there is no unit “" + duty.unit + "”");
        for (const auto& rule : s_.incident_rule)
            if (!rule.says.empty() && !interactions::is_emergency_prompt(rule.says))
                fault("incident_rule " + rule.title + ": “" + rule.says + "” is no announcement");
        for (const auto& live : s_.live)
            if (!is_live_kind(live.kind))
                fault("live: “" + live.kind + "” is nothing a business system is asked about");
        if (faults_.empty()) return Done{};
        return wrong("scenario.toml: " + faults_);
    }

    /// Of "centre/queue".
    const std::set<std::string>& queues() const { return queues_; }

private:
    void fault(const std::string& what) { faults_ += what + "\n"; }
    void once(std::set<std::string>& names, const std::string& name, const std::string& what) {
        if (name.empty()) fault("a " + what + " has no name");
        if (!names.insert(name).second) fault("there are two of " + what + " " + name);
    }
    /// With one centre nobody has to name it.
    void in_a_centre(std::string& centre, const std::string& who) {
        if (centre.empty() && s_.centre.size() == 1) centre = s_.centre.front().name;
        if (!centres_.contains(centre)) fault(who + ": there is no centre “" + centre + "”");
    }
    /// " in centre …" where there is more than one.
    std::string in(const std::string& centre) const {
        return s_.centre.size() > 1 ? " in centre " + centre : "";
    }
    void hours(const std::vector<std::string>& spans, const std::string& who) {
        const auto read = parse_opening_hours(spans);
        if (!read) fault(who + ": " + read.error().note);
    }
    void queue(ScenarioQueue& q) {
        const std::string who = "queue " + queue_path(q.name, q.centre);
        if (!routing::strategy_of(q.strategy))
            fault(who + ": “" + q.strategy +
                  "” is no strategy (longest_idle, fewest_calls, least_talk)");
        if (!q.skill.empty()) skill(q.skill, who);
        for (const auto& need : q.needs) skill(need, who);
        hours(q.hours, who);
        const auto centre = std::ranges::find(s_.centre, q.centre, &ScenarioCentre::name);
        if (q.hours.empty() && centre != s_.centre.end()) q.hours = centre->hours;
        if (!q.overflow.empty()) another_queue(q.overflow, q, "overflow");
        for (auto& number : q.duty) {
            const auto dialled = normalise(number, "");
            if (!dialled || dialled->withheld()) fault(who + ": “" + number + "” is no number");
            if (dialled) number = dialled->digits;
        }
        std::uint32_t after_s = 0;
        for (auto& ring : q.rings) {
            if (ring.after_s < after_s) fault(who + ": a ring opens before the one above it");
            after_s = ring.after_s;
            if (ring.level_min > static_cast<std::uint32_t>(routing::skill_level_max))
                fault(who + ": a level is a number from 0 to 9");
            if (ring.level_min > 0 && q.skill.empty())
                fault(who + ": a ring has level_min, but the queue names no skill");
            if (!ring.also.empty()) another_queue(ring.also, q, "ring");
        }
    }
    /// Made "centre/queue"; help from oneself is none.
    void another_queue(std::string& path, const ScenarioQueue& q, const std::string& what) {
        const std::string own = queue_path(q.name, q.centre);
        path = queue_path(path, q.centre);
        if (path == own) fault("queue " + own + ": its " + what + " is itself");
        if (!queues_.contains(path))
            fault("queue " + own + ": its " + what + " “" + path +
                  "” is not there (written centre/queue)");
    }
    void skill(const std::string& name, const std::string& who) {
        if (!skills_.contains(name)) fault(who + ": there is no skill “" + name + "”");
    }
    /// The name of "name:7", which has to be one of those known.
    std::string grade(const std::string& text, int least, int most, const std::string& who) {
        const auto read = graded(text, least, least, most);
        if (!read) fault(who + ": " + read.error().note);
        return read ? read->name : std::string{};
    }
    void user(ScenarioUser& u) {
        once(logins_, u.login, "login");
        in_a_centre(u.centre, "user " + u.login);
        if (u.password.empty()) u.password = s_.password;
        if (u.password.empty()) fault("user " + u.login + " has no password");
        if (u.roles.empty()) fault("user " + u.login + " has no role");
        for (const auto& r : u.roles)
            if (!centres::role_named(r))
                fault("user " + u.login + ": there is no role “" + r + "”");
        const std::string who = "user " + u.login;
        for (const auto& text : u.queues) {
            const std::string q = grade(text, 0, routing::priority_max, who);
            if (!q.empty() && !queues_.contains(queue_path(q, u.centre)))
                fault(who + ": there is no queue “" + q + "”" + in(u.centre));
        }
        for (const auto& text : u.skills)
            if (const auto s = grade(text, 1, routing::skill_level_max, who); !s.empty())
                skill(s, who);
        if (auto seat = seat_of(u); !seat) fault("user " + u.login + ": " + seat.error().note);
    }
    void in_crew(const std::string& login, const std::string& unit) {
        if (!logins_.contains(login)) fault("crew: there is no login “" + login + "”");
        if (!units_.contains(unit)) fault("crew of " + login + ": there is no unit “" + unit + "”");
    }
    void case_unit(ScenarioUnit& unit) {
        const std::string who = "unit " + unit.name;
        once(units_, unit.name, "unit");
        in_a_centre(unit.centre, who);
        if (!unit.superior.empty() && !units_.contains(unit.superior))
            fault(who + ": the unit above, " + unit.superior + ", must come before it");
        for (const auto& text : unit.members) {
            const std::string login = text.substr(0, text.find(':'));
            if (!logins_.contains(login) || login.size() == text.size())
                fault(who + ": “" + text + "” is no login and its roles (written 0201:unit)");
        }
    }
    void customer(ScenarioCustomer& c) {
        in_a_centre(c.centre, "customer " + c.name);
        for (auto& text : c.numbers) {
            auto number = normalise(text, "");
            if (!number || number->withheld())
                fault("customer " + c.name + ": “" + text + "” is no telephone number");
            else
                text = number->digits;
        }
    }

    Scenario& s_;
    std::string faults_;
    std::set<std::string> centres_, skills_, queues_, logins_, phones_, numbers_, units_;
};

/// Every queue and skill a number's flow asks for is there. Who is located and finds no such queue
/// at home is served by the number's own centre, so that one needs them all.
Result<Done> check_flow(const Scenario& s, const ScenarioNumber& n, const ivr::Flow& flow,
                        const std::set<std::string>& queues) {
    for (const ivr::Node& node : flow.nodes) {
        if (node.kind != ivr::NodeKind::Queue) continue;
        const std::string at = n.flow + ".flow line " + std::to_string(node.line) + ": there is ";
        if (!queues.contains(queue_path(node.queue, n.centre)))
            return wrong(at + "no queue “" + node.queue + "”" +
                         (s.centre.size() > 1 ? " in centre " + n.centre : ""));
        for (const std::string& skill : node.needs)
            if (std::ranges::find(s.skill, skill, &ScenarioSkill::name) == s.skill.end())
                return wrong(at + "no skill “" + skill + "”");
    }
    return Done{};
}

Result<Done> load_flows(Scenario& s, const std::set<std::string>& queues,
                        const ReadScenarioFile& read) {
    for (const auto& n : s.number) {
        const bool is_plain = std::ranges::all_of(n.flow, [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
        });
        if (!is_plain) return wrong("number " + n.number + ": “" + n.flow + "” is no flow's name");
        const std::string file = n.flow + ".flow";
        auto& text = s.flows[n.flow];
        if (text.empty()) {
            YS_TRY(text, read(file));
        }
        const auto flow = ivr::load_flow(text);
        if (!flow) return Error{flow.error().code, file + ": " + flow.error().note};
        YS_TRY([[maybe_unused]] const Done checked, check_flow(s, n, *flow, queues));
    }
    return Done{};
}

Result<Done> load_territory(Scenario& s, const ReadScenarioFile& read) {
    if (!s.segments.empty()) {
        YS_TRY(const std::string text, read(s.segments));
        auto segments = routing::parse_segments(text);
        if (!segments) return wrong(s.segments + " " + segments.error().note);
        s.segment = *std::move(segments);
    }
    // Made once without ids: which places claim the same sign does not depend on them.
    std::vector<routing::Place> places;
    for (const ScenarioPlace& p : s.place)
        places.push_back({{}, p.name, p.codes, p.plates, p.accounts, p.said});
    const auto territory = routing::Territory::make(std::move(places), s.segment);
    if (!territory) return wrong("scenario.toml: " + territory.error().note);
    return Done{};
}

}  // namespace

Result<Scenario> parse_scenario(std::string_view toml, std::uint32_t agents,
                                const ReadScenarioFile& read) {
    YS_TRY(Scenario scenario, config::read_toml<Scenario>(toml, "scenario.toml"));
    add_crowd(scenario, agents);
    add_teams(scenario);
    Proof proof(scenario);
    if (auto done = proof.run(); !done) return done.error();
    if (auto done = load_flows(scenario, proof.queues(), read); !done) return done.error();
    if (auto done = load_territory(scenario, read); !done) return done.error();
    return scenario;
}

Result<Scenario> load_scenario(const std::string& folder, std::uint32_t agents) {
    const auto read = [&](std::string_view file) -> Result<std::string> {
        std::ifstream in(folder + "/" + std::string(file), std::ios::binary);
        std::ostringstream text;
        text << in.rdbuf();
        if (!in)
            return Error{std::errc::no_such_file_or_directory,
                         "reading " + folder + "/" + std::string(file)};
        return text.str();
    };
    YS_TRY(const std::string toml, read("scenario.toml"));
    return parse_scenario(toml, agents, read);
}

Result<Graded> graded(std::string_view text, int otherwise, int least, int most) {
    const auto colon = text.find(':');
    if (colon == text.npos) return Graded{std::string{text}, otherwise};
    const auto number = parse_number(text.substr(colon + 1));
    const bool is_in = number && *number >= static_cast<unsigned long long>(least) &&
                       *number <= static_cast<unsigned long long>(most);
    if (!is_in)
        return wrong("“" + cleaned(text, 60) + "” ends in no number from " + std::to_string(least) +
                     " to " + std::to_string(most));
    return Graded{std::string{text.substr(0, colon)}, static_cast<int>(*number)};
}

std::string queue_path(std::string_view text, std::string_view centre) {
    if (text.find('/') != text.npos) return std::string{text};
    return std::string{centre} + "/" + std::string{text};
}

Result<Seat> seat_of(const ScenarioUser& user) {
    const bool addressed = !user.seat_address.empty();
    if (user.seat == "browser" && !addressed) return Seat{};
    if (user.seat == "sip_phone" && addressed) return Seat{SeatKind::SipPhone, user.seat_address};
    if (user.seat == "outside_number" && addressed)
        return Seat{SeatKind::OutsideNumber, user.seat_address};
    return wrong("“" + user.seat + "” with address “" + user.seat_address + "” is no seat");
}

}  // namespace ys::app
