// SPDX-License-Identifier: Apache-2.0
#include "api/checklist_view.h"

#include "api/problem.h"
#include "api/refusal.h"
#include "platform/clock.h"

namespace ys::api {

using knowledge::ChecklistFileRow;
using knowledge::ChecklistRow;
using knowledge::ChecklistStore;

ChecklistFileView view_of(const ChecklistFileRow& row) {
    return {row.id, row.name, row.bytes, row.width, row.height, row.kept_at};
}

std::vector<ChecklistFileView> views_of(const std::vector<ChecklistFileRow>& rows) {
    std::vector<ChecklistFileView> out;
    for (const ChecklistFileRow& row : rows) out.push_back(view_of(row));
    return out;
}

Task<LifeTurnView> list_now(Api& api, const ChecklistRow& row) {
    knowledge::LifeState state = knowledge::state_of(row);
    LifeForm said;
    said.answers = std::move(state.answers);
    said.ready.assign(state.ready.begin(), state.ready.end());
    YS_CO_TRY(LifeTurn turn, co_await life_turn_now(api, row.event, std::move(said)));
    co_return std::move(turn.view);
}

std::optional<http::Response> slowed_by_strays(Api& api, const Call& call) {
    const Seconds wait = api.stray_links().must_wait(mono_now(), "", call.request.remote_address);
    if (wait.count() == 0) return std::nullopt;
    return problem_response({429, "too_many_tries", {}, wait}, call.language);
}

Task<ChecklistRow> list_of_pass(Api& api, const Call& call) {
    auto query = [pass = std::string(call.request.header("x-list-pass")), now = utc_now()](
                     sql::Database& db) { return ChecklistStore::by_pass(db, pass, now); };
    YS_CO_TRY(auto row, co_await api.stores().read(query));
    if (!row) {
        api.stray_links().failed(mono_now(), call.request.remote_address);
        co_return refused("no_list", RefusedAs::NotFound);
    }
    co_return *std::move(row);
}

cases::EvidenceFolder list_folder(const Api& api) {
    return cases::EvidenceFolder(api.settings().attachments / "lists");
}

cases::EvidenceRow as_evidence(const ChecklistFileRow& row) {
    cases::EvidenceRow out;
    out.id = cases::EvidenceId{row.id.value};
    out.state = row.state;
    out.begun_at = row.begun_at;
    out.sent_bytes = row.sent_bytes;
    out.sent_sha256 = row.sent_sha256;
    out.kind = row.kind;
    out.bytes = row.bytes;
    out.sha256 = row.sha256;
    return out;
}

}  // namespace ys::api
