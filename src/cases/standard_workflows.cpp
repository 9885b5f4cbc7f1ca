// SPDX-License-Identifier: Apache-2.0
// The workflows that come with the program, as the texts parse_workflow reads.
#include "cases/workflow.h"

namespace ys::cases {

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

const std::string_view short_workflow = R"(
workflow short 1
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
accepted               reply                 reviewed               unit
working                reply                 reviewed               unit
second_handling        reply                 reviewed               unit
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

}  // namespace ys::cases
