// SPDX-License-Identifier: Apache-2.0
// Today's figures, from the same facts and the same code as `yingsheng kpi`.
#pragma once

#include <memory>

#include <boost/json.hpp>

#include "base/time.h"
#include "facts/facts.h"
#include "platform/sql/database.h"
#include "platform/sql/scope.h"

namespace ys::app {

class LiveFigures {
public:
    LiveFigures();
    ~LiveFigures();
    /// After a restart the day's facts are counted again from the journal.
    void load_today(sql::Database& db, const Scope& scope, UtcTime now);
    void on(const facts::Fact& fact);
    boost::json::object today(CentreId centre) const;
    boost::json::object queue_today(QueueId queue) const;

private:
    struct Inside;
    std::unique_ptr<Inside> in_;
};

}  // namespace ys::app
