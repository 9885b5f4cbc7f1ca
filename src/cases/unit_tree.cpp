// SPDX-License-Identifier: Apache-2.0
// Builds the tree of units and climbs it.
#include "cases/unit_tree.h"

#include <algorithm>
#include <set>

#include "cases/errc.h"

namespace ys::cases {
namespace {

Error breaks(const std::string& rule) { return Error(Errc::DataBreaksARule, "units: " + rule); }

}  // namespace

Result<UnitTree> UnitTree::build(std::vector<Unit> units, std::vector<UnitId> fallback_owners) {
    UnitTree tree;
    tree.units_ = std::move(units);
    tree.fallback_owners_ = std::move(fallback_owners);
    std::set<UnitId> seen;
    for (const Unit& u : tree.units_) {
        if (!u.id || u.name.empty()) return breaks("a unit without id or name");
        if (!seen.insert(u.id).second) return breaks(u.name + " is there twice");
    }
    for (const Unit& u : tree.units_) {
        std::size_t steps = 0;
        for (UnitId at = u.superior; at; at = tree.superior(at)) {
            if (!tree.has(at)) return breaks(u.name + " has an unknown superior");
            if (++steps > tree.units_.size()) return breaks(u.name + " stands in a circle");
        }
    }
    std::set<UnitId> owners;
    for (const UnitId id : tree.fallback_owners_) {
        if (!tree.has(id)) return breaks("an unknown fallback owner");
        owners.insert(id);
    }
    if (owners.size() < 2) return breaks("two different fallback owners are needed");
    return tree;
}

const Unit* UnitTree::find(UnitId id) const {
    const auto it = std::ranges::find(units_, id, &Unit::id);
    return it == units_.end() ? nullptr : &*it;
}

UnitId UnitTree::superior(UnitId id) const {
    const Unit* unit = find(id);
    return unit ? unit->superior : UnitId{};
}

bool UnitTree::is_above(UnitId upper, UnitId lower) const {
    for (UnitId at = superior(lower); at; at = superior(at))
        if (at == upper) return true;
    return false;
}

bool UnitTree::is_fallback_owner(UnitId id) const {
    return std::ranges::find(fallback_owners_, id) != fallback_owners_.end();
}

}  // namespace ys::cases
