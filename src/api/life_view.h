// SPDX-License-Identifier: Apache-2.0
// A life event as a page shows it: the next question, or the personal list with what it stands on.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/api.h"
#include "knowledge/io/life_event_book.h"
#include "knowledge/io/life_event_file.h"

namespace ys::api {

/// What somebody says of themselves and what they hold.
struct LifeForm {
    knowledge::LifeAnswers answers;
    std::vector<std::string> ready;  ///< codes of evidence
};
BOOST_DESCRIBE_STRUCT(LifeForm, (), (answers, ready))

struct LifeEventLine {
    std::string code, title;
    std::size_t questions = 0;
};
BOOST_DESCRIBE_STRUCT(LifeEventLine, (), (code, title, questions))
struct LifeAskedView {
    std::string code, title, choice, choice_title;
};
BOOST_DESCRIBE_STRUCT(LifeAskedView, (), (code, title, choice, choice_title))
struct LifeServiceView {
    std::string code, title, output, where, cost, period, queue, matter;
    knowledge::ArticleId article_id;  ///< 0: nothing is written about it
    std::uint32_t version = 0;
    std::string source;  ///< the clause the article stands on
};
BOOST_DESCRIBE_STRUCT(LifeServiceView, (),
                      (code, title, output, where, cost, period, queue, matter, article_id, version,
                       source))
struct LifeMaterialView {
    std::string code, title, count, purpose;
    std::string given_by;  ///< title of the service one has it from on the way; "" it is brought
    bool is_ready = false;
};
BOOST_DESCRIBE_STRUCT(LifeMaterialView, (), (code, title, count, purpose, given_by, is_ready))
struct LifePlaceView {
    std::string code, title, address, hours;
};
BOOST_DESCRIBE_STRUCT(LifePlaceView, (), (code, title, address, hours))
/// With a question the lists are empty; without one they are whole.
struct LifeTurnView {
    std::string event, title, says;
    std::string question;  ///< its code
    std::vector<knowledge::LifeChoice> choices;
    std::vector<LifeAskedView> asked;
    std::vector<LifeServiceView> services;
    std::vector<LifeMaterialView> materials;
    std::vector<LifePlaceView> places;
    std::string cost;         ///< of all
    std::size_t missing = 0;  ///< of what is to be brought
    UtcTime as_of;
    std::string telephone;
};
BOOST_DESCRIBE_STRUCT(LifeTurnView, (),
                      (event, title, says, question, choices, asked, services, materials, places,
                       cost, missing, as_of, telephone))

/// What is asked, and what it was made of.
struct LifeTurn {
    const knowledge::LifeEvent* event = nullptr;  ///< of the book
    knowledge::LifeState state;                   ///< only what the event knows
    knowledge::ArticlePins pins;
    LifeTurnView view;
};
/// errors  not_found; still_learning
Result<LifeTurn> life_turn(const knowledge::LifeEventBook* book, std::string_view event,
                           const LifeForm& said, CentreId centre, UtcTime now);
/// ... on the pool, as the head centre says it.
Task<LifeTurn> life_turn_now(Api& api, std::string event, LifeForm said);

/// Whose words the hotline's pages say.
/// errors  not_found while nothing is set up
Result<CentreId> head_centre(sql::Database& db);

}  // namespace ys::api
