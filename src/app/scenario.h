// SPDX-License-Identifier: Apache-2.0
// A ready-made hotline as data: scenarios/<name>/scenario.toml and its flow files.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/scenario_unit.h"
#include "base/described.h"
#include "base/result.h"
#include "base/seat.h"
#include "platform/config/serve_config.h"
#include "routing/territory.h"

namespace ys::app {

// Things refer to each other by `name`, a short word; ids are given when the data is seeded.
struct ScenarioCentre {
    std::string name;
    std::string title;                   ///< as people read it
    std::string parent;                  ///< name of the centre above, "" for a head centre
    std::string area_code;               ///< put before bare local numbers, e.g. "0931"
    std::string shown_number;            ///< what people called from here see
    std::vector<std::string> hours;      ///< of its queues that name none: "mon-fri 08:30-18:00"
    std::uint64_t customers_served = 0;  ///< for 百万客户投诉量; 0 when nobody knows
};
struct ScenarioSkill {
    std::string name, title;  ///< the word flows and queues use; as people read it
};
/// After so long more people may serve a waiting caller; see routing::Ring.
struct ScenarioRing {
    std::uint32_t after_s = 0;
    std::uint32_t level_min = 0;  ///< of the queue's skill
    std::string also;             ///< "centre/queue", or a queue of the same centre
};
struct ScenarioQueue {
    std::string name;  ///< the word flows use, unique within its centre
    std::string title;
    std::string centre;
    std::uint32_t answer_within_s = 15;  ///< how long one agent is rung
    std::uint32_t waiting_max = 500;
    std::uint32_t priority = 0;
    std::string full_prompt = "queue-full";
    std::string strategy = "longest_idle";  ///< or "fewest_calls", "least_talk"
    std::string skill;                      ///< what rings measure levels of
    std::vector<std::string> needs;         ///< skills nobody here can do without
    std::vector<ScenarioRing> rings;        ///< by after_s, ascending
    std::string overflow;  ///< "centre/queue" that helps when this one is full or nobody is at work
    std::uint32_t prefer_for_s = 0;       ///< how long a caller waits for the agent who knows them
    std::uint32_t callback_after_s = 0;   ///< who has waited so long may be called back; 0 never
    std::uint32_t voicemail_after_s = 0;  ///< ... or leave a message
    std::vector<std::string> duty;        ///< mobiles rung in turn while nobody is at work
    bool unhurried = false;               ///< no target for handling time, slower prompts
    std::vector<std::string> hours;       ///< when new callers are taken, else overflow takes them
};
/// Somebody who signs in. Agents, supervisors and the rest differ by role only.
struct ScenarioUser {
    std::string login;
    std::string password;  ///< "" takes the scenario's; demo data, printed at start
    std::string name, work_number, centre;
    std::vector<std::string> roles;   ///< words of centres/role.h
    std::vector<std::string> queues;  ///< of their centre: "repair", with a weight "elder:2"
    std::vector<std::string> skills;  ///< "dialect", with a level from 1 to 9 "dialect:3"
    std::string seat = "browser";     ///< "browser" "sip_phone" "outside_number"
    std::string seat_address;         ///< "" for a browser; see base/seat.h. A full "sip:" URI is
                                      ///< rung as it stands, without registration (load tests).
    std::uint32_t wrap_up_max_s = 60;
    bool starts_ready = false;  ///< signed in and ready from the start (load tests)
};
/// A SIP account that may register: of a desk, or to call in with.
struct ScenarioPhone {
    std::string user;
    std::string password;  ///< "" takes the scenario's
    std::string centre;
};
struct ScenarioNumber {
    std::string number;
    std::string centre;
    std::string flow;      ///< name of <flow>.flow beside the scenario
    bool locates = false;  ///< callers belong to the centre of their place (routing/territory.h)
};
/// A place of the territory and the centre that serves it; see routing::Place.
struct ScenarioPlace {
    std::string name;
    std::string centre;
    std::vector<std::string> codes;     ///< area codes, landline prefixes, or keyed codes
    std::vector<std::string> plates;    ///< beginnings of number plates
    std::vector<std::string> accounts;  ///< beginnings of account numbers
    std::vector<std::string> said;      ///< other names people say
};
struct ScenarioCustomer {
    std::string name, address;
    std::string account_number;  ///< 户号
    std::string plate;           ///< of their car
    std::string note;
    std::string centre;
    std::vector<std::string> tags;
    std::vector<std::string> numbers;
};
struct ScenarioOutbound {
    std::string centre;
    std::string prefix;
    std::uint32_t from_hour = 0, to_hour = 24;  ///< local hours [from_hour, to_hour)
    bool allow = true;
};
/// Agents made by number for a load test: every "{i}" in the texts becomes 0 … N-1.
struct ScenarioCrowd {
    std::uint32_t count = 0;  ///< when --agents says nothing
    ScenarioUser each;
};
/// People of one centre; login and work number are counted up from `first_work_number`.
struct ScenarioTeam {
    std::string centre;
    std::uint32_t first_work_number = 0;
    std::vector<std::string> names;
    std::vector<std::string> roles;
    std::vector<std::string> queues;
    std::vector<std::string> skills;
};
struct Scenario {
    std::string name, title;
    std::string password;         ///< of every user and phone that names none
    std::uint32_t calls_max = 0;  ///< 0 keeps the setting; a load test raises the limits
    std::uint32_t invites_per_second = 0;
    bool open_registrations = false;  ///< load test on loopback: phones register without proof
    std::vector<std::string> say_at_start;  ///< lines printed for who tries the demo
    std::vector<ScenarioCentre> centre;
    std::vector<ScenarioSkill> skill;
    std::vector<ScenarioQueue> queue;
    std::vector<ScenarioUser> user;
    std::vector<ScenarioTeam> team;  ///< added to `user`
    std::vector<ScenarioPlace> place;
    std::string chat_queue;  ///< of the first centre: who answers in writing; "" offers no chat
    std::string segments;    ///< file of mobile prefixes beside the scenario, "" for none
    std::vector<ScenarioPhone> phone;
    std::vector<ScenarioNumber> number;
    std::vector<ScenarioCustomer> customer;
    std::vector<ScenarioOutbound> outbound;
    std::vector<ScenarioUnit> unit;  ///< what each does: `duty`; who repairs
    std::vector<ScenarioDuty> duty;
    std::vector<ScenarioIncidentRule> incident_rule;
    std::vector<ScenarioLive> live;
    std::vector<ScenarioForeman> foreman;
    std::vector<ScenarioRepairer> repairer;
    std::vector<config::Trunk> trunk;
    ScenarioCrowd crowd;
    std::map<std::string, std::string> flows;  ///< name -> text, each read and proved
    std::vector<routing::Segment> segment;     ///< read from `segments`
};
/// Gives the content of a file of the scenario's folder, e.g. "main.flow".
using ReadScenarioFile = std::function<Result<std::string>(std::string_view file)>;

/// toml    text of scenario.toml
/// agents  size of the crowd, 0 for the scenario's own
/// errors  invalid_argument: every fault found, one a line, in words an operator can act on;
///         ivr::Errc for a flow that does not read or is not proved
Result<Scenario> parse_scenario(std::string_view toml, std::uint32_t agents,
                                const ReadScenarioFile& read);
/// The same from a folder.
Result<Scenario> load_scenario(const std::string& folder, std::uint32_t agents);
/// "elder:2" of a user's queues or skills; without a number it is `otherwise`.
struct Graded {
    std::string name;
    int grade = 0;
};
/// errors  invalid_argument when the number is none from `least` to `most`
Result<Graded> graded(std::string_view text, int otherwise, int least, int most);
/// "centre/queue"; a bare name is a queue of `centre`.
std::string queue_path(std::string_view text, std::string_view centre);
/// When nothing else is chosen at sign-in.
Result<Seat> seat_of(const ScenarioUser& user);
BOOST_DESCRIBE_STRUCT(ScenarioCentre, (),
                      (name, title, parent, area_code, shown_number, hours, customers_served))
BOOST_DESCRIBE_STRUCT(ScenarioSkill, (), (name, title))
BOOST_DESCRIBE_STRUCT(ScenarioRing, (), (after_s, level_min, also))
BOOST_DESCRIBE_STRUCT(ScenarioQueue, (),
                      (name, title, centre, answer_within_s, waiting_max, priority, full_prompt,
                       strategy, skill, needs, rings, overflow, prefer_for_s, callback_after_s,
                       voicemail_after_s, duty, unhurried, hours))
BOOST_DESCRIBE_STRUCT(ScenarioUser, (),
                      (login, password, name, work_number, centre, roles, queues, skills, seat,
                       seat_address, wrap_up_max_s, starts_ready))
BOOST_DESCRIBE_STRUCT(ScenarioPhone, (), (user, password, centre))
BOOST_DESCRIBE_STRUCT(ScenarioNumber, (), (number, centre, flow, locates))
BOOST_DESCRIBE_STRUCT(ScenarioPlace, (), (name, centre, codes, plates, accounts, said))
BOOST_DESCRIBE_STRUCT(ScenarioTeam, (), (centre, first_work_number, names, roles, queues, skills))
BOOST_DESCRIBE_STRUCT(ScenarioCustomer, (),
                      (name, address, account_number, plate, note, centre, tags, numbers))
BOOST_DESCRIBE_STRUCT(ScenarioOutbound, (), (centre, prefix, from_hour, to_hour, allow))
BOOST_DESCRIBE_STRUCT(ScenarioCrowd, (), (count, each))
BOOST_DESCRIBE_STRUCT(Scenario, (),
                      (name, title, password, calls_max, invites_per_second, open_registrations,
                       say_at_start, centre, skill, queue, user, team, place, chat_queue, segments,
                       phone, number, customer, outbound, unit, duty, incident_rule, foreman,
                       repairer, trunk, live, crowd))
}  // namespace ys::app
