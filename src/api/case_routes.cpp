// SPDX-License-Identifier: Apache-2.0
// Cases and the drafts they grow from. An answer comes after the disk has what it says.
#include <algorithm>
#include <map>
#include <optional>

#include "api/answer.h"
#include "api/api.h"
#include "api/case_answers.h"
#include "api/case_people.h"
#include "api/case_promise.h"
#include "api/case_query.h"
#include "api/case_sight.h"
#include "api/case_wishes.h"
#include "api/private_need.h"
#include "api/wanted_version.h"
#include "base/text.h"
#include "cases/io/case_filing.h"
#include "cases/service_promise.h"
#include "interactions/io/call_store.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using cases::CaseRow;
using cases::CaseStore;
using centres::Action;
using interactions::CallStore;

struct CaseView {
    CaseId id;
    std::string number;
    InteractionId interaction_id;
    CustomerId customer_id;
    std::string kind, kind_title, nature;
    std::string title, detail, contact_name, contact_number, address, urgency;
    bool has_elder = false, wishes_callback = false, is_confidential = false;
    std::string status;
    UtcTime created_at;
    UserId created_by;
    std::string created_by_name;
    std::string promise;  ///< what the citizen is told, as a sentence; "" when nothing
    std::optional<UtcTime> promised_at;
    std::int64_t version = 1;
    // Found by the number of somebody of the case: as what, and whether they agreed to be told.
    std::string found_as, found_consent;
};
BOOST_DESCRIBE_STRUCT(CaseView, (),
                      (id, number, interaction_id, customer_id, kind, kind_title, nature, title,
                       detail, contact_name, contact_number, address, urgency, has_elder,
                       wishes_callback, is_confidential, status, created_at, created_by,
                       created_by_name, promise, promised_at, version, found_as, found_consent))

/// What may be sent; what is absent keeps its value.
struct CaseForm {
    std::optional<std::string> number;  ///< the one from /case-number, when adding
    std::optional<InteractionId> interaction_id;
    std::optional<CustomerId> customer_id;
    std::optional<std::string> kind, title, detail, contact_name, contact_number, address, urgency;
    std::optional<bool> has_elder, wishes_callback;
    std::optional<std::string> status;
    std::vector<std::string> demands;        ///< when adding; none: title and detail are one
    std::vector<cases::UnitId> about_units;  ///< complained of, when adding
    std::vector<CasePersonForm> people;      ///< beside who rang, when adding
    // The form of its type (/case-types), when adding; the version says that a page filled it in.
    std::optional<std::int64_t> type_version;
    std::string class_code;
    cases::Answers answers;
    std::optional<std::int64_t> version;  ///< refused as stale when it is not the stored one
};
BOOST_DESCRIBE_STRUCT(CaseForm, (),
                      (number, interaction_id, customer_id, kind, title, detail, contact_name,
                       contact_number, address, urgency, has_elder, wishes_callback, status,
                       demands, about_units, people, type_version, class_code, answers, version))

struct ReservedNumber {
    std::string number;
};
BOOST_DESCRIBE_STRUCT(ReservedNumber, (), (number))
struct DraftForm {
    json::value body;
};
BOOST_DESCRIBE_STRUCT(DraftForm, (), (body))
struct DraftView {
    std::string body;
    UtcTime saved_at;
};
BOOST_DESCRIBE_STRUCT(DraftView, (), (body, saved_at))

/// How a view is told: in whose language, by whose clock.
struct Telling {
    std::string_view language;
    std::chrono::minutes utc_offset;
};
Telling telling_of(Api& api, const Call& call) {
    return {call.language, api.settings().utc_offset};
}

CaseView view_of(const CaseRow& row, const std::map<UserId, std::string>& names,
                 const Telling& telling) {
    const auto name = names.find(row.created_by);
    return {.id = row.id,
            .number = row.number,
            .interaction_id = row.interaction_id,
            .customer_id = row.customer_id,
            .kind = row.kind,
            .kind_title = cases::title_of_kind(row),
            .nature = row.nature,
            .title = row.title,
            .detail = row.detail,
            .contact_name = row.name,
            .contact_number = row.phone,
            .address = row.address,
            .urgency = row.urgency,
            .has_elder = has_wish(row, elder_word),
            .wishes_callback = has_wish(row, callback_word),
            .is_confidential = row.is_confidential,
            .status = row.status,
            .created_at = row.created_at,
            .created_by = row.created_by,
            .created_by_name = name == names.end() ? "" : name->second,
            .promise = promise_of(row, telling.language, telling.utc_offset),
            .promised_at = row.promised_at,
            .version = row.version};
}

