// SPDX-License-Identifier: Apache-2.0
// Incidents (群体事件): what the program proposes, and the one click of who decides.
#include <map>

#include "api/answer.h"
#include "api/api.h"
#include "api/private_need.h"
#include "base/text.h"
#include "cases/affected_areas.h"
#include "cases/io/case_store.h"
#include "cases/io/incident_store.h"
#include "interactions/emergencies.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using cases::IncidentId;
using cases::IncidentRow;
using cases::IncidentStore;
using centres::Action;

constexpr std::size_t areas_max = 30;
constexpr std::size_t area_bytes_max = 120;
constexpr std::size_t words_bytes_max = 1'500;
/// As the announcement itself allows.
constexpr std::chrono::hours said_at_most{31 * 24};

struct IncidentView {
    IncidentId id;
    CentreId centre_id;
    std::string state, title, category, place;
    UtcTime since, last_at;
    std::int64_t people = 0, cases = 0;
    std::int64_t told = 0;  ///< cases whose people have their closing
    CaseId parent_id;
    std::string parent_number;
    std::vector<std::string> areas;  ///< in force; of a proposal those that are proposed
    std::string says;
    std::optional<UtcTime> until;
    std::string announced;  ///< "" "wanted" "in_force" "refused" "ended"
    std::uint64_t emergency = 0;
    std::string opened_by_name;
    std::optional<UtcTime> opened_at;
    std::string ended_by_name;
    std::optional<UtcTime> ended_at;
    std::string words;
};
BOOST_DESCRIBE_STRUCT(IncidentView, (),
                      (id, centre_id, state, title, category, place, since, last_at, people, cases,
                       told, parent_id, parent_number, areas, says, until, announced, emergency,
                       opened_by_name, opened_at, ended_by_name, ended_at, words))
struct MemberView {
    CaseId id;
    std::string number, title, address, place;
    UtcTime at;
    std::string told;
};
BOOST_DESCRIBE_STRUCT(MemberView, (), (id, number, title, address, place, at, told))
struct IncidentDetail {
    IncidentView incident;
    std::vector<MemberView> members;
};
BOOST_DESCRIBE_STRUCT(IncidentDetail, (), (incident, members))

struct OpenForm {
    std::vector<std::string> areas;
    bool announce = true;
    std::optional<UtcTime> until;  ///< needed to announce
};
BOOST_DESCRIBE_STRUCT(OpenForm, (), (areas, announce, until))
struct WordsForm {
    std::string words;
};
BOOST_DESCRIBE_STRUCT(WordsForm, (), (words))

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> out;
    for (const std::string_view line : split(text, '\n'))
        if (!line.empty()) out.emplace_back(line);
    return out;
}

using Names = std::map<UserId, std::string>;
Result<Names> names_in(sql::Database& db, const Scope& scope) {
    YS_TRY(const std::vector<centres::UserRow> users, centres::UserStore::users(db, scope));
    Names out;
    for (const centres::UserRow& user : users) out[user.id] = user.name;
    return out;
}

Result<IncidentView> view_of(sql::Database& db, const IncidentRow& row, const Names& names) {
    const auto name = [&](UserId id) {
        const auto found = names.find(id);
        return found == names.end() ? std::string{} : found->second;
    };
    IncidentView view{.id = row.id,
                      .centre_id = row.centre_id,
                      .state = row.state,
                      .title = row.title,
                      .category = row.category,
                      .place = row.place,
                      .since = row.since_at,
                      .last_at = row.last_at,
                      .people = row.people,
                      .cases = row.cases,
                      .parent_id = row.parent_id,
                      .parent_number = {},
                      .areas = lines_of(row.areas),
                      .says = row.says,
                      .until = row.until_at,
                      .announced = row.announced,
                      .emergency = row.emergency,
                      .opened_by_name = name(row.opened_by),
                      .opened_at = row.opened_at,
                      .ended_by_name = name(row.ended_by),
                      .ended_at = row.ended_at,
                      .words = row.words};
    if (row.parent_id) {
        YS_TRY(const auto parent,
               cases::CaseStore::get(db, Scope::of(row.centre_id), row.parent_id));
        if (parent) view.parent_number = parent->number;
    }
    if (row.state != "closed" && row.state != "proposed") return view;
    YS_TRY(const auto members, IncidentStore::cases(db, row.id));
    std::vector<cases::DutyPath> places;
    for (const auto& member : members) {
        view.told += member.told.empty() ? 0 : 1;
        places.push_back(cases::path_of(member.place));
    }
    if (row.state == "proposed") view.areas = cases::affected_areas(std::move(places));
    return view;
}

