// SPDX-License-Identifier: Apache-2.0
#include "app/case_clocks.h"

#include <utility>
#include <vector>

#include <boost/asio/post.hpp>

#include "cases/io/case_file_store.h"
#include "cases/io/crew_dispatch.h"
#include "platform/clock.h"
#include "platform/log/log.h"

namespace ys::app {
namespace {

/// The shortest promise is a quarter of an hour: seconds do not matter, one index lookup is cheap.
constexpr Millis look_every{2'000};
constexpr std::size_t at_once = 100;

struct Due {
    std::vector<CaseId> clocks;
    std::vector<CaseId> jobs;  ///< of repairers
};

/// Each in a transaction of its own: one that cannot be done keeps no other from being done.
void submit_alone(sql::Writer& writer, sql::Writer::Work work, const char* failed) {
    writer.submit_soon(std::move(work), [failed](Result<Done> done) {
        if (!done) log::error("cases", failed, done.error());
    });
}

}  // namespace

CaseClocks::CaseClocks(boost::asio::io_context& loop, sql::Writer& writer,
                       std::shared_ptr<const cases::Handbook> handbook)
    : loop_(loop), writer_(writer), handbook_(std::move(handbook)), timer_(loop) {}

void CaseClocks::look() {
    auto due = std::make_shared<Due>();
    writer_.submit_soon(
        [due](sql::Transaction& tx) -> Result<Done> {
            YS_TRY(due->clocks, cases::CaseFileStore::due(tx.db(), utc_now(), at_once));
            YS_TRY(due->jobs, cases::crew_jobs_to_tend(tx.db(), utc_now(), at_once));
            return Done{};
        },
        // On the writer's thread; the next look comes after what this one found.
        [this, due, alive = is_alive_](Result<Done> read) {
            if (!read) log::error("cases", "clocks_not_read", read.error());
            boost::asio::post(loop_, [this, due, alive] {
                if (!*alive) return;
                for (const CaseId id : due->clocks) fire(id);
                for (const CaseId id : due->jobs) tend(id);
                again();
            });
        });
}

void CaseClocks::fire(CaseId id) {
    submit_alone(
        writer_,
        [handbook = handbook_, id](sql::Transaction& tx) {
            return cases::CaseFileStore::fire(tx, *handbook, id, utc_now());
        },
        "clock_not_told");
}

void CaseClocks::tend(CaseId id) {
    submit_alone(
        writer_,
        [handbook = handbook_, id](sql::Transaction& tx) {
            return cases::tend_crew_job(tx, *handbook, id, utc_now());
        },
        "job_not_tended");
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
