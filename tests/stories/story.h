// SPDX-License-Identifier: Apache-2.0
// A story: lines a supervisor can read, played against the real coordinator in virtual time.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/fake_edge.h"
#include "words.h"

namespace ys::stories {

class Story {
public:
    explicit Story(std::string flow_text) : flow_(std::move(flow_text)) {}

    /// "" or what went wrong, with its line. README.md lists the sentences.
    std::string play(const std::string& text);

private:
    std::string line(const Words& words);
    void set_the_stage();
    std::string set_up(const Words& w);
    std::string set_up_day(const Words& w);
    std::string set_up_queue(const Words& w);
    std::string set_up_number(const Words& w);
    std::string set_up_person(const Words& w);
    void can(interactions::AgentSetup& agent, const Words& w);
    std::string change_rules(const Words& w);
    void serves(interactions::AgentSetup& agent, const Words& w) const;
    interactions::QueueSetup& queue(const std::string& name);
    SkillId skill(const std::string& name);
    std::string after_moment(Words w);
    std::string caller_does(LegId leg, const std::string& who, const Words& w);
    std::string number_does(const std::string& number, const Words& w);
    std::string agent_does(AgentId agent, Words w);
    std::string announces(AgentId id, const Words& w, const std::string& reason);
    std::string supervises(AgentId supervisor, const Words& w);
    std::string expect(const Words& w);
    std::string expect_caller(const std::string& who, const Words& w);
    std::string expect_agent(AgentId agent, const Words& w);
    std::string expect_fact(const Words& w);
    std::string expect_recording(const Words& w);
    std::string finish();

    void open();  ///< the doors: after this no more set-up
    void agent_arrives(AgentId agent);
    std::string hears(const std::string& who, const Words& w);
    std::string why_of(const std::string& caller, const std::string& words) const;
    std::string end_of(const std::string& caller) const;
    interactions::Target target(const Words& w, std::size_t from) const;
    AgentId agent(const std::string& name) const;
    LegId leg_of(const std::string& name) const;
    std::string name_of(LegId leg) const;
    InteractionId call_of(const std::string& caller) const;
    LegId number_leg(const std::string& number) const;

    struct Person {
        AgentId id;
        Seat seat;
        int ready_at_s = 0;
        bool works = false;
    };
    std::string flow_;
    interactions::Setup setup_;
    std::map<std::string, Person> people_;
    std::map<std::string, LegId> callers_;
    std::map<std::string, InteractionId> calls_;
    std::size_t told_ = 0;                            ///< facts already accounted for by "told"
    std::size_t refusals_ = 0;                        ///< refusals already expected
    std::optional<std::chrono::sys_seconds> begins_;  ///< by the clock on the wall
    test::Timeline time_;
    std::unique_ptr<test::FakeEdge> edge_;
};

}  // namespace ys::stories
