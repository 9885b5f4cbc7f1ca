// SPDX-License-Identifier: Apache-2.0
// The rules of a centre: read, tried out against last weeks' callers, put in force at once.
#include <algorithm>
#include <chrono>
#include <set>

#include "api/answer.h"
#include "api/rules_change.h"
#include "base/text.h"
#include "interactions/io/past_weeks.h"
#include "interactions/io/rules_store.h"
#include "interactions/io/setup_store.h"
#include "platform/clock.h"
#include "platform/sql/errc.h"

namespace ys::api {
namespace {

using centres::Action;
using interactions::CentreRules;
using interactions::RulesStore;
using interactions::Setup;

struct CentreNumber {
    std::string number, flow;
};
BOOST_DESCRIBE_STRUCT(CentreNumber, (), (number, flow))
struct CentreView {
    CentreId id;
    CentreId parent_id;
    std::string name;
    std::vector<CentreNumber> numbers;
    std::uint64_t queues = 0;
    std::uint64_t agents = 0;
};
BOOST_DESCRIBE_STRUCT(CentreView, (), (id, parent_id, name, numbers, queues, agents))
/// Another centre's queue, which may help.
struct HelperView {
    QueueId id;
    std::string centre_name, title;
};
BOOST_DESCRIBE_STRUCT(HelperView, (), (id, centre_name, title))
struct RulesView {
    CentreRules rules;
    std::vector<HelperView> helpers;
};
BOOST_DESCRIBE_STRUCT(RulesView, (), (rules, helpers))
struct RulesForm {
    CentreRules rules;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(RulesForm, (), (rules, reason))
struct NameForm {
    std::string name, reason;
};
BOOST_DESCRIBE_STRUCT(NameForm, (), (name, reason))
/// What somebody expects of a queue's callers, when the last weeks say too little.
struct FiguresForm {
    std::string queue;  ///< name
    double calls_per_hour = 0;
    std::int64_t handling_s = 180;
    std::int64_t patience_s = 0;  ///< 0: everybody stays
};
BOOST_DESCRIBE_STRUCT(FiguresForm, (), (queue, calls_per_hour, handling_s, patience_s))
struct PreviewForm {
    CentreRules rules;
    std::vector<FiguresForm> figures;
};
BOOST_DESCRIBE_STRUCT(PreviewForm, (), (rules, figures))
struct PreviewRow {
    std::string queue;  ///< name; "" for the whole centre
    std::uint64_t agents = 0;
    std::uint64_t calls = 0;
    std::optional<double> level_low, level, level_high, mean_wait_s, abandoned_rate, occupancy;
    std::optional<std::uint64_t> people_needed;
};
BOOST_DESCRIBE_STRUCT(PreviewRow, (),
                      (queue, agents, calls, level_low, level, level_high, mean_wait_s,
                       abandoned_rate, occupancy, people_needed))
struct PreviewView {
    std::string source;  ///< "journal" "figures", or "none": figures are needed
    std::int64_t weeks = 0;
    std::uint64_t calls = 0;  ///< in those weeks, all centres together
    std::string cannot;       ///< why these cannot be the rules now, "" when they can
    std::vector<interactions::RuleChange> changes;
    std::vector<PreviewRow> rows;   ///< the whole centre first
    std::vector<PreviewRow> today;  ///< the same under the rules in force
};
BOOST_DESCRIBE_STRUCT(PreviewView, (), (source, weeks, calls, cannot, changes, rows, today))

Result<CentreId> centre_in(Api& api, const Call& call) {
    YS_TRY(const CentreId centre, id_in_path<CentreId>(call, "id"));
    YS_TRY([[maybe_unused]] const Done may,
           api.authorise(call.user(), Action::ChangeSettings, {.centre = centre, .owner = {}}));
    return centre;
}

/// Every fault at once, each at its field.
Error refused_for(const std::vector<interactions::RuleFault>& faults) {
    std::string list;
    for (const auto& fault : faults)
        list += (list.empty() ? "" : ",") + fault.field + "=" + fault.code;
    return refused("bad_field:" + list, RefusedAs::Unfit);
}

Task<http::Response> centres_there(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeSettings);
    auto query = [scope](sql::Database& db) -> Result<std::vector<CentreView>> {
        YS_TRY(const auto rows, centres::UserStore::centres(db, scope));
        YS_TRY(const Setup setup, interactions::SetupStore::load(db));
        std::vector<CentreView> out;
        for (const centres::CentreRow& row : rows) {
            CentreView& view = out.emplace_back();
            view.id = row.id;
            view.parent_id = row.parent_id;
            view.name = row.name;
            for (const auto& n : setup.numbers)
                if (n.centre == row.id) view.numbers.push_back({n.number, n.flow});
            for (const auto& q : setup.queues) view.queues += q.centre == row.id ? 1 : 0;
            for (const auto& a : setup.agents) view.agents += a.centre == row.id ? 1 : 0;
        }
        return out;
    };
    YS_CO_TRY(const std::vector<CentreView> items, co_await api.stores().read(query));
    co_return answer_with_page(items);
}

Task<http::Response> rename(Api& api, Call& call) {
    constexpr std::size_t name_bytes_max = 90;
    YS_CO_TRY(const CentreId centre, centre_in(api, call));
    YS_CO_TRY(const NameForm form, body_of<NameForm>(call));
    YS_CO_TRY(const std::string reason, reason_in(form.reason));
    YS_CO_TRY(const std::string name, form_text(form.name, name_bytes_max, "name"));
    if (trimmed(name).empty()) co_return refused("bad_field:name=field_missing", RefusedAs::Unfit);
    auto look = [](sql::Database& db) { return centres::UserStore::all_centres(db); };
    YS_CO_TRY(const auto rows, co_await api.stores().read(look));
    std::string was;
    for (const centres::CentreRow& row : rows) {
        if (row.id == centre) was = row.name;
        if (row.id != centre && row.name == name)
            co_return refused("bad_field:name=taken", RefusedAs::Unfit);
    }
    auto write = [=](sql::Transaction& tx) {
        return centres::UserStore::rename_centre(tx, centre, name);
    };
    YS_CO_TRY([[maybe_unused]] Done done, co_await api.stores().write(write));
    api.ports().rules.rename(centre, name);
    YS_CO_TRY(interactions::Setup setup, co_await stored_setup(api));
    YS_CO_TRY(done, co_await put_in_force(api, call, centre,
                                          reason + " · centre: name " + was + " -> " + name,
                                          std::move(setup)));
    co_return nothing_to_say();
}

/// Queues that help this centre's: as an overflow or from a ring on.
std::set<QueueId> helpers_of(const CentreRules& rules) {
    std::set<QueueId> out;
    for (const auto& q : rules.queues) {
        out.insert(q.overflow);
        for (const auto& ring : q.rings) out.insert(ring.also);
    }
    return out;
}

/// Other centres' queues are there for who may change those centres too, and where they help.
Result<RulesView> view_in(sql::Database& db, const Scope& scope, CentreId centre) {
    YS_TRY(const Setup setup, interactions::SetupStore::load(db));
    RulesView view;
    view.rules = interactions::rules_of_centre(setup, centre);
    YS_TRY(view.rules.version, RulesStore::version(db, centre));
    YS_TRY(const auto centres, centres::UserStore::all_centres(db));
    const std::set<QueueId> in_use = helpers_of(view.rules);
    for (const auto& q : setup.queues) {
        const bool is_shown =
            std::ranges::count(scope.centres, q.centre) > 0 || in_use.contains(q.id);
        if (q.centre == centre || !is_shown) continue;
        HelperView& helper = view.helpers.emplace_back();
        helper.id = q.id;
        helper.title = q.title;
        for (const auto& row : centres)
            if (row.id == q.centre) helper.centre_name = row.name;
    }
    return view;
}

http::Response answer_with_rules(const RulesView& view) {
    auto response = answer_with(view);
    response.with("ETag", "\"" + std::to_string(view.rules.version) + "\"");
    return response;
}

Task<http::Response> rules(Api& api, Call& call) {
    YS_CO_TRY(const CentreId centre, centre_in(api, call));
    const Scope scope = api.scope_of(call.user(), Action::ChangeSettings);
    auto query = [=](sql::Database& db) { return view_in(db, scope, centre); };
    YS_CO_TRY(const RulesView view, co_await api.stores().read(query));
    co_return answer_with_rules(view);
}

/// The form over what is stored; faults are refused. errors  stale, bad_field
Result<Setup> checked(const Setup& now, CentreId centre, const CentreRules& form) {
    auto made = interactions::with_rules(now, centre, form);
    if (!made.faults.empty()) return refused_for(made.faults);
    return std::move(made.setup);
}

/// New help is asked of centres one may change only; any other queue is as if it were not there.
Result<Done> may_ask_for_help(Api& api, const Call& call, const Setup& now,
                              const CentreRules& before, const CentreRules& after) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeSettings);
    const std::set<QueueId> in_use = helpers_of(before);
    const auto may = [&](QueueId id) {
        const auto q = std::ranges::find(now.queues, id, &interactions::QueueSetup::id);
        return q == now.queues.end() || in_use.contains(id) ||
               std::ranges::count(scope.centres, q->centre) > 0;
    };
    std::vector<interactions::RuleFault> faults;
    for (std::size_t i = 0; i < after.queues.size(); ++i) {
        const auto& q = after.queues[i];
        const std::string at = "queues." + std::to_string(i);
        if (!may(q.overflow)) faults.push_back({at + ".overflow", "not_found"});
        for (std::size_t k = 0; k < q.rings.size(); ++k)
            if (!may(q.rings[k].also))
                faults.push_back({at + ".rings." + std::to_string(k) + ".also", "not_found"});
    }
    if (!faults.empty()) return refused_for(faults);
    return Done{};
}

