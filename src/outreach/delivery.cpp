// SPDX-License-Identifier: Apache-2.0
#include "outreach/delivery.h"

#include <algorithm>

#include "base/later.h"
#include "base/overloaded.h"

namespace ys::outreach {
namespace {

constexpr std::array<std::string_view, 3> channel_words{"sms", "mail", "call_list"};
constexpr std::array<std::string_view, 6> state_words{"queued",  "sent",    "delivered",
                                                      "refused", "unknown", "stopped"};

class Life {
public:
    Life(const DeliveryRules& rules, Message& message, UtcTime now)
        : rules_(rules), m_(message), now_(now) {}

    void begin(const Begin& what) {
        m_ = {};
        m_.is_urgent = what.is_urgent;
        m_.left = what.ways;
        if (what.must_reach) m_.left.push_back(Channel::CallList);
        if (!m_.left.empty()) {
            m_.channel = m_.left.front();
            m_.left.erase(m_.left.begin());
        }
        note(MessageState::Queued);
        if (what.has_stopped) return stop("stopped");
        if (later(what.happened_at, rules_.worth_telling) < now_) return stop("too_late");
        if (what.ways.empty()) m_.why = what.is_set_up ? "no_address" : "not_configured";
        if (what.ways.empty() && !what.must_reach) {
            go(MessageEvent::Refuse);
            return;
        }
        wait_for_turn();
    }
    void hand_over() {
        if (m_.channel == Channel::CallList || !go(MessageEvent::HandOver)) return;
        m_.why.clear();
        // A mail server says nothing more.
        if (m_.channel == Channel::Sms) m_.next_at = later(now_, rules_.receipt_within);
    }
    void fail(const std::string& why) {
        if (m_.state != MessageState::Queued || m_.channel == Channel::CallList) return;
        const auto tried = static_cast<std::size_t>(m_.tries);
        if (tried >= rules_.wait_after_try.size()) return refuse(why);
        ++m_.tries;
        m_.why = why;
        m_.next_at = in_its_hour(later(now_, rules_.wait_after_try[tried]));
    }
    void refuse(const std::string& why) {
        if (!go(MessageEvent::Refuse)) return;
        m_.why = why;
        if (m_.left.empty() || m_.channel == Channel::CallList) return;
        m_.channel = m_.left.front();
        m_.left.erase(m_.left.begin());
        m_.tries = 0;
        go(MessageEvent::NextChannel);
        wait_for_turn();
    }
    void stop(const std::string& why) {
        if (go(MessageEvent::Stop)) m_.why = why;
    }
    /// False when it is not the time for it.
    bool go(MessageEvent event) {
        const auto to = next(m_.state, event);
        if (!to) return false;
        m_.next_at.reset();
        note(*to);
        return true;
    }
    std::vector<MessageStep> steps;

private:
    void note(MessageState to) {
        m_.state = to;
        steps.push_back({m_.channel, to});
    }
    /// Who calls looks at the clock themselves.
    void wait_for_turn() {
        if (m_.channel != Channel::CallList) m_.next_at = in_its_hour(now_);
    }
    UtcTime in_its_hour(UtcTime at) const { return m_.is_urgent ? at : rules_.quiet.free_from(at); }

    const DeliveryRules& rules_;
    Message& m_;
    UtcTime now_;
};

}  // namespace

std::string_view word(Channel channel) { return channel_words[static_cast<std::size_t>(channel)]; }
std::string_view word(MessageState state) { return state_words[static_cast<std::size_t>(state)]; }

std::optional<Channel> channel_from(std::string_view text) {
    const auto it = std::ranges::find(channel_words, text);
    if (it == channel_words.end()) return std::nullopt;
    return static_cast<Channel>(it - channel_words.begin());
}

std::optional<MessageState> message_state_from(std::string_view text) {
    const auto it = std::ranges::find(state_words, text);
    if (it == state_words.end()) return std::nullopt;
    return static_cast<MessageState>(it - state_words.begin());
}

std::vector<MessageStep> on(const DeliveryRules& rules, Message& message, UtcTime now,
                            const MessageCommand& command) {
    Life life(rules, message, now);
    std::visit(overloaded{[&](const Begin& what) { life.begin(what); },
                          [&](const HandedOver&) { life.hand_over(); },
                          [&](const TryFailed& what) { life.fail(what.why); },
                          [&](const RefusedBy& what) { life.refuse(what.why); },
                          [&](const Arrived&) { life.go(MessageEvent::Deliver); },
                          [&](const SilenceFell&) { life.go(MessageEvent::Silence); },
                          [&](const StopSaid&) { life.stop("stopped"); }},
               command);
    return std::move(life.steps);
}

}  // namespace ys::outreach
