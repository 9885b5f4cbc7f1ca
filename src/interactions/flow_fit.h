// SPDX-License-Identifier: Apache-2.0
// Whether a text could be a flow of this house: read, proved, and everything it names is there.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "interactions/setup.h"
#include "ivr/flow.h"

namespace ys::interactions {

struct FlowFault {
    std::string code;  ///< as ivr::word_of(FaultKind), or one of those below
    std::string node;  ///< "" for the whole flow
    int line = 0;      ///< of the text; 0 for the whole flow
    std::string text;  ///< English, what it is about in “quotes”
};
// Besides the checker's own:
//   does-not-read, name-differs, queue-not-there, skill-not-there, prompt-unknown,
//   nobody-listens

/// What a house has that flows name. No prompts: they are not looked at.
struct FlowHouse {
    const Setup& setup;
    const std::map<std::string, std::string>* prompts = nullptr;
    bool hears = false;  ///< a recogniser is set up
};

/// Every fault, in the order of lines. name  of the flow in this house
std::vector<FlowFault> faults_of_text(std::string_view text);
std::vector<FlowFault> faults_in_house(const std::string& name, std::string_view text,
                                       const FlowHouse& house);

/// The sentence for who edits it. language  "zh" or "en"
std::string sentence_of(const FlowFault& fault, std::string_view language);

/// One a line, to be kept; and back.
std::string faults_text(const std::vector<FlowFault>& faults);
std::vector<FlowFault> faults_from(std::string_view text);

}  // namespace ys::interactions
