// SPDX-License-Identifier: Apache-2.0
// Tables of the life of a case: its file, history, notices, and who handles cases.
#pragma once

#include <string_view>

namespace ys::cases {

inline constexpr std::string_view case_file_tables = R"(
CREATE TABLE case_files (case_id ID_KEY, centre_id BIGINT NOT NULL, type TEXT NOT NULL,
  type_version BIGINT NOT NULL, state TEXT NOT NULL, responsible BIGINT NOT NULL,
  handler BIGINT NOT NULL, is_confidential BIGINT NOT NULL, deadline_at BIGINT, wake_at BIGINT,
  body TEXT NOT NULL, version BIGINT NOT NULL);
CREATE INDEX case_files_by_state ON case_files (centre_id, state);
CREATE INDEX case_files_by_responsible ON case_files (responsible) WHERE responsible > 0;
CREATE INDEX case_files_by_deadline ON case_files (deadline_at) WHERE deadline_at IS NOT NULL;
CREATE INDEX case_files_by_wake ON case_files (wake_at) WHERE wake_at IS NOT NULL;
CREATE TABLE case_parties (case_id BIGINT NOT NULL, unit_id BIGINT NOT NULL, part TEXT NOT NULL,
  PRIMARY KEY (case_id, unit_id, part));
CREATE INDEX case_parties_by_unit ON case_parties (unit_id, part);
CREATE TABLE case_events (case_id BIGINT NOT NULL, number BIGINT NOT NULL,
  centre_id BIGINT NOT NULL, kind TEXT NOT NULL, verb TEXT NOT NULL, at BIGINT NOT NULL,
  user_id BIGINT NOT NULL, role TEXT NOT NULL, by_unit_id BIGINT NOT NULL,
  from_state TEXT NOT NULL, to_state TEXT NOT NULL, unit_id BIGINT NOT NULL,
  responsible BIGINT NOT NULL, clock TEXT NOT NULL, level BIGINT NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (case_id, number));
CREATE TABLE case_notices (id SEQUENCE_KEY, case_id BIGINT NOT NULL, centre_id BIGINT NOT NULL,
  at BIGINT NOT NULL, receiver TEXT NOT NULL, unit_id BIGINT NOT NULL, reason TEXT NOT NULL,
  clock TEXT NOT NULL, words TEXT NOT NULL, until_at BIGINT);
CREATE INDEX case_notices_by_case ON case_notices (case_id);
CREATE TABLE case_units (id ID_KEY, centre_id BIGINT NOT NULL, name TEXT NOT NULL,
  superior_id BIGINT NOT NULL, fallback_rank BIGINT NOT NULL);
CREATE INDEX case_units_by_centre ON case_units (centre_id);
CREATE TABLE case_unit_members (user_id BIGINT NOT NULL, unit_id BIGINT NOT NULL,
  centre_id BIGINT NOT NULL, roles TEXT NOT NULL, PRIMARY KEY (user_id, unit_id));
CREATE TABLE case_duties (centre_id BIGINT NOT NULL, title TEXT NOT NULL, category TEXT NOT NULL,
  area TEXT NOT NULL, unit_id BIGINT NOT NULL, PRIMARY KEY (centre_id, title));
)";

inline constexpr std::string_view case_people_tables = R"(
CREATE TABLE case_people (case_id BIGINT NOT NULL, centre_id BIGINT NOT NULL, part TEXT NOT NULL,
  name TEXT NOT NULL, phone TEXT NOT NULL, relation TEXT NOT NULL, consent TEXT NOT NULL,
  consent_at BIGINT, consent_by BIGINT NOT NULL, changed_at BIGINT NOT NULL,
  changed_by BIGINT NOT NULL, PRIMARY KEY (case_id, part));
CREATE INDEX case_people_by_phone ON case_people (phone) WHERE phone <> '';
CREATE INDEX case_people_by_name ON case_people (name);
)";

}  // namespace ys::cases
