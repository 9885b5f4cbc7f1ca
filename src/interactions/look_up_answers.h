// SPDX-License-Identifier: Apache-2.0
// What comes back when a flow had something looked up. Part of commands.h.
#pragma once

#include <string>
#include <vector>

#include "base/id.h"

namespace ys::interactions {

/// The answer to LookUpCase.
struct CaseFound {
    InteractionId interaction;
    std::vector<std::string> prompts;  ///< the sentence; none when no one case is meant
};
/// The answer to LookUpLive.
struct LiveFound {
    InteractionId interaction;
    std::vector<std::string> prompts;  ///< the sentence; none when nothing can be said
    bool offers_person = false;
};
/// The answer to AskKnowledge.
struct KnowledgeFound {
    InteractionId interaction;
    std::vector<std::string> prompts;  ///< none: not understood, or nothing is known
    int choices = 0;                   ///< as of ivr::AnswerTold
    bool wants_person = false;
};
/// The answer to GuessNeed.
struct NeedGuessed {
    InteractionId interaction;
    std::vector<std::string> kinds;  ///< words of ivr::guess_kinds, the likeliest first
    std::string why;                 ///< what is known of the caller, a word each
};

}  // namespace ys::interactions
