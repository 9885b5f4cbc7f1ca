// SPDX-License-Identifier: Apache-2.0
// Photos and videos of a case: sent in pieces, finished, listed, looked at. The same for who works
// on the case and for its citizen; only the door differs.
#include "api/answer.h"
#include "api/api.h"
#include "api/file_answer.h"
#include "api/private_need.h"
#include "base/text.h"
#include "cases/io/case_store.h"
#include "cases/io/crew_store.h"
#include "cases/io/evidence_folder.h"
#include "platform/clock.h"
#include "platform/http/syntax.h"
#include "platform/journal/journal.h"

namespace ys::api {
namespace {

using cases::EvidenceErrc;
using cases::EvidenceFolder;
using cases::EvidenceId;
using cases::EvidenceRow;
using cases::EvidenceStore;
using centres::Action;

struct EvidenceForm {
    std::string name;
    std::int64_t size = 0;
    std::string sha256, purpose;
    std::optional<UtcTime> taken_at;
    std::optional<std::string> place;
};
BOOST_DESCRIBE_STRUCT(EvidenceForm, (), (name, size, sha256, purpose, taken_at, place))

struct UploadView {
    EvidenceId id;
    std::int64_t received = 0;  ///< go on from here
    std::int64_t chunk_max = 0;
    bool is_kept = false;  ///< finished before: nothing is to be sent
};
BOOST_DESCRIBE_STRUCT(UploadView, (), (id, received, chunk_max, is_kept))

struct EvidenceView {
    EvidenceId id;
    std::string purpose, name, kind, place;
    std::optional<UtcTime> taken_at, kept_at;
    UserId user_id;
    bool is_mine = false;
    std::int64_t bytes = 0;
    std::string sha256;
    std::int64_t width = 0, height = 0;
};
BOOST_DESCRIBE_STRUCT(EvidenceView, (),
                      (id, purpose, name, kind, place, taken_at, kept_at, user_id, is_mine, bytes,
                       sha256, width, height))

/// Who stands at the door, and of which case.
struct Visitor {
    CaseId case_id;
    CentreId centre;
    UserId user;            ///< none: the citizen
    bool sees_all = false;  ///< else only what they sent themselves

