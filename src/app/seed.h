// SPDX-License-Identifier: Apache-2.0
// A scenario found by name, and put into a database that is still empty.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/scenario.h"
#include "platform/sql/writer.h"

namespace ys::app {

/// name  one of the scenarios in the program, or a folder (with a slash in it) that holds one
/// errors  no_such_file_or_directory, and those of parse_scenario
Result<Scenario> find_scenario(const std::string& name, std::uint32_t agents);

/// Every table the program uses, in one list.
Result<Done> migrate_all(sql::Database& db);

/// Centres, queues, users, numbers, rules and customers in one transaction. Does nothing when
/// there is a centre already, but for a crowd (load tests), which is made anew.
/// password_hash  of the scenario's password, made once: hashing each user's alone would take
///                a tenth of a second a user
Result<Done> seed(sql::Writer& writer, const Scenario& scenario,
                  const std::map<std::string, Secret<std::string>>& hash_of_password, UtcTime now);

/// The passwords a scenario's people use: few, so that each is hashed once.
std::vector<std::string> passwords_of(const Scenario& scenario);

}  // namespace ys::app
