// SPDX-License-Identifier: Apache-2.0
#include "exchange/delivery.h"

#include <algorithm>
#include <array>

#include "base/later.h"

namespace ys::exchange {
namespace {

constexpr std::array words{std::string_view("waiting"), std::string_view("delivered"),
                           std::string_view("given_up"), std::string_view("dropped")};
constexpr std::array<Seconds, tries_max - 1> pauses{10s, 1min, 5min, 15min, 1h, 3h, 6h, 12h};

bool will_be_refused_again(int status) {
    constexpr std::array<int, 4> passing{408, 409, 425, 429};
    return status >= 400 && status < 500 && std::ranges::find(passing, status) == passing.end();
}

Error not_now() { return {std::errc::operation_not_permitted, "a delivery in another state"}; }

}  // namespace

std::string_view word(DeliveryState state) { return words[static_cast<std::size_t>(state)]; }

std::optional<DeliveryState> delivery_state_from(std::string_view text) {
    const auto* at = std::ranges::find(words, text);
    if (at == words.end()) return std::nullopt;
    return static_cast<DeliveryState>(at - words.begin());
}

Seconds pause_after(int tries) {
    const auto last = static_cast<int>(pauses.size());
    return pauses[static_cast<std::size_t>(std::clamp(tries, 1, last) - 1)];
}

Result<Done> on_tried(Delivery& delivery, UtcTime now, const Tried& tried) {
    if (delivery.state != DeliveryState::Waiting) return not_now();
    delivery.tries += 1;
    delivery.last_status = tried.status;
    delivery.note = tried.note;
    if (tried.status >= 200 && tried.status < 300) {
        delivery.state = DeliveryState::Delivered;
        delivery.note.clear();
    } else if (will_be_refused_again(tried.status) || delivery.tries >= tries_max) {
        delivery.state = DeliveryState::GivenUp;
    } else {
        delivery.next_at = later(now, pause_after(delivery.tries));
    }
    return Done{};
}

Result<Done> send_again(Delivery& delivery, UtcTime now) {
    if (delivery.state != DeliveryState::GivenUp) return not_now();
    delivery.state = DeliveryState::Waiting;
    delivery.tries = 0;
    delivery.next_at = now;
    return Done{};
}

Result<Done> drop(Delivery& delivery) {
    if (delivery.state != DeliveryState::GivenUp) return not_now();
    delivery.state = DeliveryState::Dropped;
    return Done{};
}

}  // namespace ys::exchange
