// SPDX-License-Identifier: Apache-2.0
// One thing on its way to another organisation: tried again at growing pauses, then put aside for a
// person to look at.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"

namespace ys::exchange {

enum class DeliveryState {
    Waiting,    ///< for its first or next try
    Delivered,  ///< they answered that they have it
    GivenUp,    ///< the dead letter: a person sends it again or drops it
    Dropped     ///< a person decided so
};

/// "waiting" "delivered" "given_up" "dropped"
std::string_view word(DeliveryState state);
std::optional<DeliveryState> delivery_state_from(std::string_view word);

struct Delivery {
    DeliveryState state = DeliveryState::Waiting;
    int tries = 0;
    UtcTime next_at;      ///< while it waits
    int last_status = 0;  ///< HTTP, 0 when nobody answered
    std::string note;     ///< why not
    friend bool operator==(const Delivery&, const Delivery&) = default;
};

/// What became of one try.
struct Tried {
    int status = 0;  ///< HTTP, 0 when nobody answered
    std::string note;
};

inline constexpr int tries_max = 9;

/// After which pause try number `tries` (from 1) that failed is followed by the next: 10 s, 1 min,
/// 5 min, 15 min, 1 h, 3 h, 6 h, 12 h: with the last a day is over.
Seconds pause_after(int tries);

/// 2xx delivers it. What will be refused again (4xx but 408, 409, 425 and 429) is given up at once,
/// the rest after `tries_max`.
///
/// errors  operation_not_permitted unless it waits
Result<Done> on_tried(Delivery& delivery, UtcTime now, const Tried& tried);

/// A person looked at the dead letter.
/// errors  operation_not_permitted unless it is given up
Result<Done> send_again(Delivery& delivery, UtcTime now);
Result<Done> drop(Delivery& delivery);

}  // namespace ys::exchange
