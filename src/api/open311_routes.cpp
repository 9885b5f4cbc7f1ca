// SPDX-License-Identifier: Apache-2.0
// Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2): other organisations file cases here and ask
// how far they are. Their key is the right; they see what they filed and nothing else.
#include <algorithm>

#include "api/answer.h"
#include "api/api.h"
#include "api/case_answers.h"
#include "base/text.h"
#include "cases/case_engine.h"
#include "cases/io/case_filing.h"
#include "cases/io/type_store.h"
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
struct Open311Value {
    std::string key, name;
};
BOOST_DESCRIBE_STRUCT(Open311Value, (), (key, name))
struct Open311Attribute {
    bool variable = true;
    std::string code{}, datatype{};
    bool required = false;
    std::string datatype_description{};
    int order = 0;
    std::string description{};
    std::vector<Open311Value> values{};
};
BOOST_DESCRIBE_STRUCT(Open311Attribute, (),
                      (variable, code, datatype, required, datatype_description, order, description,
                       values))
struct Open311Definition {
    std::string service_code;
    std::vector<Open311Attribute> attributes;
};
BOOST_DESCRIBE_STRUCT(Open311Definition, (), (service_code, attributes))

/// The class of a type among its attributes; no field of a form can be called so.
constexpr std::string_view class_attribute = "class-code";

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

/// Whose types a partner files by; without a key those of the head centre.
Result<cases::Lineage> lineage_for(sql::Database& db, const std::optional<PartnerRow>& partner) {
    if (partner) return cases::TypeStore::lineage(db, partner->centre_id);
    YS_TRY(const CentreId head,
           db.value<CentreId>({}, "SELECT MIN(id) FROM centres WHERE parent_id = 0"));
    return cases::Lineage{head};
}

Open311Service service_of(const cases::CaseType& type) {
    const cases::Kind* kind = cases::kind_for(type.code, word(type.nature));
    const bool needs_address = kind != nullptr && kind->needs_address;
    return {.service_code = type.code,
            .service_name = type.title,
            .description = type.title,
            .metadata = !type.form.empty() || !type.classes.nodes().empty(),
            .group = needs_address ? "address_string is needed" : ""};
}

Task<http::Response> services(Api& api, Call& call) {
    const Parameters given{call};
    YS_CO_TRY(const std::optional<PartnerRow> partner, co_await partner_of(api, given));
    auto query = [partner](sql::Database& db) -> Result<std::vector<cases::KnownType>> {
        YS_TRY(const cases::Lineage lineage, lineage_for(db, partner));
        return cases::TypeStore::newest(db, lineage);
    };
    YS_CO_TRY(const auto types, co_await api.stores().read(query));
    std::vector<Open311Service> out;
    for (const cases::KnownType& known : types) out.push_back(service_of(known.type));
    if (!types.empty()) co_return answer_with(out);
    for (const cases::Kind& kind : cases::kinds)
        out.push_back({.service_code = std::string(kind.name),
                       .service_name = std::string(kind.title),
                       .description = std::string(kind.title),
                       .group = kind.needs_address ? "address_string is needed" : ""});
    co_return answer_with(out);
}

/// The words of GeoReport for what a field takes.
std::string datatype_of(const cases::FormField& field) {
    constexpr std::size_t long_text = 200;
    switch (field.kind) {
        case cases::FieldKind::Number:
            return "number";
        case cases::FieldKind::Choice:
        case cases::FieldKind::YesNo:
            return "singlevaluelist";
        case cases::FieldKind::Date:
            return "datetime";
        case cases::FieldKind::Text:
            return field.chars_max > long_text ? "text" : "string";
        default:
            return "string";
    }
}

Open311Attribute attribute_of(const cases::FormField& field, int order) {
    Open311Attribute out{.code = field.code,
                         .datatype = datatype_of(field),
                         // One that hangs on another is not asked of everybody.
                         .required = field.is_required && !field.shown_when,
                         .datatype_description = field.unit,
                         .order = order,
                         .description = field.title};
    for (const cases::FieldChoice& each : field.choices)
        out.values.push_back({each.code, each.title});
    if (field.kind == cases::FieldKind::YesNo) out.values = {{"yes", "是"}, {"no", "否"}};
    return out;
}

Open311Definition definition_of(const cases::CaseType& type) {
    Open311Definition out{.service_code = type.code, .attributes = {}};
    if (!type.classes.nodes().empty()) {
        Open311Attribute classes{.code = std::string(class_attribute),
                                 .datatype = "singlevaluelist",
                                 .required = true,
                                 .order = 1,
                                 .description = "诉求类别"};
        for (const cases::ClassNode& node : type.classes.nodes())
            if (type.classes.is_leaf(node.code))
                classes.values.push_back({node.code, type.classes.path_title(node.code)});
        out.attributes.push_back(std::move(classes));
    }
    for (const cases::FormField& field : type.form)
        out.attributes.push_back(attribute_of(field, static_cast<int>(out.attributes.size()) + 1));
    return out;
}

Task<http::Response> service(Api& api, Call& call) {
    const Parameters given{call};
    YS_CO_TRY(const std::optional<PartnerRow> partner, co_await partner_of(api, given));
    std::string code = cleaned(call.request.param("code"), 64);
    if (code.ends_with(".json")) code.resize(code.size() - 5);
    auto query = [partner, code](sql::Database& db) -> Result<std::optional<cases::KnownType>> {
        YS_TRY(const cases::Lineage lineage, lineage_for(db, partner));
        return cases::TypeStore::newest(db, lineage, code);
    };
    YS_CO_TRY(const auto known, co_await api.stores().read(query));
    if (!known) co_return fault(404, "no such service_code");
    co_return answer_with(definition_of(known->type));
}

