// SPDX-License-Identifier: Apache-2.0
// The rules of one centre as an administrator edits them: queues, skills, who serves what.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/described.h"
#include "interactions/setup.h"

namespace ys::interactions {

struct RuleSkill {
    SkillId id{};  ///< none: a new one
    std::string name{}, title{};
};
struct RuleRing {
    std::int64_t after_s = 0;
    std::int32_t level_min = 0;
    QueueId also{};
};
struct RuleQueue {
    QueueId id{};        ///< none: a new one
    std::string name{};  ///< as flows have it
    std::string title{};
    std::int64_t answer_within_s = 15;
    std::int64_t waiting_max = 500;
    std::int32_t priority = 0;
    std::string strategy = "longest_idle";
    std::string skill{};  ///< name of the one whose levels rings ask for, "" for none
    std::vector<std::string> needs{};
    QueueId overflow{};
    std::int64_t prefer_for_s = 0;
    std::int64_t callback_after_s = 0;
    std::int64_t voicemail_after_s = 0;
    std::vector<RuleRing> rings{};
    /// Helpers open after this long, whatever the rings say; below 0 never; absent: as the rings.
    std::optional<std::int64_t> slid_to_s{};
    std::string hours{};  ///< "mon-fri 08:30-18:00;sat 09:00-12:00"; "" for always
};
struct RuleService {
    std::string queue{};  ///< name
    std::int32_t weight = 0;
};
struct RuleLevel {
    std::string skill{};  ///< name
    std::int32_t level = 1;
};
struct RuleAgent {
    AgentId id{};
    std::string work_number{}, name{};  ///< to read; not changed here
    std::vector<RuleService> queues{};
    std::vector<RuleLevel> skills{};
};
struct CentreRules {
    std::int64_t version = 0;  ///< of the centre's rules; the one read must be sent back
    std::int64_t wrap_up_max_s = 60;
    std::vector<RuleSkill> skills{};  ///< of the whole hotline
    std::vector<RuleQueue> queues{};
    std::vector<RuleAgent> agents{};
};
BOOST_DESCRIBE_STRUCT(RuleSkill, (), (id, name, title))
BOOST_DESCRIBE_STRUCT(RuleRing, (), (after_s, level_min, also))
BOOST_DESCRIBE_STRUCT(RuleQueue, (),
                      (id, name, title, answer_within_s, waiting_max, priority, strategy, skill,
                       needs, overflow, prefer_for_s, callback_after_s, voicemail_after_s, rings,
                       slid_to_s, hours))
BOOST_DESCRIBE_STRUCT(RuleService, (), (queue, weight))
BOOST_DESCRIBE_STRUCT(RuleLevel, (), (skill, level))
BOOST_DESCRIBE_STRUCT(RuleAgent, (), (id, work_number, name, queues, skills))
BOOST_DESCRIBE_STRUCT(CentreRules, (), (version, wrap_up_max_s, skills, queues, agents))

/// What is wrong, where: "queues.0.title" "field_missing"; a code of the message files.
struct RuleFault {
    std::string field, code;
    friend bool operator==(const RuleFault&, const RuleFault&) = default;
};

CentreRules rules_of_centre(const Setup& setup, CentreId centre);

/// The set-up with this centre's rules as in the form. What the form cannot say stays. New queues
/// and skills have their ids already (see RulesStore::number_new).
struct NewRules {
    Setup setup;
    std::vector<RuleFault> faults;  ///< none: the set-up is good
};
NewRules with_rules(const Setup& setup, CentreId centre, const CentreRules& form);

/// One thing that is different: of whom, what, from which value to which.
struct RuleChange {
    std::string thing{};  ///< "queue" "agent" "skill" "centre"
    std::string name{};   ///< title or name as people know it
    std::string field{};  ///< a field of the structs above; "" when it came or went
    std::string from{}, to{};
};
BOOST_DESCRIBE_STRUCT(RuleChange, (), (thing, name, field, from, to))
std::vector<RuleChange> rule_changes(const CentreRules& before, const CentreRules& after);
/// For the journal: "queue 报修: waiting_max 200 -> 300; agent 1002 王五: skills …".
std::string in_words(const std::vector<RuleChange>& changes);

}  // namespace ys::interactions
