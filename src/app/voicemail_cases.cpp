// SPDX-License-Identifier: Apache-2.0
#include "app/voicemail_cases.h"

#include <string>
#include <vector>

#include "cases/io/case_store.h"
#include "cases/io/type_store.h"
#include "interactions/io/call_store.h"
#include "platform/log/log.h"
#include "platform/sql/described_rows.h"

namespace ys::app {
namespace {

using interactions::CallStore;

/// How far back a message may lie that has no case yet, in recordings.
constexpr std::int64_t look_back = 100'000;

Result<Done> make_case(sql::Transaction& tx, CentreId centre, InteractionId call, UtcTime now) {
    cases::CaseRow row;
    row.interaction_id = call;
    row.kind = "help";
    row.title = "语音留言";
    YS_TRY(const auto ended, CallStore::get(tx.db(), Scope::of(centre), call));
    if (ended) {
        row.customer_id = ended->customer_id;
        row.phone = ended->caller;
        row.name = ended->customer_name;
    } else {
        YS_TRY(const auto up, CallStore::live(tx.db(), Scope::of(centre), call));
        if (up) row.phone = up->caller;
    }
    row.detail = "市民在等候中留言，请听这次来电的录音后处理。";
    row.urgency = "normal";
    // The same message twice is the same case.
    const cases::Saving saving{.now = now,
                               .idempotency_key = "voicemail-" + std::to_string(call.value)};
    YS_TRY(row, cases::with_type(tx.db(), centre, row));
    YS_TRY(const auto saved, cases::CaseStore::create(tx, centre, row, saving));
    return cases::TypeStore::leave_form_open(tx, saved, now);
}

}  // namespace

void VoicemailCases::on(const facts::Fact& fact) {
    if (const auto* opened = std::get_if<facts::RecordingOpened>(&fact.body);
        opened && opened->purpose == "voicemail")
        open_.insert(opened->recording);
    const auto* closed = std::get_if<facts::RecordingClosed>(&fact.body);
    if (closed == nullptr || open_.erase(closed->recording) == 0) return;
    const bool has_sound = closed->length_ms > 0 && closed->outcome != "failed";
    if (!has_sound) return;
    writer_.submit_soon([centre = fact.centre, call = fact.interaction, at = fact.at](
                            sql::Transaction& tx) { return make_case(tx, centre, call, at); },
                        [](Result<Done> made) {
                            if (!made) log::error("cases", "voicemail_without_case", made.error());
                        });
}

Result<Done> VoicemailCases::make_up(sql::Transaction& tx, UtcTime now) {
    YS_TRY(const auto left,
           sql::select<interactions::RecordingRow>(
               tx.db(),
               "FROM recordings WHERE id > (SELECT COALESCE(MAX(id), 0) FROM recordings) - ?"
               " AND purpose = 'voicemail' AND outcome NOT IN ('', 'failed', 'empty')"
               " AND length_ms > 0 AND NOT EXISTS (SELECT 1 FROM cases k WHERE"
               " k.interaction_id = recordings.interaction_id) ORDER BY id",
               look_back));
    for (const auto& recording : left) {
        YS_TRY([[maybe_unused]] const auto made,
               make_case(tx, recording.centre_id, recording.interaction_id, now));
    }
    return Done{};
}

}  // namespace ys::app
