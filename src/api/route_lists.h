// SPDX-License-Identifier: Apache-2.0
// Every list of routes, one for each file of routes; apart, so that a new list compiles little.
#pragma once

#include <vector>

#include "api/route.h"

namespace ys::api {

std::vector<Route> session_routes();
std::vector<Route> people_routes();
std::vector<Route> customer_routes();
std::vector<Route> case_routes();
std::vector<Route> case_file_routes();
std::vector<Route> evidence_routes();
std::vector<Route> incident_routes();
std::vector<Route> case_export_routes();
std::vector<Route> case_view_routes();
std::vector<Route> case_type_routes();
std::vector<Route> case_answer_routes();
std::vector<Route> case_people_routes();
std::vector<Route> cause_routes();
std::vector<Route> defect_routes();
std::vector<Route> defect_out_routes();
std::vector<Route> follow_up_routes();
std::vector<Route> article_routes();
std::vector<Route> article_import_routes();
std::vector<Route> article_reminder_routes();
std::vector<Route> matter_routes();
std::vector<Route> gap_routes();
std::vector<Route> question_routes();
std::vector<Route> chat_routes();
std::vector<Route> chat_citizen_routes();
std::vector<Route> carry_routes();
std::vector<Route> live_answer_routes();
std::vector<Route> life_event_routes();
std::vector<Route> checklist_routes();
std::vector<Route> checklist_file_routes();
std::vector<Route> citizen_routes();
std::vector<Route> field_routes();
std::vector<Route> private_routes();
std::vector<Route> call_routes();
std::vector<Route> message_routes();
std::vector<Route> survey_routes();
std::vector<Route> lost_call_routes();
std::vector<Route> barred_routes();
std::vector<Route> recording_routes();
std::vector<Route> rules_routes();
std::vector<Route> day_routes();
std::vector<Route> flow_routes();
std::vector<Route> flow_trial_routes();
std::vector<Route> report_routes();
std::vector<Route> kpi_case_routes();
std::vector<Route> web_call_routes();
std::vector<Route> desk_routes();
std::vector<Route> exchange_routes();
std::vector<Route> open311_routes();
std::vector<Route> service_routes();

/// All of them, in the order of the document.
std::vector<Route> all_routes();

}  // namespace ys::api
