// SPDX-License-Identifier: Apache-2.0
// The open desks: which sockets belong to which user, and how the rest speaks to them.
// Used on the control loop only.
#pragma once

#include <cstddef>
#include <memory>

#include <boost/json.hpp>

#include "api/desk_port.h"
#include "base/id.h"

namespace ys::api {

struct SessionUser;

class DeskSockets {
public:
    /// Sockets one user may have open (tabs); the oldest is closed when a further one opens.
    static constexpr std::size_t sockets_max = 4;

    DeskSockets();
    ~DeskSockets();

    /// To every page of this user. `rtc`, `rtc_wanted`, `rtc_closed` and `quality` go to one page
    /// only: the one that last sent `answer` or `offer`, else the one opened last.
    /// A page that does not take its messages (256 waiting, or 1 MB) is closed.
    void send(UserId user, const boost::json::object& message);
    /// Session revoked or user disabled: closes the user's pages with code 4401.
    void close_user(UserId user);
    bool is_open(UserId user) const;
    std::size_t open() const;  ///< sockets, for metrics

    struct Inside;
    Inside& inside() { return *in_; }

private:
    std::unique_ptr<Inside> in_;
};

}  // namespace ys::api
