// SPDX-License-Identifier: Apache-2.0
// The one table between our end causes and SIP's status codes (RFC 3261 §21).
#pragma once

#include "interactions/end_cause.h"

namespace ys::call {

struct SipAnswer {
    int status;
    const char* phrase;
    int retry_after_s;  ///< 0: none
};

/// How a call that was never answered is refused for this cause.
SipAnswer sip_answer_for(interactions::EndCause cause);

/// What a final status to a call we made means; status 0 is a call that was up and ended.
interactions::EndCause cause_of_status(int status);

}  // namespace ys::call
