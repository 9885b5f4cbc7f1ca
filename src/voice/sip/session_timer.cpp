// SPDX-License-Identifier: Apache-2.0
// Negotiation of session timers, as values.
#include "voice/sip/session_timer.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace ys::sip {

std::optional<Instant> SessionTimer::due(Instant now) const {
    switch (refresher) {
        case Refresher::None:
            return std::nullopt;
        case Refresher::Us:
            return now + interval / 2;
        case Refresher::Them:
            return now + interval - std::min(Seconds{32}, interval / 3);
    }
    return std::nullopt;
}

SessionTimer agree_as_answerer(Seconds wanted, std::string_view theirs, bool caller_supports,
                               Seconds ours) {
    if (wanted == Seconds{0} && !caller_supports) return {};
    const Seconds interval = std::max(session_expires_min, wanted > Seconds{0} ? wanted : ours);
    // RFC 4028 §9, table 2: whoever was named does it; a caller that cannot leaves it to us.
    if (!caller_supports || equals_ignoring_case(theirs, "uas")) return {interval, Refresher::Us};
    return {interval, Refresher::Them};
}

SessionTimer agree_as_caller(Seconds granted, std::string_view refresher) {
    if (granted < session_expires_min) return {};
    if (equals_ignoring_case(refresher, "uas")) return {granted, Refresher::Them};
    return {granted, Refresher::Us};
}

std::string to_answer_header(const SessionTimer& timer) {
    return fmt::format("{};refresher={}", timer.interval.count(),
                       timer.refresher == Refresher::Us ? "uas" : "uac");
}

}  // namespace ys::sip
