// SPDX-License-Identifier: Apache-2.0
// What a citizen holds instead of an account: sight of one case, for a time.
#pragma once

#include "base/id.h"
#include "base/time.h"

namespace ys::cases {

struct CasePass {
    CaseId case_id;
    CentreId centre_id;
    UtcTime expires_at;
};

}  // namespace ys::cases
