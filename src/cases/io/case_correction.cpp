// SPDX-License-Identifier: Apache-2.0
#include "cases/io/case_correction.h"

#include <algorithm>

#include "platform/journal/journal.h"
#include "platform/sql/described_rows.h"

namespace ys::cases {

Result<Done> note_correction(sql::Transaction& tx, const StoredFile& stored, UserId by,
                             const Private& why, UtcTime now) {
    const CaseFile& file = stored.file;
    const std::string state(word(file.state));
    const UtcTime at = std::max(now, file.last_at);
    YS_TRY(const std::int64_t last,
           tx.db().value<std::int64_t>(
               0, "SELECT COALESCE(MAX(number), 0) FROM case_events WHERE case_id = ?", file.id));
    const CaseEventRow row{.case_id = file.id,
                           .number = last + 1,
                           .centre_id = stored.centre_id,
                           .kind = "done",
                           .verb = std::string(correction_verb),
                           .at = at,
                           .user_id = by,
                           .role = "agent",
                           .from_state = state,
                           .to_state = state,
                           .responsible = file.responsible,
                           .why = why};
    YS_TRY([[maybe_unused]] const auto inserted, sql::insert(tx, "case_events", row));
    const facts::Fact fact{at,
                           stored.centre_id,
                           {},
                           {},
                           facts::CaseMoved{.case_id = file.id.value,
                                            .verb = std::string(correction_verb),
                                            .from = state,
                                            .to = state,
                                            .user = by.value,
                                            .role = "agent",
                                            .responsible = file.responsible.value,
                                            .why = why}};
    return journal::Journal::append(tx, {&fact, 1});
}

}  // namespace ys::cases