Result<std::map<UserId, std::string>> names_in(sql::Database& db, const Scope& scope) {
    YS_TRY(const std::vector<centres::UserRow> users, centres::UserStore::users(db, scope));
    std::map<UserId, std::string> out;
    for (const centres::UserRow& user : users) out[user.id] = user.name;
    return out;
}

struct TextField {
    const char* name;
    std::optional<std::string> CaseForm::*from;
    std::string& (*to)(CaseRow&);
    Lines lines;
};
template <auto member>
std::string& field_of(CaseRow& row) {
    return row.*member;
}
constexpr std::array text_fields{
    TextField{"kind", &CaseForm::kind, field_of<&CaseRow::kind>, Lines::One},
    TextField{"title", &CaseForm::title, field_of<&CaseRow::title>, Lines::One},
    TextField{"detail", &CaseForm::detail, field_of<&CaseRow::detail>, Lines::Many},
    TextField{"contact_name", &CaseForm::contact_name, field_of<&CaseRow::name>, Lines::One},
    TextField{"contact_number", &CaseForm::contact_number, field_of<&CaseRow::phone>, Lines::One},
    TextField{"address", &CaseForm::address, field_of<&CaseRow::address>, Lines::One},
    TextField{"urgency", &CaseForm::urgency, field_of<&CaseRow::urgency>, Lines::One},
    TextField{"status", &CaseForm::status, field_of<&CaseRow::status>, Lines::One},
};
/// Far above every limit of the form's own rules, which name the field that is too long.
constexpr std::size_t field_bytes_max = 64 * 1024;

/// shown  the row as the page had it, where it was there already
Result<Done> fill(CaseRow& row, const CaseForm& form, CaseRow shown = {}) {
    for (const TextField& field : text_fields) {
        const std::optional<std::string>& sent = form.*field.from;
        if (!sent) continue;
        YS_TRY(std::string text, form_text(*sent, field_bytes_max, field.name, field.lines));
        std::string& to = field.to(row);
        to = unless_masked(std::move(text), to, field.to(shown));
    }
    if (form.customer_id) row.customer_id = *form.customer_id;
    set_wishes(row, form.has_elder.value_or(has_wish(row, elder_word)),
               form.wishes_callback.value_or(has_wish(row, callback_word)));
    if (row.status.empty()) row.status = "open";
    if (row.urgency.empty()) row.urgency = "normal";
    return Done{};
}

/// Every fault at once. What was already wrong before a change is not the change's fault.
Result<Done> check(const CaseRow& row, const std::vector<cases::FieldFault>& known = {}) {
    std::string wrong;
    for (const cases::FieldFault& fault : cases::faults(form_of(row))) {
        if (std::ranges::find(known, fault) != known.end()) continue;
        wrong +=
            (wrong.empty() ? "" : ",") + std::string(fault.field) + "=" + std::string(fault.code);
    }
    if (wrong.empty()) return Done{};
    return refused("bad_field:" + wrong, RefusedAs::Unfit);
}

Task<http::Response> list(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeCases);
    YS_CO_TRY(const CaseQuery asked, case_query_of(api, call));
    const Telling telling = telling_of(api, call);
    auto query = [=, number = cleaned(call.request.argument("number"), 100)](
                     sql::Database& db) -> Result<std::vector<CaseView>> {
        YS_TRY(const cases::CaseSearch narrowed, narrow(db, asked));
        YS_TRY(const std::vector<CaseRow> rows, CaseStore::search(db, scope, narrowed));
        YS_TRY(const auto names, names_in(db, scope));
        std::vector<CaseView> out;
        YS_TRY(const WhyFound why, why_found(db, scope, number));
        for (const CaseRow& row : rows) {
            const SeenRow seen{row, row.created_by == asked.seer.user};
            CaseView& view = out.emplace_back(view_of(seen.shown(), names, telling));
            const auto found = why.find(row.id);
            if (found == why.end() || row.phone == number) continue;
            view.found_as = found->second.part;
            view.found_consent = found->second.consent;
        }
        return out;
    };
    YS_CO_TRY(const std::vector<CaseView> items, co_await api.stores().read(query));
    const bool has_more = items.size() == asked.search.limit;
    co_return answer_with_page(items, has_more ? std::to_string(items.back().id.value) : "");
}

