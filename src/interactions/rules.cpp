// SPDX-License-Identifier: Apache-2.0
// Routing rules change while people wait and talk.
#include "interactions/desk_codes.h"
#include "interactions/inside.h"

namespace ys::interactions {

void Coordinator::Inside::on(const ChangeRules& c) { refuse(c.by, codes::not_now); }

}  // namespace ys::interactions
