// SPDX-License-Identifier: Apache-2.0
// life_events.toml of a scenario: the events, and the evidence and places they share.
#pragma once

#include <string_view>
#include <vector>

#include "base/described.h"
#include "base/result.h"
#include "knowledge/life_event.h"

namespace ys::knowledge {

BOOST_DESCRIBE_STRUCT(AnswerIs, (), (question, is))
BOOST_DESCRIBE_STRUCT(LifeChoice, (), (code, title))
BOOST_DESCRIBE_STRUCT(LifeQuestion, (), (code, title, choices, when))
BOOST_DESCRIBE_STRUCT(LifeEvidence, (), (code, title, copy_word, unit))
BOOST_DESCRIBE_STRUCT(EvidenceNeed, (), (evidence, original, copies, when))
BOOST_DESCRIBE_STRUCT(LifePlace, (), (code, title, address, hours))
BOOST_DESCRIBE_STRUCT(LifeService, (),
                      (code, title, matter, when, evidence, output, gives, places, online, cost_fen,
                       period_days, counts_working_days, queue, after))
BOOST_DESCRIBE_STRUCT(LifeEvent, (), (code, title, questions, services, evidence, places))
BOOST_DESCRIBE_STRUCT(LifeFault, (), (field, code))

/// Each event has, beside its own, the shared evidence and places that it names. It is read, not
/// yet checked: see faults().
/// errors  invalid_argument: where and why it does not read
Result<std::vector<LifeEvent>> read_life_events(std::string_view text, std::string_view name);

}  // namespace ys::knowledge