http::Response answer_with_case(const CaseView& view, int status = 200) {
    auto response = answer_with(view, status);
    response.with("ETag", "\"" + std::to_string(view.version) + "\"");
    return response;
}

Task<http::Response> one(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeCases);
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const Telling telling = telling_of(api, call);
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [=](sql::Database& db) -> Result<CaseView> {
        YS_TRY(const SeenRow seen, seen_row(db, seer, id));
        YS_TRY(const auto names, names_in(db, scope));
        return view_of(seen.shown(), names, telling);
    };
    YS_CO_TRY(const CaseView view, co_await api.stores().read(query));
    if (view.is_confidential) {
        YS_CO_TRY([[maybe_unused]] const Done noted,
                  co_await note_case_seen(api, call, id, "open"));
    }
    co_return answer_with_case(view);
}

cases::Saving saving_of(Api& api, const Call& call) {
    cases::Saving saving;
    saving.user = call.user().user.id;
    saving.now = utc_now();
    saving.idempotency_key = cleaned(call.request.header("idempotency-key"), 100);
    saving.utc_offset = api.settings().utc_offset;
    return saving;
}

/// A case belongs to the centre whose call it is about, whoever took that call; else to the user's
/// own. A call outside the scope is none.
Result<CentreId> centre_of_call(sql::Database& db, const Scope& scope, InteractionId call,
                                CentreId own) {
    if (!call) return own;
    YS_TRY(const auto live, CallStore::live(db, scope, call));
    if (live) return live->centre_id;
    YS_TRY(const auto ended, CallStore::get(db, scope, call));
    return ended ? ended->centre_id : own;
}

/// Whose the new case is, and the form of its type.
struct Placed {
    CentreId centre;
    FormTaken form;
    std::vector<cases::UnitMemberRow> own_units;
};
Result<Placed> place(sql::Database& db, const Scope& scope, const CaseRow& row,
                     const centres::User& by, const FormSent& sent) {
    Placed out;
    YS_TRY(out.centre, centre_of_call(db, scope, row.interaction_id, by.centre));
    YS_TRY(out.own_units, cases::UnitStore::units_of(db, Scope::of(out.centre), by.id));
    YS_TRY(const cases::Lineage lineage, cases::TypeStore::lineage(db, out.centre));
    YS_TRY(out.form, form_for(db, lineage, row.kind, sent));
    return out;
}

/// What is wrong with the case and with the answers to its type's form, all at once.
Problem problem_in(const CaseRow& row, const FormTaken& form,
                   const std::vector<CasePersonForm>& people, std::string_view language) {
    const auto checked = check(row);
    Problem problem = checked ? Problem{422, "bad_field", {}, {}} : problem_of(checked.error());
    for (Problem::Field& field : faults_of(form, language))
        problem.fields.push_back(std::move(field));
    for (Problem::Field& field : faults_of(people)) problem.fields.push_back(std::move(field));
    return problem;
}

