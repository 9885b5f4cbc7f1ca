// SPDX-License-Identifier: Apache-2.0
#include "cases/affected_areas.h"

#include <algorithm>
#include <set>

namespace ys::cases {
namespace {

bool is_around(const DutyPath& wider, const DutyPath& place) {
    return wider.size() < place.size() && std::equal(wider.begin(), wider.end(), place.begin());
}

}  // namespace

std::vector<std::string> affected_areas(std::vector<DutyPath> places) {
    std::erase_if(places, [](const DutyPath& p) { return p.empty(); });
    std::size_t depth = 0;
    for (const DutyPath& p : places) depth = std::max(depth, p.size());
    std::set<std::string> names;
    for (; depth > 0; --depth) {
        for (DutyPath& p : places) p.resize(std::min(p.size(), depth));
        names.clear();
        for (const DutyPath& p : places)
            if (std::ranges::none_of(places, [&](const DutyPath& q) { return is_around(p, q); }))
                names.insert(p.back());
        if (names.size() <= affected_areas_max) break;
    }
    return {names.begin(), names.end()};
}

}  // namespace ys::cases
