// SPDX-License-Identifier: Apache-2.0
#include "app/exchange_events.h"

#include <algorithm>

#include <boost/json.hpp>

#include "cases/io/case_file_store.h"
#include "cases/io/case_sheet.h"
#include "cases/io/case_store.h"
#include "cases/io/defect_store.h"
#include "exchange/io/open311.h"

namespace ys::app {
namespace {

struct Happened {
    std::string type;  ///< "case.filed" …
    CaseId id;
    boost::json::object data;
};

std::optional<Happened> happened(const facts::Body& body) {
    if (const auto* saved = std::get_if<facts::CaseSaved>(&body))
        return Happened{saved->action == "created" ? "case.filed" : "case.changed",
                        CaseId{saved->case_id},
                        {{"kind", saved->kind}}};
    if (const auto* moved = std::get_if<facts::CaseMoved>(&body))
        return Happened{"case.moved",
                        CaseId{moved->case_id},
                        {{"verb", moved->verb}, {"from", moved->from}, {"to", moved->to}}};
    if (const auto* told = std::get_if<facts::CaseClockTold>(&body))
        return Happened{
            "case.clock", CaseId{told->case_id}, {{"clock", told->clock}, {"what", told->what}}};
    return std::nullopt;
}

bool hands_over(const Partner& partner, const facts::Body& body) {
    const auto* moved = std::get_if<facts::CaseMoved>(&body);
    return moved && partner.row.unit_id != 0 && moved->unit == partner.row.unit_id &&
           (moved->verb == "dispatch" || moved->verb == "assign");
}

boost::json::object week_of(const cases::TimeSpan& span, std::int64_t contacts) {
    return {{"from", to_rfc3339(span.from)}, {"to", to_rfc3339(span.to)}, {"contacts", contacts}};
}

/// What a defect is about and what it costs, without a word of any citizen's.
boost::json::object told_of(const cases::DefectRow& row, const cases::DefectWeeks& both,
                            const std::vector<cases::CauseMatch>& matches) {
    boost::json::array causes;
    for (const cases::CauseMatch& match : matches)
        causes.push_back(boost::json::object{{"cause", match.cause},
                                             {"type", match.type},
                                             {"place", match.place},
                                             {"route", match.route}});
    boost::json::object out{{"id", row.id.value},
                            {"kind", row.kind},
                            {"title", cases::without_long_numbers(row.title)},
                            {"state", row.state},
                            {"owner", row.owner},
                            {"due_on", row.due_on},
                            {"causes", std::move(causes)},
                            {"week_before", week_of(both.weeks.before, both.counts.before)},
                            {"answer_to", "/api/v1/partners/" + row.partner + "/defects"}};
    if (both.weeks.since && both.counts.since)
        out["last_week"] = week_of(*both.weeks.since, *both.counts.since);
    return out;
}

/// To the organisation that is to mend it, and to nobody else; what it said itself it knows.
Result<std::optional<exchange::DeliveryRow>> defect_told(sql::Transaction& tx,
                                                         const Partner& partner,
                                                         const facts::Fact& fact,
                                                         const facts::DefectMoved& moved) {
    const std::optional<exchange::DeliveryRow> nothing;
    if (!partner.row.has_hook || moved.user == 0) return nothing;
    YS_TRY(const auto row, cases::DefectStore::of_partner(tx.db(), partner.row.name,
                                                          cases::DefectId{moved.defect}));
    if (!row) return nothing;
    YS_TRY(const auto both, cases::DefectStore::weeks(tx.db(), *row, fact.at));
    YS_TRY(const auto matches, cases::DefectStore::matches(tx.db(), row->id));
    boost::json::object data = told_of(*row, both, matches);
    data["verb"] = moved.verb;
    exchange::DeliveryRow out;
    out.centre_id = fact.centre;
    out.made_at = out.next_at = fact.at;
    out.kind = "event";
    out.body = boost::json::serialize(boost::json::object{
        {"type", "defect.moved"}, {"timestamp", to_rfc3339(fact.at)}, {"data", std::move(data)}});
    return std::optional{std::move(out)};
}

}  // namespace

Result<std::optional<exchange::DeliveryRow>> delivery_of(sql::Transaction& tx,
                                                         const Partner& partner,
                                                         const journal::Entry& entry) {
    const std::optional<exchange::DeliveryRow> nothing;
    const facts::Fact& fact = entry.fact;
    if (std::ranges::find(partner.centres, fact.centre) == partner.centres.end()) return nothing;
    if (const auto* moved = std::get_if<facts::DefectMoved>(&fact.body))
        return defect_told(tx, partner, fact, *moved);
    auto event = happened(fact.body);
    if (!event) return nothing;
    const bool is_file = hands_over(partner, fact.body);
    if (!is_file && !partner.row.has_hook) return nothing;
    const Scope scope = Scope::of(fact.centre);
    YS_TRY(const auto row, cases::CaseStore::get(tx.db(), scope, event->id));
    if (!row) return nothing;
    YS_TRY(const auto stored, cases::CaseFileStore::get(tx.db(), scope, event->id));
    if (row->is_confidential || (stored && stored->file.is_confidential)) return nothing;
    exchange::DeliveryRow out;
    out.centre_id = fact.centre;
    out.case_id = event->id;
    out.made_at = out.next_at = fact.at;
    out.kind = is_file ? "file" : "event";
    if (is_file) return std::optional{std::move(out)};
    event->data["number"] = exchange::request_id(*row);
    if (stored) event->data["state"] = cases::word(stored->file.state);
    out.body = boost::json::serialize(boost::json::object{{"type", event->type},
                                                          {"timestamp", to_rfc3339(fact.at)},
                                                          {"data", std::move(event->data)}});
    return std::optional{std::move(out)};
}

}  // namespace ys::app
