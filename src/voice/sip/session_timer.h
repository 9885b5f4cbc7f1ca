// SPDX-License-Identifier: Apache-2.0
// Session timers (RFC 4028): who refreshes, how often, and when a silent call is over.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace ys::sip {

constexpr Seconds session_expires_min{90};  // RFC 4028 §4

enum class Refresher { None, Us, Them };

struct SessionTimer {
    Seconds interval{0};
    Refresher refresher = Refresher::None;

    /// When to act next after a refresh at `now`: half the interval when we refresh; a little
    /// before its end when they should have (RFC 4028 §10).
    std::optional<Instant> due(Instant now) const;
};

/// Answering an INVITE. `wanted` 0 when it had no Session-Expires; `theirs` is its refresher
/// parameter; a caller without the extension gets a timer only if we may refresh ourselves.
SessionTimer agree_as_answerer(Seconds wanted, std::string_view theirs, bool caller_supports,
                               Seconds ours);

/// Reading the answer to our own INVITE; `granted` 0 when it had no Session-Expires.
SessionTimer agree_as_caller(Seconds granted, std::string_view refresher);

/// "1800;refresher=uas", seen by whoever answers.
std::string to_answer_header(const SessionTimer& timer);

}  // namespace ys::sip
