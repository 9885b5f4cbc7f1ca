// SPDX-License-Identifier: Apache-2.0
#include "api/rooms.h"

#include "cases/io/case_store.h"
#include "cases/io/cause_store.h"
#include "cases/io/code_store.h"
#include "cases/io/crew_store.h"
#include "cases/io/defect_store.h"
#include "cases/io/evidence_store.h"
#include "cases/io/follow_up_store.h"
#include "cases/io/incident_store.h"
#include "cases/io/pass_store.h"
#include "cases/io/type_store.h"
#include "cases/io/view_store.h"
#include "centres/io/user_store.h"
#include "customers/io/barred_store.h"
#include "customers/io/customer_store.h"
#include "directory/io/directory_store.h"
#include "exchange/io/exchange_store.h"
#include "interactions/io/call_store.h"
#include "interactions/io/flow_store.h"
#include "interactions/io/guess_store.h"
#include "interactions/io/rules_store.h"
#include "interactions/io/setup_store.h"
#include "interactions/io/waiting_store.h"
#include "knowledge/io/article_reminders.h"
#include "knowledge/io/article_store.h"
#include "knowledge/io/checklist_store.h"
#include "knowledge/io/matter_store.h"
#include "outreach/io/document_store.h"
#include "outreach/io/message_store.h"
#include "platform/journal/journal.h"
#include "platform/sql/sealing.h"
#include "reports/io/case_reading.h"

namespace ys::api {

std::vector<sql::Schema> all_rooms() {
    return {journal::schema(),
            sql::sealing_schema(),
            centres::schema(),
            interactions::setup_schema(),
            customers::schema(),
            customers::barred_schema(),
            interactions::schema(),
            cases::schema(),
            cases::pass_schema(),
            cases::evidence_schema(),
            cases::code_schema(),
            cases::crew_schema(),
            outreach::schema(),
            outreach::survey_schema(),
            outreach::document_schema(),
            exchange::schema(),
            cases::incident_schema(),
            cases::view_schema(),
            cases::type_schema(),
            cases::follow_up_schema(),
            cases::cause_schema(),
            cases::defect_schema(),
            knowledge::article_schema(),
            knowledge::reminder_schema(),
            knowledge::matter_schema(),
            knowledge::checklist_schema(),
            interactions::waiting_schema(),
            interactions::guess_schema(),
            interactions::rules_schema(),
            interactions::flow_schema(),
            directory::directory_schema(),
            reports::schema()};
}

}  // namespace ys::api
