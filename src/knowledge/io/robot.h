// SPDX-License-Identifier: Apache-2.0
// What the robot says to one question: the same on every channel.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/io/answer_book.h"

namespace ys::knowledge {

struct RobotTurn {
    /// "sure" "confirm" "choose" "unknown"; "chosen" for a picked matter; "learning": ask again in
    /// a moment, and nothing is to be kept of it.
    std::string certainty;
    std::vector<MatterRow> choices{};
    std::optional<Said> said{};  ///< only when it is sure, or the asker has picked
    bool offers_person = false;  ///< there is nothing to say, or nothing was understood
    QuestionRow row{};           ///< to be kept before anything is told
};

/// matter   "" or the code of a choice; then `text` is what was picked
/// channel  as of facts::QuestionAsked
RobotTurn robot_turn(AnswerBook& book, const std::string& text, const std::string& matter,
                     CentreId centre, UtcTime now, std::string_view channel);

/// As of facts::QuestionAsked, or "learning".
std::string word_of(const Heard& heard);

/// An article for citizens as plain lines.
std::string in_writing(const Said& said);

}  // namespace ys::knowledge
