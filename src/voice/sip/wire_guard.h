// SPDX-License-Identifier: Apache-2.0
// Takes out of a message what would steer sofia before we see it.
#pragma once

#include "voice/sip/sofia.h"

namespace ys::sip {

/// sofia's message class with one step after the headers are read: an answer goes to where the
/// request came from. Left alone, sofia looks up the host a Via's maddr names, and for some errors
/// the Via itself, and waits for the DNS with everything else standing still.
const msg_mclass_t* guarded_message_class();

}  // namespace ys::sip
