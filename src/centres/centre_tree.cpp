// SPDX-License-Identifier: Apache-2.0
// Adds to and asks the tree of centre_tree.h.
#include "centres/centre_tree.h"

#include <algorithm>

namespace ys::centres {

Result<Done> CentreTree::add(CentreId centre, CentreId parent) {
    if (!centre || has(centre) || (parent && !has(parent)))
        return Error{std::errc::invalid_argument, "adding a centre to the tree"};
    parent_of_.emplace(centre, parent);
    return Done{};
}

bool CentreTree::is_within(CentreId centre, CentreId root) const {
    // Ends: every parent was there before its child, so the way up has no circle.
    for (auto at = parent_of_.find(centre); at != parent_of_.end();
         at = parent_of_.find(at->second))
        if (at->first == root) return true;
    return false;
}

std::vector<CentreId> CentreTree::below(CentreId root) const {
    std::vector<CentreId> out;
    for (const auto& [centre, parent] : parent_of_)
        if (is_within(centre, root)) out.push_back(centre);
    std::ranges::sort(out);
    return out;
}

std::vector<CentreId> CentreTree::lineage(CentreId centre) const {
    std::vector<CentreId> out;
    for (auto at = parent_of_.find(centre); at != parent_of_.end();
         at = parent_of_.find(at->second))
        out.push_back(at->first);
    return out;
}

}  // namespace ys::centres
