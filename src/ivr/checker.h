// SPDX-License-Identifier: Apache-2.0
// Proves before a flow is loaded that no caller gets stuck in it and a person is one key away.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "ivr/flow.h"

namespace ys::ivr {

struct Fault {
    int line = 0;      ///< 0 when it is about the whole flow
    std::string text;  ///< plain words
};

/// Every fault of the flow, in the order of its lines; empty when it may be loaded.
///
/// Proved: every name leads to a node and every node can be reached; no dead end; `0` leads to a
/// queue from every node (to voicemail only beyond an hours rule); a caller who presses nothing
/// comes to an end; nobody reaches a queue or voicemail without having heard the must-hear prompts
/// to their end.
std::vector<Fault> faults(const Flow& flow);

/// errors  Errc::FlowBreaksARule; the note holds all faults, one a line
Result<Done> check(const Flow& flow);

/// parse_flow and check in one step: the only way a flow comes into service.
Result<Flow> load_flow(std::string_view text);

}  // namespace ys::ivr
