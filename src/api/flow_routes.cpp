// SPDX-License-Identifier: Apache-2.0
// Flows: found, read, written, published at their minute, brought back. What has a fault is never
// published; who wrote may publish, for the proof is the second pair of eyes and every step has its
// reason (docs/decisions/0012).
#include <set>
#include <utility>

#include "api/answer.h"
#include "api/flow_view.h"
#include "api/flows_port.h"
#include "api/problem.h"
#include "base/text.h"
#include "interactions/io/setup_store.h"
#include "ivr/flow_difference.h"
#include "ivr/flow_text.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;
using interactions::FlowHouse;
using interactions::FlowStep;
using interactions::FlowStore;
using interactions::FlowVersionRow;

constexpr std::size_t why_bytes_max = 300, name_bytes_max = 40;

struct FlowDraftForm {
    std::optional<std::string> text;
    std::optional<ivr::FlowForm> flow;
    std::uint32_t based_on = 0;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(FlowDraftForm, (), (text, flow, based_on, why))
struct FlowActForm {
    std::string verb;  ///< "publish" "drop" "withdraw" "roll_back"
    std::uint32_t version = 0;
    std::optional<UtcTime> at;  ///< none: now
    std::string why;
};
BOOST_DESCRIBE_STRUCT(FlowActForm, (), (verb, version, at, why))
struct LineChangeView {
    std::string kind, text;
};
BOOST_DESCRIBE_STRUCT(LineChangeView, (), (kind, text))
struct NodeChangeView {
    std::string kind, node;
    std::int32_t line_before = 0, line_after = 0;
    std::vector<LineChangeView> lines;
};
BOOST_DESCRIBE_STRUCT(NodeChangeView, (), (kind, node, line_before, line_after, lines))
struct FlowDifferenceView {
    std::uint32_t from = 0, to = 0;
    std::vector<LineChangeView> head;
    std::vector<NodeChangeView> nodes;
};
BOOST_DESCRIBE_STRUCT(FlowDifferenceView, (), (from, to, head, nodes))
struct NamedThing {
    std::string name, title;
};
BOOST_DESCRIBE_STRUCT(NamedThing, (), (name, title))
struct PromptView {
    std::string name, text;
};
BOOST_DESCRIBE_STRUCT(PromptView, (), (name, text))
struct FlowWords {
    std::vector<NamedThing> queues, skills;
    std::vector<PromptView> prompts;
    std::vector<std::string> tags;
};
BOOST_DESCRIBE_STRUCT(FlowWords, (), (queues, skills, prompts, tags))

std::string name_in_path(const Call& call) {
    return cleaned(call.request.param("name"), name_bytes_max);
}
std::string language_of(const Call& call) { return std::string(call.language); }

/// errors  reason_needed
Result<std::string> why_in(const std::string& text) {
    YS_TRY(std::string why, form_text(text, why_bytes_max, "why"));
    if (trimmed(why).empty()) return refused("bad_field:why=reason_needed", RefusedAs::Unfit);
    return why;
}

/// What the store says of a step that cannot be.
template <class T>
Result<T> or_not_now(Result<T> done) {
    if (!done && done.error().code == std::errc::operation_not_permitted)
        return refused("not_now", RefusedAs::Conflict);
    return done;
}

// ---- reading -----------------------------------------------------------------------------------

Task<http::Response> flows(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeKnowledge);
    const Scope edits = api.scope_of(call.user(), Action::ChangeSettings);
    auto query = [=, language =
                         language_of(call)](sql::Database& db) -> Result<std::vector<FlowLine>> {
        YS_TRY(const FlowContext context, flow_context(db));
        YS_TRY(const auto rows, FlowStore::flows(db, scope));
        std::vector<FlowLine> out;
        for (const auto& row : rows) {
            YS_TRY(FlowView view, flow_view(db, scope, edits, context, row.name, language));
            out.push_back(std::move(view.line));
        }
        return out;
    };
    YS_CO_TRY(const std::vector<FlowLine> lines, co_await api.stores().read(query));
    co_return answer_with_page(lines);
}

Task<FlowView> view_now(Api& api, const Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeKnowledge);
    const Scope edits = api.scope_of(call.user(), Action::ChangeSettings);
    auto query = [=, name = name_in_path(call),
                  language = language_of(call)](sql::Database& db) -> Result<FlowView> {
        YS_TRY(const FlowContext context, flow_context(db));
        return flow_view(db, scope, edits, context, name, language);
    };
    co_return co_await api.stores().read(query);
}

Task<http::Response> flow(Api& api, Call& call) {
    YS_CO_TRY(const FlowView view, co_await view_now(api, call));
    co_return answer_with(view);
}

