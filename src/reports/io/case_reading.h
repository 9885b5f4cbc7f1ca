// SPDX-License-Identifier: Apache-2.0
// The facts of cases out of the journal, and how many customers each centre serves.
#pragma once

#include <functional>

#include "platform/sql/migration.h"
#include "platform/sql/scope.h"
#include "reports/case_kpi.h"

namespace ys::reports {

const sql::Schema& schema();

/// The cases of the window as these centres' facts tell them, followed up to `until`.
/// errors  sql::errc; invalid_argument when a body cannot be read
Result<CaseKpi> read_cases(sql::Database& db, const Scope& scope, Window window, UtcTime until);

/// Facts of surveys with from <= at < until, in the order they were written.
/// errors  as read_cases
Result<Done> read_surveys(sql::Database& db, const Scope& scope, Window window,
                          const std::function<void(const facts::Fact&)>& on_fact);

/// What 百万客户投诉量 is divided by; 0 makes it unknown.
Result<Done> put_customers_served(sql::Transaction& tx, CentreId centre, std::uint64_t customers);
Result<CustomersServed> customers_served(sql::Database& db, const Scope& scope);

}  // namespace ys::reports
