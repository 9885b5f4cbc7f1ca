// SPDX-License-Identifier: Apache-2.0
// The life events beside a hotline's scenario.toml.
#pragma once

#include <memory>
#include <string>

#include "knowledge/io/life_event_book.h"

namespace ys::app {

/// scenario  one of the scenarios in the program, or a folder (with a slash in it); one without
///           life_events.toml has none
/// errors    invalid_argument with every fault and its place; io_error
Result<std::unique_ptr<knowledge::LifeEventBook>> life_events_of(const std::string& scenario,
                                                                 knowledge::AnswerBook& answers);

}  // namespace ys::app
