// SPDX-License-Identifier: Apache-2.0
// What goes over HTTP to a business system and comes back, beside the live answer itself. Numbers
// of people stand in bodies and never in addresses, which end in logs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backoffice/business_system.h"

namespace ys::backoffice::wire {

/// POST /look: answered with a LiveAnswer.
struct Look {
    std::string format;
    Subject subject;
    std::string route;
};
BOOST_DESCRIBE_STRUCT(Look, (), (format, subject, route))
inline constexpr std::string_view look_format = "live-look-1";

/// POST /match: whether these digits belong to that subject.
struct Match {
    std::string format;
    Subject subject;
    std::string digits;
};
BOOST_DESCRIBE_STRUCT(Match, (), (format, subject, digits))

struct Matched {
    std::string format;
    std::optional<bool> is_match;
};
BOOST_DESCRIBE_STRUCT(Matched, (), (format, is_match))
inline constexpr std::string_view match_format = "live-match-1";

/// POST /ready: documents that became ready after `after`.
struct Ready {
    std::string format;
    std::uint64_t after = 0;
};
BOOST_DESCRIBE_STRUCT(Ready, (), (format, after))

struct ReadyList {
    std::string format;
    std::optional<std::vector<DocumentReady>> documents;
};
BOOST_DESCRIBE_STRUCT(ReadyList, (), (format, documents))
inline constexpr std::string_view ready_format = "live-ready-1";
inline constexpr std::size_t ready_max = 100;

}  // namespace ys::backoffice::wire
