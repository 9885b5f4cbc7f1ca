// SPDX-License-Identifier: Apache-2.0
#include "api/login_throttle.h"

#include <algorithm>

namespace ys::api {

Seconds LoginThrottle::wait_of(const Entries& entries, const std::string& name, Instant now) {
    const auto found = entries.find(name);
    if (found == entries.end() || found->second.free_at <= now) return Seconds{0};
    return std::chrono::ceil<Seconds>(found->second.free_at - now);
}

Seconds LoginThrottle::must_wait(Instant now, const std::string& login,
                                 const std::string& source) const {
    return std::max(wait_of(logins_, login, now), wait_of(sources_, source, now));
}

void LoginThrottle::note(Entries& entries, const std::string& name, Instant now, int free,
                         Seconds wait_max) {
    if (entries.size() >= entries_max && !entries.contains(name)) {
        std::erase_if(entries,
                      [&](const auto& e) { return now - e.second.last > forgotten_after; });
        if (entries.size() >= entries_max)
            entries.erase(
                std::ranges::min_element(entries, {}, [](const auto& e) { return e.second.last; }));
    }
    Entry& entry = entries[name];
    if (now - entry.last > forgotten_after) entry.failures = 0;
    entry.last = now;
    ++entry.failures;
    const int beyond = entry.failures - free;
    if (beyond <= 0) return;
    entry.free_at = now + std::min(wait_max, Seconds{1LL << std::min(beyond, 20)});
}

void LoginThrottle::begun(Instant now, const std::string& login) {
    note(logins_, login, now, free_per_login, wait_max_per_login);
}

void LoginThrottle::failed(Instant now, const std::string& source) {
    note(sources_, source, now, free_per_source, wait_max_per_source);
}

void LoginThrottle::succeeded(const std::string& login) { logins_.erase(login); }

}  // namespace ys::api
