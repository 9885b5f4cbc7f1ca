// SPDX-License-Identifier: Apache-2.0
// Holidays and the weekend days worked in their place (调休): the state's, the same for every
// centre and every flow.
#include <algorithm>

#include "api/answer.h"
#include "api/rules_change.h"
#include "base/text.h"
#include "interactions/io/rules_store.h"

namespace ys::api {
namespace {

using centres::Action;
using interactions::DaySetup;

struct DayView {
    std::string day, name;
    bool is_workday = false;
};
BOOST_DESCRIBE_STRUCT(DayView, (), (day, name, is_workday))
struct YearView {
    std::int64_t year = 0;
    bool is_entered = false;  ///< here; else they are what the flows' files say
    bool may_change = false;
    std::vector<DayView> days;
};
BOOST_DESCRIBE_STRUCT(YearView, (), (year, is_entered, may_change, days))
struct YearForm {
    std::vector<DayView> days;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(YearForm, (), (days, reason))

Result<int> year_in(const Call& call) {
    YS_TRY(const std::uint64_t year, number_in_path(call, "year"));
    if (year < 2000 || year > 2100) return refused("not_found", RefusedAs::NotFound);
    return static_cast<int>(year);
}

/// Who may change every centre's settings may change everybody's days.
bool is_of_the_head(Api& api, const Call& call, const interactions::Setup& setup) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeSettings);
    const auto is_in = [&](CentreId id) { return std::ranges::count(scope.centres, id) > 0; };
    return std::ranges::all_of(setup.queues, is_in, &interactions::QueueSetup::centre) &&
           std::ranges::all_of(setup.agents, is_in, &interactions::AgentSetup::centre);
}

YearView view_of(Api& api, const Call& call, const interactions::Setup& setup, int year) {
    YearView view;
    view.year = year;
    view.may_change = is_of_the_head(api, call, setup);
    const auto add = [&](const std::vector<DaySetup>& days) {
        for (const DaySetup& d : days)
            if (d.day.year == year) view.days.push_back({to_text(d.day), d.name, d.is_workday});
    };
    add(setup.days);
    view.is_entered = !view.days.empty();
    if (!view.is_entered) add(api.ports().rules.days_of_flows(year));
    std::ranges::sort(view.days, {}, &DayView::day);
    return view;
}

Task<http::Response> year_there(Api& api, Call& call) {
    YS_CO_TRY(const int year, year_in(call));
    YS_CO_TRY(const interactions::Setup setup, co_await stored_setup(api));
    co_return answer_with(view_of(api, call, setup, year));
}

/// errors  bad_field at each day that is none, is another year's, or stands there twice
Result<std::vector<DaySetup>> days_of(const YearForm& form, int year) {
    constexpr std::size_t days_max = 120, name_bytes_max = 60;
    if (form.days.size() > days_max) return refused("bad_field:days=too_long", RefusedAs::Unfit);
    std::vector<DaySetup> out;
    std::string faults;
    const auto fault = [&](std::size_t i, const char* what) {
        faults += (faults.empty() ? "" : ",") + ("days." + std::to_string(i) + what);
    };
    for (std::size_t i = 0; i < form.days.size(); ++i) {
        const auto day = parse_day(form.days[i].day);
        if (!day || day->year != year) {
            fault(i, ".day=bad_field");
            continue;
        }
        if (std::ranges::count(out, *day, &DaySetup::day) > 0) fault(i, ".day=taken");
        const std::string name = cleaned(form.days[i].name, name_bytes_max);
        if (name.empty() && !form.days[i].is_workday) fault(i, ".name=field_missing");
        out.push_back({*day, name, form.days[i].is_workday});
    }
    if (!faults.empty()) return refused("bad_field:" + faults, RefusedAs::Unfit);
    return out;
}

std::string in_words(const std::vector<DaySetup>& days, int year) {
    std::string text = "days " + std::to_string(year) + ":";
    for (const DaySetup& d : days)
        text += " " + to_text(d.day).substr(5) + (d.is_workday ? "+" : " " + d.name);
    return text;
}

Task<http::Response> change_year(Api& api, Call& call) {
    YS_CO_TRY(const int year, year_in(call));
    YS_CO_TRY(const YearForm form, body_of<YearForm>(call));
    YS_CO_TRY(const std::string reason, reason_in(form.reason));
    YS_CO_TRY(const auto days, days_of(form, year));
    YS_CO_TRY(interactions::Setup setup, co_await stored_setup(api));
    if (!is_of_the_head(api, call, setup)) co_return refused("not_allowed", RefusedAs::NotAllowed);
    auto write = [=](sql::Transaction& tx) {
        return interactions::RulesStore::put_days(tx, year, days);
    };
    YS_CO_TRY([[maybe_unused]] const Done written, co_await api.stores().write(write));
    YS_CO_TRY(setup, co_await stored_setup(api));
    const YearView view = view_of(api, call, setup, year);
    YS_CO_TRY([[maybe_unused]] const Done told,
              co_await put_in_force(api, call, call.user().user.centre,
                                    reason + " · " + in_words(days, year), std::move(setup)));
    co_return answer_with(view);
}

}  // namespace

std::vector<Route> day_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/special-days/{year}",
         .summary = "Holidays and days worked in their place.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = year_there,
         .gives = schema_for<YearView>},
        {.method = "PUT",
         .pattern = "/api/v1/special-days/{year}",
         .summary = "Replaces the year's days, in force at once in every flow.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = change_year,
         .takes = schema_for<YearForm>,
         .gives = schema_for<YearView>},
    };
}

}  // namespace ys::api