    Scope scope() const { return Scope::of(centre); }
    bool sees(const EvidenceRow& row) const { return sees_all || row.user_id == user; }
};
using Door = Task<Visitor> (*)(Api& api, Call& call);

/// Every role that sees a case has a part in it, and may add to it.
/// errors  not_found, also for what is hidden from them
Task<Visitor> staff(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const CaseSeer seer = seer_of(api, call.user());
    auto query = [seer, id](sql::Database& db) -> Result<CentreId> {
        YS_TRY(const SeenRow seen, seen_row(db, seer, id));
        return seen.row.centre_id;
    };
    YS_CO_TRY(const CentreId centre, co_await api.stores().read(query));
    co_return Visitor{id, centre, call.user().user.id, true};
}

/// Who was sent there, whatever the case is otherwise: what a phone kept while it had no network
/// comes when the job is done.
/// errors  not_found for a job of somebody else, or one they were called off from
Task<Visitor> repairer(Api& api, Call& call) {
    YS_CO_TRY(const CaseId id, id_in_path<CaseId>(call, "id"));
    const UserId user = call.user().user.id;
    const Scope scope = api.scope_of(call.user(), Action::WorkInField);
    auto query = [scope, id](sql::Database& db) { return cases::CrewStore::job(db, scope, id); };
    YS_CO_TRY(const auto job, co_await api.stores().read(query));
    if (!job || job->user_id != user || job->state == "called_off")
        co_return refused("not_found", RefusedAs::NotFound);
    co_return Visitor{id, job->centre_id, user, true};
}

Task<Visitor> citizen(Api&, Call& call) {
    const cases::CasePass& pass = call.citizen();
    co_return Visitor{pass.case_id, pass.centre_id, {}, false};
}

EvidenceFolder folder_of(const Api& api) { return EvidenceFolder(api.settings().attachments); }

EvidenceView view_of(const EvidenceRow& row, const Visitor& who) {
    return {row.id,
            row.purpose,
            row.name,
            row.kind,
            row.place,
            row.taken_at,
            row.kept_at,
            who.sees_all ? row.user_id : UserId{},
            row.user_id == who.user,
            row.bytes,
            row.sha256,
            row.width,
            row.height};
}

Task<EvidenceRow> row_in_path(Api& api, Call& call, const Visitor& who) {
    YS_CO_TRY(const EvidenceId id, id_in_path<EvidenceId>(call, "evidence"));
    auto query = [who, id](sql::Database& db) {
        return EvidenceStore::get(db, who.scope(), who.case_id, id);
    };
    YS_CO_TRY(const auto row, co_await api.stores().read(query));
    if (!row || !who.sees(*row)) co_return refused("not_found", RefusedAs::NotFound);
    co_return *row;
}

/// Of somebody else, or after its time, it is over.
Task<EvidenceRow> own_upload(Api& api, Call& call, const Visitor& who) {
    YS_CO_TRY(const EvidenceRow row, co_await row_in_path(api, call, who));
    const auto age = std::chrono::microseconds(utc_now().us - row.begun_at.us);
    const bool is_over = !row.is_kept() && age > cases::evidence_finish_within;
    if (row.user_id != who.user || is_over) co_return Error{EvidenceErrc::Gone, "an upload"};
    co_return row;
}

/// What nobody finished, and what a stop left behind: files first, then their rows.
Task<Done> sweep(Api& api) {
    EvidenceFolder folder = folder_of(api);
    auto list = [folder] { return folder.waiting(); };
    const std::vector<EvidenceId> waiting = co_await api.ports().pool.run(list);
    auto query = [now = utc_now()](sql::Database& db) { return EvidenceStore::abandoned(db, now); };
    YS_CO_TRY(const auto abandoned, co_await api.stores().read(query));
    auto tidied = [waiting](sql::Database& db) -> Result<std::vector<EvidenceId>> {
        std::vector<EvidenceId> out;
        for (const EvidenceId id : waiting) {
            YS_TRY(const bool is_open, EvidenceStore::is_open(db, id));
            if (!is_open) out.push_back(id);
        }
        return out;
    };
    YS_CO_TRY(const auto left, co_await api.stores().read(tidied));
    if (abandoned.empty() && left.empty()) co_return Done{};
    auto remove = [folder, abandoned, left]() mutable {
        for (const EvidenceId id : abandoned) folder.drop(id);
        for (const EvidenceId id : left) folder.finished(id);
        return Done{};
    };
    co_await api.ports().pool.run(remove);
    if (abandoned.empty()) co_return Done{};
    auto work = [abandoned](sql::Transaction& tx) { return EvidenceStore::drop(tx, abandoned); };
    co_return co_await api.stores().write(work);
}

Result<EvidenceRow> offered(const Call& call, const Visitor& who) {
    constexpr std::size_t name_max = 200, place_max = 200, key_max = 100;
    YS_TRY(const EvidenceForm form, body_of<EvidenceForm>(call));
    YS_TRY([[maybe_unused]] const Done fits,
           cases::check_offer({form.name, form.size, form.sha256, form.purpose}));
    EvidenceRow row{.centre_id = who.centre, .case_id = who.case_id, .user_id = who.user};
    row.idempotency_key = cleaned(call.request.header("idempotency-key"), key_max);
    // Without a key of its own the same file for the same purpose is the same upload.
    if (row.idempotency_key.empty()) row.idempotency_key = form.purpose + ":" + form.sha256;
    row.purpose = form.purpose;
    YS_TRY(row.name, form_text(form.name, name_max, "name"));
    YS_TRY(row.place, form_text(form.place.value_or(""), place_max, "place"));
    row.taken_at = form.taken_at;
    row.begun_at = utc_now();
    row.sent_bytes = form.size;
    row.sent_sha256 = form.sha256;
    return row;
}

template <Door door>
Task<http::Response> begin(Api& api, Call& call) {
    YS_CO_TRY(const Visitor who, co_await door(api, call));
    YS_CO_TRY(const EvidenceRow offer, offered(call, who));
    YS_CO_TRY([[maybe_unused]] const Done swept, co_await sweep(api));
    auto work = [offer](sql::Transaction& tx) { return EvidenceStore::begin(tx, offer); };
    YS_CO_TRY(const EvidenceRow row, co_await api.stores().write(work));
    // The same key with another file: what is there is not what they will send.
    if (row.sent_sha256 != offer.sent_sha256) co_return refused("taken", RefusedAs::Conflict);
    auto look = [folder = folder_of(api), id = row.id] { return folder.received(id); };
    std::int64_t received = row.sent_bytes;
    if (!row.is_kept()) received = co_await api.ports().pool.run(look);
    co_return answer_with(UploadView{row.id, received, cases::evidence_chunk_max, row.is_kept()},
                          201);
}

template <Door door>
Task<http::Response> chunk(Api& api, Call& call) {
    YS_CO_TRY(const Visitor who, co_await door(api, call));
    YS_CO_TRY(const EvidenceRow row, co_await own_upload(api, call, who));
    YS_CO_TRY(const std::uint64_t offset, number_argument(call, "offset"));
    const std::string& bytes = call.request.body;
    if (bytes.empty() || bytes.size() > std::size_t{cases::evidence_chunk_max})
        co_return refused("too_long:body", RefusedAs::Unfit);
    if (row.is_kept())
        co_return answer_with(UploadView{row.id, row.sent_bytes, cases::evidence_chunk_max, true});
    if (offset > static_cast<std::uint64_t>(row.sent_bytes))
        co_return Error{EvidenceErrc::Gap, "after its end"};
    // The call outlives the work; its body need not be copied.
    auto work = [folder = folder_of(api), &row, &bytes, offset]() mutable {
        return folder.append(row, static_cast<std::int64_t>(offset), bytes);
    };
    YS_CO_TRY(const std::int64_t received, co_await api.ports().pool.run(work));
    co_return answer_with(UploadView{row.id, received, cases::evidence_chunk_max, false});
}

template <Door door>
Task<http::Response> finish(Api& api, Call& call) {
    YS_CO_TRY(const Visitor who, co_await door(api, call));
    YS_CO_TRY(const EvidenceRow row, co_await own_upload(api, call, who));
    if (row.is_kept()) co_return answer_with(view_of(row, who));
    EvidenceFolder folder = folder_of(api);
    auto settle = [folder, row]() mutable { return folder.settle(row); };
    YS_CO_TRY(const cases::KeptBytes kept, co_await api.ports().pool.run(settle));
    auto work = [row, kept, now = utc_now()](sql::Transaction& tx) {
        return EvidenceStore::keep(tx, row, kept, now);
    };
    YS_CO_TRY(const EvidenceRow there, co_await api.stores().write(work));
    auto tidy = [folder, id = row.id]() mutable {
        folder.finished(id);
        return Done{};
    };
    co_await api.ports().pool.run(tidy);
    co_return answer_with(view_of(there, who));
}

template <Door door>
Task<http::Response> list(Api& api, Call& call) {
    YS_CO_TRY(const Visitor who, co_await door(api, call));
    auto query = [who](sql::Database& db) {
        return EvidenceStore::of_case(db, who.scope(), who.case_id);
    };
    YS_CO_TRY(const std::vector<EvidenceRow> rows, co_await api.stores().read(query));
    std::vector<EvidenceView> out;
    for (const EvidenceRow& row : rows)
        if (who.sees(row)) out.push_back(view_of(row, who));
    co_return answer_with_page(out);
}

/// The fact is on disk when this returns: the citizen may know who looked.
Task<Done> note_seen(Api& api, const EvidenceRow& row, const Visitor& who) {
    const facts::Fact fact{
        utc_now(),
        row.centre_id,
        {},
        {},
        facts::CaseSeen{.case_id = row.case_id.value, .user = who.user.value, .how = "evidence"}};
    auto work = [fact](sql::Transaction& tx) { return journal::Journal::append(tx, {&fact, 1}); };
    co_return co_await api.stores().write(work);
}

std::string content_type_of(const EvidenceRow& row) {
    if (row.kind == "jpg") return "image/jpeg";
    return row.kind == "mov" ? "video/quicktime" : "video/mp4";
}

template <Door door>
Task<http::Response> file(Api& api, Call& call) {
    YS_CO_TRY(const Visitor who, co_await door(api, call));
    YS_CO_TRY(const EvidenceRow row, co_await row_in_path(api, call, who));
    if (!row.is_kept()) co_return refused("not_found", RefusedAs::NotFound);
    YS_CO_TRY(FileAnswer answer,
              file_answer(call.request, folder_of(api).file(row), content_type_of(row)));
    if (answer.is_beginning) {
        YS_CO_TRY([[maybe_unused]] const Done noted, co_await note_seen(api, row, who));
    }
    // A film is whatever somebody sent: it is never opened as a page.
    if (row.kind != "jpg" || call.request.argument("download") == "1")
        answer.response.with(
            "Content-Disposition",
            http::attachment_named("evidence-" + std::to_string(row.id.value) + "." + row.kind));
    co_return std::move(answer.response);
}

template <Door door>
Task<http::Response> thumbnail(Api& api, Call& call) {
    YS_CO_TRY(const Visitor who, co_await door(api, call));
    YS_CO_TRY(const EvidenceRow row, co_await row_in_path(api, call, who));
    if (!row.is_kept() || row.kind != "jpg") co_return refused("not_found", RefusedAs::NotFound);
    YS_CO_TRY(FileAnswer answer,
              file_answer(call.request, folder_of(api).thumbnail(row), "image/jpeg"));
    co_return std::move(answer.response);
}

struct Paths {
    std::string_view all, one, finish, file, thumbnail;
};
constexpr Paths of_staff{"/api/v1/cases/{id}/evidence", "/api/v1/cases/{id}/evidence/{evidence}",
                         "/api/v1/cases/{id}/evidence/{evidence}/finish",
                         "/api/v1/cases/{id}/evidence/{evidence}/file",
                         "/api/v1/cases/{id}/evidence/{evidence}/thumbnail"};
constexpr Paths of_repairer{"/api/v1/field/jobs/{id}/evidence",
                            "/api/v1/field/jobs/{id}/evidence/{evidence}",
                            "/api/v1/field/jobs/{id}/evidence/{evidence}/finish",
                            "/api/v1/field/jobs/{id}/evidence/{evidence}/file",
                            "/api/v1/field/jobs/{id}/evidence/{evidence}/thumbnail"};
constexpr Paths of_citizen{"/api/v1/citizen/evidence", "/api/v1/citizen/evidence/{evidence}",
                           "/api/v1/citizen/evidence/{evidence}/finish",
                           "/api/v1/citizen/evidence/{evidence}/file",
                           "/api/v1/citizen/evidence/{evidence}/thumbnail"};

template <Door door>
void add_routes(std::vector<Route>& out, const Paths& at, Access access, Action action) {
    out.push_back({.method = "GET",
                   .pattern = at.all,
                   .summary = "Photos and videos of the case, the oldest first.",
                   .access = access,
                   .action = action,
                   .handler = list<door>,
                   .gives = page_schema_for<EvidenceView>});
    out.push_back({.method = "POST",
                   .pattern = at.all,
                   .summary =
                       "Announces a file; with the same Idempotency-Key it tells how much of "
                       "it has arrived.",
                   .access = access,
                   .action = action,
                   .handler = begin<door>,
                   .takes = schema_for<EvidenceForm>,
                   .gives = schema_for<UploadView>});
    out.push_back(
        {.method = "PATCH",
         .pattern = at.one,
         .summary = "The next piece, at most 512 KiB, as the body; on disk when answered.",
         .access = access,
         .action = action,
         .handler = chunk<door>,
         .query = {"offset"},
         .gives = schema_for<UploadView>});
    out.push_back({.method = "POST",
                   .pattern = at.finish,
                   .summary = "Everything was sent: it is checked and kept.",
                   .access = access,
                   .action = action,
                   .handler = finish<door>,
                   .gives = schema_for<EvidenceView>});
    out.push_back({.method = "GET",
                   .pattern = at.file,
                   .summary = "Its bytes, with Range; `download=1` as attachment, as every video "
                              "is. Each look is a fact.",
                   .access = access,
                   .action = action,
                   .handler = file<door>,
                   .query = {"download"}});
    out.push_back({.method = "GET",
                   .pattern = at.thumbnail,
                   .summary = "A photo, small.",
                   .access = access,
                   .action = action,
                   .handler = thumbnail<door>});
}

}  // namespace

std::vector<Route> evidence_routes() {
    std::vector<Route> out;
    add_routes<staff>(out, of_staff, Access::Right, Action::SeeCases);
    add_routes<repairer>(out, of_repairer, Access::Right, Action::WorkInField);
    add_routes<citizen>(out, of_citizen, Access::Citizen, {});
    return out;
}

}  // namespace ys::api
