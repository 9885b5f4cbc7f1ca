// SPDX-License-Identifier: Apache-2.0
// Announcements to the callers of some addresses: asked for by one, put in force by another.
#include "interactions/desk_codes.h"
#include "interactions/inside.h"

namespace ys::interactions {

void Coordinator::Inside::on(const AskEmergency& c) { refuse(c.by, codes::not_now); }
void Coordinator::Inside::on(const ConfirmEmergency& c) { refuse(c.by, codes::not_now); }
void Coordinator::Inside::on(const EndEmergency& c) { refuse(c.by, codes::not_now); }

}  // namespace ys::interactions
