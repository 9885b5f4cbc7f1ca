// SPDX-License-Identifier: Apache-2.0
// What is masked, shown in full: with a reason that is kept, and only so often a day.
#include <algorithm>
#include <array>

#include "api/answer.h"
#include "api/api.h"
#include "api/private_need.h"
#include "base/text.h"
#include "cases/io/case_people.h"
#include "customers/io/customer_store.h"
#include "interactions/io/call_store.h"
#include "platform/clock.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

using centres::Action;

constexpr std::uint64_t shown_max = 50;  ///< a user and day
constexpr std::size_t reason_bytes_max = 500;

struct PrivateForm {
    std::string field;   ///< "phone" "name" "address" "text"; of a case also "subject_phone" ...
    std::string reason;  ///< in words, for who asks later
};
BOOST_DESCRIBE_STRUCT(PrivateForm, (), (field, reason))
struct PrivateView {
    std::string value;
    std::uint64_t left = 0;  ///< how many more today
};
BOOST_DESCRIBE_STRUCT(PrivateView, (), (value, left))

/// What is asked for, and by whom.
struct Asked {
    std::string about;
    std::uint64_t id = 0;
    std::string field, reason;
    UserId user;
    CaseSeer seer;
    Scope customers, calls;
    AgentId calls_of;  ///< only this agent's, or none
    UtcTime day_begins, now;
};
struct Found {
    std::string value;
    CentreId centre;
};

Error not_there() { return refused("not_found", RefusedAs::NotFound); }

/// "subject_phone", "contact_name" ...; nothing for another field, or nobody of that part.
Result<std::optional<Found>> of_person(sql::Database& db, const Asked& asked,
                                       const cases::CaseRow& row) {
    YS_TRY(const auto people, cases::CasePeople::of(db, Scope::of(row.centre_id), row.id));
    for (const cases::CasePersonRow& each : people) {
        if (asked.field == each.part + "_phone")
            return std::optional(Found{each.phone, row.centre_id});
        if (asked.field == each.part + "_name")
            return std::optional(Found{each.name, row.centre_id});
    }
    return std::optional<Found>{};
}

bool is_of_person(std::string_view field) {
    return std::ranges::any_of(cases::person_parts, [&](std::string_view part) {
        const std::string word(part);
        return field == word + "_phone" || field == word + "_name";
    });
}

Result<Found> in_case(sql::Database& db, const Asked& asked) {
    YS_TRY(const SeenRow seen, seen_row(db, asked.seer, CaseId{asked.id}));
    const cases::CaseRow& row = seen.row;
    if (asked.field == "phone") return Found{row.phone, row.centre_id};
    if (asked.field == "name") return Found{row.name, row.centre_id};
    if (asked.field == "address") return Found{row.address, row.centre_id};
    if (is_of_person(asked.field)) {
        YS_TRY(const auto person, of_person(db, asked, row));
        if (!person) return not_there();
        return *person;
    }
    return Found{row.detail.empty() ? row.title : row.detail, row.centre_id};
}

Result<Found> in_customer(sql::Database& db, const Asked& asked) {
    const CustomerId id{asked.id};
    YS_TRY(const auto row, customers::CustomerStore::get(db, asked.customers, id));
    if (!row) return not_there();
    if (asked.field == "name") return Found{row->name, row->centre_id};
    if (asked.field == "address") return Found{row->address, row->centre_id};
    if (asked.field == "text") return Found{row->note, row->centre_id};
    YS_TRY(const auto numbers, customers::CustomerStore::numbers(db, asked.customers, id));
    std::string all;
    for (const std::string& number : numbers) all += (all.empty() ? "" : " ") + number;
    return Found{all, row->centre_id};
}

Result<Found> in_call(sql::Database& db, const Asked& asked) {
    YS_TRY(const auto row, interactions::CallStore::get(db, asked.calls, InteractionId{asked.id}));
    if (!row || (asked.calls_of && row->agent_id != asked.calls_of)) return not_there();
    if (asked.field == "phone")
        return Found{row->direction == "out" ? row->dialled : row->caller, row->centre_id};
    if (asked.field == "name") return Found{row->customer_name, row->centre_id};
    return not_there();
}

Result<Found> find(sql::Database& db, const Asked& asked) {
    if (asked.about == "case") return in_case(db, asked);
    if (asked.about == "customer") return in_customer(db, asked);
    if (asked.about == "call") return in_call(db, asked);
    return not_there();
}

/// Counted in the transaction that adds to the count.
Result<PrivateView> show(sql::Transaction& tx, const Asked& asked) {
    YS_TRY(const Found found, find(tx.db(), asked));
    YS_TRY(const auto seen,
           tx.db().value<std::uint64_t>(0,
                                        "SELECT COUNT(*) FROM facts WHERE kind = 'PrivateSeen'"
                                        " AND agent = ? AND at_us >= ?",
                                        asked.user, asked.day_begins));
    if (seen >= shown_max) return refused("quota_used_up", RefusedAs::TooMany);
    const facts::Fact fact{
        asked.now,
        found.centre,
        {},
        AgentId{asked.user.value},
        facts::PrivateSeen{asked.user.value, asked.about, asked.id, asked.field, asked.reason}};
    YS_TRY([[maybe_unused]] const Done told, journal::Journal::append(tx, {&fact, 1}));
    return PrivateView{found.value, shown_max - seen - 1};
}

/// Midnight of today where the centres are.
UtcTime day_of(UtcTime now, std::chrono::minutes utc_offset) {
    constexpr std::int64_t day_us = 86'400'000'000;
    const std::int64_t offset_us = std::chrono::microseconds(utc_offset).count();
    return UtcTime{now.us - (now.us + offset_us) % day_us};
}

Task<http::Response> unmask(Api& api, Call& call) {
    YS_CO_TRY(const PrivateForm form, body_of<PrivateForm>(call));
    const SessionUser& who = call.user();
    Asked asked{.about = std::string(call.request.param("about")),
                .user = who.user.id,
                .seer = seer_of(api, who),
                .customers = api.scope_of(who, Action::SeeCustomers),
                .calls = api.scope_of(who, Action::SeeCalls),
                .now = utc_now()};
    if (api.is_own_only(who, Action::SeeCalls)) asked.calls_of = AgentId{who.user.id.value};
    YS_CO_TRY(asked.id, number_in_path(call, "id"));
    constexpr std::array<std::string_view, 4> fields{"phone", "name", "address", "text"};
    const bool is_of_case = asked.about == "case" && is_of_person(form.field);
    if (!is_of_case && std::ranges::find(fields, form.field) == fields.end())
        co_return refused("bad_field:field", RefusedAs::Unfit);
    asked.field = form.field;
    YS_CO_TRY(asked.reason, form_text(form.reason, reason_bytes_max, "reason"));
    if (trimmed(asked.reason).empty()) co_return refused("reason_needed", RefusedAs::Unfit);
    asked.day_begins = day_of(asked.now, api.settings().utc_offset);
    auto work = [asked](sql::Transaction& tx) { return show(tx, asked); };
    YS_CO_TRY(const PrivateView view, co_await api.stores().write(work));
    auto response = answer_with(view);
    co_return response.with("Cache-Control", "no-store");
}

}  // namespace

std::vector<Route> private_routes() {
    return {
        {.method = "POST",
         .pattern = "/api/v1/private/{about}/{id}",
         .summary = "One masked field of a case, customer or call in full; the reason is kept.",
         .access = Access::Right,
         .action = Action::SeePrivate,
         .handler = unmask,
         .takes = schema_for<PrivateForm>,
         .gives = schema_for<PrivateView>},
    };
}

}  // namespace ys::api
