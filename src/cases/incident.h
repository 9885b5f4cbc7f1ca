// SPDX-License-Identifier: Apache-2.0
// One event behind many cases (群体事件): many people, one kind, one place, one hour become one
// proposal, one incident, and a personal closing for each.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/id.h"
#include "base/result.h"
#include "base/time.h"
#include "cases/duty_catalogue.h"

namespace ys::cases {

using IncidentId = Id<struct IncidentTag>;

/// When many are one, as data of a centre.
struct IncidentRule {
    std::string title;            ///< "成片停热"
    DutyPath category;            ///< of this kind or below
    std::size_t place_depth = 1;  ///< the same first steps of the place are one place
    Seconds window = 10min;
    std::size_t people_min = 10;  ///< different people within the window
    Seconds lapse_after =
        12h;  ///< a proposal nobody looked at is over after so long without a case
    friend bool operator==(const IncidentRule&, const IncidentRule&) = default;
};

struct IncidentCase {
    CaseId id;
    CentreId centre;     ///< cases of two centres never meet
    std::string person;  ///< any key of the person; "" for one who is not known counts as a new one
    DutyPath category;
    DutyPath place;
    UtcTime at;
    friend bool operator==(const IncidentCase&, const IncidentCase&) = default;
};

enum class IncidentState { Proposed, Open, Closed, Dismissed, Lapsed };

struct Incident {
    IncidentId id;
    CentreId centre;
    IncidentState state = IncidentState::Proposed;
    std::string title;  ///< of its rule
    DutyPath category;
    DutyPath place;                   ///< cut to the depth of its rule
    UtcTime since;                    ///< its first case
    UtcTime last_at;                  ///< its last one
    std::vector<IncidentCase> cases;  ///< each once

    std::size_t people() const;
    /// Whole places of its cases, each once, sorted: the addresses affected.
    std::vector<DutyPath> places() const;
    /// Whether somebody at this place hears the greeting of the incident.
    bool affects(const DutyPath& somewhere) const;
};

/// Show it: "32 people in 道里区 within 10 minutes". Sent once; what joins later is IncidentGrew.
struct IncidentProposed {
    IncidentId incident;
    friend bool operator==(const IncidentProposed&, const IncidentProposed&) = default;
};
struct IncidentGrew {
    IncidentId incident;
    friend bool operator==(const IncidentGrew&, const IncidentGrew&) = default;
};
/// The case becomes a child of the open incident; it stays a case of its own.
struct CaseJoined {
    IncidentId incident;
    CaseId id;
    friend bool operator==(const CaseJoined&, const CaseJoined&) = default;
};
/// Tell this person, once, that theirs is done: with all cases of theirs.
struct PersonalClosing {
    IncidentId incident;
    std::string person;
    std::vector<CaseId> cases;
    std::string words;
    friend bool operator==(const PersonalClosing&, const PersonalClosing&) = default;
};
struct IncidentLapsed {
    IncidentId incident;
    friend bool operator==(const IncidentLapsed&, const IncidentLapsed&) = default;
};
using IncidentEffect =
    std::variant<IncidentProposed, IncidentGrew, CaseJoined, PersonalClosing, IncidentLapsed>;
using IncidentEffects = std::vector<IncidentEffect>;

/// One for each person, with all cases of theirs, in the order of the cases.
std::vector<PersonalClosing> personal_closings(const Incident& incident, const std::string& words);

/// Watches the cases of all centres as they are filed. The work for a case does not grow with the
/// number of cases, windows or incidents.
class IncidentWatch {
public:
    /// errors   data_breaks_a_rule: no title, a window or number of people below 1 or 2, two rules
    /// for
    ///          the same category
    static Result<IncidentWatch> build(std::vector<IncidentRule> rules);

    /// A case was filed. The rule with the narrowest category counts; a case whose place is not
    /// known to the depth of the rule is left alone, and one seen before too. A time before the
    /// last one is taken for the last one.
    IncidentEffects saw(IncidentCase filed);
    /// One click: the parent is made and every case of the proposal joins it.
    /// errors   not_now unless it is proposed
    Result<IncidentEffects> open(IncidentId id);
    /// "These have nothing to do with each other": its cases are not proposed again.
    /// errors   not_now unless it is proposed
    Result<IncidentEffects> dismiss(IncidentId id);
    /// errors   not_now unless it is open; needs_words
    Result<IncidentEffects> close(IncidentId id, const std::string& words);
    /// A case was withdrawn, or does not belong there: it leaves window, proposal or incident.
    void leave(CaseId id);
    /// After a start: takes a proposed or open incident back as it was stored. Cases filed lately
    /// and in none are given to saw() once more. errors   not_now when its number or its place is
    /// taken, or it is over; data_breaks_a_rule when
    ///          no rule has its category
    Result<Done> restore(Incident stored);
    /// The next proposal has this number or a higher one: those that are over keep theirs.
    void number_from(std::uint64_t first) { next_id_ = std::max(next_id_, first); }
    /// Forgets windows that are over and incidents over for a week, and lets proposals lapse; to be
    /// called every minute or so.
    IncidentEffects tick(UtcTime now);

    /// nullptr for an unknown number.
    const Incident* find(IncidentId id) const;
    /// Proposed and open ones, the oldest first.
    std::vector<const Incident*> live() const;
    std::size_t windows() const { return windows_.size(); }

private:
    struct Window {
        std::deque<IncidentCase> cases;
        std::map<std::string, std::size_t> people;  ///< with their number of cases
        std::size_t unknown = 0;                    ///< cases of people not known
        IncidentId live;                            ///< proposed or open here
        std::size_t rule = 0;
    };
    const IncidentRule* rule_for(const IncidentCase& filed, std::size_t& index) const;
    void take_out(Window& window, std::size_t at);
    void evict(Window& window, UtcTime now);
    IncidentEffects propose(Window& window, const IncidentCase& last);
    Window* window_of(IncidentId id);
    void forget_old(UtcTime now);
    Result<Incident*> in_state(IncidentId id, IncidentState state);

    std::vector<IncidentRule> rules_;
    std::unordered_map<std::string, Window> windows_;  ///< by rule and place
    std::unordered_map<CaseId, std::string> window_by_case_;
    std::map<IncidentId, Incident> incidents_;
    std::map<IncidentId, std::string> window_by_incident_;
    std::unordered_map<CaseId, IncidentId> incident_by_case_;
    UtcTime last_;
    std::uint64_t next_id_ = 1;
};

}  // namespace ys::cases
