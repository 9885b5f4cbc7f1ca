// SPDX-License-Identifier: Apache-2.0
// One life event for tests: a question, two services, what they take.
#pragma once

#include "knowledge/io/life_event_book.h"

namespace ys::api::testing {

/// "card": lost yes/no; a new card, and with a lost one a report before it.
knowledge::LifeEventBook life_events(knowledge::AnswerBook& answers);

}  // namespace ys::api::testing
