// SPDX-License-Identifier: Apache-2.0
// What is wrong with a flow, in the language of who edits it. The checker and the reader speak
// English; the Chinese sentences are made from their words here.
#pragma once

#include <string>
#include <string_view>

#include "ivr/fault.h"
#include "ivr/flow.h"

namespace ys::ivr {

/// language  "zh" or "en"
std::string sentence_of(const Fault& fault, std::string_view language);

/// Of an error of parse_flow, whose note is "line 12: …".
struct ReadingFault {
    int line = 0;
    std::string sentence;
};
ReadingFault reading_fault(std::string_view note, std::string_view language);

/// The node a line of the flow's text belongs to; "" for the head.
std::string node_at(const Flow& flow, int line);

}  // namespace ys::ivr