Task<http::Response> list(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::DeclareIncidents);
    const std::string state = cleaned(call.request.argument("state"), 16);
    auto query = [=](sql::Database& db) -> Result<std::vector<IncidentView>> {
        YS_TRY(const auto rows, IncidentStore::list(db, scope, state));
        YS_TRY(const Names names, names_in(db, scope));
        std::vector<IncidentView> out;
        for (const IncidentRow& row : rows) {
            YS_TRY(out.emplace_back(), view_of(db, row, names));
        }
        return out;
    };
    YS_CO_TRY(const std::vector<IncidentView> items, co_await api.stores().read(query));
    co_return answer_with_page(items);
}

Task<http::Response> one(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::DeclareIncidents);
    YS_CO_TRY(const IncidentId id, id_in_path<IncidentId>(call, "id"));
    auto query = [=](sql::Database& db) -> Result<IncidentDetail> {
        YS_TRY(const auto row, IncidentStore::get(db, scope, id));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        YS_TRY(const Names names, names_in(db, scope));
        IncidentDetail out;
        YS_TRY(out.incident, view_of(db, *row, names));
        YS_TRY(const auto members, IncidentStore::cases(db, id));
        for (const auto& member : members) {
            YS_TRY(const auto about,
                   cases::CaseStore::get(db, Scope::of(member.centre_id), member.case_id));
            if (!about) continue;
            out.members.push_back({about->id, about->number, about->title, about->address,
                                   member.place, member.at, member.told});
        }
        return out;
    };
    YS_CO_TRY(const IncidentDetail detail, co_await api.stores().read(query));
    co_return answer_with(detail);
}

/// For the page of a case: the event it belongs to. 204 when it belongs to none.
Task<http::Response> of_case(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [=](sql::Database& db) -> Result<std::optional<IncidentView>> {
        YS_TRY([[maybe_unused]] const SeenRow seen, seen_row(db, seer, id));
        YS_TRY(const auto row, IncidentStore::of_case(db, seer.scope, id));
        if (!row) return std::optional<IncidentView>{};
        YS_TRY(IncidentView view, view_of(db, *row, {}));
        return std::optional(std::move(view));
    };
    YS_CO_TRY(const std::optional<IncidentView> view, co_await api.stores().read(query));
    if (!view) co_return nothing_to_say();
    co_return answer_with(*view);
}

Result<cases::IncidentOpening> opening_of(const Api& api, const Call& call, const OpenForm& form) {
    cases::IncidentOpening opening{
        .user = call.user().user.id, .now = utc_now(), .utc_offset = api.settings().utc_offset};
    if (form.areas.size() > areas_max) return refused("too_long:areas", RefusedAs::Unfit);
    for (const std::string& text : form.areas) {
        YS_TRY(const std::string area, form_text(text, area_bytes_max, "areas"));
        if (!trimmed(area).empty()) opening.areas.emplace_back(trimmed(area));
    }
    if (!form.announce) return opening;
    const bool is_in_time =
        form.until && opening.now < *form.until &&
        form.until->us - opening.now.us < std::chrono::microseconds(said_at_most).count();
    if (!is_in_time) return refused("bad_field:until", RefusedAs::Unfit);
    // Everybody's greeting is never changed by one click.
    if (opening.areas.empty()) return refused("bad_field:areas=field_missing", RefusedAs::Unfit);
    opening.until = form.until;
    return opening;
}

