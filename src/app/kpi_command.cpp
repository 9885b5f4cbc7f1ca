// SPDX-License-Identifier: Apache-2.0
// `yingsheng kpi --from … --to …`: every figure recomputed from facts alone.
#include <cstdio>
#include <iostream>

#include "app/commands.h"
#include "app/kpi.h"
#include "app/seed.h"
#include "centres/io/user_store.h"

namespace ys::app {
namespace {

Result<boost::json::value> figures(const KpiFlags& flags) {
    YS_TRY(const UtcTime from, parse_rfc3339(flags.from));
    YS_TRY(const UtcTime to, parse_rfc3339(flags.to));
    if (from >= to) return Error{std::errc::invalid_argument, "--from must be before --to"};
    YS_TRY(auto db, sql::Database::open(flags.store.url(), sql::Access::ReadOnly));
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    Scope everywhere;
    for (const auto& centre : centres) everywhere.centres.push_back(centre.id);
    return kpi_as_json(db, everywhere, from, to, {});
}

void print_calls(const boost::json::object& calls) {
    for (const auto& [figure, value] : calls)
        if (!value.is_null() && value != 0)
            std::cout << "    " << figure << " " << boost::json::serialize(value) << "\n";
}

void print(const boost::json::object& report) {
    for (const auto& row : report.at("centres").as_array()) {
        std::cout << "centre " << row.at("centre") << "\n";
        print_calls(row.at("calls").as_object());
    }
    for (const auto& row : report.at("queues").as_array()) {
        std::cout << "queue " << row.at("queue") << "\n";
        print_calls(row.at("calls").as_object());
    }
    for (const auto& row : report.at("agents").as_array()) {
        std::cout << "agent " << row.at("agent") << "\n";
        print_calls(row.as_object());
    }
}

}  // namespace

int run_kpi(const KpiFlags& flags) {
    const auto report = figures(flags);
    if (!report) {
        print_error(report.error(), flags.store.as_json);
        const bool is_wrong_use = report.error().code == std::errc::invalid_argument;
        return is_wrong_use ? exit_wrong_use : exit_failed;
    }
    if (flags.store.as_json)
        std::cout << boost::json::serialize(*report) << "\n";
    else
        print(report->as_object());
    return exit_done;
}

}  // namespace ys::app
