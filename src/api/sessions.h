// SPDX-License-Identifier: Apache-2.0
// Signing in and staying signed in: tokens, their age, and who holds which.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>

#include "api/login_throttle.h"
#include "api/session_user.h"
#include "api/stores.h"
#include "base/secret.h"
#include "platform/task/worker_pool.h"

namespace ys::api {

/// The browser holds a random token; the store holds its SHA-256 only. Idleness is known to this
/// process alone: after a restart every session begins a new idle time.
class Sessions {
public:
    struct Limits {
        Seconds age_max{12 * 3600};
        Seconds idle_max{2 * 3600};
    };
    struct SignedIn {
        std::string token;
        SessionUser user;
    };
    /// Either a session, or how long to wait before the next try (zero: login or password wrong).
    struct Attempt {
        std::optional<SignedIn> signed_in;
        Seconds wait{0};
    };

    Sessions(Stores& stores, WorkerPool& pool, Limits limits)
        : stores_(stores), pool_(pool), limits_(limits) {}

    /// Checks the password on the pool, always at the cost of one hash, and writes session and fact
    /// (SignedIn or SignInRefused) in one transaction. `old_token`, if any, ends with it.
    Task<Attempt> sign_in(std::string login, Secret<std::string> password, std::string source,
                          std::string old_token);
    /// The session of a token; nothing when unknown, too old, idle for too long, or the user is
    /// not active any more. Counts as use.
    Task<std::optional<SessionUser>> find(std::string token);
    /// The same for a socket that was opened with it: by hash, and open sockets are never idle.
    Task<std::optional<SessionUser>> find_by_hash(std::string token_hash);
    Task<Done> sign_out(const SessionUser& user);

    Seconds age_max() const { return limits_.age_max; }

private:
    Task<Done> note_refusal(CentreId centre, std::string login, std::string why,
                            std::string source);
    Task<SignedIn> open(centres::UserRow user, std::string source, std::string old_token);
    bool is_idle_too_long(const std::string& token_hash);

    Stores& stores_;
    WorkerPool& pool_;
    Limits limits_;
    LoginThrottle throttle_;
    std::unordered_map<std::string, Instant> used_at_;  ///< by token hash
};

}  // namespace ys::api
