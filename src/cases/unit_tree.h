// SPDX-License-Identifier: Apache-2.0
// The units that handle cases (承办单位), who is above whom, and who owns what nobody takes.
#pragma once

#include <string>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace ys::cases {

using UnitId = Id<struct UnitTag>;

struct Unit {
    UnitId id;
    std::string name;
    UnitId superior;  ///< none for a unit at the top
    friend bool operator==(const Unit&, const Unit&) = default;
};

class UnitTree {
public:
    UnitTree() = default;
    /// fallback_owners  in order; the first that is not complained of owns what nobody accepts
    /// errors           data_breaks_a_rule: no id or name, an id twice, an unknown superior, a
    /// circle,
    ///                  an unknown fallback owner, or fewer than two different ones (a complaint
    ///                  about the only one would have no owner)
    static Result<UnitTree> build(std::vector<Unit> units, std::vector<UnitId> fallback_owners);

    const Unit* find(UnitId id) const;
    bool has(UnitId id) const { return find(id) != nullptr; }
    UnitId superior(UnitId id) const;                 ///< none at the top
    bool is_above(UnitId upper, UnitId lower) const;  ///< never above itself
    bool is_fallback_owner(UnitId id) const;
    const std::vector<UnitId>& fallback_owners() const { return fallback_owners_; }
    const std::vector<Unit>& units() const { return units_; }

private:
    std::vector<Unit> units_;
    std::vector<UnitId> fallback_owners_;
};

}  // namespace ys::cases