/// Skills are the whole hotline's: only who may change the head's rules may change them.
Result<Done> may_change_skills(Api& api, const Call& call, const Setup& now,
                               const CentreRules& before, const CentreRules& after) {
    if (json::to_value(before.skills) == json::to_value(after.skills)) return Done{};
    const Scope scope = api.scope_of(call.user(), Action::ChangeSettings);
    const bool is_head = std::ranges::all_of(
        now.queues, [&](const auto& q) { return std::ranges::count(scope.centres, q.centre) > 0; });
    if (is_head) return Done{};
    return refused("bad_field:skills=only_the_head", RefusedAs::Unfit);
}

Task<http::Response> change(Api& api, Call& call) {
    YS_CO_TRY(const CentreId centre, centre_in(api, call));
    YS_CO_TRY(RulesForm form, body_of<RulesForm>(call));
    YS_CO_TRY(const std::string reason, reason_in(form.reason));
    YS_CO_TRY(const Setup before, co_await stored_setup(api));
    const CentreRules were = interactions::rules_of_centre(before, centre);
    YS_CO_TRY([[maybe_unused]] Done may, may_change_skills(api, call, before, were, form.rules));
    YS_CO_TRY(may, may_ask_for_help(api, call, before, were, form.rules));
    const bool has_new =
        std::ranges::any_of(form.rules.queues, [](const auto& q) { return !q.id; }) ||
        std::ranges::any_of(form.rules.skills, [](const auto& s) { return !s.id; });
    if (has_new) {
        auto number = [rules = form.rules](sql::Transaction& tx) mutable -> Result<CentreRules> {
            YS_TRY([[maybe_unused]] const Done done, RulesStore::number_new(tx, rules));
            return rules;
        };
        YS_CO_TRY(form.rules, co_await api.stores().write(number));
    }
    YS_CO_TRY(const Setup after, checked(before, centre, form.rules));
    const auto changes =
        interactions::rule_changes(were, interactions::rules_of_centre(after, centre));
    if (const auto fits = api.ports().rules.may_become(after); !fits)
        co_return refused("rules_do_not_fit");
    auto write = [=, version = form.rules.version](sql::Transaction& tx) {
        return RulesStore::put(tx, centre, version, before, after);
    };
    YS_CO_TRY([[maybe_unused]] const Done written, co_await api.stores().write(write));
    // A caller may have come into a queue that goes while the disk was busy: then it stays.
    if (const auto fits = api.ports().rules.may_become(after); !fits) {
        auto back = [=, version = form.rules.version + 1](sql::Transaction& tx) {
            return RulesStore::put(tx, centre, version, after, before);
        };
        YS_CO_TRY([[maybe_unused]] const Done undone, co_await api.stores().write(back));
        co_return refused("rules_do_not_fit");
    }
    YS_CO_TRY([[maybe_unused]] const Done told,
              co_await put_in_force(api, call, centre,
                                    reason + " · " + interactions::in_words(changes), after));
    const Scope scope = api.scope_of(call.user(), Action::ChangeSettings);
    auto query = [=](sql::Database& db) { return view_in(db, scope, centre); };
    YS_CO_TRY(const RulesView view, co_await api.stores().read(query));
    co_return answer_with_rules(view);
}

