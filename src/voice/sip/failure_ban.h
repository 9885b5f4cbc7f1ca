// SPDX-License-Identifier: Apache-2.0
// Who guesses passwords waits: longer after every round of guesses.
#pragma once

#include <string>
#include <unordered_map>

#include "base/time.h"

namespace ys::sip {

/// Counts failed logins of one user name from one address. Never of a user alone: that would let
/// anybody lock anybody out.
class FailureBan {
public:
    static constexpr int failures_free = 5;
    static constexpr Seconds first{30};  ///< doubles with every failure after that
    static constexpr Seconds longest{3600};
    static constexpr Seconds memory{7200};  ///< without failures, all is forgotten
    static constexpr std::size_t entries_max = 50'000;

    bool banned(Instant now, const std::string& source, const std::string& user) const;
    void failed(Instant now, const std::string& source, const std::string& user);
    void succeeded(const std::string& source, const std::string& user);

private:
    struct Entry {
        int failures = 0;
        Instant banned_until{};
        Instant last{};
    };
    static std::string key(const std::string& source, const std::string& user);
    std::unordered_map<std::string, Entry> entries_;
};

}  // namespace ys::sip
