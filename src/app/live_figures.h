// SPDX-License-Identifier: Apache-2.0
// Today's figures, from the same facts and the same code as `yingsheng kpi`.
#pragma once

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
    /// After a restart the day's facts are counted again from the journal.
    void load_today(sql::Database& db, const Scope& scope, UtcTime now);
    void on(const facts::Fact& fact);
    boost::json::object today(CentreId centre) const;
    boost::json::object queue_today(QueueId queue) const;

private:
    reports::Kpi kpi_;
};

}  // namespace ys::app
