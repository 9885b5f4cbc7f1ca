// SPDX-License-Identifier: Apache-2.0
#include "api/case_query.h"

#include <algorithm>

#include "api/answer.h"
#include "base/text.h"
#include "platform/clock.h"

namespace ys::api {

std::vector<std::string_view> case_query_words() {
    return {"q",  "number", "status", "kind", "customer", "interaction", "from",
            "to", "state",  "unit",   "mine", "late",     "limit",       "after"};
}

Result<CaseQuery> case_query_of(Api& api, const Call& call) {
    CaseQuery asked{.search = {}, .seer = seer_of(api, call.user())};
    cases::CaseSearch& search = asked.search;
    const std::string_view number = call.request.argument("number");
    search.text = cleaned(number.empty() ? call.request.argument("q") : number, 100);
    search.status = cleaned(call.request.argument("status"), 32);
    search.kind = cleaned(call.request.argument("kind"), 64);
    search.state = cleaned(call.request.argument("state"), 32);
    YS_TRY(search.customer.value, number_argument(call, "customer"));
    YS_TRY(search.interaction.value, number_argument(call, "interaction"));
    YS_TRY(search.before.value, number_argument(call, "after"));
    YS_TRY(search.from, time_argument(call, "from"));
    YS_TRY(search.to, time_argument(call, "to"));
    YS_TRY(search.limit, limit_of(call));
    if (call.request.argument("late") == "1") search.late_at = utc_now();
    YS_TRY(asked.unit, number_argument(call, "unit"));
    asked.is_mine = call.request.argument("mine") == "1";
    return asked;
}

Result<cases::CaseSearch> narrow(sql::Database& db, const CaseQuery& asked) {
    cases::CaseSearch search = asked.search;
    YS_TRY(const CaseSight sight, sight_of(db, asked.seer));
    search.hidden_from = sight.my_units();
    search.disclosures = sight.disclosures;
    if (asked.is_mine || sight.is_own_only) search.units = sight.with_below;
    if (asked.unit == 0) return search;
    const cases::UnitId wanted{asked.unit};
    const bool may =
        !search.units || std::ranges::find(*search.units, wanted) != search.units->end();
    search.units = may ? std::vector{wanted} : std::vector<cases::UnitId>{};
    return search;
}

}  // namespace ys::api
