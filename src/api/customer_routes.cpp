// SPDX-License-Identifier: Apache-2.0
// The people who call: behind a number, by search, and what happened before.
#include <optional>

#include "api/answer.h"
#include "api/api.h"
#include "api/private_need.h"
#include "base/phone_number.h"
#include "base/text.h"
#include "customers/io/customer_store.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;
using customers::CustomerRow;
using customers::CustomerStore;

struct CustomerView {
    CustomerId id;
    std::string name, address, account_number;
    std::vector<std::string> tags;
    std::string note;
    std::vector<std::string> numbers;
    UtcTime created_at;
    std::string plate;
};
BOOST_DESCRIBE_STRUCT(CustomerView, (),
                      (id, name, address, account_number, tags, note, numbers, created_at, plate))

/// What may be sent; what is absent keeps its value.
struct CustomerForm {
    std::optional<std::string> name, address, account_number, note, plate;
    std::optional<std::vector<std::string>> tags, numbers;
};
BOOST_DESCRIBE_STRUCT(CustomerForm, (), (name, address, account_number, note, plate, tags, numbers))

struct TimelineView {
    std::string kind;
    UtcTime at;
    std::uint64_t id = 0;
    std::string title, detail, agent_name;
    RecordingId recording;
    std::string direction, cause;
    std::int64_t talked_ms = 0;
};
BOOST_DESCRIBE_STRUCT(TimelineView, (),
                      (kind, at, id, title, detail, agent_name, recording, direction, cause,
                       talked_ms))

constexpr std::size_t tags_max = 20;
constexpr std::size_t numbers_max = 20;

std::vector<std::string> words_of(std::string_view list) {
    std::vector<std::string> out;
    for (const std::string_view word : split(list, ','))
        if (!trimmed(word).empty()) out.emplace_back(trimmed(word));
    return out;
}

/// Whole for who takes the call of this number, or has just written it down.
enum class Shown { Whole, Masked };

Result<CustomerView> view_of(sql::Database& db, const Scope& scope, CustomerRow row, Shown shown) {
    YS_TRY(std::vector<std::string> numbers, CustomerStore::numbers(db, scope, row.id));
    if (shown == Shown::Masked) {
        row.name = masked_name(row.name);
        row.address = masked_address(row.address);
        row.note = with_numbers_masked(row.note);
        for (std::string& number : numbers) number = masked(std::string_view(number));
    }
    return CustomerView{
        row.id,   row.name,           row.address,    row.account_number, words_of(row.tags),
        row.note, std::move(numbers), row.created_at, row.plate};
}

/// Tags are kept as one text, so none may hold a comma.
Result<std::string> joined_tags(const std::vector<std::string>& tags) {
    std::string out;
    if (tags.size() > tags_max) return refused("too_long:tags", RefusedAs::Unfit);
    for (const std::string& each : tags) {
        YS_TRY(const std::string tag, form_text(each, 48, "tags"));
        if (tag.empty()) continue;
        if (tag.find(',') != std::string::npos) return refused("bad_field:tags", RefusedAs::Unfit);
        out += (out.empty() ? "" : ",") + tag;
    }
    return out;
}

Result<std::vector<std::string>> clean_numbers(const std::vector<std::string>& numbers) {
    if (numbers.size() > numbers_max) return refused("too_long:numbers", RefusedAs::Unfit);
    std::vector<std::string> out;
    for (const std::string& each : numbers) {
        std::string number;
        for (const char c : each)
            if (c != ' ' && c != '-') number.push_back(c);
        const bool is_number = !number.empty() && number.size() <= 32 &&
                               number.find_first_not_of("0123456789+*#") == std::string::npos;
        if (!is_number) return refused("bad_field:numbers", RefusedAs::Unfit);
        out.push_back(std::move(number));
    }
    return out;
}

/// As it is on the car: "甘g·12345" is 甘G12345.
std::string as_on_the_car(std::string_view text) {
    constexpr std::string_view dot = "·";
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text.substr(i).starts_with(dot)) {
            i += dot.size() - 1;
            continue;
        }
        const char c = text[i];
        if (c == ' ' || c == '-') continue;
        out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    }
    return out;
}

