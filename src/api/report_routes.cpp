// SPDX-License-Identifier: Apache-2.0
// Figures from the journal, and who did what to whom.
#include <map>
#include <set>

#include "api/answer.h"
#include "api/api.h"
#include "platform/clock.h"
#include "platform/journal/fact_json.h"
#include "platform/journal/journal.h"
#include "platform/sql/where.h"

namespace ys::api {
namespace {

using centres::Action;

struct AuditView {
    UtcTime at;
    std::string kind;
    AgentId agent_id;
    std::string agent_name;
    UserId user_id;
    std::string user_name;
    InteractionId interaction_id;
    json::object body;
};
BOOST_DESCRIBE_STRUCT(AuditView, (),
                      (at, kind, agent_id, agent_name, user_id, user_name, interaction_id, body))

/// Midnight of today where the centres are.
UtcTime today_of(const Api& api) {
    const std::int64_t day_us = 86'400'000'000;
    const std::int64_t offset_us = std::chrono::microseconds(api.settings().utc_offset).count();
    const std::int64_t local = utc_now().us + offset_us;
    return UtcTime{local - local % day_us - offset_us};
}

Task<http::Response> kpi(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeKpi);
    YS_CO_TRY(const std::optional<UtcTime> from, time_argument(call, "from"));
    YS_CO_TRY(const std::optional<UtcTime> to, time_argument(call, "to"));
    const UtcTime first = from.value_or(today_of(api));
    const UtcTime last = to.value_or(UtcTime{utc_now().us + 1});
    if (last < first) co_return refused("bad_field:to", RefusedAs::Unfit);
    const AgentId agent = api.is_own_only(call.user(), Action::SeeKpi)
                              ? AgentId{call.user().user.id.value}
                              : AgentId{};
    const auto& figures = api.ports().kpi;
    auto query = [&figures, scope, first, last, agent](sql::Database& db) {
        return figures(db, scope, first, last, agent);
    };
    YS_CO_TRY(const json::value answer, co_await api.stores().read(query));
    co_return json_response(answer);
}

struct AuditQuery {
    Scope scope;
    std::uint64_t before = 0;
    UtcTime from{}, to{};
    std::size_t limit = 50;
    bool of_disclosures = false;  ///< those about 举报 only; else those about anything else
};
struct AuditPage {
    std::vector<AuditView> items;
    std::string next;
};

std::uint64_t user_in(const json::object& body) {
    for (const char* name : {"user", "supervisor"}) {
        const auto* value = body.if_contains(name);
        if (value && value->is_uint64()) return value->get_uint64();
        if (value && value->is_int64()) return static_cast<std::uint64_t>(value->get_int64());
    }
    return 0;
}

/// The case a fact is about, or none.
CaseId case_of(const facts::Fact& fact) {
    if (const auto* saved = std::get_if<facts::CaseSaved>(&fact.body))
        return CaseId{saved->case_id};
    if (const auto* seen = std::get_if<facts::CaseSeen>(&fact.body)) return CaseId{seen->case_id};
    const auto* whole = std::get_if<facts::PrivateSeen>(&fact.body);
    return CaseId{whole && whole->about == "case" ? whole->id : 0};
}

Result<std::set<CaseId>> disclosures_of(sql::Database& db, const Scope& scope) {
    sql::Where where(scope, "centre_id");
    where.also("is_confidential <> 0");
    std::set<CaseId> out;
    YS_TRY([[maybe_unused]] const auto n, db.run_with("SELECT id FROM cases" + where.text(),
                                                      where.values(), [&](const sql::Row& row) {
                                                          CaseId id;
                                                          row.get(0, id);
                                                          out.insert(id);
                                                      }));
    return out;
}

AuditView view_of(const facts::Fact& fact, const std::map<std::uint64_t, std::string>& names) {
    const auto name_of = [&names](std::uint64_t id) {
        const auto found = names.find(id);
        return found == names.end() ? std::string() : found->second;
    };
    AuditView view{.at = fact.at,
                   .kind = std::string(journal::kind_of(fact.body)),
                   .agent_id = fact.agent,
                   .agent_name = name_of(fact.agent.value),
                   .user_id = {},
                   .user_name = {},
                   .interaction_id = fact.interaction,
                   .body = {}};
    facts::Body shown = fact.body;
    journal::mask_private(shown);
    json::value body = journal::body_value(shown);
    if (body.is_object()) view.body = std::move(body.get_object());
    view.body.erase("policy");  // The rules whole: for replay, not for a line of a list.
    view.user_id = UserId{user_in(view.body)};
    view.user_name = name_of(view.user_id.value);
    return view;
}

/// Reads on until the page is full, the time is past, or 20 blocks were looked at.
Result<AuditPage> audit_in(sql::Database& db, AuditQuery query) {
    constexpr std::size_t block = 200;
    YS_TRY(const std::vector<centres::UserRow> users, centres::UserStore::users(db, query.scope));
    std::map<std::uint64_t, std::string> names;
    for (const centres::UserRow& user : users) names[user.id.value] = user.name;
    YS_TRY(const std::set<CaseId> disclosures, disclosures_of(db, query.scope));
    AuditPage page;
    for (int blocks = 0; blocks < 20; ++blocks) {
        YS_TRY(const std::vector<journal::Entry> entries,
               journal::Journal::audit(db, query.scope, query.before, block));
        for (const journal::Entry& entry : entries) {
            query.before = entry.seq;
            if (entry.fact.at < query.from) return page;
            if (!(entry.fact.at < query.to)) continue;
            if (disclosures.contains(case_of(entry.fact)) != query.of_disclosures) continue;
            page.items.push_back(view_of(entry.fact, names));
            page.next = std::to_string(entry.seq);
            if (page.items.size() == query.limit) return page;
        }
        if (entries.size() < block) break;
    }
    page.next.clear();
    return page;
}

Task<http::Response> answer_with_audit(Api& api, Call& call, AuditQuery wanted) {
    YS_CO_TRY(const std::optional<UtcTime> from, time_argument(call, "from"));
    YS_CO_TRY(const std::optional<UtcTime> to, time_argument(call, "to"));
    YS_CO_TRY(wanted.before, number_argument(call, "after"));
    YS_CO_TRY(wanted.limit, limit_of(call));
    wanted.from = from.value_or(UtcTime{});
    wanted.to = to.value_or(UtcTime{INT64_MAX});
    auto query = [wanted](sql::Database& db) { return audit_in(db, wanted); };
    YS_CO_TRY(const AuditPage page, co_await api.stores().read(query));
    co_return answer_with_page(page.items, page.next);
}

Task<http::Response> audit(Api& api, Call& call) {
    AuditQuery wanted;
    wanted.scope = api.scope_of(call.user(), Action::SeeAudit);
    co_return co_await answer_with_audit(api, call, wanted);
}

Task<http::Response> audit_of_disclosures(Api& api, Call& call) {
    if (api.is_own_only(call.user(), Action::SeeDisclosures))
        co_return refused("not_allowed", RefusedAs::NotAllowed);
    AuditQuery wanted;
    wanted.scope = api.scope_of(call.user(), Action::SeeDisclosures);
    wanted.of_disclosures = true;
    co_return co_await answer_with_audit(api, call, wanted);
}

}  // namespace

std::vector<Route> report_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/kpi",
         .summary = "The figures of `yingsheng kpi --json`; today when no times are given.",
         .access = Access::Right,
         .action = Action::SeeKpi,
         .handler = kpi,
         .query = {"from", "to"}},
        {.method = "GET",
         .pattern = "/api/v1/audit",
         .summary = "Who signed in, listened, whispered, forced, heard; newest first.",
         .access = Access::Right,
         .action = Action::SeeAudit,
         .handler = audit,
         .query = {"from", "to", "limit", "after"},
         .gives = page_schema_for<AuditView>},
        {.method = "GET",
         .pattern = "/api/v1/disclosures/audit",
         .summary = "Who saved, opened or unmasked a case told in confidence; newest first.",
         .access = Access::Right,
         .action = Action::SeeDisclosures,
         .handler = audit_of_disclosures,
         .query = {"from", "to", "limit", "after"},
         .gives = page_schema_for<AuditView>},
    };
}

}  // namespace ys::api