Task<http::Response> add(Api& api, Call& call) {
    YS_CO_TRY(const CaseForm form, body_of<CaseForm>(call));
    CaseRow row;
    row.interaction_id = form.interaction_id.value_or(InteractionId{});
    YS_CO_TRY([[maybe_unused]] const auto filled, fill(row, form));
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    const FormSent sent{form.type_version, form.class_code, form.answers};
    auto look = [=, by = call.user().user](sql::Database& db) {
        return place(db, scope, row, by, sent);
    };
    YS_CO_TRY(const Placed placed, co_await api.stores().read(look));
    const CentreId centre = placed.centre;
    if (placed.form.type) cases::take_type(row, placed.form.type->type);
    const Problem problem = problem_in(row, placed.form, form.people, call.language);
    if (!problem.fields.empty()) co_return problem_response(problem, call.language);
    cases::Saving saving = saving_of(api, call);
    row.promised_at = cases::served_by(form_of(row), saving.now);
    const Telling telling = telling_of(api, call);
    // Only the number that this user was shown may be asked for.
    const auto reserved = api.reserved_numbers().find(saving.user);
    if (reserved != api.reserved_numbers().end() && reserved->second.centre == centre &&
        form.number == reserved->second.number)
        saving.reserved_number = reserved->second.number;
    cases::Filing filing{
        .about_units = form.about_units, .own_units = placed.own_units, .is_new = true};
    if (placed.form.type) filing.type = placed.form.type->type;
    for (const std::string& demand : form.demands) {
        YS_CO_TRY(filing.demands.emplace_back(),
                  form_text(demand, cases::detail_bytes_max, "demands", Lines::Many));
    }
    // Who saves it is who made it: nobody else's name is looked up while everybody waits to write.
    auto work = [=, people = form.people, name = call.user().name,
                 handbook = api.handbook()](sql::Transaction& tx) -> Result<CaseView> {
        YS_TRY(cases::SavedCase made, CaseStore::create_once(tx, centre, row, saving));
        CaseRow& saved = made.row;
        if (!made.is_new) return view_of(saved, {{saving.user, name}}, telling);
        YS_TRY([[maybe_unused]] const Done kept,
               keep_form(tx, saved, placed.form, saving.user, saving.now));
        if (!people.empty()) {
            YS_TRY(saved, keep_people(tx, saved, {people}, saving));
        }
        YS_TRY(saved, cases::file_and_promise(tx, *handbook, saved, filing, saving.now));
        return view_of(saved, {{saving.user, name}}, telling);
    };
    YS_CO_TRY(const CaseView view, co_await api.stores().write(work));
    if (!saving.reserved_number.empty()) api.reserved_numbers().erase(saving.user);
    co_return answer_with_case(view, 201).with("Location",
                                               "/api/v1/cases/" + std::to_string(view.id.value));
}

/// The status of a case with a file follows what is done to it (POST /cases/{id}/acts).
Result<Done> check_status(sql::Database& db, const CaseRow& row, const CaseForm& form) {
    if (!form.status || *form.status == row.status) return Done{};
    YS_TRY(const auto stored, cases::CaseFileStore::get(db, Scope::of(row.centre_id), row.id));
    if (stored) return refused("status_by_acts", RefusedAs::NotPossible);
    return Done{};
}

Task<http::Response> change(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    YS_CO_TRY(const CaseForm form, body_of<CaseForm>(call));
    YS_CO_TRY(const std::optional<std::int64_t> version, wanted_version(call, form.version));
    const cases::Saving saving = saving_of(api, call);
    const Telling telling = telling_of(api, call);
    const CaseSeer seer = seer_of(api, call.user());
    auto work = [=](sql::Transaction& tx) -> Result<CaseView> {
        YS_TRY(const SeenRow seen, seen_row(tx.db(), seer, id));
        YS_TRY(auto row, CaseStore::get(tx.db(), scope, id));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        YS_TRY([[maybe_unused]] const auto kept, check_status(tx.db(), *row, form));
        const auto known = cases::faults(form_of(*row));
        const std::string kind = row->kind;
        YS_TRY([[maybe_unused]] const auto filled, fill(*row, form, seen.shown()));
        if (row->kind != kind) {
            row->nature.clear();
            row->kind_title.clear();
            YS_TRY(*row, cases::with_type(tx.db(), row->centre_id, *row));
        }
        YS_TRY([[maybe_unused]] const auto checked, check(*row, known));
        // What the citizen was told stands.
        if (!row->promised_at) row->promised_at = cases::served_by(form_of(*row), saving.now);
        if (version) row->version = *version;
        YS_TRY(const CaseRow saved, CaseStore::change(tx, row->centre_id, *row, saving));
        YS_TRY(const auto names, names_in(tx.db(), scope));
        return view_of(SeenRow{saved, seen.is_whole}.shown(), names, telling);
    };
    YS_CO_TRY(const CaseView view, co_await api.stores().write(work));
    co_return answer_with_case(view);
}

Task<http::Response> reserve_number(Api& api, Call& call) {
    const UserId user = call.user().user.id;
    const Scope scope = api.scope_of(call.user(), Action::ChangeCases);
    const CentreId own = call.user().user.centre;
    YS_CO_TRY(const std::uint64_t about, number_argument(call, "interaction"));
    auto whose = [=](sql::Database& db) {
        return centre_of_call(db, scope, InteractionId{about}, own);
    };
    YS_CO_TRY(const CentreId centre, co_await api.stores().read(whose));
    const auto shown = api.reserved_numbers().find(user);
    const cases::Saving saving = saving_of(api, call);
    // A page that is reloaded gets the number it had, as long as it is of the same day.
    const bool is_good = shown != api.reserved_numbers().end() && shown->second.centre == centre &&
                         CaseStore::is_number_of_day(shown->second.number, saving);
    if (is_good) co_return answer_with(ReservedNumber{shown->second.number});
    auto work = [=](sql::Transaction& tx) { return CaseStore::reserve_number(tx, centre, saving); };
    YS_CO_TRY(const std::string number, co_await api.stores().write(work));
    api.reserved_numbers()[user] = {number, centre};
    co_return answer_with(ReservedNumber{number});
}

