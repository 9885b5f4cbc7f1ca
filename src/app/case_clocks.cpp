// SPDX-License-Identifier: Apache-2.0
#include "app/case_clocks.h"

#include <utility>

#include <boost/asio/post.hpp>

#include "cases/io/case_file_store.h"
#include "platform/clock.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

/// The shortest promise is a quarter of an hour: seconds do not matter, one index lookup is cheap.
constexpr Millis look_every{2'000};
constexpr std::size_t at_once = 100;

Result<Done> tell_due(sql::Transaction& tx, const cases::Handbook& handbook, UtcTime now) {
    YS_TRY(const auto due, cases::CaseFileStore::due(tx.db(), now, at_once));
    for (const CaseId id : due) {
        YS_TRY([[maybe_unused]] const Done told, cases::CaseFileStore::fire(tx, handbook, id, now));
    }
    return Done{};
}

}  // namespace

CaseClocks::CaseClocks(boost::asio::io_context& loop, sql::Writer& writer,
                       std::shared_ptr<const cases::Handbook> handbook)
    : loop_(loop), writer_(writer), handbook_(std::move(handbook)), timer_(loop) {}

void CaseClocks::look() {
    writer_.submit_soon(
        [handbook = handbook_](sql::Transaction& tx) { return tell_due(tx, *handbook, utc_now()); },
        // On the writer's thread; the next look waits for this one.
        [this, alive = is_alive_](Result<Done> told) {
            if (!told) log::error("cases", "clocks_not_told", told.error());
            boost::asio::post(loop_, [this, alive] {
                if (*alive) again();
            });
        });
}

void CaseClocks::again() {
    timer_.expires_after(look_every);
    timer_.async_wait([this, alive = is_alive_](const boost::system::error_code& error) {
        if (!error && *alive) look();
    });
}

void CaseClocks::stop() {
    *is_alive_ = false;
    timer_.cancel();
}

}  // namespace ys::app
