// SPDX-License-Identifier: Apache-2.0
// The one authorisation function: REST, WebSocket and files all ask may().
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "centres/centre_tree.h"
#include "centres/role.h"

namespace ys::centres {

enum class Action {
    TakeCalls,  ///< sign in to a seat, answer, hold, transfer
    DialOut,    ///< within the centre's outbound rules
    SeePeople,  ///< names, work numbers and states, for transfers
    SeeQueues,
    SeeCustomers,
    ChangeCustomers,
    SeeCases,
    ChangeCases,
    HandleCases,       ///< as a unit: accept, reply, return; as its superior: decide
    DispatchCases,     ///< to a unit, or out of scope
    ReviewCases,       ///< replies before the citizen sees them; supervise; approve what needs two
    SeeDisclosures,    ///< cases told in confidence (举报)
    WorkInField,       ///< what a repairer was sent to do
    SeePrivate,        ///< a number or name in full, with a reason that is kept
    DeclareIncidents,  ///< many cases are one event; what its callers hear
    ExportCases,       ///< to a file that leaves the house
    SeeCalls,          ///< call list, facts of a call
    HearRecordings,    ///< each hearing is a fact
    ScoreCalls,
    SeeKpi,
    WatchFloor,  ///< live seats, queues and callers
    Monitor,     ///< listen, whisper, barge, take over
    ForceState,
    SlideOverflow,  ///< how long a queue waits before others help
    BarCallers,     ///< second person's yes to barring an abusive caller, and lifting it
    SeeKnowledge,
    ChangeKnowledge,
    SeeUsers,
    ChangeUsers,
    SeeAudit,
    ManageExchange,  ///< other organisations' keys, what could not be delivered
    ChangeSettings,  ///< numbers, queues, flows, outbound rules
};

/// How far a right reaches.
enum class Reach {
    None,
    Own,     ///< things that carry the user's own name, of their centre or one below it
    Centre,  ///< the user's own centre
    Tree,    ///< that and every centre below it
};

struct Right {
    Action action;
    std::string_view name;                      ///< for the audit and for message files
    std::array<Reach, all_roles.size()> reach;  ///< by Role
};

// clang-format off
inline constexpr auto rights = [] {
    constexpr Reach no = Reach::None, own = Reach::Own, centre = Reach::Centre, tree = Reach::Tree;
    // Agents of a head take a branch's callers when the branch cannot: they read and save what the
    // branch's own agents do. A branch has none below it, so for its agents tree is centre.
    return std::array{
        // by role: agent, supervisor, quality, knowledge, admin, handler, crew, disclosure
        Right{Action::TakeCalls,        "take_calls",       {own,    own,  no,   no,   no,   no,     no,  no}},
        Right{Action::DialOut,          "dial_out",         {own,    own,  no,   no,   no,   no,     no,  no}},
        Right{Action::SeePeople,        "see_people",       {tree,   tree, tree, no,   tree, no,     no,  tree}},
        Right{Action::SeeQueues,        "see_queues",       {tree,   tree, tree, no,   tree, no,     no,  tree}},
        Right{Action::SeeCustomers,     "see_customers",    {tree,   tree, tree, no,   no,   no,     no,  no}},
        Right{Action::ChangeCustomers,  "change_customers", {tree,   tree, no,   no,   no,   no,     no,  no}},
        Right{Action::SeeCases,         "see_cases",        {tree,   tree, tree, no,   no,   own,    no,  tree}},
        Right{Action::ChangeCases,      "change_cases",     {tree,   tree, no,   no,   no,   no,     no,  no}},
        Right{Action::HandleCases,      "handle_cases",     {no,     tree, no,   no,   no,   centre, no,  tree}},
        Right{Action::DispatchCases,    "dispatch_cases",   {tree,   tree, no,   no,   no,   no,     no,  tree}},
        Right{Action::ReviewCases,      "review_cases",     {no,     tree, tree, no,   no,   no,     no,  tree}},
        Right{Action::SeeDisclosures,   "see_disclosures",  {own,    no,   no,   no,   no,   no,     no,  tree}},
        Right{Action::WorkInField,      "work_in_field",    {no,     no,   no,   no,   no,   no,     own, no}},
        Right{Action::SeePrivate,       "see_private",      {tree,   tree, no,   no,   no,   own,    no,  tree}},
        Right{Action::DeclareIncidents, "declare_incidents",{no,     tree, no,   no,   no,   no,     no,  no}},
        Right{Action::ExportCases,      "export_cases",     {no,     tree, tree, no,   no,   no,     no,  no}},
        Right{Action::SeeCalls,         "see_calls",        {own,    tree, tree, no,   no,   no,     no,  no}},
        Right{Action::HearRecordings,   "hear_recordings",  {own,    tree, tree, no,   no,   no,     no,  no}},
        Right{Action::ScoreCalls,       "score_calls",      {no,     no,   tree, no,   no,   no,     no,  no}},
        Right{Action::SeeKpi,           "see_kpi",          {own,    tree, tree, no,   tree, no,     no,  no}},
        Right{Action::WatchFloor,       "watch_floor",      {no,     tree, no,   no,   no,   no,     no,  no}},
        Right{Action::Monitor,          "monitor",          {no,     tree, no,   no,   no,   no,     no,  no}},
        Right{Action::ForceState,       "force_state",      {no,     tree, no,   no,   no,   no,     no,  no}},
        Right{Action::SlideOverflow,    "slide_overflow",   {no,     tree, no,   no,   no,   no,     no,  no}},
        Right{Action::BarCallers,       "bar_callers",      {no,     tree, no,   no,   no,   no,     no,  no}},
        Right{Action::SeeKnowledge,     "see_knowledge",    {centre, tree, tree, tree, tree, no,     no,  no}},
        Right{Action::ChangeKnowledge,  "change_knowledge", {no,     no,   no,   tree, no,   no,     no,  no}},
        Right{Action::SeeUsers,         "see_users",        {no,     no,   no,   no,   tree, no,     no,  no}},
        Right{Action::ChangeUsers,      "change_users",     {no,     no,   no,   no,   tree, no,     no,  no}},
        Right{Action::SeeAudit,         "see_audit",        {no,     no,   no,   no,   tree, no,     no,  no}},
        Right{Action::ManageExchange,   "manage_exchange",  {no,     tree, no,   no,   tree, no,     no,  no}},
        Right{Action::ChangeSettings,   "change_settings",  {no,     no,   no,   no,   tree, no,     no,  no}},
    };
}();
// clang-format on

consteval bool rights_are_in_the_order_of_their_actions() {
    for (std::size_t i = 0; i < rights.size(); ++i)
        if (rights[i].action != static_cast<Action>(i)) return false;
    return static_cast<std::size_t>(Action::ChangeSettings) + 1 == rights.size();
}
static_assert(rights_are_in_the_order_of_their_actions());

constexpr std::string_view name_of(Action action) {
    return rights[static_cast<std::size_t>(action)].name;
}

struct User {
    UserId id;
    CentreId centre;
    Roles roles;
    bool is_disabled = false;
};

/// What is asked about. `owner` is the agent a call, recording or figure belongs to, or none.
struct Thing {
    CentreId centre;
    UserId owner;
};

enum class Verdict {
    Allowed,
    Disabled,     ///< the account is closed
    NoRight,      ///< no role of the user has this right
    NotOwn,       ///< only for one's own things
    OtherCentre,  ///< outside the user's scope: answered as if the thing did not exist (404)
};

std::string_view name_of(Verdict verdict);  ///< snake_case

/// The furthest of the user's rights decides. A thing outside the user's scope is always
/// OtherCentre, whatever the right, so that an answer never tells that it exists.
Verdict may(const User& user, Action action, const Thing& thing, const CentreTree& tree);

inline bool is_allowed(const User& user, Action action, const Thing& thing,
                       const CentreTree& tree) {
    return may(user, action, thing, tree) == Verdict::Allowed;
}

/// Centres whose things this action may touch, by id; empty when none. For lists: the store asks
/// only for these, and adds "owner is the user" when reach_of is Own.
std::vector<CentreId> scope_of(const User& user, Action action, const CentreTree& tree);

/// The furthest reach any of the user's roles gives.
constexpr Reach reach_of(Roles roles, Action action) {
    Reach furthest = Reach::None;
    for (const Role role : all_roles) {
        const Reach r =
            rights[static_cast<std::size_t>(action)].reach[static_cast<std::size_t>(role)];
        if (roles.has(role) && r > furthest) furthest = r;
    }
    return furthest;
}

}  // namespace ys::centres
