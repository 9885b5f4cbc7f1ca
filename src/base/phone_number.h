// SPDX-License-Identifier: Apache-2.0
// Telephone numbers as trunks and people write them, brought to one domestic form.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace ys {

/// A number in the one form this house stores, compares and dials (numbering plan of China):
///   mobile            "13812345678"
///   fixed             "04518765432": trunk zero, area code, local number
///   service           "110" "12345" "95598" "4001234567": as dialled everywhere
///   other countries   "+4930123456"
struct PhoneNumber {
    std::string digits;  ///< "" when the caller withheld it
    bool withheld() const { return digits.empty(); }
    friend bool operator==(const PhoneNumber&, const PhoneNumber&) = default;
};

/// Takes "+86", "0086", "86" and "sip:"/"tel:" off, turns the out-of-town form "0138..." into the
/// mobile number, and puts `home_area_code` ("0451", "" for unknown) before a bare local number.
/// "", "anonymous", "unavailable", "restricted", "unknown" and "private" give a withheld number.
///
/// errors   invalid_argument for text that is no number (and nothing of it is kept)
Result<PhoneNumber> normalise(std::string_view raw, std::string_view home_area_code);

/// As shown to whoever may not see it whole: "138****5678". Service codes (up to 6 digits) belong
/// to nobody and stay readable.
std::string masked(std::string_view number);

}  // namespace ys
