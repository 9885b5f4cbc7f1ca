// SPDX-License-Identifier: Apache-2.0
// Whose area a caller belongs to: from what they key or say, their account, plate and number.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/id.h"
#include "base/result.h"

namespace ys::routing {

/// Limits of the tables; more does not load.
inline constexpr std::size_t places_max = 2'000;
inline constexpr std::size_t segments_max = 600'000;
inline constexpr std::size_t segment_digits = 7;

/// A place, the centre that serves it, and every sign of it.
struct Place {
    CentreId centre;
    std::string name;                     ///< as people read and say it, e.g. "兰州"
    std::vector<std::string> codes{};     ///< "0936"; the beginning of landlines where two places
                                          ///< share a code ("09376"); or a word flows use ("bank")
    std::vector<std::string> plates{};    ///< beginnings of number plates, e.g. "甘A"
    std::vector<std::string> accounts{};  ///< beginnings of account numbers, e.g. GB/T 2260 codes
    std::vector<std::string> said{};      ///< other names of it
};
/// The first seven digits of a mobile number and the area code where the operator sold it.
struct Segment {
    std::string prefix;
    std::string code;
    friend bool operator==(const Segment&, const Segment&) = default;
};

/// Lines of "1389310,0931"; empty lines and those beginning with # do not count.
/// errors  invalid_argument, "line 12: …" in plain words
Result<std::vector<Segment>> parse_segments(std::string_view csv);

/// What is known of a caller; "" for each that is not.
struct CallerSigns {
    std::string keyed{};
    std::string said{};
    std::string account{};
    std::string plate{};
    std::string number{};  ///< normalised (base/phone_number.h)
    std::string area{};    ///< where the number was given out, in words: "甘肃省张掖市"
};
struct Located {
    CentreId centre;  ///< none: not known, the head's
    std::string from =
        "none";  ///< "key" "said" "account" "plate" "segment" "area_code" "numbering" "none"
    std::string place{};
    friend bool operator==(const Located&, const Located&) = default;
};

class Territory {
public:
    Territory() = default;
    /// errors  invalid_argument: a sign that two places claim, a malformed one, a table too long
    static Result<Territory> make(std::vector<Place> places, const std::vector<Segment>& segments);

    /// The first sign that tells decides: key, word, account, plate, number, area. An unknown code
    /// that was keyed is the caller's own word: nothing weaker overrules it, nobody guesses. Nor is
    /// the area asked about a number whose segment is another province's.
    Located locate(const CallerSigns& signs) const;
    bool empty() const { return places_.empty(); }

private:
    /// Beginnings of texts and the place each belongs to; the longest that fits decides.
    using Beginnings = std::map<std::string, std::size_t, std::less<>>;

    Result<Done> claim(Beginnings& table, const std::string& sign, std::size_t place,
                       std::string_view what);
    Located found(const std::size_t* place, std::string_view from) const;
    const std::size_t* named_in(std::string_view area) const;
    const std::size_t* by_number(std::string_view number, std::string_view& from) const;

    std::vector<Place> places_;
    Beginnings codes_, plates_, accounts_, words_;
    std::unordered_map<std::uint32_t, std::size_t> segments_;  ///< seven digits -> place
};

}  // namespace ys::routing
