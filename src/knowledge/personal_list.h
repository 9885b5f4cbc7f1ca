// SPDX-License-Identifier: Apache-2.0
// What one person needs of a life event: services in order, one joined list of materials, where,
// when, how long and how much. Every channel says it from here.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/id.h"
#include "knowledge/life_event.h"

namespace ys::knowledge {

using ArticleId = Id<struct ArticleTag>;

/// What is said about a matter at this moment.
struct ArticlePin {
    ArticleId article;  ///< none: nothing is said
    std::uint32_t version = 0;
    friend bool operator==(const ArticlePin&, const ArticlePin&) = default;
};
/// By code of the matter.
using ArticlePins = std::map<std::string, ArticlePin>;

struct ListedService {
    std::string code, title, output, matter;
    ArticlePin pin;
    std::int64_t cost_fen = 0;
    int period_days = 0;
    bool counts_working_days = true;
    std::vector<std::string> places;  ///< codes
    std::string online, queue;
};

struct ListedMaterial {
    std::string code, title, copy_word, unit;
    bool original = false;
    int copies = 0;                     ///< for all its services together
    std::vector<std::string> services;  ///< codes, in their order
    std::string given_by;   ///< the service one has it from on the way; "" it is brought
    bool is_ready = false;  ///< ticked
};

struct ListedPlace {
    std::string code, title, address, hours;
    std::vector<std::string> services;  ///< codes
};

struct PersonalList {
    std::string event, title;
    LifeAnswers answers;                    ///< it was made of
    std::vector<ListedService> services;    ///< in the order they are done
    std::vector<ListedMaterial> materials;  ///< each once, in the order they are needed
    std::vector<ListedPlace> places;        ///< each once
    std::int64_t cost_fen = 0;              ///< of all

    const ListedService* find(std::string_view service) const;
    /// Of what is to be brought.
    std::size_t missing() const;
};

/// What somebody says to an event, and what they hold.
struct LifeState {
    LifeAnswers answers;
    std::set<std::string> ready;  ///< codes of evidence
};

/// Whole when next_question() is none; before that, what is certain already. `event` has no faults.
PersonalList personal_list(const LifeEvent& event, const LifeState& state, const ArticlePins& pins);

}  // namespace ys::knowledge
