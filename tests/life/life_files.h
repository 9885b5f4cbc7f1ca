// SPDX-License-Identifier: Apache-2.0
// The life events that ship with a scenario, and the matters they stand on.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "knowledge/personal_list.h"

namespace ys::knowledge::testing {

/// Scenarios that have a life_events.toml.
std::vector<std::string> scenarios_with_events();
/// Ends the test program, with the reason, when the file does not read.
std::vector<LifeEvent> events_of(const std::string& scenario);
std::set<std::string> matters_of(const std::string& scenario);
/// By matter, every text of its article; empty when the scenario has no articles.toml.
std::map<std::string, std::string> articles_of(const std::string& scenario);
/// Each matter an article and a version of its own.
ArticlePins pins_of(const std::string& scenario);

}  // namespace ys::knowledge::testing
