// SPDX-License-Identifier: Apache-2.0
// The flows a house begins with: those in force in its store; a scenario's files are only where
// they came from.
#pragma once

#include <map>
#include <string>

#include "platform/sql/writer.h"

namespace ys::app {

/// flows  in: the scenario's texts by name; out: those in force. A flow that is new comes into
/// force as its first version. A file that has changed comes into force only while nobody has
/// changed that flow in the house; else it is there as a version to be published. One in force that
/// does not pass the checks of this program gives way to the file, and the log says so. Nothing
/// happens before the store has numbers.
Result<Done> settle_flows(sql::Writer& writer, std::map<std::string, std::string>& flows,
                          UtcTime now);

/// What each prompt says, by name: those of the program and the files of `folder`.
std::map<std::string, std::string> known_prompts(const std::vector<std::string>& folders);

}  // namespace ys::app
