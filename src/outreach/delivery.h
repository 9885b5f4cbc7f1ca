// SPDX-License-Identifier: Apache-2.0
// The life of one message to one citizen: from channel to channel until it has arrived, or somebody
// has to call.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/moves.h"
#include "base/time.h"
#include "outreach/quiet_hours.h"

namespace ys::outreach {

/// In the order in which they are tried.
enum class Channel : std::uint8_t { Sms, Mail, CallList };

enum class MessageState : std::uint8_t {
    Queued,     ///< waits for its hour, for another try, or (on the call list) for somebody
    Sent,       ///< the gateway or mail server took it
    Delivered,  ///< the telephone has it; on the call list: they were told
    Refused,    ///< it will not arrive on this channel
    Unknown,    ///< taken, and nothing was heard of it since
    Stopped,    ///< they want no messages, or it was too late to send it
};
enum class MessageEvent : std::uint8_t { HandOver, Deliver, Refuse, NextChannel, Silence, Stop };

struct MessageMove {
    MessageState from;
    MessageEvent on;
    MessageState to;
};
// clang-format off
inline constexpr std::array message_moves{
    MessageMove{MessageState::Queued,  MessageEvent::HandOver,    MessageState::Sent},
    MessageMove{MessageState::Queued,  MessageEvent::Deliver,     MessageState::Delivered},
    MessageMove{MessageState::Queued,  MessageEvent::Refuse,      MessageState::Refused},
    MessageMove{MessageState::Queued,  MessageEvent::Stop,        MessageState::Stopped},
    MessageMove{MessageState::Sent,    MessageEvent::Deliver,     MessageState::Delivered},
    MessageMove{MessageState::Sent,    MessageEvent::Refuse,      MessageState::Refused},
    MessageMove{MessageState::Sent,    MessageEvent::Silence,     MessageState::Unknown},
    MessageMove{MessageState::Unknown, MessageEvent::Deliver,     MessageState::Delivered},
    MessageMove{MessageState::Unknown, MessageEvent::Refuse,      MessageState::Refused},
    MessageMove{MessageState::Refused, MessageEvent::NextChannel, MessageState::Queued},
};
// clang-format on
constexpr std::optional<MessageState> next(MessageState from, MessageEvent on) {
    return next_in(message_moves, from, on);
}
static_assert(is_unambiguous(message_moves));
static_assert(!next(MessageState::Delivered, MessageEvent::Refuse),
              "what has arrived is not taken back by a late receipt");
static_assert(!next(MessageState::Stopped, MessageEvent::HandOver), "no means no");

/// The words of rows, facts and pages.
std::string_view word(Channel channel);
std::string_view word(MessageState state);
std::optional<Channel> channel_from(std::string_view word);
std::optional<MessageState> message_state_from(std::string_view word);

struct Message {
    MessageState state = MessageState::Queued;
    Channel channel = Channel::Sms;
    std::vector<Channel> left;       ///< to be tried after this one, in order
    int tries = 0;                   ///< on this channel
    std::optional<UtcTime> next_at;  ///< TimePassed is due; none: it waits for somebody else
    bool is_urgent = false;
    std::string why;  ///< of the last refusal or failure, a key of the message files or a peer's
    friend bool operator==(const Message&, const Message&) = default;
};

struct DeliveryRules {
    QuietHours quiet;
    /// After the n-th failed try; after the last the channel has refused.
    std::array<Seconds, 5> wait_after_try{30s, 120s, 600s, 3600s, 4 * 3600s};
    Seconds receipt_within{24h};  ///< without one the state is Unknown; of SMS only
    Seconds worth_telling{72h};   ///< what happened longer ago is not written any more
};

/// What the message is told. A new one: on which channels this person can be reached here.
struct Begin {
    std::vector<Channel> ways;  ///< set up, and the person has an address for it
    bool is_set_up = true;      ///< the hotline has any channel at all
    bool must_reach = false;    ///< the call list is the last channel
    bool is_urgent = false;
    bool has_stopped = false;  ///< the person wants no messages
    UtcTime happened_at;       ///< what it tells
};
struct HandedOver {};  ///< the next peer has taken it
struct TryFailed {     ///< it may go another time
    std::string why;
};
struct RefusedBy {  ///< it will not
    std::string why;
};
struct Arrived {};
struct SilenceFell {};  ///< nothing was heard: `next_at` of a sent one has come
struct StopSaid {};
using MessageCommand =
    std::variant<Begin, HandedOver, TryFailed, RefusedBy, Arrived, SilenceFell, StopSaid>;

/// What became true, for the journal, in order.
struct MessageStep {
    Channel channel;
    MessageState to;
    friend bool operator==(const MessageStep&, const MessageStep&) = default;
};

/// An untimely command (a receipt that comes twice, or after the message went to another channel)
/// changes nothing and gives no step.
std::vector<MessageStep> on(const DeliveryRules& rules, Message& message, UtcTime now,
                            const MessageCommand& command);

}  // namespace ys::outreach