Task<http::Response> put_draft(Api& api, Call& call) {
    YS_CO_TRY(const InteractionId interaction, id_in_path<InteractionId>(call, "interaction"));
    YS_CO_TRY(const DraftForm form, body_of<DraftForm>(call));
    cases::DraftRow draft;
    draft.user_id = call.user().user.id;
    draft.interaction_id = interaction;
    draft.body = form.body.is_string() ? std::string(std::string_view(form.body.get_string()))
                                       : boost::json::serialize(form.body);
    draft.saved_at = utc_now();
    if (draft.body.size() > 64 * 1024) co_return refused("too_long:body", RefusedAs::Unfit);
    const CentreId centre = call.user().user.centre;
    auto work = [=](sql::Transaction& tx) { return CaseStore::save_draft(tx, centre, draft); };
    YS_CO_TRY([[maybe_unused]] const auto saved, co_await api.stores().write(work));
    co_return nothing_to_say();
}

Task<http::Response> get_draft(Api& api, Call& call) {
    YS_CO_TRY(const InteractionId interaction, id_in_path<InteractionId>(call, "interaction"));
    const UserId user = call.user().user.id;
    auto query = [=](sql::Database& db) { return CaseStore::draft(db, user, interaction); };
    YS_CO_TRY(const std::optional<cases::DraftRow> draft, co_await api.stores().read(query));
    // A form that was not begun is no fault; a 404 would be one on every page's console.
    if (!draft) co_return nothing_to_say();
    co_return answer_with(DraftView{draft->body, draft->saved_at});
}

Task<http::Response> drop_draft(Api& api, Call& call) {
    YS_CO_TRY(const InteractionId interaction, id_in_path<InteractionId>(call, "interaction"));
    const UserId user = call.user().user.id;
    auto work = [=](sql::Transaction& tx) { return CaseStore::drop_draft(tx, user, interaction); };
    YS_CO_TRY([[maybe_unused]] const auto gone, co_await api.stores().write(work));
    co_return nothing_to_say();
}

constexpr std::string_view draft_path = "/api/v1/drafts/{interaction}";

}  // namespace

std::vector<Route> case_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/cases",
         .summary = "Cases, newest first.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = list,
         .query = case_query_words(),
         .gives = page_schema_for<CaseView>},
        {.method = "POST",
         .pattern = "/api/v1/cases",
         .summary = "Saves a new case; with Idempotency-Key a repeated request saves one.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = add,
         .takes = schema_for<CaseForm>,
         .gives = schema_for<CaseView>},
        {.method = "GET",
         .pattern = "/api/v1/cases/{id}",
         .summary = "One case; its version is the ETag.",
         .access = Access::Right,
         .action = Action::SeeCases,
         .handler = one,
         .gives = schema_for<CaseView>},
        {.method = "PATCH",
         .pattern = "/api/v1/cases/{id}",
         .summary = "Changes what is sent; If-Match or `version` guards against overwriting.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = change,
         .takes = schema_for<CaseForm>,
         .gives = schema_for<CaseView>},
        {.method = "GET",
         .pattern = "/api/v1/case-number",
         .summary = "Reserves the number shown while typing.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = reserve_number,
         .gives = schema_for<ReservedNumber>},
        {.method = "PUT",
         .pattern = draft_path,
         .summary = "Keeps what was typed; interaction 0 is the draft outside a call.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = put_draft,
         .takes = schema_for<DraftForm>},
        {.method = "GET",
         .pattern = draft_path,
         .summary = "What was typed; 204 when nothing was.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = get_draft,
         .gives = schema_for<DraftView>},
        {.method = "DELETE",
         .pattern = draft_path,
         .summary = "Drops what was typed.",
         .access = Access::Right,
         .action = Action::ChangeCases,
         .handler = drop_draft},
    };
}

}  // namespace ys::api