/// One version with everything the checker says of it in this house.
Task<FlowVersionView> version_now(Api& api, const Call& call, std::uint32_t number) {
    const Scope scope = api.scope_of(call.user(), Action::SeeKnowledge);
    const Scope edits = api.scope_of(call.user(), Action::ChangeSettings);
    auto query = [=, name = name_in_path(call), language = language_of(call),
                  prompts = prompts_of(api),
                  hears = hears(api)](sql::Database& db) -> Result<FlowVersionView> {
        YS_TRY(const FlowContext context, flow_context(db));
        YS_TRY(FlowView view, flow_view(db, scope, edits, context, name, language));
        YS_TRY(const FlowVersionRow row, FlowStore::version(db, scope, name, number));
        FlowVersionView out;
        out.line = std::move(view.line);
        out.version = line_of(row, context, language);
        const FlowHouse house{context.setup, prompts, hears};
        out.checked = checked_flow(row.text, name, &house, language);
        return out;
    };
    co_return co_await api.stores().read(query);
}

Task<http::Response> version(Api& api, Call& call) {
    YS_CO_TRY(const std::uint64_t number, number_in_path(call, "number"));
    YS_CO_TRY(const FlowVersionView view,
              co_await version_now(api, call, static_cast<std::uint32_t>(number)));
    co_return answer_with(view);
}

Task<http::Response> words(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeKnowledge);
    auto query = [=, name = name_in_path(call)](sql::Database& db) -> Result<FlowWords> {
        YS_TRY(const auto row, FlowStore::flow(db, scope, name));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        YS_TRY(const auto setup, interactions::SetupStore::load(db));
        FlowWords out;
        std::set<std::string> told;
        for (const auto& number : setup.numbers)
            for (const auto& queue : setup.queues)
                if (number.flow == name && queue.centre == number.centre &&
                    told.insert(queue.name).second)
                    out.queues.push_back({queue.name, queue.title});
        for (const auto& skill : setup.skills) out.skills.push_back({skill.name, skill.title});
        return out;
    };
    YS_CO_TRY(FlowWords out, co_await api.stores().read(query));
    if (const auto* prompts = prompts_of(api))
        for (const auto& [name, text] : *prompts) out.prompts.push_back({name, text});
    out.tags = {"elder"};  // What the pop and the lane for elders go by; others may be typed.
    co_return answer_with(out);
}

std::vector<LineChangeView> views_of(const std::vector<ivr::LineChange>& lines) {
    std::vector<LineChangeView> out;
    for (const ivr::LineChange& each : lines)
        out.push_back({each.kind == ivr::LineChange::Kind::Added ? "added" : "removed", each.text});
    return out;
}

Result<FlowDifferenceView> difference_of(const FlowVersionRow& from, const FlowVersionRow& to) {
    const auto before = ivr::parse_flow(from.text), after = ivr::parse_flow(to.text);
    if (!before || !after) return refused("does_not_read", RefusedAs::Conflict);
    const ivr::FlowDifference found = ivr::flow_difference(*before, *after);
    FlowDifferenceView out{from.number, to.number, views_of(found.head), {}};
    for (const ivr::NodeChange& each : found.nodes) {
        using Kind = ivr::NodeChange::Kind;
        const char* kind = each.kind == Kind::Added     ? "added"
                           : each.kind == Kind::Removed ? "removed"
                                                        : "changed";
        out.nodes.push_back(
            {kind, each.node, each.line_before, each.line_after, views_of(each.lines)});
    }
    return out;
}

Task<http::Response> difference(Api& api, Call& call) {
    YS_CO_TRY(const std::uint64_t from, number_argument(call, "from"));
    YS_CO_TRY(const std::uint64_t to, number_argument(call, "to"));
    const Scope scope = api.scope_of(call.user(), Action::SeeKnowledge);
    auto query = [=, name = name_in_path(call)](sql::Database& db) -> Result<FlowDifferenceView> {
        YS_TRY(const auto before,
               FlowStore::version(db, scope, name, static_cast<std::uint32_t>(from)));
        YS_TRY(const auto after,
               FlowStore::version(db, scope, name, static_cast<std::uint32_t>(to)));
        return difference_of(before, after);
    };
    YS_CO_TRY(const FlowDifferenceView out, co_await api.stores().read(query));
    co_return answer_with(out);
}

// ---- changing ----------------------------------------------------------------------------------

/// The flow of the path, changed by this user. errors  not_found, not_allowed
Task<Done> may_change(Api& api, const Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeKnowledge);
    const Scope edits = api.scope_of(call.user(), Action::ChangeSettings);
    auto query = [=, name = name_in_path(call)](sql::Database& db) -> Result<Done> {
        Scope both = scope;
        both.centres.insert(both.centres.end(), edits.centres.begin(), edits.centres.end());
        YS_TRY(const auto row, FlowStore::flow(db, both, name));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        if (!edits.contains(row->centre_id)) return refused("not_allowed", RefusedAs::NotAllowed);
        return Done{};
    };
    co_return co_await api.stores().read(query);
}

