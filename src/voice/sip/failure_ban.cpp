// SPDX-License-Identifier: Apache-2.0
// Exponential ban per address and user name.
#include "voice/sip/failure_ban.h"

#include <algorithm>

namespace ys::sip {

std::string FailureBan::key(const std::string& source, const std::string& user) {
    return source + '\n' + user.substr(0, 64);  // No address holds a line end.
}

bool FailureBan::banned(Instant now, const std::string& source, const std::string& user) const {
    const auto found = entries_.find(key(source, user));
    return found != entries_.end() && now < found->second.banned_until;
}

void FailureBan::failed(Instant now, const std::string& source, const std::string& user) {
    if (entries_.size() >= entries_max)
        std::erase_if(entries_, [&](const auto& e) { return now - e.second.last > memory; });
    if (entries_.size() >= entries_max) entries_.clear();  // Better forgetful than full.
    Entry& entry = entries_[key(source, user)];
    if (now - entry.last > memory) entry = {};
    entry.last = now;
    if (++entry.failures < failures_free) return;
    const int doublings = std::min(entry.failures - failures_free, 10);
    entry.banned_until = now + std::min(longest, first * (1 << doublings));
}

void FailureBan::succeeded(const std::string& source, const std::string& user) {
    entries_.erase(key(source, user));
}

}  // namespace ys::sip
