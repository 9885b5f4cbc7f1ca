// SPDX-License-Identifier: Apache-2.0
// Photos of a personal list: they come by its link in pieces, and are looked at where the desk has
// the list open.
#include "api/answer.h"
#include "api/checklist_view.h"
#include "api/file_answer.h"
#include "api/problem.h"
#include "api/refusal.h"
#include "api/route_lists.h"
#include "base/text.h"
#include "platform/clock.h"
#include "platform/http/syntax.h"
#include "platform/sql/errc.h"

namespace ys::api {
namespace {

using cases::EvidenceErrc;
using cases::EvidenceFolder;
using centres::Action;
using knowledge::ChecklistFileId;
using knowledge::ChecklistFileRow;
using knowledge::ChecklistId;
using knowledge::ChecklistRow;
using knowledge::ChecklistStore;

constexpr std::size_t name_max = 200, key_max = 100;

struct FileForm {
    std::string name;
    std::int64_t size = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(FileForm, (), (name, size, sha256))
struct FileUploadView {
    ChecklistFileId id;
    std::int64_t received = 0;  ///< go on from here
    std::int64_t chunk_max = 0;
    bool is_kept = false;  ///< finished before: nothing is to be sent
};
BOOST_DESCRIBE_STRUCT(FileUploadView, (), (id, received, chunk_max, is_kept))

std::vector<cases::EvidenceId> as_evidence(const std::vector<ChecklistFileId>& ids) {
    std::vector<cases::EvidenceId> out;
    for (const ChecklistFileId id : ids) out.push_back(cases::EvidenceId{id.value});
    return out;
}

/// What nobody finished: files first, then their rows.
Task<Done> sweep(Api& api) {
    auto query = [now = utc_now()](sql::Database& db) {
        return ChecklistStore::abandoned(db, now);
    };
    YS_CO_TRY(const auto abandoned, co_await api.stores().read(query));
    if (abandoned.empty()) co_return Done{};
    auto remove = [folder = list_folder(api), ids = as_evidence(abandoned)]() mutable {
        for (const cases::EvidenceId id : ids) folder.drop(id);
        return Done{};
    };
    co_await api.ports().pool.run(remove);
    auto work = [abandoned](sql::Transaction& tx) {
        return ChecklistStore::drop_files(tx, abandoned);
    };
    co_return co_await api.stores().write(work);
}

/// errors  EvidenceErrc; too_long
Result<ChecklistFileRow> offered(const Call& call, ChecklistId of) {
    YS_TRY(const FileForm form, body_of<FileForm>(call));
    YS_TRY([[maybe_unused]] const Done fits,
           cases::check_offer({form.name, form.size, form.sha256, "other"}));
    if (form.size > cases::photo_bytes_max) return Error{EvidenceErrc::PhotoTooLarge, "an offer"};
    ChecklistFileRow row{.checklist_id = of};
    row.idempotency_key = cleaned(call.request.header("idempotency-key"), key_max);
    if (row.idempotency_key.empty()) row.idempotency_key = form.sha256;
    YS_TRY(row.name, form_text(form.name, name_max, "name"));
    row.begun_at = utc_now();
    row.sent_bytes = form.size;
    row.sent_sha256 = form.sha256;
    return row;
}

/// Of the list whose link this is. errors  EvidenceErrc::Gone
Task<ChecklistFileRow> upload_in_path(Api& api, Call& call, ChecklistId of) {
    YS_CO_TRY(const ChecklistFileId id, id_in_path<ChecklistFileId>(call, "file"));
    auto query = [of, id](sql::Database& db) { return ChecklistStore::file(db, of, id); };
    YS_CO_TRY(auto row, co_await api.stores().read(query));
    if (!row) co_return Error{EvidenceErrc::Gone, "a photo of a list"};
    co_return *std::move(row);
}

Task<http::Response> begin(Api& api, Call& call) {
    if (auto wait = slowed_by_strays(api, call)) co_return *std::move(wait);
    YS_CO_TRY(const ChecklistRow list, co_await list_of_pass(api, call));
    YS_CO_TRY(const ChecklistFileRow offer, offered(call, list.id));
    YS_CO_TRY([[maybe_unused]] const Done swept, co_await sweep(api));
    auto work = [offer](sql::Transaction& tx) -> Result<ChecklistFileRow> {
        auto begun = ChecklistStore::begin_file(tx, offer);
        if (!begun && begun.error().code == make_error_code(sql::errc::full))
            return refused("list_full");
        return begun;
    };
    YS_CO_TRY(const ChecklistFileRow row, co_await api.stores().write(work));
    // The same key with another file: what is there is not what they will send.
    if (row.sent_sha256 != offer.sent_sha256) co_return refused("taken", RefusedAs::Conflict);
    std::int64_t received = row.sent_bytes;
    auto look = [folder = list_folder(api), id = cases::EvidenceId{row.id.value}] {
        return folder.received(id);
    };
    if (!row.is_kept()) received = co_await api.ports().pool.run(look);
    const FileUploadView view{row.id, received, cases::evidence_chunk_max, row.is_kept()};
    co_return answer_with(view, 201);
}

Task<http::Response> chunk(Api& api, Call& call) {
    if (auto wait = slowed_by_strays(api, call)) co_return *std::move(wait);
    YS_CO_TRY(const ChecklistRow list, co_await list_of_pass(api, call));
    YS_CO_TRY(const ChecklistFileRow row, co_await upload_in_path(api, call, list.id));
    YS_CO_TRY(const std::uint64_t offset, number_argument(call, "offset"));
    const std::string& bytes = call.request.body;
    if (bytes.empty() || bytes.size() > std::size_t{cases::evidence_chunk_max})
        co_return refused("too_long:body", RefusedAs::Unfit);
    const FileUploadView whole{row.id, row.sent_bytes, cases::evidence_chunk_max, true};
    if (row.is_kept()) co_return answer_with(whole);
    if (offset > static_cast<std::uint64_t>(row.sent_bytes))
        co_return Error{EvidenceErrc::Gap, "after its end"};
    const cases::EvidenceRow evidence = ys::api::as_evidence(row);
    // The call outlives the work; its body need not be copied.
    auto work = [folder = list_folder(api), &evidence, &bytes, offset]() mutable {
        return folder.append(evidence, static_cast<std::int64_t>(offset), bytes);
    };
    YS_CO_TRY(const std::int64_t received, co_await api.ports().pool.run(work));
    const FileUploadView view{row.id, received, cases::evidence_chunk_max, false};
    co_return answer_with(view);
}

Task<http::Response> finish(Api& api, Call& call) {
    if (auto wait = slowed_by_strays(api, call)) co_return *std::move(wait);
    YS_CO_TRY(const ChecklistRow list, co_await list_of_pass(api, call));
    YS_CO_TRY(ChecklistFileRow row, co_await upload_in_path(api, call, list.id));
    if (row.is_kept()) co_return answer_with(view_of(row));
    EvidenceFolder folder = list_folder(api);
    const cases::EvidenceRow evidence = ys::api::as_evidence(row);
    auto settle = [folder, evidence]() mutable { return folder.settle(evidence); };
    YS_CO_TRY(const cases::KeptBytes kept, co_await api.ports().pool.run(settle));
    if (kept.kind != "jpg") {
        auto drop = [folder, id = evidence.id]() mutable {
            folder.drop(id);
            return Done{};
        };
        co_await api.ports().pool.run(drop);
        co_return refused("photos_only", RefusedAs::Unfit);
    }
    row.kind = kept.kind;
    row.bytes = kept.bytes;
    row.sha256 = kept.sha256;
    row.width = kept.width;
    row.height = kept.height;
    auto work = [list, row, now = utc_now()](sql::Transaction& tx) {
        return ChecklistStore::keep_file(tx, list, row, now);
    };
    YS_CO_TRY(const ChecklistFileRow there, co_await api.stores().write(work));
    auto tidy = [folder, id = evidence.id]() mutable {
        folder.finished(id);
        return Done{};
    };
    co_await api.ports().pool.run(tidy);
    co_return answer_with(view_of(there));
}

/// A photo of an open list of the user's reach; that they looked is on disk when this returns.
/// errors  not_found
Task<ChecklistFileRow> photo_in_path(Api& api, Call& call) {
    YS_CO_TRY(const ChecklistId id, id_in_path<ChecklistId>(call, "id"));
    YS_CO_TRY(const ChecklistFileId file, id_in_path<ChecklistFileId>(call, "file"));
    auto query = [id, file, scope = api.scope_of(call.user(), Action::SeeCustomers)](
                     sql::Database& db) -> Result<ChecklistFileRow> {
        YS_TRY(const auto list, ChecklistStore::get(db, scope, id));
        if (!list || !list->is_open()) return refused("not_found", RefusedAs::NotFound);
        YS_TRY(auto row, ChecklistStore::file(db, id, file));
        if (!row || !row->is_kept()) return refused("not_found", RefusedAs::NotFound);
        return *std::move(row);
    };
    co_return co_await api.stores().read(query);
}

Task<http::Response> photo(Api& api, Call& call) {
    YS_CO_TRY(const ChecklistFileRow row, co_await photo_in_path(api, call));
    const auto path = list_folder(api).file(ys::api::as_evidence(row));
    YS_CO_TRY(FileAnswer answer, file_answer(call.request, path, "image/jpeg"));
    auto work = [id = row.checklist_id, by = call.user().user.id,
                 now = utc_now()](sql::Transaction& tx) -> Result<Done> {
        YS_TRY(const auto list, ChecklistStore::find(tx.db(), id));
        if (!list) return refused("not_found", RefusedAs::NotFound);
        return ChecklistStore::put(tx, *list, "opened", by, now);
    };
    YS_CO_TRY([[maybe_unused]] const Done noted, co_await api.stores().write(work));
    co_return std::move(answer.response);
}

Task<http::Response> thumbnail(Api& api, Call& call) {
    YS_CO_TRY(const ChecklistFileRow row, co_await photo_in_path(api, call));
    const auto path = list_folder(api).thumbnail(ys::api::as_evidence(row));
    YS_CO_TRY(FileAnswer answer, file_answer(call.request, path, "image/jpeg"));
    co_return std::move(answer.response);
}

}  // namespace

std::vector<Route> checklist_file_routes() {
    return {
        {.method = "POST",
         .pattern = "/api/v1/citizen/checklist/files",
         .summary = "Announces a photo; with the same Idempotency-Key it tells how much of it has "
                    "arrived.",
         .access = Access::Public,
         .handler = begin,
         .takes = schema_for<FileForm>,
         .gives = schema_for<FileUploadView>},
        {.method = "PATCH",
         .pattern = "/api/v1/citizen/checklist/files/{file}",
         .summary = "The next piece, at most 512 KiB, as the body; on disk when answered.",
         .access = Access::Public,
         .handler = chunk,
         .query = {"offset"},
         .gives = schema_for<FileUploadView>},
        {.method = "POST",
         .pattern = "/api/v1/citizen/checklist/files/{file}/finish",
         .summary = "Everything was sent: it is checked and kept.",
         .access = Access::Public,
         .handler = finish,
         .gives = schema_for<ChecklistFileView>},
        {.method = "GET",
         .pattern = "/api/v1/checklists/{id}/files/{file}/file",
         .summary = "A photo; each look is a fact.",
         .access = Access::Right,
         .action = Action::SeeCustomers,
         .handler = photo},
        {.method = "GET",
         .pattern = "/api/v1/checklists/{id}/files/{file}/thumbnail",
         .summary = "A photo, small.",
         .access = Access::Right,
         .action = Action::SeeCustomers,
         .handler = thumbnail},
    };
}

}  // namespace ys::api