Task<http::Response> save(Api& api, Call& call) {
    YS_CO_TRY([[maybe_unused]] const Done may, co_await may_change(api, call));
    YS_CO_TRY(const FlowDraftForm form, body_of<FlowDraftForm>(call));
    YS_CO_TRY(const std::string why, why_in(form.why));
    const FlowSource source{form.text, form.flow};
    YS_CO_TRY(const std::string typed, text_in(source));
    const CheckedFlow checked = checked_flow(typed, "", nullptr, call.language);
    const Scope edits = api.scope_of(call.user(), Action::ChangeSettings);
    const FlowStep step{call.user().user.id, why, utc_now()};
    auto work = [=, name = name_in_path(call), based_on = form.based_on,
                 text = checked.text](sql::Transaction& tx) {
        return FlowStore::write(tx, edits, name, text, based_on, step);
    };
    YS_CO_TRY(const FlowVersionRow row, co_await api.stores().write(work));
    YS_CO_TRY(const FlowVersionView view, co_await version_now(api, call, row.number));
    co_return answer_with(view, 201);
}

/// Faults in the house as it stands; who publishes is told each.
http::Response faults_told(const FlowVersionView& view, std::string_view language) {
    Problem problem;
    problem.status = 409;
    problem.code = "flow_has_faults";
    for (const FlowFaultView& f : view.checked.faults)
        problem.fields.push_back({f.node, f.code, f.sentence});
    return problem_response(problem, language);
}

Result<Done> act_in(sql::Transaction& tx, const Scope& scope, const std::string& name,
                    const FlowActForm& form, UtcTime from, const FlowStep& step) {
    if (form.verb == "publish")
        return FlowStore::publish(tx, scope, name, form.version, from, step);
    if (form.verb == "drop") return FlowStore::drop(tx, scope, name, form.version, step);
    if (form.verb == "withdraw") return FlowStore::withdraw(tx, scope, name, form.version, step);
    YS_TRY([[maybe_unused]] const FlowVersionRow row,
           FlowStore::roll_back(tx, scope, name, form.version, from, step));
    return Done{};
}

Task<http::Response> act(Api& api, Call& call) {
    YS_CO_TRY([[maybe_unused]] const Done may, co_await may_change(api, call));
    YS_CO_TRY(const FlowActForm form, body_of<FlowActForm>(call));
    const bool publishes = form.verb == "publish" || form.verb == "roll_back";
    if (!publishes && form.verb != "drop" && form.verb != "withdraw")
        co_return refused("bad_field:verb", RefusedAs::Unfit);
    YS_CO_TRY(const std::string why, why_in(form.why));
    YS_CO_TRY(const FlowVersionView view, co_await version_now(api, call, form.version));
    if (publishes && !view.checked.faults.empty()) co_return faults_told(view, call.language);
    const Scope edits = api.scope_of(call.user(), Action::ChangeSettings);
    const FlowStep step{call.user().user.id, why, utc_now()};
    const UtcTime from = form.at ? std::max(*form.at, step.now) : step.now;
    auto work = [=, name = name_in_path(call)](sql::Transaction& tx) {
        return or_not_now(act_in(tx, edits, name, form, from, step));
    };
    YS_CO_TRY([[maybe_unused]] const Done done, co_await api.stores().write(work));
    if (api.ports().flows != nullptr) {
        YS_CO_TRY([[maybe_unused]] const Done switched, co_await api.ports().flows->switch_due());
    }
    YS_CO_TRY(const FlowView after, co_await view_now(api, call));
    co_return answer_with(after);
}

}  // namespace

std::vector<Route> flow_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/flows",
         .summary = "Flows, the version in force, the draft and what is to come.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = flows,
         .gives = page_schema_for<FlowLine>},
        {.method = "GET",
         .pattern = "/api/v1/flows/{name}",
         .summary = "A flow with all its versions.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = flow,
         .gives = schema_for<FlowView>},
        {.method = "GET",
         .pattern = "/api/v1/flows/{name}/words",
         .summary = "Queues, skills and prompts that a flow may name.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = words,
         .gives = schema_for<FlowWords>},
        {.method = "GET",
         .pattern = "/api/v1/flows/{name}/versions/{number}",
         .summary = "A version as text and as forms, with its faults.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = version,
         .gives = schema_for<FlowVersionView>},
        {.method = "GET",
         .pattern = "/api/v1/flows/{name}/difference",
         .summary = "What one version changed against another.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = difference,
         .query = {"from", "to"},
         .gives = schema_for<FlowDifferenceView>},
        {.method = "POST",
         .pattern = "/api/v1/flows/{name}/versions",
         .summary = "Saves a draft; refused when somebody wrote one in the meantime.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = save,
         .takes = schema_for<FlowDraftForm>,
         .gives = schema_for<FlowVersionView>},
        {.method = "POST",
         .pattern = "/api/v1/flows/{name}/acts",
         .summary = "Publishes now or at a minute, drops, withdraws or rolls back a version.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = act,
         .takes = schema_for<FlowActForm>,
         .gives = schema_for<FlowView>},
    };
}

}  // namespace ys::api
