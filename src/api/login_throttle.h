// SPDX-License-Identifier: Apache-2.0
// How long a login or a source must wait after wrong passwords. Told the time; keeps no clock.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "base/time.h"

namespace ys::api {

/// Waiting doubles with each failure beyond what is free, and is forgotten after an hour of rest.
/// A login waits one minute at most, so that a stranger cannot lock its owner out for long; a
/// source, which may try many logins, fifteen.
class LoginThrottle {
public:
    static constexpr int free_per_login = 5;
    static constexpr int free_per_source = 20;
    static constexpr Seconds wait_max_per_login{60};
    static constexpr Seconds wait_max_per_source{900};
    static constexpr Seconds forgotten_after{3600};
    /// More names than this are not kept; the one longest at rest goes.
    static constexpr std::size_t entries_max = 20'000;

    /// How long this try must still wait; zero when it may go on.
    Seconds must_wait(Instant now, const std::string& login, const std::string& source) const;
    /// A try begins: it counts against the login at once, since tries that run side by side must
    /// not all be the first. A source with a whole centre behind it counts only what failed.
    void begun(Instant now, const std::string& login);
    void failed(Instant now, const std::string& source);
    /// A right password clears its login; the source keeps its count.
    void succeeded(const std::string& login);

private:
    struct Entry {
        int failures = 0;
        Instant last{};
        Instant free_at{};
    };
    using Entries = std::unordered_map<std::string, Entry>;
    static void note(Entries& entries, const std::string& name, Instant now, int free,
                     Seconds wait_max);
    static Seconds wait_of(const Entries& entries, const std::string& name, Instant now);

    Entries logins_, sources_;
};

}  // namespace ys::api
