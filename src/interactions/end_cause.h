// SPDX-License-Identifier: Apache-2.0
// Why a call, or one leg of it, ended: one cause each, the same word in facts, rows and screens.
#pragma once

#include <string_view>

namespace ys::interactions {

enum class EndCause {
    Completed,     ///< somebody hung up after a person had answered
    Abandoned,     ///< the citizen left while waiting in a queue
    LeftInFlow,    ///< the citizen left while the robot spoke, before any queue
    SelfServed,    ///< the flow came to its own end
    Cancelled,     ///< the citizen left before anything answered
    NoAnswer,      ///< rung and not taken
    Busy,          ///< 486, 600
    Declined,      ///< 603 or the agent pressed decline
    NoSuchNumber,  ///< 404, 604, 484
    NotAllowed,    ///< an outbound rule or a caller block says no
    QueueFull,
    Overload,     ///< refused with 503
    MediaFailed,  ///< no usable codec, or the media path never came up
    MediaLost,    ///< no RTP for the limit
    SeatLost,     ///< the agent's browser or phone went away
    Transferred,  ///< this leg's part passed to another
    Replaced,     ///< INVITE with Replaces took it over
    SystemError,
    Drained,           ///< ended because the server stopped
    CallbackPromised,  ///< went away knowing that we call back
    LeftMessage,       ///< left a message instead of waiting on
};

std::string_view name_of(EndCause cause);  ///< snake_case, e.g. "left_in_flow"

}  // namespace ys::interactions