std::vector<PreviewRow> rows_of(const interactions::RulesPreview& preview, const Setup& setup) {
    const auto row_of = [&](const interactions::QueuePreview& p) {
        PreviewRow row{.queue = {},
                       .agents = p.agents,
                       .calls = p.calls,
                       .level_low = p.level_low,
                       .level = p.level,
                       .level_high = p.level_high,
                       .mean_wait_s = p.mean_wait_s,
                       .abandoned_rate = p.abandoned_rate,
                       .occupancy = p.occupancy,
                       .people_needed = {}};
        if (p.people_needed) row.people_needed = *p.people_needed;
        for (const auto& q : setup.queues)
            if (q.id == p.queue) row.queue = q.name;
        return row;
    };
    std::vector<PreviewRow> rows{row_of(preview.total)};
    for (const auto& queue : preview.queues) rows.push_back(row_of(queue));
    return rows;
}

/// New queues have no id yet: any that is nobody's will do for trying out.
void number_for_trial(const Setup& setup, CentreRules& rules) {
    std::uint64_t free = 1;
    for (const auto& q : setup.queues) free = std::max(free, q.id.value + 1);
    for (auto& q : rules.queues)
        if (!q.id) q.id = QueueId{free++};
    free = 1;
    for (const auto& s : setup.skills) free = std::max(free, s.id.value + 1);
    for (auto& s : rules.skills)
        if (!s.id) s.id = SkillId{free++};
}

