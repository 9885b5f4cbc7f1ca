// SPDX-License-Identifier: Apache-2.0
// A personal list that is kept, as its citizen and the desk are shown it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/life_view.h"
#include "cases/io/evidence_folder.h"
#include "knowledge/io/checklist_store.h"

namespace ys::api {

struct ChecklistFileView {
    knowledge::ChecklistFileId id;
    std::string name;
    std::int64_t bytes = 0, width = 0, height = 0;
    std::optional<UtcTime> kept_at;
};
BOOST_DESCRIBE_STRUCT(ChecklistFileView, (), (id, name, bytes, width, height, kept_at))
ChecklistFileView view_of(const knowledge::ChecklistFileRow& row);
std::vector<ChecklistFileView> views_of(const std::vector<knowledge::ChecklistFileRow>& rows);

/// What the list says now.
Task<LifeTurnView> list_now(Api& api, const knowledge::ChecklistRow& row);

/// How long this source must wait: it tried too many links that are none.
std::optional<http::Response> slowed_by_strays(Api& api, const Call& call);
/// The list of the pass in the header x-list-pass; a source that tries many is slowed.
/// errors  no_list for a pass that is none, or over
Task<knowledge::ChecklistRow> list_of_pass(Api& api, const Call& call);

/// Where the bytes of photos are, and a photo as that folder knows it.
cases::EvidenceFolder list_folder(const Api& api);
cases::EvidenceRow as_evidence(const knowledge::ChecklistFileRow& row);

}  // namespace ys::api
