// SPDX-License-Identifier: Apache-2.0
#include "interactions/end_cause.h"

#include <array>
#include <cstddef>

namespace ys::interactions {

std::string_view name_of(EndCause cause) {
    constexpr std::array<std::string_view, 21> names{
        "completed",   "abandoned", "left_in_flow", "self_served",    "cancelled",
        "no_answer",   "busy",      "declined",     "no_such_number", "not_allowed",
        "queue_full",  "overload",  "media_failed", "media_lost",     "seat_lost",
        "transferred", "replaced",  "system_error", "drained",        "callback_promised",
        "left_message"};
    static_assert(names.size() == static_cast<std::size_t>(EndCause::LeftMessage) + 1);
    return names[static_cast<std::size_t>(cause)];
}

}  // namespace ys::interactions
