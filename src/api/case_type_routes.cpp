// SPDX-License-Identifier: Apache-2.0
// What kinds of case there are: their forms and classes for the desk, their versions and changes
// for administrators.
#include <algorithm>
#include <map>

#include "api/answer.h"
#include "api/api.h"
#include "api/case_answers.h"
#include "base/text.h"
#include "cases/io/case_type_json.h"
#include "cases/io/type_store.h"
#include "centres/io/user_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

using cases::KnownType;
using cases::Lineage;
using cases::TypeStore;
using cases::TypeText;
using centres::Action;

constexpr std::size_t reason_bytes_max = 500, code_bytes_max = 60, typed_bytes_max = 200;
constexpr std::size_t classes_shown = 20;

struct TypeView {
    TypeText type;
    std::int64_t version = 0;
    CentreId centre_id;
    bool is_own = false;  ///< of the centre asked for; else it comes from one above
    UtcTime changed_at;
    std::string changed_by_name;  ///< "" when it came with the hotline
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(TypeView, (),
                      (type, version, centre_id, is_own, changed_at, changed_by_name, reason))
struct WorkflowView {
    std::string name;
    int version = 1;
    std::string title;  ///< "" for one of the program: the page has a word for it
    std::vector<std::string> states;
    bool is_for_crews = false;
};
BOOST_DESCRIBE_STRUCT(WorkflowView, (), (name, version, title, states, is_for_crews))
struct PresetView {
    std::string name, title;
    std::string row;  ///< as cases/clock_preset.h reads it
};
BOOST_DESCRIBE_STRUCT(PresetView, (), (name, title, row))
struct RulesView {
    std::vector<WorkflowView> workflows;
    std::vector<PresetView> clock_presets;
};
BOOST_DESCRIBE_STRUCT(RulesView, (), (workflows, clock_presets))
struct TypeForm {
    TypeText type;
    std::int64_t based_on = 0;  ///< the version that was changed
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(TypeForm, (), (type, based_on, reason))
struct ClassView {
    std::string code, title, initials;
    std::string path;  ///< "供热 / 室内不热"
    bool is_leaf = false;
};
BOOST_DESCRIBE_STRUCT(ClassView, (), (code, title, initials, path, is_leaf))

/// ?centre= of the user's own or below, else the user's own.
/// errors  not_found
Result<CentreId> centre_asked(Api& api, const Call& call) {
    const CentreId own = call.user().user.centre;
    YS_TRY(const std::uint64_t asked, number_argument(call, "centre"));
    const CentreId centre = asked == 0 ? own : CentreId{asked};
    if (!api.tree().is_within(centre, own)) return refused("not_found", RefusedAs::NotFound);
    return centre;
}

std::string code_in(const Call& call) {
    return cleaned(call.request.param("code"), code_bytes_max);
}

TypeView view_of(const KnownType& known, CentreId centre,
                 const std::map<UserId, std::string>& names) {
    const auto name = names.find(known.changed_by);
    return {.type = text_of(known.type),
            .version = known.type.version,
            .centre_id = known.centre,
            .is_own = known.centre == centre,
            .changed_at = known.changed_at,
            .changed_by_name = name == names.end() ? "" : name->second,
            .reason = known.reason};
}

Result<std::vector<TypeView>> views_of(sql::Database& db, const std::vector<KnownType>& types,
                                       const Lineage& lineage) {
    YS_TRY(const auto users, centres::UserStore::users(db, Scope{lineage}));
    std::map<UserId, std::string> names;
    for (const centres::UserRow& user : users) names[user.id] = user.name;
    std::vector<TypeView> out;
    for (const KnownType& each : types) out.push_back(view_of(each, lineage.front(), names));
    return out;
}

Task<http::Response> types(Api& api, Call& call) {
    YS_CO_TRY(const CentreId centre, centre_asked(api, call));
    auto query = [=](sql::Database& db) -> Result<std::vector<TypeView>> {
        YS_TRY(const Lineage lineage, TypeStore::lineage(db, centre));
        YS_TRY(const auto all, TypeStore::newest(db, lineage));
        return views_of(db, all, lineage);
    };
    YS_CO_TRY(const std::vector<TypeView> items, co_await api.stores().read(query));
    co_return answer_with_page(items);
}

Task<http::Response> versions(Api& api, Call& call) {
    YS_CO_TRY(const CentreId centre, centre_asked(api, call));
    const std::string code = code_in(call);
    auto query = [=](sql::Database& db) -> Result<std::vector<TypeView>> {
        YS_TRY(const Lineage lineage, TypeStore::lineage(db, centre));
        YS_TRY(const auto all, TypeStore::versions(db, lineage, code));
        if (all.empty()) return refused("not_found", RefusedAs::NotFound);
        return views_of(db, all, lineage);
    };
    YS_CO_TRY(const std::vector<TypeView> items, co_await api.stores().read(query));
    co_return answer_with_page(items);
}

/// Every state that a case can be in, in the order that cases mostly go.
std::vector<std::string> states_of(const cases::Workflow& flow) {
    std::vector<std::string> out;
    for (const cases::CaseState state : cases::case_states) {
        const auto names = [&](const cases::CaseMove& m) {
            return m.from == state || m.to == state;
        };
        if (std::ranges::any_of(flow.moves, names)) out.emplace_back(cases::word(state));
    }
    return out;
}

Task<http::Response> rules(Api& api, Call&) {
    RulesView out;
    for (const auto& [title, flow] : api.handbook()->workflows())
        if (api.handbook()->newest_workflow(flow.name) == &flow)
            out.workflows.push_back(
                {flow.name, flow.version, title, states_of(flow), cases::is_for_crews(flow)});
    for (const auto& [title, preset] : api.handbook()->presets())
        out.clock_presets.push_back({preset.name, title, preset.row});
    co_return answer_with(out);
}

/// Faults of the description, and that a type keeps its code and nature: figures of years count
/// by them.
std::vector<Problem::Field> faults_in(const TypeText& text, const std::string& code,
                                      const std::optional<KnownType>& now,
                                      const cases::Handbook& handbook) {
    std::vector<Problem::Field> out;
    const auto add = [&](std::string field, std::string_view why) {
        const auto same = std::ranges::find(out, field, &Problem::Field::name);
        if (same == out.end()) out.push_back({std::move(field), std::string(why)});
    };
    if (text.code != code) add("code", "code_shape");
    if (now && text.nature != word(now->type.nature)) add("nature", "by_kind");
    for (const cases::TypeFault& fault : cases::faults(text, handbook))
        add(fault.field, fault.code);
    return out;
}

Result<KnownType> put_type(sql::Transaction& tx, const Lineage& lineage, cases::CaseType type,
                           const cases::TypeChange& change) {
    YS_TRY(KnownType known, TypeStore::put(tx, lineage, std::move(type), change));
    if (known.type.version == change.based_on) return known;
    const facts::Fact fact{
        change.now,
        lineage.front(),
        {},
        AgentId{change.user.value},
        facts::SupervisorActed{
            change.user.value, "change_type",
            known.type.title + " " + std::to_string(known.type.version) + ": " + change.reason}};
    YS_TRY([[maybe_unused]] const Done told, journal::Journal::append(tx, {&fact, 1}));
    return known;
}

Task<http::Response> change(Api& api, Call& call) {
    YS_CO_TRY(const CentreId centre, centre_asked(api, call));
    YS_CO_TRY([[maybe_unused]] const Done may,
              api.authorise(call.user(), Action::ChangeSettings, {.centre = centre, .owner = {}}));
    YS_CO_TRY(const TypeForm form, body_of<TypeForm>(call));
    cases::TypeChange made{call.user().user.id, utc_now(), {}, form.based_on};
    YS_CO_TRY(made.reason, form_text(form.reason, reason_bytes_max, "reason"));
    const std::string code = code_in(call);
    auto look = [=](sql::Database& db) -> Result<std::optional<KnownType>> {
        YS_TRY(const Lineage lineage, TypeStore::lineage(db, centre));
        return TypeStore::newest(db, lineage, code);
    };
    YS_CO_TRY(const std::optional<KnownType> now, co_await api.stores().read(look));
    Problem problem{422, "bad_field", faults_in(form.type, code, now, *api.handbook()), {}};
    if (trimmed(made.reason).empty()) problem.fields.push_back({"reason", "reason_needed"});
    if (!problem.fields.empty()) co_return problem_response(problem, call.language);
    YS_CO_TRY(const cases::CaseType type, cases::type_of(form.type, 1));
    auto work = [=](sql::Transaction& tx) -> Result<TypeView> {
        YS_TRY(const Lineage lineage, TypeStore::lineage(tx.db(), centre));
        YS_TRY(const KnownType known, put_type(tx, lineage, type, made));
        YS_TRY(const auto views, views_of(tx.db(), {known}, lineage));
        return views.front();
    };
    YS_CO_TRY(const TypeView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

Task<http::Response> classes(Api& api, Call& call) {
    YS_CO_TRY(const CentreId centre, centre_asked(api, call));
    const std::string code = cleaned(call.request.argument("type"), code_bytes_max);
    const std::string typed = cleaned(call.request.argument("q"), typed_bytes_max);
    auto query = [=](sql::Database& db) -> Result<std::optional<KnownType>> {
        YS_TRY(const Lineage lineage, TypeStore::lineage(db, centre));
        return TypeStore::newest(db, lineage, code);
    };
    YS_CO_TRY(const std::optional<KnownType> known, co_await api.stores().read(query));
    std::vector<ClassView> items;
    if (known) {
        const cases::ClassTree& tree = known->type.classes;
        for (const cases::ClassNode* node : tree.search(typed, classes_shown))
            items.push_back({node->code, node->title, node->initials, tree.path_title(node->code),
                             tree.is_leaf(node->code)});
    }
    co_return answer_with_page(items);
}

}  // namespace

std::vector<Route> case_type_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/case-types",
         .summary = "The newest version of each case type: form, classes, workflow and clocks.",
         .handler = types,
         .query = {"centre"},
         .gives = page_schema_for<TypeView>},
        {.method = "GET",
         .pattern = "/api/v1/case-types/{code}/versions",
         .summary = "Every version of a type, who made it and why; newest first.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = versions,
         .query = {"centre"},
         .gives = page_schema_for<TypeView>},
        {.method = "GET",
         .pattern = "/api/v1/case-rules",
         .summary = "The workflows and clocks that a type may name.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = rules,
         .gives = schema_for<RulesView>},
        {.method = "PUT",
         .pattern = "/api/v1/case-types/{code}",
         .summary = "A new type or a new version of one; old cases keep theirs.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = change,
         .query = {"centre"},
         .takes = schema_for<TypeForm>,
         .gives = schema_for<TypeView>},
        {.method = "GET",
         .pattern = "/api/v1/case-classes",
         .summary = "Classes of a type by a piece of their title or by pinyin initials.",
         .handler = classes,
         .query = {"type", "q", "centre"},
         .gives = page_schema_for<ClassView>},
    };
}

}  // namespace ys::api
