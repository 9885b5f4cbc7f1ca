// SPDX-License-Identifier: Apache-2.0
// Proves before a flow is loaded that no caller gets stuck in it and a person is one key away.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ivr/fault.h"
#include "ivr/flow.h"

namespace ys::ivr {

/// Every fault of the flow, in the order of its lines; empty when it may be loaded.
/// README.md says what is proved; FaultKind names each rule.
std::vector<Fault> faults(const Flow& flow);

/// errors  Errc::FlowBreaksARule; the note holds all faults, one a line
Result<Done> check(const Flow& flow);

/// parse_flow and check in one step: the only way a flow comes into service.
Result<Flow> load_flow(std::string_view text);

/// How many keys a caller at each node needs at most to come to a person: 0 when saying nothing is
/// enough. What is not in the caller's hand (branches, the answer to a look-up) goes against them.
/// A recorder counts as a person when it is closed. A node no person can be reached from, or that
/// no caller comes to, is left out. Of a proved flow no figure is above 1.
std::map<std::string, int> keys_to_person(const Flow& flow);

}  // namespace ys::ivr
