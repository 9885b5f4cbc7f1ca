// SPDX-License-Identifier: Apache-2.0
// Where an agent answers: a browser, a registered SIP phone, or any outside number.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ys {

enum class SeatKind { Browser, SipPhone, OutsideNumber };

constexpr std::string_view word_of(SeatKind kind) {
    switch (kind) {
        case SeatKind::SipPhone:
            return "sip_phone";
        case SeatKind::OutsideNumber:
            return "outside_number";
        case SeatKind::Browser:
            break;
    }
    return "browser";
}
constexpr std::optional<SeatKind> seat_kind_of(std::string_view word) {
    for (const SeatKind kind : {SeatKind::Browser, SeatKind::SipPhone, SeatKind::OutsideNumber})
        if (word_of(kind) == word) return kind;
    return std::nullopt;
}

struct Seat {
    SeatKind kind = SeatKind::Browser;
    std::string address;  ///< "" for Browser, the phone's user name, or the number to dial
    friend bool operator==(const Seat&, const Seat&) = default;
};

}  // namespace ys
