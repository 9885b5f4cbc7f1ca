// SPDX-License-Identifier: Apache-2.0
// What became true of articles, and of questions that were answered out of them. Part of facts.h.
#pragma once

#include <cstdint>
#include <string>

#include "base/described.h"

namespace ys::facts {

/// Somebody did something to an article; the words are the commands of knowledge/article.h.
struct ArticleMoved {
    std::uint64_t article = 0;
    std::uint32_t version = 0;  ///< that it was about, or that it made
    std::string verb;           ///< "write" "submit" "approve" "roll_back" "retire" ...
    std::uint64_t user = 0;     ///< 0: it came with the hotline
    std::string why;
};
/// What the robot made of a question, and which version it answered with: for ever.
struct QuestionAsked {
    std::uint64_t question = 0;  ///< its row, with the words themselves
    std::string channel;         ///< "page" "desk"
    std::string certainty;       ///< "sure" "confirm" "choose" "unknown"; "chosen" by the asker
    std::string matter;          ///< that was answered; "" for none
    std::uint64_t article = 0;
    std::uint32_t version = 0;
};
BOOST_DESCRIBE_STRUCT(ArticleMoved, (), (article, version, verb, user, why))
BOOST_DESCRIBE_STRUCT(QuestionAsked, (), (question, channel, certainty, matter, article, version))

}  // namespace ys::facts
