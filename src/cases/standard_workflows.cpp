// SPDX-License-Identifier: Apache-2.0
// The workflows that come with the program, as the texts parse_workflow reads.
#include "cases/workflow.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace ys::cases {
namespace {

/// Verbs of a review and of handling by several units.
constexpr std::array<std::string_view, 5> left_out{"approve", "send_back", "co_handle", "co_reply",
                                                   "release_part"};

/// Repairs go to who repairs: the reply needs no review, everything else is as in the standard one.
std::string without_review(std::string_view standard) {
    std::string out = "workflow short 1\n";
    for (const std::string_view line : split(standard, '\n')) {
        std::vector<std::string_view> words = split(line, ' ');
        std::erase(words, std::string_view{});
        const bool is_move = words.size() == 4 && words[0] != "#";
        if (!is_move || std::ranges::find(left_out, words[1]) != left_out.end()) continue;
        if (words[1] == "reply") words[2] = "reviewed";
        for (const std::string_view word : words) out += std::string(word) + ' ';
        out += '\n';
    }
    return out;
}

}  // namespace

const std::string_view standard_workflow = R"(
workflow standard 1
# from                 verb                  to                     roles
filed                  file                  same                   citizen,agent,system
filed                  settle                closed                 agent
filed                  dispatch              dispatched             dispatcher,system
returned               dispatch              dispatched             dispatcher,system
accepted               dispatch              dispatched             dispatcher
dispatched             accept                accepted               unit
dispatched             return                returned               unit
dispatched             return_again          disputed               unit
disputed               assign                accepted               superior
disputed               uphold_return         returned               superior
filed                  take_over             accepted               system
returned               take_over             accepted               system
dispatched             take_over             accepted               system
accepted               begin                 working                unit
second_handling        begin                 working                unit
accepted               reply                 replied                unit
working                reply                 replied                unit
second_handling        reply                 replied                unit
replied                approve               reviewed               reviewer
replied                send_back             working                reviewer
reviewed               tell_citizen          awaiting_confirmation  agent,unit,system
awaiting_confirmation  confirm               closed                 citizen,agent
awaiting_confirmation  object                second_handling        citizen,agent
awaiting_confirmation  object_unheard        disputed               citizen,agent
awaiting_confirmation  close                 closed                 agent,supervisor
closed                 reopen                accepted               citizen,agent,supervisor
out_of_scope           reopen                filed                  citizen,agent,supervisor
filed                  declare_out_of_scope  out_of_scope           dispatcher,agent
returned               declare_out_of_scope  out_of_scope           dispatcher
disputed               declare_out_of_scope  out_of_scope           superior
open                   withdraw              withdrawn              citizen,agent
open                   urge                  same                   citizen,agent
open                   supervise             same                   supervisor,superior
accepted               co_handle             same                   unit,dispatcher
working                co_handle             same                   unit,dispatcher
second_handling        co_handle             same                   unit,dispatcher
accepted               co_reply              same                   unit
working                co_reply              same                   unit
second_handling        co_reply              same                   unit
accepted               release_part          same                   superior,dispatcher
working                release_part          same                   superior,dispatcher
second_handling        release_part          same                   superior,dispatcher
open                   record_attempt        same                   agent,unit,system
accepted               pause                 same                   unit
working                pause                 same                   unit
second_handling        pause                 same                   unit
accepted               resume                same                   unit,superior,supervisor
working                resume                same                   unit,superior,supervisor
second_handling        resume                same                   unit,superior,supervisor
accepted               extend                same                   unit
working                extend                same                   unit
second_handling        extend                same                   unit
open                   link_duplicate        same                   agent,dispatcher,unit
closed                 link_duplicate        same                   agent,dispatcher,unit
)";

namespace {
const std::string short_text = without_review(standard_workflow);
}  // namespace
const std::string_view short_workflow = short_text;

}  // namespace ys::cases
