// SPDX-License-Identifier: Apache-2.0
// Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): other organisations file cases here and ask
// how far they are. Their key is the right; they see what they filed and nothing else.
#include <algorithm>

#include "api/answer.h"
#include "api/api.h"
#include "base/text.h"
#include "cases/case_engine.h"
#include "cases/io/case_filing.h"
#include "cases/service_promise.h"
#include "exchange/io/exchange_store.h"
#include "exchange/io/open311.h"
#include "platform/clock.h"
#include "platform/http/syntax.h"
#include "platform/password/token.h"

namespace ys::api {
namespace {

using cases::CaseRow;
using exchange::ExchangeStore;
using exchange::LinkRow;
using exchange::PartnerRow;

struct Open311Service {
    std::string service_code, service_name, description;
    bool metadata = false;
    std::string type = "realtime";
    std::string keywords, group;
};
BOOST_DESCRIBE_STRUCT(Open311Service, (),
                      (service_code, service_name, description, metadata, type, keywords, group))
struct Open311Filed {
    std::string service_request_id, service_notice, account_id;
};
BOOST_DESCRIBE_STRUCT(Open311Filed, (), (service_request_id, service_notice, account_id))
/// The last two are ours beside the specification's: when a unit took it, and our own state.
struct Open311Request {
    std::string service_request_id, status, status_notes, service_name, service_code, description,
        agency_responsible, service_notice;
    UtcTime requested_datetime, updated_datetime;
    std::optional<UtcTime> expected_datetime;
    std::string address;
    bool acknowledged = false;
    std::string state;
};
BOOST_DESCRIBE_STRUCT(Open311Request, (),
                      (service_request_id, status, status_notes, service_name, service_code,
                       description, agency_responsible, service_notice, requested_datetime,
                       updated_datetime, expected_datetime, address, acknowledged, state))
struct Open311Fault {
    int code = 400;
    std::string description;
};
BOOST_DESCRIBE_STRUCT(Open311Fault, (), (code, description))

http::Response fault(int status, std::string description) {
    return answer_with(std::vector{Open311Fault{status, std::move(description)}}, status);
}

/// A parameter of the form or of the query.
struct Parameters {
    const Call& call;
    http::Pairs form{};
    std::string operator()(std::string_view name, std::size_t bytes_max) const {
        for (const auto& [key, value] : form)
            if (key == name) return cleaned(value, bytes_max);
        return cleaned(call.request.argument(name), bytes_max);
    }
};

Task<std::optional<PartnerRow>> partner_of(Api& api, const Parameters& given) {
    constexpr std::size_t key_bytes_max = 200;
    std::string key = given("api_key", key_bytes_max);
    if (key.empty()) key = cleaned(given.call.request.header("x-api-key"), key_bytes_max);
    if (key.empty()) co_return std::optional<PartnerRow>{};
    auto query = [hash = password::sha256_hex(key)](sql::Database& db) {
        return ExchangeStore::by_key(db, hash);
    };
    co_return co_await api.stores().read(query);
}

http::Response no_key() { return fault(403, "api_key is missing or unknown"); }

Task<http::Response> services(Api&, Call&) {
    std::vector<Open311Service> out;
    for (const cases::Kind& kind : cases::kinds)
        out.push_back({.service_code = std::string(kind.name),
                       .service_name = std::string(kind.title),
                       .description = std::string(kind.title),
                       .group = kind.needs_address ? "address_string is needed" : ""});
    co_return answer_with(out);
}

CaseRow row_of(const Parameters& given) {
    CaseRow row;
    row.kind = given("service_code", 64);
    row.detail = given("description", cases::detail_bytes_max);
    row.title = cleaned(row.detail, cases::title_bytes_max / 2);
    row.address = given("address_string", cases::line_bytes_max);
    row.name = given("last_name", 100) + given("first_name", 100);
    row.phone = given("phone", 40);
    row.urgency = "normal";
    const std::string latitude = given("lat", 24), longitude = given("long", 24);
    if (!latitude.empty() && !longitude.empty())
        row.detail += "\n(" + latitude + ", " + longitude + ")";
    return row;
}

/// What GeoReport calls a 400: each wrong field with its code.
std::string faults_of(const CaseRow& row) {
    const cases::CaseForm form{.kind = row.kind,
                               .title = row.title,
                               .detail = row.detail,
                               .contact_name = row.name,
                               .contact_number = row.phone,
                               .address = row.address};
    std::string out;
    for (const cases::FieldFault& wrong : cases::faults(form))
        out +=
            (out.empty() ? "" : ", ") + std::string(wrong.field) + ": " + std::string(wrong.code);
    return out;
}

Result<CaseRow> take_in(sql::Transaction& tx, const cases::Handbook& handbook,
                        const PartnerRow& partner, const CaseRow& row, const std::string& their_id,
                        const cases::Saving& saving) {
    YS_TRY(CaseRow saved, cases::CaseStore::create(tx, partner.centre_id, row, saving));
    YS_TRY(saved, cases::file_and_promise(tx, handbook, saved, {}, saving.now));
    YS_TRY(const auto before, ExchangeStore::link(tx.db(), partner.name, "in", saved.id));
    if (before) return saved;  // sent twice
    const LinkRow link{partner.name, "in", saved.id, saved.centre_id, their_id, "", saving.now};
    YS_TRY([[maybe_unused]] const Done kept, ExchangeStore::put_link(tx, link));
    const facts::Fact fact{saving.now,
                           saved.centre_id,
                           {},
                           {},
                           facts::ExchangeMoved{.partner = partner.name,
                                                .direction = "in",
                                                .case_id = saved.id.value,
                                                .what = "filed",
                                                .note = their_id}};
    YS_TRY([[maybe_unused]] const Done told, journal::Journal::append(tx, {&fact, 1}));
    return saved;
}

Task<http::Response> file(Api& api, Call& call) {
    auto form = http::parse_query(call.request.body);
    if (!form) co_return fault(400, "the form cannot be read");
    const Parameters given{call, *std::move(form)};
    YS_CO_TRY(const auto partner, co_await partner_of(api, given));
    if (!partner) co_return no_key();
    const CaseRow row = row_of(given);
    if (const std::string wrong = faults_of(row); !wrong.empty()) co_return fault(400, wrong);
    const std::string their_id = given("account_id", 64);
    cases::Saving saving;
    saving.now = utc_now();
    saving.utc_offset = api.settings().utc_offset;
    std::string key = cleaned(call.request.header("idempotency-key"), 100);
    if (key.empty()) key = their_id;
    // Keys of partners belong to no user; the name keeps them apart.
    if (!key.empty()) saving.idempotency_key = "partner:" + partner->name + ":" + key;
    auto work = [=, handbook = api.handbook()](sql::Transaction& tx) {
        return take_in(tx, *handbook, *partner, row, their_id, saving);
    };
    YS_CO_TRY(const CaseRow saved, co_await api.stores().write(work));
    co_return answer_with(std::vector{Open311Filed{exchange::request_id(saved), "", their_id}},
                          201);
}

Result<Open311Request> request_of(sql::Database& db, const cases::Handbook& handbook,
                                  const CaseRow& row) {
    const cases::Kind* kind = cases::find_kind(row.kind);
    Open311Request out{.service_request_id = exchange::request_id(row),
                       .status = row.status == "closed" ? "closed" : "open",
                       .service_name = kind ? std::string(kind->title) : row.kind,
                       .service_code = row.kind,
                       .description = row.detail,
                       .requested_datetime = row.created_at,
                       .updated_datetime = row.changed_at,
                       .expected_datetime = row.promised_at,
                       .address = row.address};
    YS_TRY(const auto stored, cases::CaseFileStore::get(db, Scope::of(row.centre_id), row.id));
    YS_TRY(const auto units, cases::UnitStore::load(db, row.centre_id));
    if (!stored || !units) return out;
    const cases::CaseFile& f = stored->file;
    out.status = exchange::request_status(f.state);
    out.state = cases::word(f.state);
    out.updated_datetime = std::max(row.changed_at, f.last_at);
    out.acknowledged = f.state != cases::CaseState::Filed &&
                       f.state != cases::CaseState::Dispatched &&
                       f.state != cases::CaseState::Returned;
    out.expected_datetime = cases::closing_deadline(handbook.rules(f.type, units->tree), f);
    if (const cases::Unit* unit = units->tree.find(f.responsible))
        out.agency_responsible = unit->name;
    // Only what the citizen was told: a reply before its review is nobody else's.
    if (f.reply && f.told_at)
        for (const auto& [number, words] : f.reply->answers)
            out.status_notes += (out.status_notes.empty() ? "" : "\n") + words;
    return out;
}

Result<std::vector<Open311Request>> requests_of(sql::Database& db, const cases::Handbook& handbook,
                                                const PartnerRow& partner,
                                                const std::vector<std::string>& wanted,
                                                std::string_view status, std::size_t limit) {
    YS_TRY(auto links, ExchangeStore::links(db, partner.name, "in"));
    std::ranges::reverse(links);
    std::vector<Open311Request> out;
    for (const LinkRow& link : links) {
        if (out.size() == limit) break;
        YS_TRY(const auto row, cases::CaseStore::get(db, Scope::of(link.centre_id), link.case_id));
        if (!row) continue;
        const std::string id = exchange::request_id(*row);
        if (!wanted.empty() && std::ranges::find(wanted, id) == wanted.end()) continue;
        YS_TRY(Open311Request each, request_of(db, handbook, *row));
        if (status.empty() || each.status == status) out.push_back(std::move(each));
    }
    return out;
}

Task<http::Response> answer_requests(Api& api, Call& call, std::vector<std::string> wanted) {
    constexpr std::size_t requests_max = 1'000;  // the specification's own
    const Parameters given{call};
    YS_CO_TRY(const auto partner, co_await partner_of(api, given));
    if (!partner) co_return no_key();
    const bool is_one = call.request.param("id") != "";
    auto query = [wanted = std::move(wanted), partner = *partner, status = given("status", 16),
                  handbook = api.handbook()](sql::Database& db) {
        return requests_of(db, *handbook, partner, wanted, status, requests_max);
    };
    YS_CO_TRY(const auto found, co_await api.stores().read(query));
    if (is_one && found.empty()) co_return fault(404, "no such service_request_id");
    co_return answer_with(found);
}

Task<http::Response> list(Api& api, Call& call) {
    constexpr std::size_t ids_max = 100;
    std::vector<std::string> wanted;
    for (const std::string_view id : split(call.request.argument("service_request_id"), ','))
        if (!id.empty() && wanted.size() < ids_max) wanted.emplace_back(id);
    co_return co_await answer_requests(api, call, std::move(wanted));
}

Task<http::Response> one(Api& api, Call& call) {
    std::string_view id = call.request.param("id");
    if (id.ends_with(".json")) id.remove_suffix(5);
    if (!exchange::request_number_from(id)) co_return fault(404, "no such service_request_id");
    std::vector<std::string> wanted(1, std::string(id));
    co_return co_await answer_requests(api, call, std::move(wanted));
}

}  // namespace

std::vector<Route> open311_routes() {
    return {
        {.method = "GET",
         .pattern = "/open311/v2/services.json",
         .summary = "Open311 GeoReport v2: kinds of case that may be filed.",
         .access = Access::Public,
         .handler = services,
         .gives = schema_for<std::vector<Open311Service>>},
        {.method = "POST",
         .pattern = "/open311/v2/requests.json",
         .summary = "Open311 GeoReport v2: files a case (form; api_key of a partner).",
         .access = Access::Public,
         .handler = file,
         .gives = schema_for<std::vector<Open311Filed>>},
        {.method = "GET",
         .pattern = "/open311/v2/requests.json",
         .summary = "Open311 GeoReport v2: what this partner filed, the newest first.",
         .access = Access::Public,
         .handler = list,
         .query = {"service_request_id", "status"},
         .gives = schema_for<std::vector<Open311Request>>},
        {.method = "GET",
         .pattern = "/open311/v2/requests/{id}",
         .summary = "Open311 GeoReport v2: one request, {id}.json.",
         .access = Access::Public,
         .handler = one,
         .gives = schema_for<std::vector<Open311Request>>},
    };
}

}  // namespace ys::api
