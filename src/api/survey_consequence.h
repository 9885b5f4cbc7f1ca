// SPDX-License-Identifier: Apache-2.0
// What an answer by link sets in motion: nobody who says "not solved" is thanked and forgotten.
#pragma once

#include "cases/handbook.h"
#include "outreach/io/survey_store.h"

namespace ys::api {

/// In the transaction that keeps the answer. A closed case hears its citizen's word (CaseConfirmed)
/// and is opened again when it is not solved. Of a call, the case taken in it is opened again when
/// it is closed and urged while it is open. Who is left without either, or is cross with the call
/// itself, gets a case of their own: call them back.
/// returns  the case that somebody will now work at because of it, or none
Result<CaseId> follow(sql::Transaction& tx, const cases::Handbook& handbook,
                      const outreach::SurveyRow& survey, UtcTime now);

}  // namespace ys::api
