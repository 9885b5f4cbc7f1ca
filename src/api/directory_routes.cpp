// SPDX-License-Identifier: Apache-2.0
// The official directory: read by the world with its signature, written by editors, put in force by
// somebody else; and any text held against it.
#include <boost/asio/this_coro.hpp>

#include "api/answer.h"
#include "api/api.h"
#include "api/directory_press.h"
#include "api/directory_view.h"
#include "base/text.h"
#include "directory/drift.h"
#include "directory/page_text.h"
#include "platform/clock.h"

namespace ys::api {
namespace {

using centres::Action;
using directory::DirectoryStore;
using directory::VersionRow;

constexpr std::size_t why_bytes_max = 300, text_bytes_max = 1'000'000;

struct DirectoryForm {
    std::vector<directory::Entry> entries;
    std::uint32_t based_on = 0;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(DirectoryForm, (), (entries, based_on, why))
struct DirectoryActForm {
    std::string verb;  ///< "publish" "drop"
    std::uint32_t version = 0;
    std::string why;
};
BOOST_DESCRIBE_STRUCT(DirectoryActForm, (), (verb, version, why))
struct DriftForm {
    std::string text;          ///< plain, or the source of a page
    bool is_official = false;  ///< a place that must name the hotline
};
BOOST_DESCRIBE_STRUCT(DriftForm, (), (text, is_official))
struct DriftView {
    std::size_t numbers = 0;
    std::vector<directory::Difference> differences;
};
BOOST_DESCRIBE_STRUCT(DriftView, (), (numbers, differences))

// ---- for everybody -----------------------------------------------------------------------------

/// errors  not_found before there is one
Task<VersionRow> in_force(Api& api) {
    auto query = [](sql::Database& db) -> Result<VersionRow> {
        YS_TRY(const auto row, DirectoryStore::in_force(db));
        if (!row) return refused("not_found", RefusedAs::NotFound);
        return *row;
    };
    co_return co_await api.stores().read(query);
}

Task<PublicDirectory> directory_now(Api& api) {
    YS_CO_TRY(const VersionRow row, co_await in_force(api));
    co_return public_directory(row, api.handbook()->calendar(), utc_now());
}

/// A minute: whoever keeps it says "open" at most that much too long.
http::Response for_a_minute(http::Response response) {
    response.with("Cache-Control", "public, max-age=60");
    return response;
}

Task<http::Response> for_citizens(Api& api, Call&) {
    YS_CO_TRY(const PublicDirectory out, co_await directory_now(api));
    co_return for_a_minute(answer_with(out));
}

Task<http::Response> signed_text(Api& api, Call&) {
    YS_CO_TRY(const VersionRow row, co_await in_force(api));
    http::Response out = http::text_response(200, row.document, "application/json; charset=utf-8");
    out.with("X-Directory-Signature", row.signature);
    out.with("X-Directory-Key", row.key);
    co_return for_a_minute(std::move(out));
}

Task<http::Response> vcards(Api& api, Call&) {
    YS_CO_TRY(const PublicDirectory out, co_await directory_now(api));
    co_return for_a_minute(http::text_response(200, as_vcards(out), "text/vcard; charset=utf-8"));
}

Task<http::Response> json_ld(Api& api, Call&) {
    YS_CO_TRY(const PublicDirectory out, co_await directory_now(api));
    co_return for_a_minute(
        http::text_response(200, as_json_ld(out), "application/ld+json; charset=utf-8"));
}

// ---- for staff ---------------------------------------------------------------------------------

/// What the store says of entries and steps that cannot be.
template <class T>
Result<T> or_refused(Result<T> done) {
    if (done) return done;
    const Error& error = done.error();
    if (error.code == std::errc::operation_not_permitted)
        return refused("not_now", RefusedAs::Conflict);
    if (error.code == std::errc::permission_denied)
        return refused("another_person", RefusedAs::Conflict);
    if (error.code == std::errc::invalid_argument && error.note.starts_with("bad_field:"))
        return refused(error.note, RefusedAs::Unfit);
    return done;
}

/// errors  bad_field: reason_needed
Result<std::string> why_in(const std::string& text) {
    YS_TRY(std::string why, form_text(text, why_bytes_max, "why"));
    if (trimmed(why).empty()) return refused("bad_field:why=reason_needed", RefusedAs::Unfit);
    return why;
}

Task<DirectoryView> view_now(Api& api, const Call& call) {
    const Scope scope = api.scope_of(call.user(), Action::SeeKnowledge);
    auto query = [scope](sql::Database& db) { return directory_view(db, scope); };
    co_return co_await api.stores().read(query);
}

Task<http::Response> for_staff(Api& api, Call& call) {
    YS_CO_TRY(const DirectoryView out, co_await view_now(api, call));
    co_return answer_with(out);
}

Task<http::Response> write(Api& api, Call& call) {
    YS_CO_TRY(const DirectoryForm form, body_of<DirectoryForm>(call));
    YS_CO_TRY(const std::string why, why_in(form.why));
    const Scope scope = api.scope_of(call.user(), Action::ChangeKnowledge);
    const directory::Step step{call.user().user.id, why, utc_now()};
    auto work = [form, scope, step](sql::Transaction& tx) {
        return or_refused(DirectoryStore::write(tx, scope, form.entries, form.based_on, step));
    };
    YS_CO_TRY([[maybe_unused]] const VersionRow row, co_await api.stores().write(work));
    YS_CO_TRY(const DirectoryView out, co_await view_now(api, call));
    co_return answer_with(out);
}

Result<Done> act_in(sql::Transaction& tx, const Scope& scope, const DirectoryActForm& form,
                    const directory::Press& press, const directory::Step& step) {
    if (form.verb == "drop") return DirectoryStore::drop(tx, scope, form.version, step);
    YS_TRY([[maybe_unused]] const VersionRow row,
           DirectoryStore::publish(tx, scope, form.version, press, step));
    return Done{};
}

Task<http::Response> act(Api& api, Call& call) {
    YS_CO_TRY(const DirectoryActForm form, body_of<DirectoryActForm>(call));
    if (form.verb != "publish" && form.verb != "drop")
        co_return refused("bad_field:verb", RefusedAs::Unfit);
    YS_CO_TRY(const std::string why, why_in(form.why));
    const auto executor = co_await boost::asio::this_coro::executor;
    auto& loop = boost::asio::query(executor, boost::asio::execution::context);
    const directory::Press press = boost::asio::use_service<DirectoryPress>(loop).press();
    if (form.verb == "publish" && press.key == nullptr)
        co_return refused("not_now", RefusedAs::Conflict);
    const Scope scope = api.scope_of(call.user(), Action::ChangeSettings);
    const directory::Step step{call.user().user.id, why, utc_now()};
    auto work = [form, scope, press, step](sql::Transaction& tx) {
        return or_refused(act_in(tx, scope, form, press, step));
    };
    YS_CO_TRY([[maybe_unused]] const Done done, co_await api.stores().write(work));
    YS_CO_TRY(const DirectoryView out, co_await view_now(api, call));
    co_return answer_with(out);
}

/// On a reader's thread: a megabyte takes a while.
Task<http::Response> check(Api& api, Call& call) {
    YS_CO_TRY(const DriftForm form, body_of<DriftForm>(call));
    if (form.text.size() > text_bytes_max) co_return refused("too_long:text", RefusedAs::Unfit);
    auto query = [form](sql::Database& db) -> Result<DriftView> {
        YS_TRY(const auto entries, DirectoryStore::entries_in_force(db));
        const auto wants = form.is_official ? directory::Wants::Hotline : directory::Wants::Nothing;
        directory::Drift found =
            directory::drift_of(entries, directory::page_text(form.text), wants);
        return DriftView{found.numbers, std::move(found.differences)};
    };
    YS_CO_TRY(const DriftView out, co_await api.stores().read(query));
    co_return answer_with(out);
}

}  // namespace

std::vector<Route> directory_routes() {
    return {
        {.method = "GET",
         .pattern = "/api/v1/citizen/directory",
         .summary = "The official numbers and hours, signed; who answers now, and until when.",
         .access = Access::Public,
         .handler = for_citizens,
         .gives = schema_for<PublicDirectory>},
        {.method = "GET",
         .pattern = "/api/v1/citizen/directory.json",
         .summary = "The very bytes that are signed; signature and key are headers.",
         .access = Access::Public,
         .handler = signed_text},
        {.method = "GET",
         .pattern = "/api/v1/citizen/directory.vcf",
         .summary = "The same for telephones: vCard 4.0.",
         .access = Access::Public,
         .handler = vcards},
        {.method = "GET",
         .pattern = "/api/v1/citizen/directory.jsonld",
         .summary = "The same for search engines and voice assistants: schema.org.",
         .access = Access::Public,
         .handler = json_ld},
        {.method = "GET",
         .pattern = "/api/v1/directory",
         .summary = "The directory in force, the draft, and every version of the user's centres.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = for_staff,
         .gives = schema_for<DirectoryView>},
        {.method = "PUT",
         .pattern = "/api/v1/directory",
         .summary = "Writes a draft; refused when somebody wrote one in the meantime.",
         .access = Access::Right,
         .action = Action::ChangeKnowledge,
         .handler = write,
         .takes = schema_for<DirectoryForm>,
         .gives = schema_for<DirectoryView>},
        {.method = "POST",
         .pattern = "/api/v1/directory/acts",
         .summary = "Publishes a draft that somebody else wrote, or drops it.",
         .access = Access::Right,
         .action = Action::ChangeSettings,
         .handler = act,
         .takes = schema_for<DirectoryActForm>,
         .gives = schema_for<DirectoryView>},
        {.method = "POST",
         .pattern = "/api/v1/directory/check",
         .summary = "Numbers and hours of a text or a page that differ from the directory.",
         .access = Access::Right,
         .action = Action::SeeKnowledge,
         .handler = check,
         .takes = schema_for<DriftForm>,
         .gives = schema_for<DriftView>},
    };
}

}  // namespace ys::api
