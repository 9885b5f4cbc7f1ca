// SPDX-License-Identifier: Apache-2.0
// All that the engine knows of one case, as plain values: what a store keeps and gives back.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/id.h"
#include "base/time.h"
#include "cases/clock_preset.h"
#include "cases/unit_tree.h"
#include "cases/workflow.h"

namespace ys::cases {

/// One thing the citizen wants; a case has at least one and the reply answers each.
struct CaseDemand {
    std::uint32_t number = 0;  ///< from 1, unique in the case
    std::string text;
    friend bool operator==(const CaseDemand&, const CaseDemand&) = default;
};

using DemandAnswers = std::map<std::uint32_t, std::string>;  ///< by number of the demand

struct CaseReply {
    UnitId unit;
    UserId by;
    UtcTime at;
    DemandAnswers answers;
    UserId reviewed_by;  ///< none while it waits for review, or when the workflow has none
    friend bool operator==(const CaseReply&, const CaseReply&) = default;
};

/// What one more unit contributes (协办).
struct CasePart {
    UnitId unit;
    std::string task;
    std::string reply;  ///< "" until given
    UserId replied_by;
    bool is_released = false;  ///< somebody above decided that it is not needed
    bool is_open() const { return reply.empty() && !is_released; }
    friend bool operator==(const CasePart&, const CasePart&) = default;
};

/// Somebody tried to ask the citizen whether it is solved, and learned nothing.
struct CaseAttempt {
    UtcTime at;
    UserId by;
    std::string channel;  ///< "voice" "sms" ...
    std::string outcome;  ///< "no_answer" "not_delivered" "declined_to_say" ...
    friend bool operator==(const CaseAttempt&, const CaseAttempt&) = default;
};

/// The two questions are two: a thing can be solved and the citizen dissatisfied.
struct CaseConfirmation {
    bool solved = false;
    std::optional<bool> satisfied;  ///< nothing: the citizen did not say
    std::string words;
    UtcTime at;
    UserId taken_by;  ///< none: the citizen answered on a page or by keys
    friend bool operator==(const CaseConfirmation&, const CaseConfirmation&) = default;
};

struct CaseClock {
    WorkClock clock;
    std::uint32_t warned = 0;  ///< how many warnings were given
    bool is_broken = false;    ///< the breach was told
    friend bool operator==(const CaseClock&, const CaseClock&) = default;
};

enum class Dispute { None, Return, Objection };

/// What the type said when the case was filed: the case goes by it to its end, whatever becomes of
/// the type.
struct CaseBasis {
    std::string nature;    ///< a word of case_form.h: "complaint" "repair" ...
    std::string workflow;  ///< "": nothing was recorded
    int workflow_version = 0;
    std::string clock_preset;
    bool is_automatic = false;  ///< goes straight to the repairer on duty
    friend bool operator==(const CaseBasis&, const CaseBasis&) = default;
};

struct CaseFile {
    CaseId id;
    std::string type;  ///< code and version of the case type it was made with
    int type_version = 0;
    CaseBasis basis;
    bool is_confidential = false;
    bool is_filed = false;
    CaseState state = CaseState::Filed;
    UtcTime last_at;  ///< of the last command that did something

    std::vector<CaseDemand> demands;
    std::vector<UnitId> about_units;  ///< complained of

    UnitId responsible;               ///< exactly one until a final state, then none
    UnitId first_receiver;            ///< 首接
    UnitId handler;                   ///< dispatched to, or working on it; kept when closed
    std::vector<UnitId> handled_by;   ///< every unit that took it on
    std::vector<UnitId> returned_by;  ///< each at most once
    bool is_assigned = false;         ///< a superior has decided: no more returns
    Dispute dispute = Dispute::None;
    int round = 1;  ///< 2 and more: second handling

    std::vector<CasePart> parts;
    std::optional<CaseReply> reply;
    std::optional<UtcTime> told_at;  ///< the citizen knows the reply
    std::vector<CaseAttempt> attempts;
    std::optional<CaseConfirmation> confirmation;

    std::array<std::optional<CaseClock>, clock_names.size()> clocks;  ///< by ClockName
    std::optional<UtcTime> paused_until;  ///< an approved pause is on until then
    int urges = 0;
    std::optional<UtcTime> urged_at;
    int supervised = 0;  ///< level of 督办, 0 none

    std::vector<CaseId> duplicates;  ///< linked, never merged
    bool counts_in_scores = true;
    std::string legal_basis;  ///< of not being accepted

    std::optional<CaseClock>& clock(ClockName n) { return clocks[static_cast<std::size_t>(n)]; }
    const std::optional<CaseClock>& clock(ClockName n) const {
        return clocks[static_cast<std::size_t>(n)];
    }
    bool is_about(UnitId unit) const;
    CasePart* open_part(UnitId unit);
    friend bool operator==(const CaseFile&, const CaseFile&) = default;
};

/// What the engine goes by for one case; all of it outlives the call.
struct CaseRules {
    const Calendar& calendar;
    const UnitTree& units;
    const Workflow& workflow;  ///< the version the case was filed with
    const ClockPreset& preset;
    int attempts_min = 3;         ///< to close without the citizen's word
    Seconds attempts_apart = 2h;  ///< nearer ones count as one
    Seconds urge_apart = 4h;      ///< the citizen may urge again after this
    int urges_per_level = 3;      ///< so many urges raise the supervision by themselves
    int supervised_max = 3;
    Seconds pause_max = 30 * 24h;
};

/// Whether so many attempts were made since the citizen was told that the case may be closed.
bool is_tried_enough(const CaseRules& rules, const CaseFile& file);

/// Demands without an answer, for the page: their numbers.
std::vector<std::uint32_t> unanswered(const CaseFile& file, const DemandAnswers& answers);

/// A confidential case is not shown to a unit it complains of, nor to anyone in it.
bool may_see(const CaseFile& file, UnitId unit);

/// "" or the rule of the README that this file breaks.
std::string broken_invariant(const CaseRules& rules, const CaseFile& file);

}  // namespace ys::cases