/// attribute[room_c]=16 and its like. Who sends any of them has read the definition, so that none
/// that is needed may be missing; who sends none files as by telephone, and the form stays open.
FormSent attributes_in(const Parameters& given) {
    constexpr std::string_view before = "attribute[";
    constexpr std::size_t attributes_max = 100, value_bytes_max = 16 * 1024;
    FormSent out;
    for (const auto& [key, value] : given.form) {
        if (!key.starts_with(before) || !key.ends_with(']')) continue;
        if (out.answers.size() >= attributes_max) break;
        const std::string code = key.substr(before.size(), key.size() - before.size() - 1);
        const std::string text = cleaned(value, value_bytes_max);
        if (code == class_attribute)
            out.class_code = text;
        else
            out.answers[code] = text;
    }
    return out;
}

/// A moment of GeoReport is a day of ours.
void days_of_moments(const cases::AnswerForm& form, cases::Answers& answers) {
    constexpr std::size_t day_bytes = 10;
    for (const cases::FormField& field : form) {
        const auto it = answers.find(field.code);
        const bool is_moment = field.kind == cases::FieldKind::Date && it != answers.end() &&
                               it->second.size() > day_bytes && it->second[day_bytes] == 'T';
        if (is_moment) it->second.resize(day_bytes);
    }
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
std::string faults_of(const CaseRow& row, const FormTaken& taken) {
    const cases::CaseForm form{.kind = row.kind,
                               .nature = row.nature,
                               .title = row.title,
                               .detail = row.detail,
                               .contact_name = row.name,
                               .contact_number = row.phone,
                               .address = row.address};
    std::string out;
    for (const cases::FieldFault& wrong : cases::faults(form))
        out +=
            (out.empty() ? "" : ", ") + std::string(wrong.field) + ": " + std::string(wrong.code);
    for (const Problem::Field& wrong : api::faults_of(taken, "en"))
        out += (out.empty() ? "" : ", ") + wrong.name + ": " + wrong.text;
    return out;
}

/// A request as it came, by the type that its service is.
struct TakenIn {
    CaseRow row;
    FormTaken form;
};

Result<TakenIn> read_in(sql::Database& db, const PartnerRow& partner, CaseRow row, FormSent sent) {
    TakenIn out{.row = std::move(row), .form = {}};
    YS_TRY(const cases::Lineage lineage, cases::TypeStore::lineage(db, partner.centre_id));
    YS_TRY(const auto known, cases::TypeStore::newest(db, lineage, out.row.kind));
    if (known) {
        days_of_moments(known->type.form, sent.answers);
        const bool has_any = !sent.answers.empty() || !sent.class_code.empty();
        if (has_any) sent.type_version = known->type.version;
    }
    YS_TRY(out.form, form_for(db, lineage, out.row.kind, sent));
    if (out.form.type) cases::take_type(out.row, out.form.type->type);
    return out;
}

Result<CaseRow> take_in(sql::Transaction& tx, const cases::Handbook& handbook,
                        const PartnerRow& partner, const TakenIn& sent, const std::string& their_id,
                        const cases::Saving& saving) {
    YS_TRY(cases::SavedCase made,
           cases::CaseStore::create_once(tx, partner.centre_id, sent.row, saving));
    CaseRow& saved = made.row;
    if (!made.is_new) return saved;  // sent twice
    YS_TRY([[maybe_unused]] const Done form_kept, keep_form(tx, saved, sent.form, {}, saving.now));
    YS_TRY(saved, cases::file_and_promise(tx, handbook, saved, {.is_new = true}, saving.now));
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
    auto look = [partner = *partner, row = row_of(given), sent = attributes_in(given)](
                    sql::Database& db) { return read_in(db, partner, row, sent); };
    YS_CO_TRY(const TakenIn sent, co_await api.stores().read(look));
    const std::string wrong = faults_of(sent.row, sent.form);
    if (!wrong.empty()) co_return fault(400, wrong);
    const std::string their_id = given("account_id", 64);
    cases::Saving saving;
    saving.now = utc_now();
    saving.utc_offset = api.settings().utc_offset;
    std::string key = cleaned(call.request.header("idempotency-key"), 100);
    if (key.empty()) key = their_id;
    // Keys of partners belong to no user; the name keeps them apart.
    if (!key.empty()) saving.idempotency_key = "partner:" + partner->name + ":" + key;
    auto work = [=, handbook = api.handbook()](sql::Transaction& tx) {
        return take_in(tx, *handbook, *partner, sent, their_id, saving);
    };
    YS_CO_TRY(const CaseRow saved, co_await api.stores().write(work));
    co_return answer_with(std::vector{Open311Filed{exchange::request_id(saved), "", their_id}},
                          201);
}

Result<Open311Request> request_of(sql::Database& db, const cases::Handbook& handbook,
                                  const CaseRow& row) {
    Open311Request out{.service_request_id = exchange::request_id(row),
                       .status = row.status == "closed" ? "closed" : "open",
                       .service_name = cases::title_of_kind(row),
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
    out.expected_datetime = cases::closing_deadline(handbook.rules(f, units->tree), f);
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
         .query = {"api_key"},
         .gives = schema_for<std::vector<Open311Service>>},
        {.method = "GET",
         .pattern = "/open311/v2/services/{code}",
         .summary = "Open311 GeoReport v2: what a service asks, {code}.json; api_key says whose.",
         .access = Access::Public,
         .handler = service,
         .query = {"api_key"},
         .gives = schema_for<Open311Definition>},
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