Result<Done> fill(CustomerRow& row, const CustomerForm& form) {
    if (form.name) {
        YS_TRY(std::string name, form_text(*form.name, 200, "name"));
        row.name = unless_masked(std::move(name), row.name, masked_name(row.name));
    }
    if (form.address) {
        YS_TRY(std::string address, form_text(*form.address, 500, "address"));
        row.address = unless_masked(std::move(address), row.address, masked_address(row.address));
    }
    if (form.account_number) {
        YS_TRY(row.account_number, form_text(*form.account_number, 64, "account_number"));
    }
    if (form.plate) {
        YS_TRY(const std::string plate, form_text(*form.plate, 24, "plate"));
        row.plate = as_on_the_car(plate);
    }
    if (form.note) {
        YS_TRY(std::string note, form_text(*form.note, 4000, "note", Lines::Many));
        row.note = unless_masked(std::move(note), row.note, with_numbers_masked(row.note));
    }
    if (form.tags) {
        YS_TRY(row.tags, joined_tags(*form.tags));
    }
    return Done{};
}

Task<http::Response> list(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeCustomers);
    const std::string number(call.request.argument("number"));
    const std::string text = cleaned(call.request.argument("q"), 100);
    YS_CO_TRY(const std::size_t limit, limit_of(call));
    const Shown shown = number.empty() ? Shown::Masked : Shown::Whole;
    auto query = [=](sql::Database& db) -> Result<std::vector<CustomerView>> {
        auto rows = number.empty() ? CustomerStore::search(db, scope, text, limit)
                                   : CustomerStore::find_by_number(db, scope, number);
        if (!rows) return rows.error();
        std::vector<CustomerView> out;
        for (const CustomerRow& row : *rows) {
            YS_TRY(CustomerView view, view_of(db, scope, row, shown));
            out.push_back(std::move(view));
        }
        return out;
    };
    YS_CO_TRY(const std::vector<CustomerView> items, co_await api.stores().read(query));
    co_return answer_with_page(items);
}

Task<http::Response> one(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeCustomers);
    YS_CO_TRY(const CustomerId id, id_in_path<CustomerId>(call, "id"));
    auto query = [=](sql::Database& db) -> Result<CustomerView> {
        YS_TRY(const auto row, CustomerStore::get(db, scope, id));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        return view_of(db, scope, *row, Shown::Masked);
    };
    YS_CO_TRY(const CustomerView view, co_await api.stores().read(query));
    co_return answer_with(view);
}

Task<http::Response> add(Api& api, Call& call) {
    YS_CO_TRY(const CustomerForm form, body_of<CustomerForm>(call));
    CustomerRow row;
    row.centre_id = call.user().user.centre;
    row.created_at = utc_now();
    YS_CO_TRY([[maybe_unused]] const auto filled, fill(row, form));
    YS_CO_TRY(const std::vector<std::string> numbers,
              clean_numbers(form.numbers.value_or(std::vector<std::string>{})));
    if (row.name.empty() && numbers.empty())
        co_return refused("field_missing:name", RefusedAs::Unfit);
    auto work = [=](sql::Transaction& tx) -> Result<CustomerView> {
        CustomerRow added = row;
        YS_TRY(added.id, CustomerStore::add(tx, row, numbers));
        return view_of(tx.db(), Scope::of(row.centre_id), added, Shown::Whole);
    };
    YS_CO_TRY(const CustomerView view, co_await api.stores().write(work));
    co_return answer_with(view, 201).with("Location",
                                          "/api/v1/customers/" + std::to_string(view.id.value));
}

Task<http::Response> change(Api& api, Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::ChangeCustomers);
    YS_CO_TRY(const CustomerId id, id_in_path<CustomerId>(call, "id"));
    YS_CO_TRY(const CustomerForm form, body_of<CustomerForm>(call));
    std::optional<std::vector<std::string>> numbers;
    if (form.numbers) {
        YS_CO_TRY(numbers, clean_numbers(*form.numbers));
    }
    auto work = [=](sql::Transaction& tx) -> Result<CustomerView> {
        YS_TRY(auto row, CustomerStore::get(tx.db(), scope, id));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        YS_TRY([[maybe_unused]] const auto filled, fill(*row, form));
        YS_TRY([[maybe_unused]] const auto done, CustomerStore::update(tx, row->centre_id, *row));
        if (numbers) {
            YS_TRY(const auto there, CustomerStore::numbers(tx.db(), scope, id));
            std::vector<std::string> wanted = *numbers;
            for (std::string& each : wanted)
                for (const std::string& stored : there)
                    each = unless_masked(each, stored, masked(std::string_view(stored)));
            YS_TRY([[maybe_unused]] const auto set,
                   CustomerStore::set_numbers(tx, row->centre_id, id, wanted));
        }
        return view_of(tx.db(), scope, *row, Shown::Masked);
    };
    YS_CO_TRY(const CustomerView view, co_await api.stores().write(work));
    co_return answer_with(view);
}

