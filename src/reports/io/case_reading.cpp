// SPDX-License-Identifier: Apache-2.0
#include "reports/io/case_reading.h"

#include <optional>

#include "platform/journal/fact_json.h"
#include "platform/sql/described_rows.h"
#include "platform/sql/where.h"

namespace ys::reports {
namespace {

/// Also the condition of the partial index: a month's cases are found without reading its calls.
constexpr std::string_view about_cases =
    "kind IN ('CaseSaved','CaseMoved','CaseClockTold','CaseConfirmed')";
constexpr std::string_view about_surveys =
    "kind IN ('SurveyBegan','SurveyScored','SurveyAsked','SurveyAnswered')";
constexpr std::size_t page = 2'000;  ///< facts held in memory at once while reading

struct Read {
    std::uint64_t last_seq = 0;
    std::size_t count = 0;
    std::optional<Error> failed;
};

using OnFact = std::function<void(const facts::Fact&)>;

void take(const sql::Row& row, Read& read, const OnFact& on_fact) {
    ++read.count;
    row.get(0, read.last_seq);
    facts::Fact fact;
    row.get(1, fact.at);
    row.get(2, fact.centre);
    auto body = journal::body_from(row.text(3), row.text(4));
    row.get(5, fact.interaction);
    row.get(6, fact.agent);
    if (!body) {
        if (!read.failed) read.failed = body.error();
        return;
    }
    fact.body = *std::move(body);
    on_fact(fact);
}

Result<Done> read_kinds(sql::Database& db, const Scope& scope, std::string_view kinds,
                        Window window, const OnFact& on_fact) {
    for (Read read;; read.count = 0) {
        sql::Where where(scope, "centre");
        where.also(kinds).also("at_us >= ? AND at_us < ?", window.from, window.to);
        where.also("seq > ?", read.last_seq).value(page);
        YS_TRY([[maybe_unused]] const auto n,
               db.run_with("SELECT seq, at_us, centre, kind, body, interaction, agent FROM facts" +
                               where.text() + " ORDER BY seq LIMIT ?",
                           where.values(), [&](const sql::Row& row) { take(row, read, on_fact); }));
        if (read.failed) return *read.failed;
        if (read.count < page) return Done{};
    }
}

}  // namespace

const sql::Schema& schema() {
    static const sql::Schema it{
        "reports",
        {sql::for_both(1,
                       "CREATE TABLE customers_served (centre_id ID_KEY,"
                       " customers BIGINT NOT NULL);"
                       "CREATE INDEX facts_of_cases ON facts (seq, centre, at_us) WHERE " +
                           std::string(about_cases)),
         sql::for_both(2, "CREATE INDEX facts_of_surveys ON facts (seq, centre, at_us) WHERE " +
                              std::string(about_surveys))}};
    return it;
}

Result<CaseKpi> read_cases(sql::Database& db, const Scope& scope, Window window, UtcTime until) {
    CaseKpi kpi(window, until);
    YS_TRY([[maybe_unused]] const Done read,
           read_kinds(db, scope, about_cases, {window.from, until},
                      [&](const facts::Fact& fact) { kpi.on(fact); }));
    return kpi;
}

Result<Done> read_surveys(sql::Database& db, const Scope& scope, Window window,
                          const OnFact& on_fact) {
    return read_kinds(db, scope, about_surveys, window, on_fact);
}

Result<Done> put_customers_served(sql::Transaction& tx, CentreId centre, std::uint64_t customers) {
    return sql::done(
        tx.db().run("INSERT INTO customers_served (centre_id, customers)"
                    " VALUES (?, ?) ON CONFLICT (centre_id)"
                    " DO UPDATE SET customers = excluded.customers",
                    centre, customers));
}

Result<CustomersServed> customers_served(sql::Database& db, const Scope& scope) {
    CustomersServed out;
    const sql::Where where(scope, "centre_id");
    YS_TRY([[maybe_unused]] const auto n,
           db.run_with("SELECT centre_id, customers FROM customers_served" + where.text(),
                       where.values(), [&](const sql::Row& row) {
                           CentreId centre;
                           row.get(0, centre);
                           row.get(1, out[centre]);
                       }));
    return out;
}

}  // namespace ys::reports
