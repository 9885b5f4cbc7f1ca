// SPDX-License-Identifier: Apache-2.0
// Decides by the table of authorisation.h.
#include "centres/authorisation.h"

namespace ys::centres {

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::Allowed:
            return "allowed";
        case Verdict::Disabled:
            return "disabled";
        case Verdict::NoRight:
            return "no_right";
        case Verdict::NotOwn:
            return "not_own";
        case Verdict::OtherCentre:
            return "other_centre";
    }
    return "";
}

Verdict may(const User& user, Action action, const Thing& thing, const CentreTree& tree) {
    if (user.is_disabled || !user.id || !tree.has(user.centre)) return Verdict::Disabled;
    const Reach reach = reach_of(user.roles, action);
    const bool in_own_centre = thing.centre == user.centre;
    // The head's agent has calls of their own that are a branch's.
    const bool goes_down = reach == Reach::Tree || reach == Reach::Own;
    const bool in_scope = goes_down ? tree.is_within(thing.centre, user.centre) : in_own_centre;
    if (!in_scope) return Verdict::OtherCentre;
    if (reach == Reach::None) return Verdict::NoRight;
    if (reach == Reach::Own && thing.owner != user.id) return Verdict::NotOwn;
    return Verdict::Allowed;
}

std::vector<CentreId> scope_of(const User& user, Action action, const CentreTree& tree) {
    if (user.is_disabled || !user.id || !tree.has(user.centre)) return {};
    switch (reach_of(user.roles, action)) {
        case Reach::None:
            return {};
        case Reach::Own:
        case Reach::Tree:
            return tree.below(user.centre);
        default:
            return {user.centre};
    }
}

}  // namespace ys::centres
