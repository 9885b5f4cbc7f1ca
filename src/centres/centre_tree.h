// SPDX-License-Identifier: Apache-2.0
// The 1+N of a hotline: one head centre, N centres below it, each seeing only its own.
#pragma once

#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace ys::centres {

/// A tree by construction: a centre is added below one that is there already and never moves.
class CentreTree {
public:
    /// parent   none for a head centre
    /// errors   invalid_argument when the centre is none or there already, or the parent is unknown
    Result<Done> add(CentreId centre, CentreId parent);

    bool has(CentreId centre) const { return parent_of_.contains(centre); }
    /// Whether `centre` is `root` or lies below it. False for an unknown centre.
    bool is_within(CentreId centre, CentreId root) const;
    /// `root` and every centre below it, by id; empty when unknown.
    std::vector<CentreId> below(CentreId root) const;
    /// `centre` and those above it, the nearest first; empty when unknown.
    std::vector<CentreId> lineage(CentreId centre) const;

private:
    std::unordered_map<CentreId, CentreId> parent_of_;
};

}  // namespace ys::centres
