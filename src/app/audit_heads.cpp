// SPDX-License-Identifier: Apache-2.0
#include "app/audit_heads.h"

#include "platform/clock.h"
#include "platform/log/log.h"

namespace ys::app {

void AuditHeads::Keeper::keep(sql::Database& db) {
    const std::lock_guard lock(mutex);
    const auto done = [&]() -> Result<Done> {
        YS_TRY(const journal::ChainHead head, journal::chain_head(db));
        if (head == last) return Done{};
        YS_TRY(const auto signed_head, signer.sign(head, utc_now()));
        YS_TRY([[maybe_unused]] const Done kept, signer.keep(signed_head));
        last = head;
        return Done{};
    }();
    if (!done) log::error("audit", "head_not_kept", done.error());
}

void AuditHeads::look() {
    constexpr std::chrono::hours look_every{1};
    const auto asked = readers_.read([keeper = keeper_](sql::Database& db) { keeper->keep(db); });
    if (!asked) log::error("audit", "head_not_kept", asked.error());
    timer_.expires_after(look_every);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) look();
    });
}

void AuditHeads::stop() { timer_.cancel(); }

void AuditHeads::keep_last() {
    const auto asked =
        readers_.read_and_wait([keeper = keeper_](sql::Database& db) { keeper->keep(db); });
    if (!asked) log::error("audit", "head_not_kept", asked.error());
}

}  // namespace ys::app
