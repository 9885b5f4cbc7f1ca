// SPDX-License-Identifier: Apache-2.0
// Today's figures, from the same facts and the same code as `yingsheng kpi`.
#pragma once

#include <cstdint>
#include <vector>

#include <boost/json.hpp>

#include "platform/sql/database.h"
#include "platform/sql/scope.h"
#include "reports/kpi.h"

namespace ys::app {

/// The day of the centres that holds `at`: from midnight to midnight, China's one time zone.
reports::Window day_of(UtcTime at);

class LiveFigures {
public:
    LiveFigures() : kpi_(reports::Window{}) {}

    /// After a restart the day's facts are counted again from the journal: half a million take
    /// seconds, so a reader counts and nobody waits for it. Until `take`, figures are none and
    /// facts are kept back.
    void begin(UtcTime now);
    /// Facts up to `last_seq`; what comes later is told by `on`. For any thread.
    static reports::Kpi counted(sql::Database& db, const Scope& scope, UtcTime now,
                                std::uint64_t last_seq);
    void take(reports::Kpi counted);

    void on(const facts::Fact& fact);
    boost::json::object today(CentreId centre) const;
    boost::json::object queue_today(QueueId queue) const;

private:
    reports::Kpi kpi_;
    bool is_counting_ = false;
    std::vector<facts::Fact> kept_back_;  ///< while a reader counts
};

}  // namespace ys::app
