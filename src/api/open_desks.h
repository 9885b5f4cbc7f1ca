// SPDX-License-Identifier: Apache-2.0
// The inside of DeskSockets: which pages are open. For api/ only.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "api/desk_sockets.h"
#include "api/session_user.h"
#include "platform/http/message.h"

namespace ys::api {

// RFC 6455 §7.4.2: 4000–4999 are for the application.
inline constexpr std::uint16_t close_signed_out = 4401;
inline constexpr std::uint16_t close_too_many = 4409;
inline constexpr std::uint16_t close_too_fast = 4429;
inline constexpr std::uint16_t close_gone = 4410;

struct OpenDesk {
    http::WebSocket* socket = nullptr;
    SessionUser user;
};
struct OpenDesks {
    std::vector<OpenDesk*> pages;  ///< in the order of opening
    OpenDesk* media = nullptr;     ///< the page that sent the last answer or offer
};

struct DeskSockets::Inside {
    struct Left {
        bool was_last = false;
        bool was_media = false;
    };
    std::unordered_map<UserId, OpenDesks> users;

    bool add(OpenDesk& page);  ///< true when it is the user's first
    Left remove(OpenDesk& page);
    void takes_media(OpenDesk& page);
    std::vector<OpenDesk*> all() const;
};

}  // namespace ys::api
