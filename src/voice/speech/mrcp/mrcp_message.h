// SPDX-License-Identifier: Apache-2.0
// One MRCPv2 message (RFC 6787 §5) read from and written to the text of the control channel:
// bounded, hostile input expected.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace ys::speech {

struct MrcpMessage {
    enum class Kind : std::uint8_t { Request, Response, Event };
    enum class State : std::uint8_t { Pending, InProgress, Complete };  ///< of a request
    static constexpr std::size_t bytes_max = 65'536;
    static constexpr std::size_t headers_max = 64;

    Kind kind = Kind::Request;
    std::string name{};         ///< of the method or the event, "" of a response
    std::uint32_t request = 0;  ///< which request it is, answers or tells of
    int status = 0;             ///< of a response
    State state = State::Complete;
    std::vector<std::pair<std::string, std::string>> headers{};  ///< Content-Length not among them
    std::string body{};

    /// "" when it is not there.
    std::string_view header(std::string_view name) const;
};

/// How many bytes the message has that `begun` begins with; nothing while too little has come.
/// errors  Errc::failed: this is no MRCP, or longer than bytes_max
Result<std::optional<std::size_t>> mrcp_length(std::string_view begun);
/// whole   exactly as many bytes as mrcp_length says
/// errors  Errc::failed
Result<MrcpMessage> parse_mrcp(std::string_view whole);
/// Counts its own length and adds Content-Length where there is a body.
std::string format_mrcp(const MrcpMessage& message);

}  // namespace ys::speech
