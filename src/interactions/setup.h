// SPDX-License-Identifier: Apache-2.0
// What a hotline is set up as: queues, people, numbers, flows; the rules the coordinator goes by.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "centres/centre_tree.h"
#include "routing/policy.h"
#include "routing/territory.h"

namespace ys::interactions {

struct QueueSetup {
    QueueId id;
    CentreId centre;
    std::string name;
    std::string title{};           ///< as on screens
    Millis answer_within{15'000};  ///< how long one agent is rung
    std::size_t waiting_max = 500;
    int priority = 0;  ///< steps of head start (routing/policy.h)
    std::string full_prompt = "queue-full";
    routing::Strategy strategy = routing::Strategy::LongestIdle;
    SkillId skill{};  ///< what rings measure levels of
    std::vector<SkillId> needs{};
    std::vector<routing::Ring> rings{};
    /// As a supervisor slid them: helpers open after this long, never when it is below zero.
    std::optional<Millis> slid_to{};
    QueueId overflow{};  ///< who takes new callers when this one is full
    /// A caller known to an agent (last call, case) waits for that agent so long; 0 never.
    Millis prefer_for{};
    /// Who has waited so long may have a call back instead, or leave a message; 0 never.
    Millis callback_after{};
    Millis voicemail_after{};
    /// Head start for each call of the last days that settled nothing, in steps; three count.
    int repeat_priority = 1;
    /// Long caring talks are right here: no target for handling time, prompts a little slower.
    bool is_unhurried = false;
    /// When new callers are taken, holidays of the state's calendar apart; else `overflow` takes
    /// them. None: always.
    std::vector<ys::Span> hours{};
    /// Mobiles of who is on duty, rung one after the other while nobody is at work.
    std::vector<std::string> duty{};
    std::size_t callbacks_at_once = 5;  ///< citizens being dialled at the same time
    std::size_t callbacks_max = 1000;   ///< promises not yet kept
};
struct SkillSetup {
    SkillId id;
    std::string name;     ///< the word flows use
    std::string title{};  ///< as on screens
};
struct AgentSetup {
    AgentId id;
    CentreId centre;
    std::string work_number;  ///< 工号, spoken on connect
    std::string name;
    std::vector<routing::Service> queues;
    bool is_supervisor = false;
    Millis wrap_up_max{60'000};
    std::vector<routing::Skill> skills{};
};
/// An announcement that was asked for or in force when the process before this one ended.
struct EmergencySetup {
    std::uint64_t id = 0;
    CentreId centre;
    std::string kind;
    std::vector<std::string> areas{};
    UtcTime until;
    AgentId asked_by;
    AgentId confirmed_by;  ///< none: not in force
};
struct NumberSetup {
    std::string number;  ///< hotline number
    CentreId centre;
    std::string flow;      ///< name of a flow in Setup::flows
    bool locates = false;  ///< callers belong to the centre of their place
};
/// A day of the state's calendar that is no ordinary one. A year with any such day here goes by
/// these in every flow; other years by what the flow itself has.
struct DaySetup {
    Day day;
    std::string name{};
    bool is_workday = false;  ///< 调休: worked although it is a weekend's; else a holiday
};
struct Setup {
    std::vector<SkillSetup> skills{};
    std::vector<QueueSetup> queues;
    std::vector<AgentSetup> agents;
    std::vector<NumberSetup> numbers;
    std::map<std::string, std::string> flows;  ///< name -> flow file text
    std::vector<DaySetup> days{};
    centres::CentreTree tree{};  ///< empty: every centre stands alone
    std::vector<routing::Place> places{};
    std::vector<routing::Segment> segments{};
    std::vector<EmergencySetup> emergencies{};
    Millis seat_back_within{20'000};       ///< a reloaded page must be back in this time
    Millis restored_seat_within{120'000};  ///< ... after a restart, phones registering anew
    Millis position_every{30'000};         ///< queue position announcements
    Millis callback_again{300'000};        ///< after a citizen could not be reached
    std::uint32_t callback_attempts = 3;
    std::uint64_t first_interaction = 1;  ///< one above the highest in the journal
    std::uint64_t first_recording = 1;
    std::uint64_t first_emergency = 1;
};

}  // namespace ys::interactions