std::vector<interactions::ExpectedCallers> expected(const PreviewForm& form, const Setup& setup,
                                                    CentreId centre) {
    std::vector<interactions::ExpectedCallers> out;
    constexpr double calls_per_hour_max = 20'000;
    constexpr std::int64_t handling_s_max = 7200, patience_s_max = 36'000;
    for (const FiguresForm& f : form.figures)
        for (const auto& q : setup.queues) {
            if (q.centre != centre || q.name != f.queue) continue;
            interactions::ExpectedCallers& e = out.emplace_back();
            e.queue = q.id;
            e.calls_per_hour = std::clamp(f.calls_per_hour, 0.0, calls_per_hour_max);
            e.handling = Seconds{std::clamp<std::int64_t>(f.handling_s, 1, handling_s_max)};
            if (f.patience_s > 0) e.patience = Seconds{std::min(f.patience_s, patience_s_max)};
        }
    return out;
}

UtcTime last_midnight(UtcTime now, std::chrono::minutes offset) {
    constexpr std::int64_t day_us = 86'400'000'000;
    const std::int64_t offset_us = std::chrono::microseconds{offset}.count();
    return {(now.us + offset_us) / day_us * day_us - offset_us};
}

Task<http::Response> preview(Api& api, Call& call) {
    constexpr std::uint64_t seed = 20'261'122;  // The same question has the same answer.
    YS_CO_TRY(const CentreId centre, centre_in(api, call));
    YS_CO_TRY(PreviewForm form, body_of<PreviewForm>(call));
    YS_CO_TRY(const Setup now, co_await stored_setup(api));
    const CentreRules are = interactions::rules_of_centre(now, centre);
    YS_CO_TRY([[maybe_unused]] const Done may, may_ask_for_help(api, call, now, are, form.rules));
    number_for_trial(now, form.rules);
    YS_CO_TRY(const Setup then, checked(now, centre, form.rules));
    PreviewView view;
    const auto fits = api.ports().rules.may_become(then);
    if (!fits) view.cannot = fits.error().note;
    view.changes = interactions::rule_changes(are, interactions::rules_of_centre(then, centre));
    if (!form.figures.empty()) {
        view.source = "figures";
        const auto callers = expected(form, then, centre);
        auto work = [=] {
            return std::pair{interactions::preview_of(then, centre, callers, seed),
                             interactions::preview_of(now, centre, callers, seed)};
        };
        const auto [is, was] = co_await api.ports().pool.run(work);
        view.rows = rows_of(is, then);
        view.today = rows_of(was, now);
        co_return answer_with(view);
    }
    const UtcTime until = last_midnight(utc_now(), api.settings().utc_offset);
    auto query = [until](sql::Database& db) -> Result<interactions::PastWeeks> {
        YS_TRY(const auto centres, centres::UserStore::all_centres(db));
        Scope everywhere;
        for (const auto& row : centres) everywhere.centres.push_back(row.id);
        return interactions::past_weeks(db, everywhere, until);
    };
    YS_CO_TRY(const interactions::PastWeeks past, co_await api.stores().read(query));
    view.weeks = past.weeks;
    view.calls = past.calls;
    view.source = past.calls < interactions::calls_enough ? "none" : "journal";
    if (view.source == "none") co_return answer_with(view);
    auto work = [=] {
        return std::pair{interactions::preview_of(then, centre, past, seed),
                         interactions::preview_of(now, centre, past, seed)};
    };
    const auto [is, was] = co_await api.ports().pool.run(work);
    view.rows = rows_of(is, then);
    view.today = rows_of(was, now);
    co_return answer_with(view);
}

}  // namespace

std::vector<Route> rules_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/centres",
         .summary = "Centres whose rules one may change, with their numbers.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = centres_there,
         .gives = page_schema_for<CentreView>},
        {.method = "PUT",
         .pattern = "/api/v1/centres/{id}",
         .summary = "Gives a centre another name, at once on every screen.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = rename,
         .takes = schema_for<NameForm>},
        {.method = "GET",
         .pattern = "/api/v1/centres/{id}/rules",
         .summary = "Queues, skills and who serves what; the version is the ETag.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = rules,
         .gives = schema_for<RulesView>},
        {.method = "PUT",
         .pattern = "/api/v1/centres/{id}/rules",
         .summary = "Puts changed rules in force at once; refused when the version is stale.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = change,
         .takes = schema_for<RulesForm>,
         .gives = schema_for<RulesView>},
        {.method = "POST",
         .pattern = "/api/v1/centres/{id}/rules/preview",
         .summary = "What these rules would make of a week like the last ones, or of figures.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = preview,
         .takes = schema_for<PreviewForm>,
         .gives = schema_for<PreviewView>},
    };
}

}  // namespace ys::api
