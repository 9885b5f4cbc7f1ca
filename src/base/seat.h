// SPDX-License-Identifier: Apache-2.0
// Where an agent answers: a browser, a registered SIP phone, or any outside number.
#pragma once

#include <string>

namespace ys {

enum class SeatKind { Browser, SipPhone, OutsideNumber };

struct Seat {
    SeatKind kind = SeatKind::Browser;
    std::string address;  ///< "" for Browser, the phone's user name, or the number to dial
    friend bool operator==(const Seat&, const Seat&) = default;
};

}  // namespace ys
