// SPDX-License-Identifier: Apache-2.0
// The centres whose rows a reader may see; made by the authorisation of api/, asked by every store.
#pragma once

#include <string>
#include <vector>

#include "base/id.h"

namespace ys {

/// An empty scope sees nothing.
struct Scope {
    std::vector<CentreId> centres;

    static Scope of(CentreId centre) { return Scope{{centre}}; }
    bool contains(CentreId centre) const {
        for (const CentreId each : centres)
            if (each == centre) return true;
        return false;
    }
};

}  // namespace ys
