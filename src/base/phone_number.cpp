// SPDX-License-Identifier: Apache-2.0
// Telephone numbers brought to one domestic form (see the header for the forms).
#include "base/phone_number.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace ys {
namespace {

constexpr std::size_t raw_max = 128;        // No number is longer, with all its decoration.
constexpr std::size_t e164_max = 15;        // ITU-T E.164 §6.2.1
constexpr std::size_t sms_sender_max = 20;  // 106 numbers carry the sender's extension.

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_mobile(std::string_view n) {
    return n.size() == 11 && n[0] == '1' && n[1] >= '3' && n[1] <= '9';
}

/// 400 and 800 numbers are dialled without a trunk zero from everywhere.
bool is_shared_cost(std::string_view n) {
    return n.size() == 10 && (n.starts_with("400") || n.starts_with("800"));
}

/// Trunk zero and area code: 010, 02x, or 0 and three digits from 3 on.
bool is_fixed(std::string_view n) {
    if (n.size() < 10 || n.size() > 12 || n[0] != '0') return false;
    if (n.starts_with("010") || n.starts_with("02")) return n.size() <= 11;
    return n[1] >= '3';
}

bool is_withheld_word(std::string_view text) {
    constexpr std::array words{"anonymous", "unavailable", "restricted", "unknown",
                               "private",   "withheld",    "null"};
    return text.empty() || std::ranges::any_of(words, [&](std::string_view word) {
               return equals_ignoring_case(text, word);
           });
}

std::string_view without_scheme(std::string_view text) {
    for (std::string_view scheme : {"sips:", "sip:", "tel:"})
        if (text.size() >= scheme.size() &&
            equals_ignoring_case(text.substr(0, scheme.size()), scheme))
            return text.substr(scheme.size());
    return text;
}

/// RFC 3966 §3 calls these visual separators; people also write spaces and slashes.
bool is_separator(char c) { return std::string_view{"-.() /"}.find(c) != std::string_view::npos; }

Error not_a_number() { return Error{std::errc::invalid_argument, "reading a telephone number"}; }

/// A number known to be of this country, its prefix taken off, with no trunk zero in front.
Result<PhoneNumber> national(std::string n) {
    if (is_mobile(n) || is_shared_cost(n)) return PhoneNumber{std::move(n)};
    if (n.size() >= 3 && n.size() <= 6) return PhoneNumber{std::move(n)};
    if (n.starts_with("106") && n.size() <= sms_sender_max) {
        // Beijing's 10 plus a local number from 6 on has exactly ten digits; longer is a sender.
        if (n.size() != 10) return PhoneNumber{std::move(n)};
    }
    if ((n.size() == 10 || n.size() == 11) && is_fixed("0" + n)) return PhoneNumber{"0" + n};
    if (n.size() == 9 && is_fixed("0" + n)) return PhoneNumber{"0" + n};
    return not_a_number();
}

Result<PhoneNumber> domestic(std::string n, std::string_view home_area_code) {
    if (n.size() == 12 && n[0] == '0' && is_mobile(std::string_view{n}.substr(1)))
        return PhoneNumber{n.substr(1)};  // The out-of-town form of a mobile.
    if (n[0] == '0') {
        if (is_fixed(n)) return PhoneNumber{std::move(n)};
        return not_a_number();
    }
    if (n.size() == 7 || n.size() == 8) {
        // Local numbers begin with 2 to 8; 1 and 9 open the service ranges (95xxx, 96xxx, 12xxx).
        if (n[0] == '1' || n[0] == '9' || home_area_code.empty()) return PhoneNumber{std::move(n)};
        return PhoneNumber{std::string{home_area_code} + n};
    }
    return national(std::move(n));
}

}  // namespace

Result<PhoneNumber> normalise(std::string_view raw, std::string_view home_area_code) {
    if (raw.size() > raw_max) return not_a_number();
    std::string_view text = without_scheme(trimmed(raw));
    text = text.substr(0, text.find_first_of(";@?"));
    text = trimmed(text);
    if (is_withheld_word(text)) return PhoneNumber{};

    bool international = false;
    std::string n;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && n.empty() && !international) {
            international = true;
        } else if (is_digit(text[i])) {
            n.push_back(text[i]);
        } else if (!is_separator(text[i])) {
            return not_a_number();
        }
    }
    if (n.size() < 3 || n.size() > sms_sender_max) return not_a_number();
    if (!international && n.starts_with("00")) {
        international = true;
        n.erase(0, 2);
    }
    // No number of this country has twelve digits and begins with 86, so a bare 86 is its code.
    const bool bare_code = !international && n.starts_with("86") && n.size() >= 12;
    if (bare_code || (international && n.starts_with("86"))) {
        n.erase(0, 2);
        if (n.size() < 3) return not_a_number();
        if (n[0] == '0') return domestic(std::move(n), home_area_code);
        return national(std::move(n));
    }
    if (international) {
        if (n.size() < 7 || n.size() > e164_max || n[0] == '0') return not_a_number();
        return PhoneNumber{"+" + n};
    }
    return domestic(std::move(n), home_area_code);
}

std::string masked(std::string_view number) {
    if (number.size() <= 6) return std::string{number};
    const std::size_t tail = number.size() >= 11 ? 4 : 2;
    return std::string{number.substr(0, 3)} + "****" +
           std::string{number.substr(number.size() - tail)};
}

}  // namespace ys