Task<http::Response> open(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::DeclareIncidents);
    YS_CO_TRY(const IncidentId id, id_in_path<IncidentId>(call, "id"));
    YS_CO_TRY(const OpenForm form, body_of<OpenForm>(call));
    auto look = [=](sql::Database& db) { return IncidentStore::get(db, scope, id); };
    YS_CO_TRY(const auto there, co_await api.stores().read(look));
    if (!there) co_return refused("not_found", RefusedAs::NotFound);
    YS_CO_TRY(cases::IncidentOpening opening, opening_of(api, call, form));
    if (form.announce && interactions::is_emergency_prompt(there->says)) opening.says = there->says;
    auto work = [=, handbook = api.handbook()](sql::Transaction& tx) -> Result<IncidentView> {
        YS_TRY(const IncidentRow row, IncidentStore::open(tx, *handbook, scope, id, opening));
        YS_TRY(const Names names, names_in(tx.db(), scope));
        return view_of(tx.db(), row, names);
    };
    YS_CO_TRY(const IncidentView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

using Ending = Result<IncidentRow> (*)(sql::Transaction&, const Scope&, IncidentId, UserId,
                                       const std::string&, UtcTime);

Task<http::Response> finish(Api& api, Call& call, Ending ending) {
    const Scope scope = api.scope_of(call.user(), Action::DeclareIncidents);
    YS_CO_TRY(const IncidentId id, id_in_path<IncidentId>(call, "id"));
    YS_CO_TRY(const WordsForm form, body_of<WordsForm>(call));
    YS_CO_TRY(const std::string words,
              form_text(form.words, words_bytes_max, "words", Lines::Many));
    const UserId user = call.user().user.id;
    auto work = [=, now = utc_now()](sql::Transaction& tx) -> Result<IncidentView> {
        YS_TRY(const IncidentRow row, ending(tx, scope, id, user, words, now));
        YS_TRY(const Names names, names_in(tx.db(), scope));
        return view_of(tx.db(), row, names);
    };
    YS_CO_TRY(const IncidentView view, co_await api.stores().write(work));
    co_return answer_with(view);
}
Task<http::Response> dismiss(Api& api, Call& call) {
    return finish(api, call, IncidentStore::dismiss);
}
Task<http::Response> close(Api& api, Call& call) { return finish(api, call, IncidentStore::close); }

}  // namespace

std::vector<Route> incident_routes() {
    constexpr auto declare = Action::DeclareIncidents;
    return {
        {.method = "GET",
         .pattern = "/api/v1/incidents",
         .summary = "Incidents, newest first; state=live: proposed and open ones.",
         .access = Access::Right,
         .action = declare,
         .handler = list,
         .query = {"state"},
         .gives = page_schema_for<IncidentView>},
        {.method = "GET",
         .pattern = "/api/v1/incidents/{id}",
         .summary = "One incident with its cases.",
         .access = Access::Right,
         .action = declare,
         .handler = one,
         .gives = schema_for<IncidentDetail>},
        {.method = "GET",
         .pattern = "/api/v1/cases/{id}/incident",
         .summary = "The incident a case belongs to; 204 when to none.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = of_case,
         .gives = schema_for<IncidentView>},
        {.method = "POST",
         .pattern = "/api/v1/incidents/{id}/open",
         .summary = "Makes the parent, links the cases, and tells callers of these areas.",
         .access = Access::Right,
         .action = declare,
         .handler = open,
         .takes = schema_for<OpenForm>,
         .gives = schema_for<IncidentView>},
        {.method = "POST",
         .pattern = "/api/v1/incidents/{id}/dismiss",
         .summary = "These cases have nothing to do with each other; `words` say why.",
         .access = Access::Right,
         .action = declare,
         .handler = dismiss,
         .takes = schema_for<WordsForm>,
         .gives = schema_for<IncidentView>},
        {.method = "POST",
         .pattern = "/api/v1/incidents/{id}/close",
         .summary = "It is over: the announcement ends and each person is told `words`.",
         .access = Access::Right,
         .action = declare,
         .handler = close,
         .takes = schema_for<WordsForm>,
         .gives = schema_for<IncidentView>},
    };
}

}  // namespace ys::api
