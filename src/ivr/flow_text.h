// SPDX-License-Identifier: Apache-2.0
// The text form of a flow: one line per thing, so that two versions can be compared line by line.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "ivr/flow.h"

namespace ys::ivr {

/// text    at most flow_bytes_max of UTF-8; README.md describes the lines
/// errors  Errc::FlowDoesNotRead with "line 12: …" in plain words
/// The flow it returns reads well but is not yet proved: see checker.h.
Result<Flow> parse_flow(std::string_view text);

/// The same flow in canonical form; parse_flow(to_text(f)) gives f again (line numbers apart).
std::string to_text(const Flow& flow);

}  // namespace ys::ivr