Task<http::Response> timeline_of(Api& api, Call& call, customers::TimelineOf of) {
    const Scope scope = api.scope_of(call.user(), Action::SeeCustomers);
    YS_CO_TRY(of.limit, limit_of(call));
    YS_CO_TRY(of.before, time_argument(call, "after"));
    auto query = [=](sql::Database& db) { return CustomerStore::timeline(db, scope, of); };
    YS_CO_TRY(const std::vector<customers::TimelineItem> rows, co_await api.stores().read(query));
    std::vector<TimelineView> items;
    for (const customers::TimelineItem& row : rows) {
        const bool is_call = row.kind == "call";
        items.push_back({.kind = row.kind,
                         .at = row.at,
                         .id = row.id,
                         .title = row.title,
                         .detail = is_call ? row.number : row.number + " " + row.status,
                         .agent_name = row.agent_name,
                         .recording = row.recording_id,
                         .direction = row.direction,
                         .cause = is_call ? row.status : "",
                         .talked_ms = row.talked_ms});
    }
    const bool has_more = rows.size() == of.limit;
    co_return answer_with_page(items, has_more ? to_rfc3339(rows.back().at) : "");
}

Task<http::Response> customer_timeline(Api& api, Call& call) {
    YS_CO_TRY(const CustomerId id, id_in_path<CustomerId>(call, "id"));
    customers::TimelineOf of;
    of.customer = id;
    co_return co_await timeline_of(api, call, of);
}

Task<http::Response> number_timeline(Api& api, Call& call) {
    customers::TimelineOf of;
    of.number = call.request.argument("number");
    if (of.number.empty()) co_return refused("field_missing:number", RefusedAs::Unfit);
    co_return co_await timeline_of(api, call, of);
}

}  // namespace

std::vector<Route> customer_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/customers",
         .summary = "Persons behind a number, or found by part of name, address or account.",
         .access = Access::Right,
         .action = Action::SeeCustomers,
         .handler = list,
         .query = {"number", "q", "limit"},
         .gives = page_schema_for<CustomerView>},
        {.method = "POST",
         .pattern = "/api/v1/customers",
         .summary = "Adds a person.",
         .access = Access::Right,
         .action = Action::ChangeCustomers,
         .handler = add,
         .takes = schema_for<CustomerForm>,
         .gives = schema_for<CustomerView>},
        {.method = "GET",
         .pattern = "/api/v1/customers/{id}",
         .summary = "One person.",
         .access = Access::Right,
         .action = Action::SeeCustomers,
         .handler = one,
         .gives = schema_for<CustomerView>},
        {.method = "PATCH",
         .pattern = "/api/v1/customers/{id}",
         .summary = "Changes what is sent, keeps the rest.",
         .access = Access::Right,
         .action = Action::ChangeCustomers,
         .handler = change,
         .takes = schema_for<CustomerForm>,
         .gives = schema_for<CustomerView>},
        {.method = "GET",
         .pattern = "/api/v1/customers/{id}/timeline",
         .summary = "Calls and cases of this person, newest first.",
         .access = Access::Right,
         .action = Action::SeeCustomers,
         .handler = customer_timeline,
         .query = {"limit", "after"},
         .gives = page_schema_for<TimelineView>},
        {.method = "GET",
         .pattern = "/api/v1/timeline",
         .summary = "Calls and cases of a number, newest first.",
         .access = Access::Right,
         .action = Action::SeeCustomers,
         .handler = number_timeline,
         .query = {"number", "limit", "after"},
         .gives = page_schema_for<TimelineView>},
    };
}

}  // namespace ys::api
